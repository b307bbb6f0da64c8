"""Background work of appraisal: opening the reviews of a cycle one by one. Always after the commit."""

import logging
from collections import Counter

from django.db import IntegrityError, transaction
from django_tasks import task

from appraisal import opening
from appraisal.enums import ReminderKind, ReviewState
from appraisal.models import AppraisalCycle, AppraisalReview, Reminder
from appraisal.review_notifications import tell_manager_opened
from people.transitions import SYSTEM, Actor, Data, move_many

log = logging.getLogger(__name__)


def order_opening(cycle: AppraisalCycle, actor: Actor, data: Data) -> None:
    """Have the reviews opened when the cycle is committed."""
    transaction.on_commit(lambda: open_reviews.enqueue(cycle.pk))


@task()
def open_reviews(cycle_pk: int) -> int:
    """Open every review of a cycle that is still being opened; returns how many opened. Safe to run again."""
    cycle = AppraisalCycle.objects.open().filter(pk=cycle_pk).first()
    if cycle is None:
        return 0
    waiting = AppraisalReview.objects.filter(cycle=cycle, state=ReviewState.SETUP).select_related(
        "cycle", "job_holder", "post"
    )
    results = move_many(waiting, "open", by=SYSTEM)
    for review, refusal in results:
        if refusal is not None:
            log.error("review %s of cycle %s could not be opened: %s", review.pk, cycle_pk, refusal)
    _tell_managers(cycle)
    return sum(refusal is None for _review, refusal in results)


def open_waiting() -> int:
    """For tick: finish what a task that stopped half-way left behind."""
    waiting = AppraisalReview.objects.filter(state=ReviewState.SETUP, cycle__in=AppraisalCycle.objects.open())
    return sum(open_reviews.func(pk) for pk in waiting.order_by().values_list("cycle_id", flat=True).distinct())


def _tell_managers(cycle: AppraisalCycle) -> None:
    """One mail for each manager, whatever the number of their people (RULES B8), and once."""
    counts = Counter(AppraisalReview.objects.filter(cycle=cycle).values_list("manager_id", flat=True))
    for manager in opening.managers_of_cycle(cycle):
        try:
            with transaction.atomic():
                Reminder.objects.create(cycle=cycle, person=manager, kind=ReminderKind.OPENED)
                tell_manager_opened(cycle, manager, counts[manager.pk])
        except IntegrityError:  # told already
            continue
