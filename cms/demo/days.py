"""The days of the demo: which review year it is in, and acting on an earlier day through the real functions.

A demo needs a past: last year's reviews were closed last year. `on_day` moves the clock that Django reads, for the code
inside it and only in this process; nothing but the loaders of the demo may use it.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.utils import timezone

from people.lib.dates import add_working_days, is_working_day, today

RUNNING_YEAR_FROM = (10, 1)  # before it, what the demo tells of would lie in two years


class ReviewYear(NamedTuple):
    """1 April to 31 March, both included."""

    first: datetime.date
    last: datetime.date

    @property
    def label(self) -> str:
        """For example 2026 to 2027."""
        return f"{self.first.year} to {self.last.year}"

    @property
    def before(self) -> "ReviewYear":
        """The year before this one."""
        return _year_from(self.first.year - 1)


def review_year() -> ReviewYear:
    """The year that reviews look at today: from October on the running one, before that the one that is over."""
    day = today()
    return _year_from(day.year if (day.month, day.day) >= RUNNING_YEAR_FROM else day.year - 1)


def latest_day() -> datetime.date:
    """Today, or the last day of the review year when that is over: what the demo tells of happened before it."""
    return min(today(), review_year().last)


def before(count: int, last: datetime.date | None = None) -> datetime.date:
    """The working day that lies so many days, or a little more, before the latest day or before the one given."""
    day = (last or latest_day()) - datetime.timedelta(days=count)
    return day if is_working_day(day) else add_working_days(day, -1)


def meeting_day(day: datetime.date, step: int) -> datetime.date:
    """This day, or the next one in steps of so many days, on which people would meet, and a week later too."""
    week = datetime.timedelta(days=7)
    while not (_people_meet(day) and _people_meet(day + week)):
        day += datetime.timedelta(days=step)
    return day


def _people_meet(day: datetime.date) -> bool:
    """A working day, and not between Christmas and New Year."""
    return is_working_day(day) and not (day.month == 12 and day.day > 23)


@contextmanager
def on_day(day: datetime.date, hour: int = 10) -> Iterator[None]:
    """Let it be this day inside the block, at this hour of the site's zone."""
    moment = timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))
    real = timezone.datetime  # type: ignore[attr-defined]
    timezone.datetime = _standing_at(moment)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        timezone.datetime = real  # type: ignore[attr-defined]


def _year_from(year: int) -> ReviewYear:
    return ReviewYear(datetime.date(year, 4, 1), datetime.date(year + 1, 3, 31))


class _LikeDatetime(type):
    def __instancecheck__(cls, value) -> bool:
        return isinstance(value, datetime.datetime)


def _standing_at(moment: datetime.datetime) -> type:
    """What stands in for the class that django.utils.timezone asks for the time."""

    class Standing(datetime.datetime, metaclass=_LikeDatetime):
        @classmethod
        def now(cls, tz=None):
            return moment.astimezone(tz)

    return Standing
