"""Reviews that a module of tests shares: made once, given back as they were after each test, taken back at the end."""

from dataclasses import fields, replace

import pytest
from django.db import transaction

from people.models import User
from tests.cast import Cast, make_cast
from tests.factories.records import Told, told_review
from tests.factories.reviews import review_of


def _read_again(cast: Cast) -> Cast:
    fresh = User.objects.in_bulk([user.pk for user in cast.people.values()])
    people = {name: fresh[user.pk] for name, user in cast.people.items()}
    return replace(cast, people=people, **people)


@pytest.fixture(scope="module")
def opened_once(django_db_setup, django_db_blocker):
    """The cast, and Ailsa's review waiting for her self-assessment."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast()
        review_of(cast)
        yield cast
        transaction.set_rollback(True)


@pytest.fixture
def opened_cast(opened_once, db) -> Cast:
    """The cast beside that review, read again for each test."""
    return _read_again(opened_once)


@pytest.fixture(scope="module")
def closed_once(django_db_setup, django_db_blocker):
    """The cast and the closed review of tests/factories/records.py; what a test changes is rolled back to here."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast()
        yield cast, told_review(cast)
        transaction.set_rollback(True)


@pytest.fixture
def closed_cast(closed_once, db) -> Cast:
    """The cast of that review, read again for each test."""
    cast, _told = closed_once
    return _read_again(cast)


@pytest.fixture
def told(closed_once, closed_cast) -> Told:
    """The review and what it rests on, read again for each test."""
    _cast, told = closed_once
    rows = {each.name: getattr(told, each.name) for each in fields(told)}
    return Told(**{name: type(row)._default_manager.get(pk=row.pk) for name, row in rows.items()})
