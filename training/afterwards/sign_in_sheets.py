"""The sign-in sheet of one date: ordered by a press, made by a task after the commit, and removed soon after the day.

It lies on a table for everybody to read: names and organisations, no address, no need, no support.
"""

import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task

from people.lib import pdf
from people.models import Identity, User
from people.policy import policy
from people.printing import make_and_keep, make_missing
from people.transitions import NotYours, person
from training.afterwards.attendance import rows_of
from training.booking.session_words import where_words
from training.models import SessionDate, SignInSheet
from training.permissions import can_take_attendance
from training.planning.sessions import when_words

EMPTY_LINES = 10  # for those who just come in


def order_sheet(date: SessionDate, *, by: User) -> SignInSheet:
    """Have the sheet made anew, as people have booked now; the earlier file goes at once."""
    if not can_take_attendance(date.session, person(by)):
        raise NotYours
    with transaction.atomic():
        sheet, _made = SignInSheet.objects.get_or_create(date=date, defaults={"names": 0})
        sheet = SignInSheet.objects.select_for_update().get(pk=sheet.pk)
        old, sheet.file = sheet.file.name or "", ""
        sheet.names, sheet.ordered_at = rows_of(date).count(), timezone.now()
        sheet.save()
        transaction.on_commit(lambda: _after_commit(sheet, old))
    return sheet


@task()
def make_sheet(pk: int) -> bool:
    """Make and keep one file; False when it is there already or cannot be made now."""
    sheet = SignInSheet.objects.filter(pk=pk, file="").select_related("date__session__venue").first()
    if sheet is None:
        return False
    ordered_as_then = SignInSheet.objects.filter(pk=pk, file="", ordered_at=sheet.ordered_at)
    return make_and_keep(
        sheet.file,
        lambda: sheet_pdf(sheet.date),
        lambda name, _digest: bool(ordered_as_then.update(file=name)),
        called=f"sign-in sheet {pk}",
    )


def make_missing_sheets(limit: int = 50) -> int:
    """For tick: the sheets that a task did not make; returns how many were made."""
    waiting = SignInSheet.objects.filter(file="").order_by("pk")
    return make_missing(waiting.values_list("pk", flat=True)[:limit], make_sheet.func)


def sheet_pdf(date: SessionDate) -> bytes:
    """A4 upright, as many pages as it needs; the head of the table stands on each."""
    session = date.session
    context = {
        "session": session,
        "when": when_words(date.starts_at, date.ends_at),
        "where": where_words(session),
        "rows": rows_of(date),
        "empty_lines": range(EMPTY_LINES),
        "issuer": Identity.current().organisation_name,
    }
    return pdf.render("pdf/sign_in_sheet.html", context, style="pdf/sign_in_sheet.css")


def old_sheets() -> QuerySet[SignInSheet]:
    """Sheets of dates that are over for longer than the policy keeps them."""
    edge = timezone.now() - datetime.timedelta(days=policy("sheet_keep_days"))
    return SignInSheet.objects.filter(date__ends_at__lt=edge)


def remove_sheets(rows: QuerySet[SignInSheet]) -> int:
    """Remove rows with their files."""
    count = 0
    for sheet in rows:
        if sheet.file:
            sheet.file.delete(save=False)
        sheet.delete()
        count += 1
    return count


def _after_commit(sheet: SignInSheet, old: str) -> None:
    if old:
        sheet.file.storage.delete(old)
    make_sheet.enqueue(sheet.pk)
