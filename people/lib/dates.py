"""Days and quarters. No models."""

import datetime
from functools import cache

from django.utils import timezone


def today() -> datetime.date:
    """The day in the site's zone."""
    return timezone.localdate()


def midnight(day: datetime.date) -> datetime.datetime:
    """The moment at which a day begins in the site's zone."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def local_moment(day: datetime.date, hour: datetime.time) -> datetime.datetime | None:
    """The hour of a day in the site's zone; None when clocks that go forward leave it out."""
    moment = timezone.make_aware(datetime.datetime.combine(day, hour))
    there = moment.astimezone(datetime.UTC).astimezone(timezone.get_current_timezone())
    return moment if there.replace(tzinfo=None) == moment.replace(tzinfo=None) else None


@cache
def _bank_holidays():
    """The bank holidays of Scotland, a year at a time as they are asked for."""
    from holidays.countries import UnitedKingdom  # costs time to load; most pages count no working days

    return UnitedKingdom(subdiv="SCT")


def is_working_day(day: datetime.date) -> bool:
    """Monday to Friday and no bank holiday."""
    return day.weekday() < 5 and day not in _bank_holidays()


def add_working_days(day: datetime.date, count: int) -> datetime.date:
    """The day so many working days later, or earlier when the count is negative."""
    step = datetime.timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left > 0:
        day += step
        left -= is_working_day(day)
    return day


def quarter_label(day: datetime.date) -> str:
    """The calendar quarter of a day, for example 2026-Q4."""
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or that month's last day when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return datetime.date(year, month + 1, min(day.day, (following - datetime.timedelta(days=1)).day))
