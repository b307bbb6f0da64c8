"""Mail that is kept until it is sent (DESIGN 4.7). Who gets which message stands in each app's notifications.py."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from people.lib import mail as lib
from people.models import Identity, OutgoingMail

RETRY_MINUTES = (1, 5, 15, 60, 240, 720)
SENT_TOGETHER = 50  # messages in one task


@dataclass(frozen=True)
class TextFile:
    """A text that goes with a message, for example a calendar file."""

    name: str
    type: str
    text: str


def queue(template: str, to: str, context: dict, files: Sequence[TextFile] = ()) -> OutgoingMail:
    """Write the message in the current transaction; a task sends it after the commit, tick tries again."""
    return queue_rendered(template, to, *render(template, context), files=files)


def queue_all(template: str, letters: Iterable[tuple[str, dict]]) -> None:
    """The same message to many addresses, each with its own context, in one statement."""
    shared, rows = _shared(), []
    for to, context in letters:
        subject, text, html = lib.render(template, {**shared, **context})
        rows.append(OutgoingMail(template=template, to=to, subject=subject[:300], text=text, html=html))
    keys = [row.pk for row in OutgoingMail.objects.bulk_create(rows)]
    for first in range(0, len(keys), SENT_TOGETHER):
        transaction.on_commit(partial(send_some.enqueue, keys[first : first + SENT_TOGETHER]))


def render(template: str, context: dict) -> tuple[str, str, str]:
    """Subject, text and HTML as they would be sent, for whoever wants to read a message before it goes."""
    return lib.render(template, {**_shared(), **context})


def queue_rendered(
    template: str, to: str, subject: str, text: str, html: str = "", files: Sequence[TextFile] = ()
) -> OutgoingMail:
    """The same for a message that somebody else rendered (the sign-in mails)."""
    row = OutgoingMail.objects.create(
        template=template, to=to, subject=subject[:300], text=text, html=html, files=[asdict(file) for file in files]
    )
    transaction.on_commit(lambda: send_one.enqueue(row.pk))
    return row


@task()
def send_one(pk: int) -> bool:
    """Send one waiting message, once; False when it was not waiting or the server refused it."""
    if not _claim(pk):
        return False
    row = OutgoingMail.objects.get(pk=pk)
    try:
        lib.deliver(to=row.to, subject=row.subject, text=row.text, html=row.html, files=row.files)
    except Exception as error:  # whatever the server does, the message is kept
        OutgoingMail.objects.filter(pk=pk).update(last_error=f"{type(error).__name__}: {error}"[:300])
        return False
    wiped = {} if settings.KEEP_SENT_MAIL else {"text": "", "html": "", "files": []}  # they hold raw links
    OutgoingMail.objects.filter(pk=pk).update(sent_at=timezone.now(), last_error="", **wiped)
    return True


@task()
def send_some(keys: list[int]) -> int:
    """Send these waiting messages one after the other; returns how many went out."""
    return sum(send_one.func(pk) for pk in keys)


def send_waiting() -> int:
    """Try every message that is due again; returns how many went out."""
    due = OutgoingMail.objects.filter(sent_at__isnull=True, next_try_at__lte=timezone.now())
    return sum(send_one.func(pk) for pk in due.order_by("pk").values_list("pk", flat=True)[:500])


def _shared() -> dict:
    """What every message is made with."""
    return {"identity": Identity.current(), "site_url": settings.SITE_URL}


def _claim(pk: int) -> bool:
    """Take the message for one attempt; a second worker or a repeated task finds it taken."""
    now = timezone.now()
    with transaction.atomic():
        waiting = OutgoingMail.objects.select_for_update().filter(pk=pk, sent_at__isnull=True, next_try_at__lte=now)
        row = waiting.first()
        if row is None:
            return False
        pause = RETRY_MINUTES[min(row.attempts, len(RETRY_MINUTES) - 1)]
        row.attempts, row.next_try_at = row.attempts + 1, now + datetime.timedelta(minutes=pause)
        row.save(update_fields=["attempts", "next_try_at"])
    return True
