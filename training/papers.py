"""Papers of a session: published on their real day, and whether that leaves people the time to think we agreed on."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people import audit
from people.lib.dates import today
from people.models import User
from people.policy import policy
from people.transitions import NotYours, Refused, person
from training import session_notifications
from training.models import JointSession, SessionPaper
from training.notice import working_days_between, working_days_words
from training.permissions import can_plan_session


@transaction.atomic
def publish(session: JointSession, data: Mapping[str, Any], *, by: User) -> SessionPaper:
    """Add a paper as of today. Once the session is announced, everybody concerned is told, and how late it is."""
    locked = JointSession.objects.select_for_update().get(pk=session.pk)
    _planners_only(locked, by)
    if locked.papers.filter(title=data["title"], published_on=today()).exists():
        raise Refused(_("A paper of this title was added today already. Give this one another title."))
    values = {name: data.get(name) or "" for name in ("title", "file", "file_name", "file_type", "link")}
    paper = SessionPaper.objects.create(session=locked, by=by, **values)
    audit.record_change(locked, "paper_added", by=by, reason=paper.title)
    if locked.is_published and not locked.has_started:
        session_notifications.tell_paper(locked, paper, late_words(paper))
    return paper


@transaction.atomic
def withdraw(paper: SessionPaper, *, by: User) -> None:
    """Take a paper back that was added by mistake; the audit keeps its title."""
    _planners_only(paper.session, by)
    audit.record_change(paper.session, "paper_withdrawn", by=by, reason=paper.title)
    storage, name = paper.file.storage, paper.file.name
    paper.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


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


def _planners_only(session: JointSession, by: User) -> None:
    if not can_plan_session(session, person(by)):
        raise NotYours
