"""Publishing papers of a session and taking them back. How late they are stands in thinking_time.py."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.lib.dates import today
from people.models import User
from people.transitions import NotYours, Refused, person
from training.booking import session_notifications
from training.models import JointSession, SessionPaper
from training.permissions import can_plan_session
from training.planning.thinking_time import late_words


@transaction.atomic
def publish(session: JointSession, data: Mapping[str, Any], *, by: User) -> SessionPaper:
    """Add a paper as of today. Once the session is published, everybody concerned is told, and how late it is."""
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


def _planners_only(session: JointSession, by: User) -> None:
    if not can_plan_session(session, person(by)):
        raise NotYours
