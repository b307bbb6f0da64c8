"""How long before a session people know of it, in working days (S3)."""

import datetime

from django.utils import timezone
from django.utils.translation import ngettext

from people.lib.dates import is_working_day, today
from people.policy import policy
from training.models import JointSession


def agreed_notice() -> int:
    """Working days between publishing and the start that this body agreed on."""
    return policy("session_notice_working_days")


def notice_days(session: JointSession) -> int:
    """Working days from publishing (today while it is a draft) to the first date."""
    return working_days_between(session.published_on or today(), _first_day(session))


def is_long_enough(session: JointSession) -> bool:
    """True when people have the notice that was agreed."""
    return session.starts_at is None or notice_days(session) >= agreed_notice()


def working_days_words(count: int) -> str:
    """The number with its unit."""
    return ngettext("%d working day", "%d working days", count) % count


def _first_day(session: JointSession) -> datetime.date:
    return timezone.localdate(session.starts_at) if session.starts_at else today()


def working_days_between(first: datetime.date, last: datetime.date) -> int:
    """Working days after the first day, up to and with the last; 0 when the last is not later."""
    days = (first + datetime.timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(is_working_day(day) for day in days)
