"""Many people and one place: the limit holds under any number of simultaneous bookings, on both databases."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from people.models import User
from people.transitions import Refused, move, person
from tests.factories.sessions import ask, session_of
from training.enums import PlaceState
from training.models import Place

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
THREADS, PEOPLE = 20, 200  # PostgreSQL stops at 100 connections


def in_threads(actions):
    """Run all actions, so many at a time; gives back what each came to."""

    def run(action):
        try:
            return action()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, actions))


def test_race_two_hundred_for_the_last_place(committed_cast):
    session = session_of(committed_cast, places=1)
    users = User.objects.bulk_create(User(email=f"p{n}@example.org", name=f"Person {n}") for n in range(PEOPLE))

    places = in_threads([lambda user=user: ask(session, user) for user in users])

    assert Counter(place.state for place in places) == {PlaceState.BOOKED: 1, PlaceState.WAITING: PEOPLE - 1}
    assert Counter(Place.objects.values_list("state", flat=True)) == Counter(place.state for place in places)


def test_race_one_person_books_and_cancels_at_once(committed_cast):
    session, rhona = session_of(committed_cast, places=5), committed_cast.rhona
    gate = threading.Barrier(8)

    def book():
        gate.wait()
        return ask(session, rhona)

    def cancel():
        gate.wait()
        place = Place.objects.filter(person=rhona).first()
        return move(place, "cancel", by=person(rhona)) if place else None

    in_threads([book, cancel] * 4)

    assert Place.objects.filter(person=rhona).count() == 1
    assert Place.objects.exclude(seat_number=None).count() == Place.objects.booked().count()


def test_race_a_freed_place_is_offered_once(committed_cast):
    session = session_of(committed_cast, places=2)
    first = [ask(session, committed_cast.rhona), ask(session, committed_cast.ailsa)]
    for name in ("dougie", "morag", "fergus"):
        ask(session, getattr(committed_cast, name))

    in_threads([lambda place=place: move(place, "cancel", by=person(place.person)) for place in first])

    assert Place.objects.filter(state=PlaceState.OFFERED).count() == 2
