"""What proposals put on My work: replies that are due and drafts to plan, or the reply that somebody waits for."""

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.enums import Role
from people.todo import Task
from people.transitions import Actor
from training.enums import ProposalState
from training.models import SessionProposal

SINGLY = 3


def todo_for(actor: Actor) -> list[Task]:
    """A line for each, or one for all when there are many; one query."""
    user = actor.user
    if user is None:
        return []
    waiting = Q(state=ProposalState.PROPOSED) | Q(state=ProposalState.ACCEPTED, session=None)
    rows = list(SessionProposal.objects.visible_to(user).filter(waiting).select_related("by"))
    own = [row for row in rows if row.by_id == user.pk and row.is_open]
    if not user.has_role(Role.COORDINATOR):
        return [_waiting(row) for row in own]
    to_plan = [row for row in rows if row.is_accepted]
    return [*_to_answer([row for row in rows if row.is_open]), *_to_plan(to_plan)]


def _to_answer(rows: list[SessionProposal]) -> list[Task]:
    if len(rows) > SINGLY:
        return [
            Task(
                title=_("Answer %(n)d proposals for sessions") % {"n": len(rows)},
                url=reverse("manage-proposals:list"),
                hint=_("Each was promised a reply by a day."),
                due=rows[0].reply_due_on,
            )
        ]
    return [
        Task(
            title=_("Answer what %(name)s proposes") % {"name": row.by.name},
            url=row.get_absolute_url(),
            hint=row.heading,
            due=row.reply_due_on,
        )
        for row in rows
    ]


def _to_plan(rows: list[SessionProposal]) -> list[Task]:
    return [
        Task(
            title=_("Plan what %(name)s proposed") % {"name": row.by.name},
            url=row.get_absolute_url(),
            hint=_("You said yes; no draft has come of it yet."),
            kind="continue",
        )
        for row in rows[:SINGLY]
    ]


def _waiting(row: SessionProposal) -> Task:
    words = _("A co-ordinator replies by %(day)s.")
    if row.is_overdue:
        words = _("The reply was due on %(day)s and is late. It still stands first with the co-ordinators.")
    return Task(
        title=row.heading,
        url=row.get_absolute_url(),
        hint=words % {"day": date_format(row.reply_due_on, "j F")},
        status=_("Reply late") if row.is_overdue else _("Your proposal"),
        kind="waiting",
    )
