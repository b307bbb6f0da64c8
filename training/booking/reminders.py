"""Reminding those who hold a place: some days before the session begins, and the day before each of its dates.

A row is written with the mail, under the lock of the session, so that nobody is told twice however often tick runs.
Whoever booked after the day of a reminder was told just then and is not reminded.
"""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from people.lib.dates import midnight, today
from people.policy import policy
from training.booking import session_notifications as tell
from training.enums import SessionReminderKind
from training.models import JointSession, Place, SessionDate, SessionReminder


def send_session_reminders(day: datetime.date | None = None) -> int:
    """For tick: remind everybody whose day has come; returns how many mails that were."""
    day = day or today()
    horizon = midnight(day + datetime.timedelta(days=policy("session_reminder_days") + 1))
    coming = SessionDate.objects.filter(starts_at__gt=timezone.now(), starts_at__lt=horizon)
    published = JointSession.objects.published().filter(pk__in=coming.order_by().values("session_id"))
    count = 0
    for pk in published.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            session = JointSession.objects.select_for_update().get(pk=pk)
            count += sum(_remind(session, date, day) for date in session.dates.all())
    return count


def _remind(session: JointSession, date: SessionDate, day: datetime.date) -> int:
    kind = _kind_due(session, date, day)
    if kind is None or not session.is_published:
        return 0
    on = timezone.localdate(date.starts_at)
    due_since = midnight(on - datetime.timedelta(days=_days(kind)))
    places = list(_not_reminded(session, date, kind, on).filter(state_since__lt=due_since))
    SessionReminder.objects.bulk_create(SessionReminder(place=place, date=date, kind=kind, day=on) for place in places)
    for place in places:
        tell.remind(place, date)
    return len(places)


def _kind_due(session: JointSession, date: SessionDate, day: datetime.date) -> SessionReminderKind | None:
    """The reminder that is due on this day; the earlier one only of the first date, and not beside the later one."""
    left = (timezone.localdate(date.starts_at) - day).days
    if date.starts_at <= timezone.now():
        return None
    if left <= _days(SessionReminderKind.LAST):
        return SessionReminderKind.LAST
    if left <= _days(SessionReminderKind.FIRST) and date.starts_at == session.starts_at:
        return SessionReminderKind.FIRST
    return None


def _not_reminded(
    session: JointSession, date: SessionDate, kind: SessionReminderKind, on: datetime.date
) -> QuerySet[Place]:
    sent = SessionReminder.objects.filter(place=OuterRef("pk"), date=date, kind=kind, day=on)
    return session.places.booked().exclude(Exists(sent))


def _days(kind: SessionReminderKind) -> int:
    first = kind == SessionReminderKind.FIRST
    return policy("session_reminder_days" if first else "session_last_reminder_days")
