"""What a move of a review asks: sentences when something is missing, and whether the same act was done already.

The rows stand in reviews.py, what else changes in review_effects.py.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appraisal import ground, handover, opening, responding
from appraisal.enums import Part, ReminderKind, ResponseAnswer, ReviewState, ReviewStep
from appraisal.models import AppraisalReview
from people import audit
from people.lib.dates import today
from people.transitions import Actor

Data = Mapping[str, Any]
Review = AppraisalReview


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
    return None if data.get("answer") in responding.GIVEN_ANSWERS else _("Choose one of the answers.")


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
    due = responding.answer_due_on(review)
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


MANAGER_READY = (
    self_sent_or_date_passed,
    manager_answered,
    manager_has_examples,
    manager_has_words,
    below_has_two_sources,
    concern_is_no_surprise,
)
