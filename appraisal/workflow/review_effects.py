"""What else changes when a review moves, under its lock. The rows stand in reviews.py."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from appraisal import ground, handover, opening, records, responding
from appraisal.enums import EvidenceState, ResponseAnswer, SignatureRole
from appraisal.models import AppraisalReview, EvidenceEntry
from people import transitions
from people.lib.dates import today
from people.models import User
from people.transitions import Actor, NeedsNotMet, NotYours

Data = Mapping[str, Any]
Review = AppraisalReview


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
