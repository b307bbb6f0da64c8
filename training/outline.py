"""Where somebody stands in a module, as learning pages show it. Reads only; the rules stand in completion.py."""

from dataclasses import dataclass
from functools import cached_property

from people.models import User
from training.completion import Standing, has_been_to_session
from training.models import Completion, JointSession, ModulePage, ModuleStart, UnitPage
from training.progress import resume_unit, units_for

SESSIONS_SHOWN = 5


@dataclass
class Outline:
    """A module, its published units with what this person did, and what comes next."""

    module: ModulePage
    units: list[UnitPage]
    start: ModuleStart | None = None

    @property
    def completion(self) -> Completion | None:
        """The completion, when it was earned."""
        return getattr(self.start, "completion", None) if self.start else None

    @cached_property
    def required(self) -> list[UnitPage]:
        """The units that count: the frozen list, as far as it can be read; all units before the start."""
        return [unit for unit in self.units if unit.required_position is not None] if self.start else self.units

    @cached_property
    def done(self) -> int:
        """How many of the units that count are done."""
        return sum(unit.finished_at is not None for unit in self.required)

    @property
    def total(self) -> int:
        """How many units count."""
        return len(self.required)

    @property
    def minutes_left(self) -> int:
        """Minutes of the units that are still to do."""
        return sum(unit.minutes for unit in self.required if unit.finished_at is None)

    @cached_property
    def resume(self) -> UnitPage | None:
        """The unit to go on with."""
        return resume_unit(self.units) if self.start else next(iter(self.units), None)

    @cached_property
    def standing(self) -> Standing:
        """The same facts that completion is decided on, from what is already loaded."""
        asked = self.start or self.module.rule
        return Standing(
            units_left=self.total - self.done,
            units_done=self.done if self.start else 0,
            needs_check=asked.asks_check,
            check_passed=bool(self.start and (self.start.has_passed or self.completion)),
            needs_try=asked.asks_try,
            tried=bool(self.start and self.start.has_tried),
            needs_session=asked.asks_session,
            came=bool(asked.asks_session and self.start and (self.completion or has_been_to_session(self.start))),
        )

    def after(self, unit: UnitPage) -> UnitPage | None:
        """The unit to read after this one: the next of the list, else the first that is still to do."""
        later = self.units[self.number(unit) :]
        if later:
            return later[0]
        left = [other for other in self.required if other.finished_at is None and other.pk != unit.pk]
        return left[0] if left else None

    def before(self, unit: UnitPage) -> UnitPage | None:
        """The unit before this one."""
        place = self.number(unit) - 1
        return self.units[place - 1] if place > 0 else None

    def number(self, unit: UnitPage) -> int:
        """The unit's place in the list, from 1."""
        return next(n for n, other in enumerate(self.units, 1) if other.pk == unit.pk)


def outline(module: ModulePage, user: User) -> Outline:
    """The outline of one module for one person, in two queries."""
    start = ModuleStart.objects.for_outline(user).filter(module=module).first()
    if start:
        start.module = module
    return Outline(module, units_for(module, start), start)


def try_it_unit(module: ModulePage) -> UnitPage | None:
    """The published unit that holds the try-it step."""
    return next((unit for unit in UnitPage.objects.live().child_of(module) if unit.try_it_ids()), None)


def coming_sessions(module: ModulePage) -> list[JointSession]:
    """The next joint sessions of a module."""
    return list(JointSession.objects.published().filter(module=module).coming().for_list()[:SESSIONS_SHOWN])
