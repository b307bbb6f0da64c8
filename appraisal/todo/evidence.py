"""The lines of examples and answers on My work."""

from operator import attrgetter

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from appraisal.enums import ConfirmationState
from appraisal.models import EvidenceConfirmation, EvidenceEntry
from people.todo import Task
from people.transitions import Actor

DRAFTS = 3


def todo_for(actor: Actor) -> list[Task]:
    """What this person has to answer, decide, go on with, or wait for; two queries."""
    user = actor.user
    if user is None:
        return []
    rows = EvidenceConfirmation.objects.on_the_desk_of(user).select_related("asked_by", "entry").order_by("pk")
    own = [row for row in rows if row.asked_by_id == user.pk]
    others = [row for row in rows if row.asked_by_id != user.pk]
    to_send = [row for row in others if row.state == ConfirmationState.FOR_MANAGER]
    to_answer = [row for row in others if row.state == ConfirmationState.ASKED]
    return [*_to_answer(to_answer), *_to_send(to_send), *_drafts(user), *_waiting(own)]


def _to_answer(rows) -> list[Task]:
    return [
        Task(
            title=_("Is this how it happened?"),
            url=reverse("evidence:asked", args=[row.pk]),
            hint=_("%(name)s asks about “%(title)s”. You do not have to answer.")
            % {"name": row.asked_by.name, "title": row.shown_title},
            due=timezone.localdate(row.expires_at),
            status=_("Open until"),
        )
        for row in sorted(rows, key=attrgetter("expires_at"))
    ]


def _to_send(rows) -> list[Task]:
    return [
        Task(
            title=_("Decide whether to ask %(name)s") % {"name": row.name},
            url=reverse("evidence:send", args=[row.pk]),
            hint=_("%(name)s may not ask, because they decide something of theirs.") % {"name": row.asked_by.name},
        )
        for row in rows
    ]


def _drafts(user) -> list[Task]:
    """The newest private examples that nobody was asked about yet."""
    rows = EvidenceEntry.objects.of_owner(user).drafts().filter(confirmations=None).order_by("-changed_at")
    return [
        Task(
            title=row.heading,
            url=row.get_absolute_url(),
            hint=_("Your example of %(day)s. Only you can see it.") % {"day": date_format(row.happened_on, "j F Y")},
            kind="continue",
        )
        for row in rows[:DRAFTS]
    ]


def _waiting(rows) -> list[Task]:
    return [
        Task(
            title=row.entry.heading,
            url=row.entry.get_absolute_url(),
            hint=_("You asked %(name)s whether this is how it happened.") % {"name": row.name}
            if row.state == ConfirmationState.ASKED
            else _("Your line manager decides whether to ask %(name)s.") % {"name": row.name},
            status=str(row.get_state_display()),
            kind="waiting",
        )
        for row in rows
    ]
