"""What stands on somebody's My work, put together from each app's todo_for. Pages and forms do not belong here.

Learning is read from its modules and not from its todo_for: they have richer places of their own on the page.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appraisal.todo import todo_for as appraisal_todo
from cms.todo import todo_for as cms_todo
from partnerships.models import Partnership
from partnerships.todo import todo_for as partnerships_todo
from people.lib.dates import today
from people.models import User
from people.todo import Task
from people.transitions import person
from training.booking.session_todo import todo_for as sessions_todo
from training.models import Certificate, ModulePage, ModuleStart
from training.planning.proposal_todo import todo_for as proposals_todo
from training.progress import resume_unit, units_for
from training.renewal_todo import todo_for as renewal_todo
from training.required.words import todo_for as required_todo

# Learning has its own places on the page
SOURCES = (
    appraisal_todo,
    required_todo,
    renewal_todo,
    sessions_todo,
    proposals_todo,
    partnerships_todo,
    cms_todo,
)
MODULES_SHOWN = 4
MODULE_FIELDS = ("title", "slug", "path", "depth", "minutes", "completion_rule")
PARTNERSHIPS_SHOWN = 5
SOON_DAYS = 7


@dataclass(frozen=True)
class Feature:
    """The module to go on with, and exactly where."""

    title: str
    module_url: str
    url: str
    button: str
    done: int
    total: int
    minutes_left: int
    unit_number: int = 0
    unit_title: str = ""


@dataclass
class MyWork:
    """Everything that the page shows, in its order."""

    duties: list[Task] = field(default_factory=list)
    feature: Feature | None = None
    going_on: list[Task] = field(default_factory=list)
    coming: list[Task] = field(default_factory=list)
    waiting: list[Task] = field(default_factory=list)
    modules: list[ModulePage] = field(default_factory=list)
    completed: int = 0
    certificates: int = 0
    partnerships: list[Partnership] = field(default_factory=list)


def my_work(user: User) -> MyWork:
    """The page of one person; the number of queries does not grow with what is on it."""
    tasks = [task for source in SOURCES for task in source(person(user))]
    modules = list(ModulePage.objects.live().only(*MODULE_FIELDS).with_progress(user).order_by("title"))
    begun = [module for module in modules if module.is_under_way]
    begun.sort(key=lambda module: module.started_at, reverse=True)
    feature = _feature(begun[0], user) if begun else None
    new = [module for module in modules if not module.start_id]
    done = [module for module in modules if module.completed_at and not module.is_under_way]
    return MyWork(
        duties=in_order(task for task in tasks if task.kind == "duty"),
        feature=feature,
        going_on=[task for task in tasks if task.kind == "continue"],
        coming=in_order(task for task in tasks if task.kind == "coming"),
        waiting=in_order(task for task in tasks if task.kind == "waiting"),
        modules=(begun[1:] + new + done)[:MODULES_SHOWN],
        completed=sum(module.completed_at is not None for module in modules),
        certificates=Certificate.objects.held_by(user).standing().count(),
        partnerships=list(
            Partnership.objects.of_person(user).select_related("lead", "co_lead").order_by("name")[:PARTNERSHIPS_SHOWN]
        ),
    )


def in_order(tasks: Iterable[Task]) -> list[Task]:
    """Dated ones by date, then the others as they came."""
    return sorted(tasks, key=lambda task: (task.due is None, task.due or datetime.date.max))


def due_words(task: Task, on: datetime.date | None = None) -> tuple[str, str]:
    """The words beside a duty and how loud they are: bad when late, warn when near.

    A task with a status of its own says that before its day: a favour is "open until" a day, not "due".
    """
    on = on or today()
    if task.due is None:
        return task.status, "plain"
    day = date_format(task.due, "D j M")
    near = "warn" if (task.due - on).days <= SOON_DAYS else "plain"
    if task.status:
        return f"{task.status} {day}", near
    if task.due < on:
        return _("Was due %(day)s") % {"day": day}, "bad"
    return (_("Due today") if task.due == on else _("Due %(day)s") % {"day": day}), near


def greeting(user: User, work: MyWork, at: datetime.datetime | None = None) -> str:
    """One or two sentences: who is meant, how much there is, and when the next of it is due."""
    hour = timezone.localtime(at).hour
    hello = _("Good morning") if hour < 12 else _("Good afternoon") if hour < 18 else _("Good evening")
    return f"{hello}, {user.get_short_name()}. {_how_much(work)}".strip()


def _how_much(work: MyWork) -> str:
    count = len(work.duties)
    if not count:
        return _("Nothing is waiting for you today.")
    words = ngettext("You have %(count)d thing to do.", "You have %(count)d things to do.", count) % {"count": count}
    due = work.duties[0].due
    return f"{words} {_next_due(due, count)}" if due else words


def _next_due(due: datetime.date, count: int) -> str:
    days = (due - today()).days
    if days < 0:
        return ngettext("It is late.", "The first one is late.", count)
    if days == 0:
        return _("The next date is today.")
    day = date_format(due, "l") if days < SOON_DAYS else date_format(due, "j F")
    return _("The next date is %(day)s.") % {"day": day}


def _feature(module: ModulePage, user: User) -> Feature:
    start = ModuleStart.objects.for_outline(user).get(module=module)
    start.module = module
    required = [unit for unit in units_for(module, start) if unit.required_position is not None]
    required.sort(key=lambda unit: unit.required_position)
    left = [unit for unit in required if unit.finished_at is None]
    unit = resume_unit(required)
    module_url = reverse("learning:module", args=[module.slug])
    shared = {
        "title": module.title,
        "module_url": module_url,
        "done": len(required) - len(left),
        "total": len(required),
        "minutes_left": sum(row.minutes for row in left),
    }
    if unit is None:
        if start.asks_check and not start.has_passed:
            url = reverse("learning:check", args=[module.slug])
            return Feature(url=url, button=_("Take the final check"), **shared)
        return Feature(url=module_url, button=_("See what is left to do"), **shared)
    number = required.index(unit) + 1
    url = reverse("learning:unit", args=[module.slug, unit.slug])
    words = _("Resume unit %(number)d") % {"number": number}
    return Feature(url=url, button=words, unit_number=number, unit_title=unit.title, **shared)
