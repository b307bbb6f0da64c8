"""What can happen to a review, one row a move (DOMAIN D). Objectives, mid-year, consistency check and appeal go between
these rows when they come: each is a state of its own and two or three moves.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from appraisal import ground, handover, opening, records, responding
from appraisal import review_notifications as tell
from appraisal.enums import (
    UNDER_WAY,
    EvidenceState,
    Part,
    ReminderKind,
    ResponseAnswer,
    ReviewState,
    ReviewStep,
    SignatureRole,
)
from appraisal.models import AppraisalReview, EvidenceEntry
from appraisal.permissions import (
    can_administer_review,
    is_job_holder,
    is_manager,
    is_second_manager,
    is_system,
    takes_part_in_talk,
)
from appraisal.tasks import order_record_pdf
from people import audit, transitions
from people.lib.dates import today
from people.models import User
from people.transitions import Actor, Move, NeedsNotMet, NotYours

Data = Mapping[str, Any]
Review = AppraisalReview


# --- Needs: a sentence when something is missing, else None ---


def self_answered(review: Review, actor: Actor, data: Data) -> str | None:
    return ground.why_not_answered(review.self_part)


def self_has_examples(review: Review, actor: Actor, data: Data) -> str | None:
    return ground.why_no_example(review.self_part)


def self_has_words(review: Review, actor: Actor, data: Data) -> str | None:
    return ground.why_no_words(review.self_part)


def self_examples_written(review: Review, actor: Actor, data: Data) -> str | None:
    return ground.why_nothing_to_read(review.self_part)


def self_was_sent(review: Review, actor: Actor, data: Data) -> str | None:
    return (
        None if review.self_part.sent_at else _("You never sent a self-assessment, so there is nothing to take back.")
    )


def manager_saved_nothing_since(review: Review, actor: Actor, data: Data) -> str | None:
    sent = review.self_part.sent_at
    saved = review.parts.filter(part=Part.MANAGER, saved_at__gte=sent).select_related("author").last() if sent else None
    if saved is None:
        return None
    return _("%(name)s has already written something since you sent it.") % {"name": saved.author.name}


def self_sent_or_date_passed(review: Review, actor: Actor, data: Data) -> str | None:
    if review.state != ReviewState.SELF_REVIEW or review.cycle.self_due_on < today():
        return None
    return _("%(name)s has until %(day)s to send the self-assessment.") % {
        "name": review.job_holder.name,
        "day": date_format(review.cycle.self_due_on, "j F Y"),
    }


def manager_answered(review: Review, actor: Actor, data: Data) -> str | None:
    return ground.why_not_answered(review.manager_part)


def manager_has_examples(review: Review, actor: Actor, data: Data) -> str | None:
    return ground.why_no_example(review.manager_part)


def manager_has_words(review: Review, actor: Actor, data: Data) -> str | None:
    return ground.why_no_words(review.manager_part)


def below_has_two_sources(review: Review, actor: Actor, data: Data) -> str | None:
    return ground.why_below_rests_on_too_little(review.manager_part)


def concern_is_no_surprise(review: Review, actor: Actor, data: Data) -> str | None:
    return ground.why_concern_is_a_surprise(review.manager_part)


def person_saved_nothing(review: Review, actor: Actor, data: Data) -> str | None:
    if not review.talk_said_by_job_holder:
        return None
    return _("%(name)s has already written to it.") % {"name": review.job_holder.name}


def talk_confirmed(review: Review, actor: Actor, data: Data) -> str | None:
    return None if review.talk_is_confirmed else _("First say when you talked; both of you confirm it.")


def talk_day_possible(review: Review, actor: Actor, data: Data) -> str | None:
    day = data.get("talk_on")
    if not isinstance(day, datetime.date):
        return _("Say on which day you talked.")
    return _("The talk cannot lie in the future.") if day > today() else None


def answer_chosen(review: Review, actor: Actor, data: Data) -> str | None:
    return None if data.get("answer") in GIVEN_ANSWERS else _("Choose one of the answers.")


def words_given(review: Review, actor: Actor, data: Data) -> str | None:
    answer, words = data.get("answer", ""), str(data.get("words", "")).strip()
    points = responding.named_points(data.get("points") or [])
    missing = {ResponseAnswer.COMMENTS: not words, ResponseAnswer.DISAGREE: not words and not points}
    if not missing.get(answer):
        return None
    return _("Say in your own words what you want to add or see differently.")


def points_of_this_review(review: Review, actor: Actor, data: Data) -> str | None:
    behaviours = [behaviour for behaviour, _words in data.get("points") or [] if behaviour is not None]
    if all(behaviour.review_id == review.pk for behaviour in behaviours):
        return None
    return _("Choose from what this review looks at.")


def not_answered_yet(review: Review, actor: Actor, data: Data) -> str | None:
    response = review.response
    if response is None or response.answer == ResponseAnswer.NO_RESPONSE:
        return None
    return _("You have answered this review already.")


def answer_given(review: Review, actor: Actor, data: Data) -> str | None:
    response = review.response
    if response is not None and response.answer != ResponseAnswer.NO_RESPONSE:
        return None
    return _("You have not answered yet. You still can.")


def second_manager_wrote_nothing(review: Review, actor: Actor, data: Data) -> str | None:
    response = review.response
    if response is None or not any(point.reply for point in response.points.all()):
        return None
    return _("%(name)s has already answered what you wrote.") % {"name": review.second_manager.name}


def time_to_answer_is_over(review: Review, actor: Actor, data: Data) -> str | None:
    due = answer_due_on(review)
    return None if due and today() > due else _("There is still time to answer.")


def reminded_twice(review: Review, actor: Actor, data: Data) -> str | None:
    sent = review.reminders.filter(step=ReviewStep.ANSWER, text_version=review.text_version)
    return None if sent.exclude(kind=ReminderKind.OPENED).count() >= 2 else _("Two reminders come first.")


def every_point_answered(review: Review, actor: Actor, data: Data) -> str | None:
    left = responding.open_points(review)
    if not left:
        return None
    return (
        ngettext(
            "%d point of the disagreement has no answer in words yet.",
            "%d points of the disagreement have no answer in words yet.",
            left,
        )
        % left
    )


def reason_given(review: Review, actor: Actor, data: Data) -> str | None:
    return None if str(data.get("reason", "")).strip() else _("Give the reason. Those concerned read it.")


def new_manager_fits(review: Review, actor: Actor, data: Data) -> str | None:
    manager = data.get("manager")
    if manager is None or (manager.pk == review.manager_id and handover.still_manages(review)):
        return _("Choose another line manager than the present one.")
    if manager.pk == actor.user_id:
        return _("You cannot hand a review to yourself. Ask another administrator.")
    post = handover.new_post(review, manager)
    if post is None:
        return _("%(name)s is not the line manager of a current post of this person. Change the post first.") % {
            "name": manager.name
        }
    if manager.pk not in opening.able_manager_ids([manager.pk]):
        return _("%(name)s does not work here any more.") % {"name": manager.name}
    if handover.new_second_manager_id(review, post) is None:
        return _("Nobody could confirm this review: the new manager has no line manager of their own.")
    return None


def new_second_manager_fits(review: Review, actor: Actor, data: Data) -> str | None:
    chosen = data.get("second_manager")
    if chosen is None or chosen.pk in (review.second_manager_id, actor.user_id):
        return _("Choose somebody other than the present second manager and yourself.")
    if chosen.pk in (review.job_holder_id, review.manager_id):
        return _("The second manager is neither the person reviewed nor their line manager.")
    if chosen.pk not in opening.able_manager_ids([chosen.pk]):
        return _("%(name)s does not work here any more.") % {"name": chosen.name}
    return None


# --- Effects: what else changes, under the same lock ---


def begin(review: Review, actor: Actor, data: Data) -> None:
    opening.begin(review)


def send_self(review: Review, actor: Actor, data: Data) -> None:
    """Let the manager read the self-assessment, and the private examples that it rests on."""
    for entry in {entry for rating in review.self_part.ratings.all() for entry in rating.examples.all()}:
        if entry.state == EvidenceState.DRAFT:
            transitions.move(entry, "share_with_review", by=actor)
    _set_sent(review, timezone.now())


def unsend_self(review: Review, actor: Actor, data: Data) -> None:
    _set_sent(review, None)


def share(review: Review, actor: Actor, data: Data) -> None:
    _hold_examples(review)
    review.shared_on = today()
    records.freeze_shared(review, _user(actor))
    responding.sign(review, SignatureRole.MANAGER, str(responding.STATEMENTS[SignatureRole.MANAGER]), _user(actor))


def open_text_again(review: Review, actor: Actor, data: Data) -> None:
    """The text may change now: every signature under the old one is void from here on."""
    review.text_version += 1
    review.shared_on = None


def keep_talk(review: Review, actor: Actor, data: Data) -> None:
    day = data["talk_on"]
    if day != review.talk_on:
        review.talk_on, review.talk_said_by_manager, review.talk_said_by_job_holder = day, False, False
    if actor.user_id == review.job_holder_id:
        review.talk_said_by_job_holder = True
    else:
        review.talk_said_by_manager = True


def keep_answer(review: Review, actor: Actor, data: Data) -> None:
    answer, words = data["answer"], str(data.get("words", "")).strip()
    responding.forget_response(review)
    responding.keep_response(review, answer, words, data.get("points") or ())
    statement = str(responding.STATEMENTS[ResponseAnswer(answer)])
    responding.sign(review, SignatureRole.JOB_HOLDER, statement, _user(actor))


def forget_answer(review: Review, actor: Actor, data: Data) -> None:
    responding.forget_response(review)


def keep_silence(review: Review, actor: Actor, data: Data) -> None:
    responding.keep_response(review, ResponseAnswer.NO_RESPONSE, "", ())


def close(review: Review, actor: Actor, data: Data) -> None:
    statement = str(responding.STATEMENTS[SignatureRole.SECOND_MANAGER])
    words = str(data.get("words", "")).strip()
    responding.sign(review, SignatureRole.SECOND_MANAGER, statement, _user(actor), words)
    records.write_record(review)


def forget_replies(review: Review, actor: Actor, data: Data) -> None:
    responding.forget_replies(review)


def reassign(review: Review, actor: Actor, data: Data) -> None:
    handover.hand_over(review, data["manager"])


def name_second_manager(review: Review, actor: Actor, data: Data) -> None:
    review.second_manager = data["second_manager"]


# --- Done already: the same act twice is one act ---


def talk_said_already(review: Review, actor: Actor, data: Data) -> bool:
    said = review.talk_said_by_job_holder if actor.user_id == review.job_holder_id else review.talk_said_by_manager
    return said and review.talk_on == data.get("talk_on")


def answered_so_already(review: Review, actor: Actor, data: Data) -> bool:
    response, answer = review.response, str(data.get("answer", ""))
    words = str(data.get("words", "")).strip()
    if response is None or (response.answer, response.words) != (answer, words):
        return False
    meant = responding.points_of(answer, words, data.get("points") or [])
    said = [(point.behaviour_id, point.words) for point in response.points.all()]
    return said == [(behaviour.pk if behaviour else None, text) for behaviour, text in meant]


def handed_over_already(review: Review, actor: Actor, data: Data) -> bool:
    chosen = data.get("manager")
    same = chosen is not None and chosen.pk == review.manager_id and handover.still_manages(review)
    return same and any(audit.was_last(review, name, actor) for name in ("reassign", "reassign_later"))


def second_manager_named_already(review: Review, actor: Actor, data: Data) -> bool:
    chosen = data.get("second_manager")
    return (
        chosen is not None
        and chosen.pk == review.second_manager_id
        and audit.was_last(review, "name_second_manager", actor)
    )


def answer_due_on(review: Review) -> datetime.date | None:
    """The last day to answer, counted from sharing."""
    return responding.answer_due(review.shared_on) if review.shared_on else None


def _user(actor: Actor) -> User:
    """Whoever acts; `who` has let only people through."""
    if actor.user is None:
        raise NotYours
    return actor.user


def _hold_examples(review: Review) -> None:
    """Lock the shared examples under the levels; until here an owner may make one private, so ask once more then."""
    ticked = {entry.pk for rating in review.manager_part.ratings.all() for entry in rating.examples.all()}
    held = EvidenceEntry.objects.shared().select_for_update().filter(pk__in=ticked).order_by("pk")
    if len(held.values_list("pk")) == len(ticked):
        return
    del review.manager_part
    if sentences := ground.why_not(review.manager_part):
        raise NeedsNotMet(*sentences)


def _set_sent(review: Review, at: datetime.datetime | None) -> None:
    part = review.self_part
    part.sent_at = at
    part.save(update_fields=["sent_at"])


GIVEN_ANSWERS = (ResponseAnswer.AGREE, ResponseAnswer.COMMENTS, ResponseAnswer.DISAGREE)
MANAGER_READY = (
    self_sent_or_date_passed,
    manager_answered,
    manager_has_examples,
    manager_has_words,
    below_has_two_sources,
    concern_is_no_surprise,
)

MOVES = {
    AppraisalReview: (
        Move(
            "open",
            (ReviewState.SETUP,),
            ReviewState.SELF_REVIEW,
            is_system,
            effects=(begin,),
            notices=(tell.tell_opened,),
        ),
        Move(
            "send",
            (ReviewState.SELF_REVIEW,),
            ReviewState.MANAGER_REVIEW,
            is_job_holder,
            gettext_lazy("Send the self-assessment"),
            needs=(self_answered, self_has_examples, self_examples_written, self_has_words),
            effects=(send_self,),
            notices=(tell.tell_self_sent,),
        ),
        Move(
            "take_back_self",
            (ReviewState.MANAGER_REVIEW,),
            ReviewState.SELF_REVIEW,
            is_job_holder,
            gettext_lazy("Take the self-assessment back"),
            needs=(self_was_sent, manager_saved_nothing_since),
            effects=(unsend_self,),
        ),
        Move(
            "share",
            (ReviewState.SELF_REVIEW, ReviewState.MANAGER_REVIEW),
            ReviewState.SHARED,
            is_manager,
            gettext_lazy("Share the review"),
            needs=MANAGER_READY,
            effects=(share,),
            notices=(tell.tell_shared,),
        ),
        Move(
            "take_back",
            (ReviewState.SHARED,),
            ReviewState.MANAGER_REVIEW,
            is_manager,
            gettext_lazy("Take the review back"),
            needs=(person_saved_nothing,),
            effects=(open_text_again,),
            notices=(tell.tell_taken_back,),
        ),
        Move(
            "talk_held",
            (ReviewState.SHARED,),
            ReviewState.SHARED,
            takes_part_in_talk,
            gettext_lazy("We have talked"),
            inputs=("talk_on",),
            checks=(talk_day_possible,),
            effects=(keep_talk,),
            notices=(tell.tell_talk_said,),
            settled=talk_said_already,
        ),
        Move(
            "change_after_talk",
            (ReviewState.SHARED,),
            ReviewState.MANAGER_REVIEW,
            is_manager,
            gettext_lazy("Change it after our talk"),
            needs=(talk_confirmed,),
            effects=(open_text_again,),
            notices=(tell.tell_taken_back,),
        ),
        Move(
            "answer",
            (ReviewState.SHARED, ReviewState.ANSWERED),
            ReviewState.ANSWERED,
            is_job_holder,
            gettext_lazy("Send my answer"),
            needs=(not_answered_yet,),
            inputs=("answer", "words", "points"),
            checks=(answer_chosen, words_given, points_of_this_review),
            effects=(keep_answer,),
            notices=(tell.tell_answered,),
            settled=answered_so_already,
        ),
        Move(
            "take_back_answer",
            (ReviewState.ANSWERED,),
            ReviewState.SHARED,
            is_job_holder,
            gettext_lazy("Take my answer back"),
            needs=(answer_given, second_manager_wrote_nothing),
            effects=(forget_answer,),
        ),
        Move(
            "no_response",
            (ReviewState.SHARED,),
            ReviewState.ANSWERED,
            is_system,
            needs=(time_to_answer_is_over, reminded_twice),
            effects=(keep_silence,),
            notices=(tell.tell_no_response,),
        ),
        Move(
            "return_to_manager",
            (ReviewState.ANSWERED,),
            ReviewState.MANAGER_REVIEW,
            is_second_manager,
            gettext_lazy("Ask the manager to look again"),
            inputs=("reason",),
            checks=(reason_given,),
            effects=(open_text_again,),
            notices=(tell.tell_returned,),
        ),
        Move(
            "confirm_fair",
            (ReviewState.ANSWERED,),
            ReviewState.CLOSED,
            is_second_manager,
            gettext_lazy("Confirm this review was fair"),
            needs=(every_point_answered,),
            inputs=("words",),
            effects=(close, order_record_pdf),
            notices=(tell.tell_closed,),
        ),
        Move(
            "reassign",
            (ReviewState.SELF_REVIEW,),
            ReviewState.SELF_REVIEW,
            can_administer_review,
            gettext_lazy("Hand over to another manager"),
            inputs=("manager", "reason"),
            checks=(new_manager_fits, reason_given),
            effects=(reassign,),
            notices=(tell.tell_reassigned,),
            settled=handed_over_already,
        ),
        Move(
            "reassign_later",
            (ReviewState.MANAGER_REVIEW, ReviewState.SHARED, ReviewState.ANSWERED),
            ReviewState.MANAGER_REVIEW,
            can_administer_review,
            gettext_lazy("Hand over to another manager"),
            inputs=("manager", "reason"),
            checks=(new_manager_fits, reason_given),
            effects=(forget_replies, reassign, open_text_again),
            notices=(tell.tell_reassigned,),
            settled=handed_over_already,
        ),
        Move(
            "name_second_manager",
            (ReviewState.ANSWERED,),
            ReviewState.ANSWERED,
            can_administer_review,
            gettext_lazy("Name another second manager"),
            inputs=("second_manager", "reason"),
            checks=(new_second_manager_fits, reason_given),
            effects=(forget_replies, name_second_manager),
            notices=(tell.tell_second_manager_named,),
            settled=second_manager_named_already,
        ),
        Move(
            "reopen",
            (ReviewState.CLOSED,),
            ReviewState.MANAGER_REVIEW,
            can_administer_review,
            gettext_lazy("Open the review again"),
            inputs=("reason",),
            checks=(reason_given,),
            effects=(open_text_again,),
            notices=(tell.tell_reopened,),
        ),
        Move(
            "void",
            (ReviewState.SETUP, *UNDER_WAY, ReviewState.CLOSED),
            ReviewState.VOID,
            can_administer_review,
            gettext_lazy("Declare the review void"),
            inputs=("reason",),
            checks=(reason_given,),
            notices=(tell.tell_void,),
        ),
    ),
}
