"""Saving what one side writes in a review: ratings, the summary, next steps. What it must rest on stands in ground.py.

Every save locks the review first, so that nothing is written into a text that was shared, reassigned or closed in the
same moment; `seen` is the version that the writer was looking at.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
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
from appraisal.permissions import can_write_for_manager, is_job_holder
from people.models import User
from people.transitions import Actor, ChangedSince, NotVisible, NotYours, WrongState

WRITERS = {Part.SELF: is_job_holder, Part.MANAGER: can_write_for_manager}
WRITTEN_IN = {Part.SELF: (ReviewState.SELF_REVIEW,), Part.MANAGER: BEFORE_SHARING}


def can_write(review: AppraisalReview, part: str, by: Actor) -> bool:
    """True when this side of the review is open and it is theirs to write."""
    return review.state in WRITTEN_IN[Part(part)] and WRITERS[Part(part)](review, by)


def save_rating(
    behaviour: ExpectedBehaviour, part: str, data: Mapping[str, Any], *, by: Actor, seen: int | None = None
) -> BehaviourRating:
    """Keep one side's answer for one behaviour: mark, words, help, examples, notes.

    Raises NotVisible, NotYours, WrongState, or ChangedSince when another window saved first.
    """
    with transaction.atomic():
        open_part = _locked_part(behaviour.review, part, by)
        rating = open_part.ratings.select_for_update().get(behaviour=behaviour)
        if seen is not None and seen != rating.version:
            raise ChangedSince(rating)
        _fill(rating, data)
        rating.version, rating.changed_at = rating.version + 1, timezone.now()
        rating.save()
        if "examples" in data:
            rating.examples.set(data["examples"])
        if "notes" in data:
            rating.notes.set(data["notes"])
        _count_save(open_part)
    return rating


def save_summary(
    review: AppraisalReview,
    part: str,
    words: str,
    *,
    by: Actor,
    seen: int | None = None,
    steps: Sequence[Mapping[str, Any]] | None = None,
) -> ReviewPart:
    """Keep the summary, and for the manager the next steps: at most three rows of what, owner, due_on, module."""
    with transaction.atomic():
        open_part = _locked_part(review, part, by)
        if seen is not None and seen != open_part.version:
            raise ChangedSince(open_part)
        open_part.summary, open_part.version = words, open_part.version + 1
        _count_save(open_part)
        if steps is not None and not open_part.is_self:
            review.next_steps.all().delete()
            NextStep.objects.bulk_create(
                NextStep(review=review, number=number, **row) for number, row in enumerate(steps, start=1)
            )
    return open_part


def offered_examples(review: AppraisalReview, part: str):
    """Examples of the period that this side may tick: one's own, or those shared with the manager."""
    rows = EvidenceEntry.objects.of_owner(review.job_holder)
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


def _fill(rating: BehaviourRating, data: Mapping[str, Any]) -> None:
    if "mark" in data:
        mark = str(data["mark"] or "")
        rating.level = int(mark) if mark.isdigit() else None
        rating.status = RatingStatus.RATED if rating.level else RatingStatus(mark)
    for name in ("words", "help"):
        if name in data:
            setattr(rating, name, data[name])


def _count_save(part: ReviewPart) -> None:
    part.changed_at = part.saved_at = timezone.now()
    part.save()


def _locked_part(review: AppraisalReview, part: str, by: Actor) -> ReviewPart:
    """The open part, its review locked before it; only for its writers and while it is written in."""
    fresh = AppraisalReview.objects.select_for_update().filter(pk=review.pk).first()
    if (
        fresh is None
        or by.user is None
        or not AppraisalReview.objects.readable_by(by.user).filter(pk=fresh.pk).exists()
    ):
        raise NotVisible
    if not WRITERS[Part(part)](fresh, by):
        raise NotYours
    if fresh.state not in WRITTEN_IN[Part(part)]:
        raise WrongState(
            _("This can no longer be changed: it is now “%(state)s”.") % {"state": fresh.get_state_display()}
        )
    return ReviewPart.objects.select_for_update().get(review=fresh, part=part, closed_at=None)
