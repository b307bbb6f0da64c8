"""What the framework and the partnerships put on My work."""

from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.models import FrameworkVersion
from partnerships.permissions import can_edit_framework
from people.todo import Task
from people.transitions import Actor


def todo_for(actor: Actor) -> list[Task]:
    """An editor is shown the draft of the framework; nobody else has anything to do here yet."""
    if actor.user is None or not can_edit_framework(actor.user):
        return []
    return [
        Task(
            title=_("Finish version %(number)s of what we expect of each other") % {"number": draft.number},
            url=reverse("manage-framework:version", args=[draft.number]),
            hint=_("Both sponsors agree before it is published."),
            status=_("Draft"),
            kind="continue",
        )
        for draft in FrameworkVersion.objects.drafts()
    ]
