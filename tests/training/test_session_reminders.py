"""Reminders of sessions: a week before and the day before, once each, to those who hold a place."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from people.models import OutgoingMail
from people.transitions import move, person
from tests.factories.sessions import ask, session_of
from training.booking.reminders import send_session_reminders
from training.models import SessionReminder

pytestmark = pytest.mark.django_db


def at(session, days: int, hour: int = 9):
    """So many days before the first date, in the morning."""
    day = timezone.localtime(session.starts_at) - datetime.timedelta(days=days)
    return time_machine.travel(day.replace(hour=hour, minute=0))


def sent() -> list[str]:
    return [mail.to for mail in OutgoingMail.objects.filter(template="sessions/reminder").order_by("pk")]


@pytest.fixture
def booked(cast):
    session = session_of(cast, places=1)
    ask(session, cast.dougie)
    ask(session, cast.rhona)  # waits
    return session


def test_nobody_is_reminded_too_early(booked):
    with at(booked, 8):
        assert send_session_reminders() == 0


def test_everybody_is_reminded_twice_and_each_time_once(booked, cast):
    counts = []
    for days in (7, 7, 6, 2, 1, 1, 0):
        with at(booked, days):
            counts.append(send_session_reminders())

    assert counts == [1, 0, 0, 0, 1, 0, 0]
    assert sent() == [cast.dougie.email] * 2


def test_missed_days_send_only_the_last_one(booked):
    with at(booked, 1):
        assert send_session_reminders() == 1
        assert send_session_reminders() == 0


def test_nobody_is_reminded_after_the_start(booked):
    with at(booked, 0, hour=12):
        assert send_session_reminders() == 0


def test_whoever_books_late_was_told_just_then(cast):
    session = session_of(cast, sign_up_until=None)
    with at(session, 3):
        ask(session, cast.dougie)
        assert send_session_reminders() == 0
    with at(session, 1):
        assert send_session_reminders() == 1


def test_the_second_evening_has_a_reminder_of_its_own(cast):
    session = session_of(cast, recipe="evening_pair", places=20)
    ask(session, cast.dougie)
    counts = {}
    for days in (7, 1, -6, -7):
        with at(session, days):
            counts[days] = send_session_reminders()

    assert counts == {7: 1, 1: 1, -6: 1, -7: 0}


def test_a_session_that_moves_is_told_of_again(booked, cast):
    with at(booked, 7):
        send_session_reminders()
    date = booked.dates.get()
    later = [(date.starts_at + datetime.timedelta(days=30), date.ends_at + datetime.timedelta(days=30))]
    move(booked, "change", by=person(cast.priya), data={"changes": {"dates": later}})

    with at(booked, 7):
        assert send_session_reminders() == 1


def test_a_cancelled_session_reminds_nobody(booked, cast):
    move(booked, "cancel", by=person(cast.priya), data={"reason": "Flood"})

    with at(booked, 1):
        assert send_session_reminders() == 0
    assert not SessionReminder.objects.exists()


def test_the_link_to_join_stands_in_the_reminder(booked, cast):
    with at(booked, 1):
        send_session_reminders()

    mail = OutgoingMail.objects.get(template="sessions/reminder")
    assert "https://meet.example.org/early" in mail.text
    assert "11:00" in mail.subject
