"""What learning puts on My work: modules to go on with. Certificates and completed modules are no tasks."""

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.todo import Task
from people.transitions import Actor
from training.enums import Status
from training.models import ModuleStart, RequiredUnit


def todo_for(actor: Actor) -> list[Task]:
    """One line for each module that was begun and not completed, the newest first; three queries at most."""
    if actor.user is None:
        return []
    units = Prefetch("required_units", RequiredUnit.objects.filter(unit__live=True).select_related("unit"))
    begun = ModuleStart.objects.for_outline(actor.user).unfinished().filter(module__live=True).order_by("-started_at")
    return [_task(start) for start in begun.select_related("module", "completion").prefetch_related(units, "finishes")]


def _task(start: ModuleStart) -> Task:
    done = {finish.unit_id for finish in start.finishes.all()}
    required = list(start.required_units.all())
    left = [row.unit for row in required if row.unit_id not in done]
    if left:
        url = reverse("learning:unit", args=[start.module.slug, left[0].slug])
        title = _("Go on with “%(module)s”: %(unit)s") % {"module": start.module.title, "unit": left[0].title}
    elif start.asks_check and not start.has_passed:
        url = reverse("learning:check", args=[start.module.slug])
        title = _("Take the final check of “%(module)s”") % {"module": start.module.title}
    else:
        url = reverse("learning:module", args=[start.module.slug])
        title = _("Finish “%(module)s”") % {"module": start.module.title}
    return Task(
        title=title, url=url, hint=_hint(left, len(required)), status=str(Status.IN_PROGRESS.label), kind="continue"
    )


def _hint(left: list, total: int) -> str:
    words = _("%(done)d of %(total)d units done") % {"done": total - len(left), "total": total}
    minutes = sum(unit.minutes for unit in left)
    if not minutes:
        return words
    more = ngettext("about %(n)d minute left", "about %(n)d minutes left", minutes) % {"n": minutes}
    return f"{words}, {more}"
