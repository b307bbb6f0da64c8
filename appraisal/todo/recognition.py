"""The line of thank yous on My work: something nice to read. It has no date and is gone once it was read."""

from django.urls import reverse
from django.utils.translation import gettext as _

from appraisal.models import Recognition
from people.todo import Task
from people.transitions import Actor


def todo_for(actor: Actor) -> list[Task]:
    """One line, whoever thanks; one query, and none for people who do not work here."""
    user = actor.user
    if user is None or not user.is_staff_member:
        return []
    rows = list(Recognition.objects.given_to(user).undecided().select_related("by").order_by("pk")[:2])
    if not rows:
        return []
    title, url = _("%(name)s thanks you") % {"name": rows[0].by.name}, rows[0].get_absolute_url()
    if len(rows) > 1:
        title, url = _("People thank you"), reverse("thanks:list")
    return [Task(title=title, url=url, hint=_("Only you see it. Keep it as an example, or just read it."))]
