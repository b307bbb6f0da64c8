"""Days and quarters. No models."""

import datetime

from django.utils import timezone


def today() -> datetime.date:
    """The day in the site's zone."""
    return timezone.localdate()


def add_working_days(day: datetime.date, count: int) -> datetime.date:
    """The day so many Mondays-to-Fridays later; bank holidays come with the issue that needs them."""
    while count > 0:
        day += datetime.timedelta(days=1)
        count -= day.weekday() < 5
    return day


def quarter_label(day: datetime.date) -> str:
    """The calendar quarter of a day, for example 2026-Q4."""
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or that month's last day when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return datetime.date(year, month + 1, min(day.day, (following - datetime.timedelta(days=1)).day))
