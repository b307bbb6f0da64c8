"""Saving what one side writes in a review: ratings, the summary, next steps. What it must rest on stands in ground.py.

Every save locks the review first, so that nothing is written into a text that was shared, reassigned or closed in the
same moment; `seen` is the version that the writer was looking at. What already stands there is not written again, so
that a second press, or a press while the draft saves itself, is one save.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisal.enums import BEFORE_SHARING, Part, RatingStatus, ReviewState
from appraisal.models import (
    AppraisalReview,
    BehaviourRating,
    EvidenceEntry,
    ExpectedBehaviour,
    ManagerNote,
    NextStep,
    ReviewPart,
)
from appraisal.models.review import MOST_NEXT_STEPS
from appraisal.permissions import can_write_for_manager, is_job_holder
from people.models import User
from people.transitions import Actor, ChangedSince, NotVisible, NotYours, Refused, WrongState

WRITERS = {Part.SELF: is_job_holder, Part.MANAGER: can_write_for_manager}
WRITTEN_IN = {Part.SELF: (ReviewState.SELF_REVIEW,), Part.MANAGER: BEFORE_SHARING}
TICKS = {"examples": "evidenceentry_id", "notes": "managernote_id"}


@dataclass(frozen=True)
class Answer:
    """What one side says to one behaviour: mark, words, help, examples, notes, as far as they were sent."""

    behaviour: ExpectedBehaviour
    data: Mapping[str, Any]
    seen: int | None = None


def can_write(review: AppraisalReview, part: str, by: Actor) -> bool:
    """True when this side of the review is open and it is theirs to write."""
    signed_in = by.user is not None and by.user.is_active
    return signed_in and review.state in WRITTEN_IN[Part(part)] and WRITERS[Part(part)](review, by)


def save_rating(
    behaviour: ExpectedBehaviour, part: str, data: Mapping[str, Any], *, by: Actor, seen: int | None = None
) -> BehaviourRating:
    """Keep one side's answer for one behaviour; see save_ratings."""
    return save_ratings(behaviour.review, part, [Answer(behaviour, data, seen)], by=by)[0]


def save_ratings(review: AppraisalReview, part: str, answers: Sequence[Answer], *, by: Actor) -> list[BehaviourRating]:
    """Keep one side's answers for several behaviours, all or none of them.

    Raises NotVisible, NotYours, WrongState, ChangedSince when another window saved something else first, or Refused
    when something was ticked that this side is not offered (any more).
    """
    with transaction.atomic():
        open_part = _locked_part(review, part, by)
        rows = {row.behaviour_id: row for row in open_part.ratings.select_for_update()}
        ticks = _ticks(open_part)
        changed = [answer for answer in answers if _differs(rows[answer.behaviour.pk], ticks, answer.data)]
        for answer in changed:
            rating = rows[answer.behaviour.pk]
            if answer.seen is not None and answer.seen != rating.version:
                raise ChangedSince(rating)
            _fill(rating, answer.data)
            rating.version, rating.changed_at = rating.version + 1, timezone.now()
            for name in TICKS:
                if name in answer.data:
                    new, old = _ids(answer.data[name]), _ticked(ticks, rating, name)
                    _ask_offered(review, part, name, new - old)
                    _keep_ticks(getattr(rating, name), old, new)
        if changed:
            written = ("status", "level", "words", "help", "version", "changed_at")
            BehaviourRating.objects.bulk_update([rows[answer.behaviour.pk] for answer in changed], written)
            _count_save(open_part)
    return [rows[answer.behaviour.pk] for answer in answers]


def save_summary(
    review: AppraisalReview,
    part: str,
    words: str,
    *,
    by: Actor,
    seen: int | None = None,
    steps: Sequence[Mapping[str, Any]] | None = None,
) -> ReviewPart:
    """Keep the summary, and for the manager the next steps: at most three rows of what, owner, due_on, module.

    Where nothing differs nothing is written; a first save of nothing only raises the version, which says that
    somebody has been here (writing.summary_step).
    """
    with transaction.atomic():
        open_part = _locked_part(review, part, by)
        rows = None if steps is None or open_part.is_self else [NextStep(review=review, **row) for row in steps]
        _ask_steps(review, rows or [])
        kept = [] if rows is None else list(review.next_steps.all())
        if open_part.summary == words and _same_steps(rows, kept):
            return _looked_at(open_part)
        if seen is not None and seen != open_part.version:
            raise ChangedSince(open_part)
        open_part.summary, open_part.version = words, open_part.version + 1
        _count_save(open_part)
        if rows is not None and not _same_steps(rows, kept):
            _replace_steps(review, rows, kept)
    return open_part


def offered_examples(review: AppraisalReview, part: str):
    """Examples of the period that this side may tick: one's own, or those shared with the manager."""
    rows = EvidenceEntry.objects.filter(owner_id=review.job_holder_id)
    rows = rows if part == Part.SELF else rows.shared()
    return rows.filter(happened_on__range=(review.cycle.starts_on, review.cycle.ends_on))


def offered_notes(review: AppraisalReview):
    """Notes of the period about this post."""
    rows = ManagerNote.objects.filter(post_id=review.post_id)
    return rows.between(review.cycle.starts_on, review.cycle.ends_on).select_related("author", "behaviour")


