"""The same press many times at once, by somebody without an account and by two ticks."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from people.models import OutgoingMail
from people.transitions import link_actor
from tests.factories.guests import guest_place
from tests.factories.sessions import ask, session_of
from tests.training.test_place_races import in_threads
from training.booking import colleagues, getting_ready
from training.booking.guests import Booking, book
from training.booking.invitations import Invitee, invite
from training.booking.reminders import send_session_reminders
from training.models import AccessNeed, Place

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
AT_ONCE = 8


def test_race_one_invitation_pressed_many_times_is_one_place(committed_cast):
    row = invite(session_of(committed_cast), [Invitee("mairi@example.com")], by=committed_cast.priya).invited[0]

    places = in_threads([lambda: book(row, Booking("Mairi Gunn", sector="community"))] * AT_ONCE)

    assert {place.pk for place, _before in places} == {Place.objects.get().pk}
    assert [before for _place, before in places].count(None) == 1
    assert OutgoingMail.objects.filter(template="sessions/booked").count() == 1


def test_race_one_press_for_a_colleague_is_one_colleague(committed_cast):
    place = guest_place(session_of(committed_cast, places=9))

    in_threads([lambda: colleagues.book(place, by=link_actor(place), known=0)] * AT_ONCE)

    assert place.colleagues.count() == 1


def test_race_one_address_named_for_two_colleagues_holds_one_place(committed_cast):
    place = guest_place(session_of(committed_cast, places=9))
    both = [colleagues.book(place, by=link_actor(place), known=known) for known in (0, 1)]
    rows = [Place.objects.get(pk=row.pk) for row in both]

    in_threads(
        [
            lambda row=row: colleagues.name(row, called="Iona", email="iona@example.com", by=link_actor(row))
            for row in rows
        ]
    )

    assert Place.objects.filter(email_key="iona@example.com").count() == 1


def test_race_one_need_asked_many_times_is_one_need(committed_cast):
    place = guest_place(session_of(committed_cast))

    in_threads([lambda: getting_ready.ask(place, "A chair", [], by=link_actor(place))] * AT_ONCE)

    assert AccessNeed.objects.count() == 1


def test_race_two_ticks_send_one_reminder(committed_cast):
    session = session_of(committed_cast)
    ask(session, committed_cast.dougie)
    day = timezone.localtime(session.starts_at).replace(hour=9) - datetime.timedelta(days=1)

    with time_machine.travel(day):
        counts = in_threads([send_session_reminders] * AT_ONCE)

    assert sorted(counts) == [0] * (AT_ONCE - 1) + [1]
    assert OutgoingMail.objects.filter(template="sessions/reminder").count() == 1
