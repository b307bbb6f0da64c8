"""Starting a module, finishing its units, writing in it, where to go on. Safe from two tabs or two devices."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from people.models import User
from people.transitions import Refused, person
from training.completion import complete_if_done
from training.enums import Moment
from training.models import (
    Confidence,
    ModulePage,
    ModuleStart,
    Reflection,
    RequiredUnit,
    TryItNote,
    UnitFinish,
    UnitPage,
)
from training.permissions import ask_own


def start_module(module: ModulePage, *, by: User) -> ModuleStart:
    """Start a module, freezing the list of its units and its rule; the same start when it was started before."""
    started = ModuleStart.objects.current().filter(person=by, module=module).first()
    if started:
        started.module = module
        return started
    with transaction.atomic():
        start, is_new = ModuleStart.objects.get_or_create(
            person=by,
            module=module,
            is_current=True,
            defaults={"rule": module.completion_rule, "edition": module.edition},
        )
        if is_new:
            freeze_units(start)
    return start


def begin(module: ModulePage, *, by: User, confidence: int | None = None) -> ModuleStart:
    """Start, or go on, saying how sure one feels before if one likes."""
    start = start_module(module, by=by)
    if confidence:
        say_confidence(start, Moment.BEFORE, confidence, by=by)
    complete_if_done(start)
    return start


def freeze_units(start: ModuleStart) -> None:
    """Keep the list of units that this round asks for, as it is now; in the transaction of the start."""
    units = list(UnitPage.objects.live().child_of(start.module).only("pk", "title", "path"))
    if not units or not start.module.live:
        raise Refused(_("This module has no units to read at the moment."))
    RequiredUnit.objects.bulk_create(
        RequiredUnit(start=start, unit=unit, position=n, title=unit.title) for n, unit in enumerate(units, 1)
    )


def finish_unit(start: ModuleStart, unit: UnitPage, *, by: User) -> UnitFinish:
    """Finish a unit, and the module when that was the last thing to do."""
    ask_own(start, person(by))
    if not (unit.live and unit.is_child_of(start.module)):
        raise Refused(_("This unit has been withdrawn, so it cannot be finished. You do not need it any more."))
    with transaction.atomic():
        finish, _new = UnitFinish.objects.get_or_create(
            start=start, unit=unit, defaults={"revision_id": unit.live_revision_id, "edition": unit.edition}
        )
        complete_if_done(start)
    return finish


def note_try(start: ModuleStart, unit: UnitPage, block_id: str, text: str, *, by: User) -> TryItNote:
    """Keep what somebody wrote after trying it; that counts as having tried."""
    ask_own(start, person(by))
    if block_id not in unit.try_it_ids():
        raise Refused(_("This step has been taken out of the unit. Your text was not kept: copy it before you go on."))
    with transaction.atomic():
        note, _new = TryItNote.objects.update_or_create(
            start=start, block_id=block_id, defaults={"unit": unit, "text": text, "written_at": timezone.now()}
        )
        complete_if_done(start)
    return note


def write_reflection(unit: UnitPage, block_id: str, text: str, *, by: User) -> Reflection | None:
    """Keep a private reflection; an empty one is taken away."""
    own = Reflection.objects.filter(person=by, unit=unit, block_id=block_id)
    if not text.strip():
        own.delete()
        return None
    prompt = next((b.value["prompt"] for b in unit.body if b.id == block_id and b.block_type == "reflection"), None)
    if prompt is None and not own.exists():
        raise Refused(
            _("This prompt has been taken out of the unit. Your text was not kept: copy it before you go on.")
        )
    values = {"text": text, "written_at": timezone.now()} | ({"prompt": prompt} if prompt else {})
    return Reflection.objects.update_or_create(person=by, unit=unit, block_id=block_id, defaults=values)[0]


def own_texts(user: User, start: ModuleStart | None, unit: UnitPage) -> dict[str, Reflection | TryItNote]:
    """The reader's own texts in a unit, by block id; asked for only where the unit has room for them."""
    kinds = {block.block_type for block in unit.body}
    own: dict[str, Reflection | TryItNote] = {}
    if "reflection" in kinds:
        own |= {row.block_id: row for row in Reflection.objects.visible_to(user).filter(unit=unit)}
    if "try_it" in kinds and start:
        own |= {row.block_id: row for row in TryItNote.objects.filter(start=start, unit=unit)}
    return own


def say_confidence(start: ModuleStart, moment: Moment, value: int, *, by: User) -> Confidence:
    """Keep how sure somebody feels; saying it again replaces it."""
    ask_own(start, person(by))
    values = {"value": value, "said_at": timezone.now()}
    return Confidence.objects.update_or_create(start=start, moment=moment, defaults=values)[0]


def units_for(module: ModulePage, start: ModuleStart | None) -> list[UnitPage]:
    """The published units with what this start knows of each, in one query."""
    return list(UnitPage.objects.live().child_of(module).outline().with_start(start.pk if start else None))


def resume_unit(units: list[UnitPage]) -> UnitPage | None:
    """The first unfinished required unit of the frozen list that can still be read."""
    left = [unit for unit in units if unit.required_position is not None and unit.finished_at is None]
    return min(left, key=lambda unit: unit.required_position, default=None)


def withdrawn_titles(start: ModuleStart) -> list[str]:
    """Titles of required units that were withdrawn before they were finished."""
    gone = start.required_units.filter(unit__live=False).exclude(unit__in=start.finishes.values("unit"))
    return list(gone.values_list("title", flat=True))


def have_people_started(pages: Iterable[Page]) -> bool:
    """True when somebody's learning rests on one of these pages or on a page below it."""
    return any(_is_in_use(page) for page in pages)


def _is_in_use(page: Page) -> bool:
    inside = Page.objects.descendant_of(page, inclusive=True).values("pk")
    return (
        ModuleStart.objects.filter(module__in=inside).exists()
        or RequiredUnit.objects.filter(unit__in=inside).exists()
        or UnitFinish.objects.filter(unit__in=inside).exists()
        or Reflection.objects.filter(unit__in=inside).exists()
    )