def self_level_is_hidden(rating: BehaviourRating, managers: BehaviourRating | None, viewer: User) -> bool:
    """True while a manager may not yet see the person's own level: they choose theirs first (UX M2)."""
    review = rating.part.review
    is_their_manager = viewer.pk != review.job_holder_id and review.state in BEFORE_SHARING
    return is_their_manager and review.cycle.hide_self_levels and not (managers and managers.is_answered)


def _mark(data: Mapping[str, Any]) -> tuple[str, int | None]:
    """Status and level of the one choice that a form sends."""
    mark = str(data["mark"] or "")
    level = int(mark) if mark.isdigit() else None
    return (RatingStatus.RATED if level else RatingStatus(mark)), level


def _fill(rating: BehaviourRating, data: Mapping[str, Any]) -> None:
    if "mark" in data:
        rating.status, rating.level = _mark(data)
    for name in ("words", "help"):
        if name in data:
            setattr(rating, name, data[name])


def _differs(rating: BehaviourRating, ticks: set[tuple[int, str, int]], data: Mapping[str, Any]) -> bool:
    """True when the data would change anything."""
    if "mark" in data and _mark(data) != (rating.status, rating.level):
        return True
    if any(name in data and data[name] != getattr(rating, name) for name in ("words", "help")):
        return True
    return any(name in data and _ids(data[name]) != _ticked(ticks, rating, name) for name in TICKS)


def _ticks(part: ReviewPart) -> set[tuple[int, str, int]]:
    """(rating, examples or notes, row) of everything that is ticked in a part, in one query."""
    both = []
    for name, column in TICKS.items():
        through = BehaviourRating._meta.get_field(name).remote_field.through
        rows = through._default_manager.filter(behaviourrating__part=part).order_by()
        both.append(rows.values_list("behaviourrating_id", Value(name), F(column)))
    return set(both[0].union(both[1], all=True))


def _ticked(ticks: set[tuple[int, str, int]], rating: BehaviourRating, name: str) -> set[int]:
    return {row for of, kind, row in ticks if (of, kind) == (rating.pk, name)}


def _ask_offered(review: AppraisalReview, part: str, name: str, added: set[int]) -> None:
    """Refuse what this side is not offered. Examples stay locked, so that none is made private meanwhile."""
    offered = offered_examples(review, part).select_for_update() if name == "examples" else offered_notes(review)
    if added and len(offered.filter(pk__in=added)) < len(added):
        raise Refused(_("Something that you ticked can no longer be ticked. Open this page again to see what can."))


def _ask_steps(review: AppraisalReview, steps: Sequence[NextStep]) -> None:
    if len(steps) > MOST_NEXT_STEPS:
        raise Refused(_("At most %(count)d next steps: choose those that matter most.") % {"count": MOST_NEXT_STEPS})
    if any(step.owner_id not in (review.job_holder_id, review.manager_id) for step in steps):
        raise Refused(_("A next step is owed by the person or by their line manager."))


def _keep_ticks(manager: Any, old: set[int], new: set[int]) -> None:
    """Write only what was added or taken away."""
    if gone := old - new:
        manager.remove(*gone)
    if added := new - old:
        manager.add(*added)


def _ids(rows: Any) -> set[int]:
    return {row.pk for row in rows}


def _same_steps(rows: Sequence[NextStep] | None, kept: Sequence[NextStep]) -> bool:
    return rows is None or [_step(row) for row in rows] == [_step(row) for row in kept]


def _step(row: NextStep) -> tuple:
    return row.what, row.owner_id, row.due_on, row.module_id


def _replace_steps(review: AppraisalReview, rows: Sequence[NextStep], kept: Sequence[NextStep]) -> None:
    """Write the rows anew; one that was done before the review was opened again stays done."""
    done = {(row.what, row.owner_id): row.done_on for row in kept}
    for number, row in enumerate(rows, start=1):
        row.number, row.done_on = number, done.get((row.what, row.owner_id))
    review.next_steps.all().delete()
    NextStep.objects.bulk_create(rows)


def _count_save(part: ReviewPart) -> None:
    part.changed_at = part.saved_at = timezone.now()
    part.save()


def _looked_at(part: ReviewPart) -> ReviewPart:
    """The part as it stands, its summary left alone on purpose; that is no writing, so saved_at stays."""
    if part.version == 1:
        part.version = 2
        part.save(update_fields=["version"])
    return part


def _locked_part(review: AppraisalReview, part: str, by: Actor) -> ReviewPart:
    """The open part, its review locked before it; only for its writers and while it is written in.

    Whoever may write may read, so the question who may read is asked only to find the right refusal.
    """
    fresh = AppraisalReview.objects.select_for_update().order_by().filter(pk=review.pk).first()
    if fresh is None or by.user is None or not can_write(fresh, part, by):
        raise _refusal(fresh, part, by)
    return ReviewPart.objects.select_for_update().get(review=fresh, part=part, closed_at=None)


def _refusal(fresh: AppraisalReview | None, part: str, by: Actor) -> Exception:
    """Why this actor cannot write here: not there for them, not theirs, or no longer written in."""
    if (
        fresh is None
        or by.user is None
        or not AppraisalReview.objects.readable_by(by.user).filter(pk=fresh.pk).exists()
    ):
        return NotVisible()
    if not WRITERS[Part(part)](fresh, by):
        return NotYours()
    return WrongState(_("This can no longer be changed: it is now “%(state)s”.") % {"state": fresh.get_state_display()})
