"""What editors and moderators have to do with pages."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from people.enums import Role
from people.todo import Task
from people.transitions import Actor

SHOWN = 5


def todo_for(actor: Actor) -> list[Task]:
    """Pages to moderate, and one's own pages with text that nobody sees yet."""
    if actor.user is None:
        return []
    tasks = _to_moderate() if actor.has_role(Role.MODERATOR) else []
    return tasks + (_unpublished(actor.user) if actor.has_role(Role.EDITOR) else [])


def _to_moderate() -> list[Task]:
    states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).select_related(
        "workflow_state__requested_by"
    )
    rows = states.prefetch_related("revision__content_object").order_by("started_at")[:SHOWN]
    return [
        Task(
            title=_("Read “%(title)s” before it is published") % {"title": row.revision.content_object.title},
            url=reverse("wagtailadmin_pages:edit", args=[row.revision.object_id]),
            hint=_("%(name)s asked for it") % {"name": row.workflow_state.requested_by or _("Somebody")},
        )
        for row in rows
    ]


def _unpublished(user) -> list[Task]:
    pages = Page.objects.filter(has_unpublished_changes=True, latest_revision__user=user, locked=False)
    return [
        Task(
            title=_("Go on writing “%(title)s”") % {"title": page.title},
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            hint=_("Changes that are not published yet"),
            kind="continue",
        )
        for page in pages.order_by("-latest_revision_created_at")[:SHOWN]
    ]
