"""The PDF of a learning record: asked for by a press, made by a task after the commit, kept for some days."""

import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task

from people.lib import pdf
from people.models import Identity, User
from people.policy import policy
from people.printing import make_and_keep, make_missing
from training.learning_record import record_of, time_words
from training.models import LearningRecordFile


def order_file(user: User, *, with_words: bool) -> LearningRecordFile:
    """Have the person's PDF made anew; the earlier file goes at once."""
    with transaction.atomic():
        row, _made = LearningRecordFile.objects.get_or_create(person=user)
        row = LearningRecordFile.objects.select_for_update().get(pk=row.pk)
        old = row.file.name or ""
        row.with_words, row.asked_at, row.made_at, row.file = with_words, timezone.now(), None, ""
        row.save()
        transaction.on_commit(lambda: _after_commit(row, old))
    return row


@task()
def make_file(pk: int) -> bool:
    """Make and keep one file; False when it is there already or cannot be made now."""
    row = LearningRecordFile.objects.filter(pk=pk, file="").select_related("person").first()
    if row is None:
        return False
    asked_as_then = LearningRecordFile.objects.filter(pk=pk, file="", asked_at=row.asked_at)
    return make_and_keep(
        row.file,
        lambda: record_pdf(row.person, with_words=row.with_words),
        lambda name, _digest: bool(asked_as_then.update(file=name, made_at=timezone.now())),
        called=f"learning record {pk}",
    )


def make_missing_files(limit: int = 200) -> int:
    """For tick: the files that a task did not make; returns how many were made."""
    waiting = LearningRecordFile.objects.filter(file="").order_by("pk")
    return make_missing(waiting.values_list("pk", flat=True)[:limit], make_file.func)


def record_pdf(user: User, *, with_words: bool) -> bytes:
    """A4, to be read by eye or by screen reader, and to give to whom one likes."""
    record = record_of(user)
    context = {
        "record": record,
        "with_words": with_words,
        "total": time_words(record.minutes),
        "of_the_year": time_words(record.minutes_of_the_year),
        "done": [(row, time_words(row.minutes) if row.minutes else "") for row in record.done],
        "issuer": Identity.current().organisation_name,
        "made_on": timezone.localdate(),
    }
    return pdf.render("pdf/learning_record.html", context, style="pdf/record.css")


def old_files() -> QuerySet[LearningRecordFile]:
    """Files that were asked for longer ago than they are kept; another one is made by a press."""
    edge = timezone.now() - datetime.timedelta(days=policy("record_file_keep_days"))
    return LearningRecordFile.objects.filter(asked_at__lt=edge)


def remove_files(rows: QuerySet[LearningRecordFile]) -> int:
    """Remove rows and what they point to."""
    for row in rows:
        if row.file:
            row.file.delete(save=False)
    return rows.delete()[0]


def _after_commit(row: LearningRecordFile, old: str) -> None:
    if old:
        row.file.storage.delete(old)
    make_file.enqueue(row.pk)
