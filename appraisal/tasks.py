"""Background work of appraisal: opening reviews, writing to whoever is reminded, printing records. After the commit."""

import logging
from collections import Counter

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import task

from appraisal import opening
from appraisal.enums import ReminderKind, ReviewState
from appraisal.models import AppraisalCycle, AppraisalReview, Reminder, ReviewRecord, ReviewRecordPdf
from appraisal.record_pdf import record_pdf
from appraisal.review_notifications import tell_manager_opened, tell_reminded
from people.printing import make_and_keep, make_missing
from people.transitions import SYSTEM, Actor, Data, move_many

log = logging.getLogger(__name__)
AT_ONCE = 500  # reviews in memory; each opens in a transaction of its own


def order_opening(cycle: AppraisalCycle, actor: Actor, data: Data) -> None:
    """Have the reviews opened when the cycle is committed."""
    transaction.on_commit(lambda: open_reviews.enqueue(cycle.pk))


@task()
def open_reviews(cycle_pk: int) -> int:
    """Open every review of a cycle that is still being opened; returns how many opened. Safe to run again."""
    cycle = AppraisalCycle.objects.open().filter(pk=cycle_pk).first()
    if cycle is None:
        return 0
    waiting = AppraisalReview.objects.filter(cycle=cycle, state=ReviewState.SETUP).order_by("pk")
    keys, opened = list(waiting.values_list("pk", flat=True)), 0
    for start in range(0, len(keys), AT_ONCE):
        batch = AppraisalReview.objects.filter(pk__in=keys[start : start + AT_ONCE])
        for review, refusal in move_many(batch, "open", by=SYSTEM):
            opened += refusal is None
            if refusal is not None:
                log.error("review %s of cycle %s could not be opened: %s", review.pk, cycle_pk, refusal)
    _tell_managers(cycle)
    return opened


def open_waiting() -> int:
    """For tick: finish what a task that stopped half-way left behind."""
    waiting = AppraisalReview.objects.filter(state=ReviewState.SETUP, cycle__in=AppraisalCycle.objects.open())
    return sum(open_reviews.func(pk) for pk in waiting.order_by().values_list("cycle_id", flat=True).distinct())


def order_record_pdf(review: AppraisalReview, actor: Actor, data: Data) -> None:
    """Have the record printed when it is committed; a web request never prints."""
    record = review.records.latest("version")
    transaction.on_commit(lambda: print_record.enqueue(record.pk))


@task()
def print_record(pk: int) -> bool:
    """Make and keep the PDF of one record; False when it is there already or cannot be made now."""
    record = ReviewRecord.objects.without_pdf().filter(pk=pk).first()
    if record is None:
        return False
    return make_and_keep(
        ReviewRecordPdf(record=record).file,
        lambda: record_pdf(record),
        lambda name, digest: _is_first(record, name, digest),
        called=f"record {pk}",
    )


def print_missing_records(limit: int = 200) -> int:
    """For tick: the PDFs that a task did not make; returns how many were made."""
    return make_missing(ReviewRecord.objects.without_pdf().values_list("pk", flat=True)[:limit], print_record.func)


def _is_first(record: ReviewRecord, name: str, digest: str) -> bool:
    """Keep the file as the record's own; False when it has one."""
    try:
        with transaction.atomic():
            ReviewRecordPdf.objects.create(record=record, file=name, sha256=digest)
    except IntegrityError:  # somebody else was quicker
        return False
    return True


def _tell_managers(cycle: AppraisalCycle) -> None:
    """One mail for each manager, whatever the number of their people (RULES B8), and once."""
    pairs = AppraisalReview.objects.filter(cycle=cycle).order_by().values_list("manager_id", "job_holder_id").distinct()
    counts = Counter(manager_id for manager_id, _person in pairs)  # of people, not of posts
    for manager in opening.managers_of_cycle(cycle):
        try:
            with transaction.atomic():
                Reminder.objects.create(cycle=cycle, person=manager, kind=ReminderKind.OPENED, told_at=timezone.now())
                tell_manager_opened(cycle, manager, counts[manager.pk])
        except IntegrityError:  # told already
            continue


def order_telling() -> None:
    """Have the mails of new reminders written when they are committed."""
    transaction.on_commit(write_to_reminded.enqueue)


@task()
def write_to_reminded() -> int:
    """Write to everybody with a reminder that waits, one mail each; returns how many. Safe to run twice at once."""
    waiting = Reminder.objects.filter(told_at=None).order_by("person_id").values_list("person_id", flat=True)
    return sum(_write_to(pk) for pk in waiting.distinct())


def tell_waiting() -> int:
    """For tick: the mails that a task which stopped half-way left unwritten."""
    return write_to_reminded.func()


def _write_to(person_pk: int) -> bool:
    """One mail for all that waits for this person; False when somebody else wrote it, or nothing is to do any more."""
    with transaction.atomic():
        rows = Reminder.objects.filter(person_id=person_pk, told_at=None).select_for_update(of=("self",))
        reminders = list(rows.select_related("person", "review__cycle", "review__job_holder", "review__manager"))
        Reminder.objects.filter(pk__in=[row.pk for row in reminders]).update(told_at=timezone.now())
        return tell_reminded([row for row in reminders if row.still_holds])
