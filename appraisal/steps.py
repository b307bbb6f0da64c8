"""Next steps of closed reviews: who owes what, which of them open the next review, and saying that one is done.

Writing them belongs to the review (ratings.py); who sees which stands in querysets/review.py.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from appraisal.enums import ReviewState
from appraisal.models import AppraisalReview, NextStep
from appraisal.permissions import can_mark_step
from people import audit
from people.lib.dates import today
from people.models import User
from people.transitions import NotVisible, NotYours, person


def owed_steps(user: User) -> QuerySet[NextStep]:
    """What this person said they would do and has not done, the earliest date first."""
    return NextStep.objects.owed_by(user).for_list().order_by("due_on", "pk")


def done_steps(user: User) -> QuerySet[NextStep]:
    """What this person said they would do, and did, the latest first."""
    rows = NextStep.objects.visible_to(user).filter(owner_id=user.pk, done_on__isnull=False)
    return rows.of_closed().for_list().order_by("-done_on", "-pk")


def steps_of_last_review(review: AppraisalReview, *, viewer: User) -> list[NextStep]:
    """The next steps of the newest closed review of this post before this one, done or not; each with its owner."""
    last = (
        AppraisalReview.objects.filter(
            state=ReviewState.CLOSED, post_id=review.post_id, cycle__starts_on__lt=review.cycle.starts_on
        )
        .order_by("-cycle__starts_on", "-pk")
        .values("pk")[:1]
    )
    return list(NextStep.objects.visible_to(viewer).filter(review_id__in=last).for_list())


def agreed_steps(post_ids: Iterable[int], *, viewer: User) -> dict[int, list[NextStep]]:
    """Post id -> the next steps of its newest closed review, in one query; posts without any are left out."""
    rows = NextStep.objects.visible_to(viewer).of_closed().filter(review__post_id__in=post_ids).for_list()
    newest: dict[int, list[NextStep]] = {}
    for step in rows.order_by("-review__cycle__starts_on", "-review_id", "number"):
        steps = newest.setdefault(step.review.post_id, [])
        if not steps or steps[0].review_id == step.review_id:
            steps.append(step)
    return newest


def mark_step(step: NextStep, *, done: bool, by: User) -> NextStep:
    """Say that a step is done, or that it is not done after all; the record of the review stays as it was signed.

    Raises NotVisible, NotYours. Saying it twice is one act.
    """
    with transaction.atomic():
        fresh = NextStep.objects.visible_to(by).of_closed().select_for_update(of=("self",)).filter(pk=step.pk).first()
        if fresh is None:
            raise NotVisible
        if not can_mark_step(fresh, person(by)):
            raise NotYours
        if fresh.is_done != done:
            fresh.done_on = today() if done else None
            fresh.save(update_fields=["done_on"])
            name = "done" if done else "not_done"
            audit.record_change(fresh, name, by=by, subject_id=fresh.review.job_holder_id)
    return fresh
