"""The modules of the demo, and how far its people have come in them, walked through the real functions."""

import datetime
from pathlib import Path

from cms.demo.days import on_day
from people.lib.dates import today
from training.checks import open_attempt, submit_attempt
from training.models import ModulePage, ModuleStart, UnitPage
from training.module_file import import_module
from training.progress import finish_unit, note_try, start_module

MODULES = Path(__file__).parent / "modules"
FIRST, SECOND = "why-we-work-in-partnership", "start-early-close-the-loop"
CLOSING, SUSPECTS = "review-recognise-close", "beyond-the-usual-suspects"
# who has finished which module, and who is on the way with how many units
COMPLETED = (("staff", FIRST), ("union", FIRST))
# who finished what some days ago: Catriona before she rates a manager, Eilidh before her review was closed
EARLIER = (("catriona.weir", FIRST, 70), ("catriona.weir", CLOSING, 55), ("eilidh.baird", SUSPECTS, 80))
UNDER_WAY = (("staff", SECOND, 2), ("partner", FIRST, 1), ("manager", SECOND, 3))


def load_learning(home, people) -> None:
    """Publish every module file, then let the demo's people learn; nobody is moved who has started already."""
    for path in sorted(MODULES.glob("*.yaml")):
        import_module(path, parent=home)
    for who, slug in COMPLETED:
        _complete(people[who], ModulePage.objects.get(slug=slug))
    for who, slug, days in EARLIER:
        with on_day(today() - datetime.timedelta(days=days)):
            _complete(people[who], ModulePage.objects.get(slug=slug))
    for who, slug, units in UNDER_WAY:
        _go_on(people[who], ModulePage.objects.get(slug=slug), units)


def _has_started(user, module) -> bool:
    return ModuleStart.objects.filter(person=user, module=module).exists()


def _go_on(user, module, count: int) -> None:
    if _has_started(user, module):
        return
    start = start_module(module, by=user)
    for unit in _units(module)[:count]:
        finish_unit(start, unit, by=user)


def _complete(user, module) -> None:
    if _has_started(user, module):
        return
    start = start_module(module, by=user)
    for unit in _units(module):
        for block_id in unit.try_it_ids():
            note_try(start, unit, block_id, "I rang a colleague in the group and said what was open.", by=user)
        finish_unit(start, unit, by=user)
    attempt = open_attempt(start, by=user)
    right = {q["id"]: [o["id"] for o in q["options"] if o["right"]] for q in attempt.questions}
    submit_attempt(attempt, right, by=user)


def _units(module) -> list[UnitPage]:
    return list(UnitPage.objects.live().child_of(module).order_by("path"))
