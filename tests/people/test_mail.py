"""Mail: written with the act, sent after the commit, kept and tried again, wiped once the server took it."""

import datetime
import smtplib

import pytest
import time_machine
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from people import mail
from people.models import OutgoingMail

HOSTILE = [
    "A",
    "Ø" * 80,
    "مريم الأندلسي",
    "Z̷̛͓e̸͖͝d̴̜̎",
    "👩‍👩‍👧 Ann",
    "<script>alert(1)</script>",
    "Ann\r\nBcc: everyone@example.org",
    '"; DROP TABLE people_user; --',
    "Anna\x00Bell",
]


class RefusingBackend(BaseEmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("please try later")


@pytest.fixture
def refusing(settings):
    settings.EMAIL_BACKEND = "tests.people.test_mail.RefusingBackend"


def queue(**changes) -> OutgoingMail:
    return mail.queue_rendered(
        **{"template": "t/x", "to": "rhona@example.org", "subject": "Hello", "text": "Link", "html": "<p>L</p>"}
        | changes
    )


def test_a_message_leaves_after_the_commit_and_its_body_is_wiped(db, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        row = queue()
        assert mailoutbox == []

    (sent,) = mailoutbox
    assert (sent.to, sent.subject, sent.body) == (["rhona@example.org"], "Hello", "Link")
    assert sent.alternatives[0].content == "<p>L</p>"
    row.refresh_from_db()
    assert row.sent_at is not None
    assert (row.text, row.html, row.attempts, row.last_error) == ("", "", 1, "")
    assert row.subject == "Hello"


def test_the_body_is_kept_for_the_demo(db, settings, django_capture_on_commit_callbacks):
    settings.KEEP_SENT_MAIL = True

    with django_capture_on_commit_callbacks(execute=True):
        row = queue()

    row.refresh_from_db()
    assert row.text == "Link"


def test_what_the_server_refuses_is_kept_with_the_reason(db, refusing, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        row = queue()

    row.refresh_from_db()
    assert row.sent_at is None
    assert (row.text, row.attempts) == ("Link", 1)
    assert row.last_error == "SMTPServerDisconnected: please try later"
    assert row.next_try_at > timezone.now()


def test_a_refused_message_waits_longer_each_time_and_goes_in_the_end(db, settings, mailoutbox):
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.people.test_mail.RefusingBackend"
    start = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)
    with time_machine.travel(start, tick=False) as clock:
        row = queue()
        pauses = []
        for _ in range(8):
            assert mail.send_waiting() == 0
            row.refresh_from_db()
            pauses.append((row.next_try_at - timezone.now()).total_seconds() / 60)
            clock.move_to(row.next_try_at)
        assert pauses == [1, 5, 15, 60, 240, 720, 720, 720]

        settings.EMAIL_BACKEND = works
        assert mail.send_waiting() == 1
        assert mail.send_waiting() == 0
    assert len(mailoutbox) == 1


def test_a_message_is_not_sent_twice_when_the_task_is_repeated(db, mailoutbox):
    row = queue()

    assert mail.send_one.func(row.pk) is True
    assert mail.send_one.func(row.pk) is False

    assert len(mailoutbox) == 1


def test_a_message_that_is_not_due_waits(db, mailoutbox):
    row = queue()
    OutgoingMail.objects.filter(pk=row.pk).update(next_try_at=timezone.now() + datetime.timedelta(minutes=1))

    assert mail.send_waiting() == 0
    assert mailoutbox == []


def test_one_refusal_does_not_stop_the_others(db, settings, mailoutbox):
    first, second = queue(to="not an address\n"), queue()
    OutgoingMail.objects.filter(pk=first.pk).update(to="a@example.org\nBcc: b@example.org")

    assert mail.send_waiting() == 1

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.sent_at is None
    assert first.last_error.startswith("BadHeaderError")
    assert second.sent_at is not None


def test_a_message_that_is_gone_is_no_mistake(db):
    assert mail.send_one.func(987654) is False


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_in_the_subject_does_no_harm(db, mailoutbox, name, django_capture_on_commit_callbacks):
    subject = " ".join(f"{name.replace(chr(0), '')} asks you".split())

    with django_capture_on_commit_callbacks(execute=True):
        queue(subject=subject)

    (sent,) = mailoutbox
    assert sent.subject == subject
    assert sent.message()["Bcc"] is None
