"""The demo loads on any day of the year, and only where there is a demo."""

import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings
from django.utils import timezone

from appraisal.models import AppraisalReview, EvidenceEntry
from cms.demo.days import before, meeting_day, on_day, review_year
from people.models import User


def test_it_is_refused_where_there_is_no_demo(db):
    with pytest.raises(CommandError, match="only where DEMO is on"):
        call_command("load_demo", verbosity=0)

    assert not User.objects.exists()


@pytest.mark.parametrize("day", [datetime.date(2028, 2, 29), datetime.date(2027, 4, 1)])
def test_it_loads_on_any_day(db, day):
    with override_settings(DEMO=True), time_machine.travel(datetime.datetime.combine(day, datetime.time(9))):
        call_command("load_demo", verbosity=0)
        reviews = AppraisalReview.objects.filter(cycle__starts_on=review_year().first)
        states = reviews.filter(manager__name="Morag Sinclair").values_list("state", flat=True)

        assert len(set(states)) == 5
        assert not EvidenceEntry.objects.filter(happened_on__gt=day).exists()


@pytest.mark.parametrize(
    ("day", "step", "found"),
    [
        (datetime.date(2027, 1, 16), 1, datetime.date(2027, 1, 18)),  # a Saturday
        (datetime.date(2026, 1, 1), -1, datetime.date(2025, 12, 16)),  # neither then nor a week later a holiday
        (datetime.date(2026, 12, 24), 1, datetime.date(2027, 1, 5)),
        (datetime.date(2027, 3, 19), 1, datetime.date(2027, 3, 22)),  # a week later is Good Friday
    ],
)
def test_people_meet_on_days_on_which_people_meet(day, step, found):
    assert meeting_day(day, step) == found


def test_the_clock_is_put_back():
    day = datetime.date(2020, 2, 29)

    with on_day(day):
        inside = timezone.localtime(timezone.now())
        is_a_time = isinstance(inside, datetime.datetime)

    assert (inside.date(), inside.hour, is_a_time) == (day, 10, True)
    assert timezone.localdate() > day


def test_the_clock_is_put_back_after_a_mistake():
    real = timezone.now()

    with pytest.raises(ZeroDivisionError), on_day(datetime.date(2020, 2, 29)):
        _ = 1 / 0

    assert timezone.now() >= real


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (datetime.date(2027, 9, 30), datetime.date(2026, 4, 1)),
        (datetime.date(2027, 10, 1), datetime.date(2027, 4, 1)),
        (datetime.date(2028, 2, 29), datetime.date(2027, 4, 1)),
        (datetime.date(2028, 4, 1), datetime.date(2027, 4, 1)),
    ],
)
def test_the_review_year_holds_what_the_demo_tells(day, first):
    with time_machine.travel(datetime.datetime.combine(day, datetime.time(9))):
        year = review_year()
        assert (year.first, year.last) == (first, datetime.date(first.year + 1, 3, 31))
        assert year.first <= before(149) <= before(1) <= min(day, year.last)
