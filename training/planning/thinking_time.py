"""Papers of a session, the real day of each, and whether that leaves people the time to think we agreed on (S3)."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.policy import policy
from training.models import JointSession, SessionPaper
from training.planning.notice import working_days_between, working_days_words


def papers_of(session: JointSession) -> list[SessionPaper]:
    """The papers of a session, each knowing it; one query."""
    rows = list(session.papers.all())
    for paper in rows:
        paper.session = session
    return rows


def thinking_days(paper: SessionPaper) -> int | None:
    """Working days from the day it was published to the first date; None while there is no date."""
    starts_at = paper.session.starts_at
    return None if starts_at is None else working_days_between(paper.published_on, timezone.localdate(starts_at))


def late_words(paper: SessionPaper) -> str:
    """That there is less time to think than agreed; empty when there is enough."""
    days, agreed = thinking_days(paper), policy("papers_working_days")
    if days is None or days >= agreed:
        return ""
    return _("Published on %(day)s, %(days)s before the session instead of the agreed %(agreed)s.") % {
        "day": _day(paper.published_on),
        "days": working_days_words(days),
        "agreed": working_days_words(agreed),
    }


def published_words(paper: SessionPaper) -> str:
    """When it was published, and whether that was late."""
    return late_words(paper) or _("Published on %(day)s") % {"day": _day(paper.published_on)}


def _day(day: datetime.date) -> str:
    return date_format(day, "j F Y")
