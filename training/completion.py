"""When a module is completed, and what follows from it. Completed is sticky: nothing here takes a completion away."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from people.transitions import SYSTEM
from training.afterwards.attendance import has_attended, with_presences
from training.certificates import issue_for_completion
from training.models import Completion, ModuleStart, Place, RequiredUnit, TryItNote, UnitFinish


@dataclass(frozen=True)
class Standing:
    """What is still to do, as plain facts; `is_complete` is the whole rule."""

    units_left: int
    units_done: int
    needs_check: bool
    check_passed: bool
    needs_try: bool
    tried: bool
    needs_session: bool = False
    came: bool = False

    @property
    def check_open(self) -> bool:
        """The final check opens when every unit that can be done is done."""
        return self.needs_check and self.units_done > 0 and self.units_left == 0

    @property
    def waits_for_try(self) -> bool:
        """True while the try-it step is asked for and not done."""
        return self.needs_try and not self.tried

    @property
    def waits_for_session(self) -> bool:
        """True while a joint session of the module is asked for and none was attended."""
        return self.needs_session and not self.came

    @property
    def is_complete(self) -> bool:
        """True when everything the rule asks for is there."""
        units = self.units_done > 0 and self.units_left == 0
        return units and (
            (self.check_passed or not self.needs_check) and not self.waits_for_try and not self.waits_for_session
        )


def standing(start: ModuleStart) -> Standing:
    """Where a start stands. A required unit that was withdrawn before it was finished no longer stands in the way."""
    finished = Exists(UnitFinish.objects.filter(start=OuterRef("start"), unit=OuterRef("unit")))
    required = RequiredUnit.objects.filter(start=start).annotate(done=finished)
    units = list(required.values_list("done", "unit__live"))
    return Standing(
        units_left=sum(live and not done for done, live in units),
        units_done=sum(done for done, live in units),
        needs_check=start.asks_check,
        check_passed=start.asks_check and start.attempts.filter(passed=True).exists(),
        needs_try=start.asks_try,
        tried=start.asks_try and TryItNote.objects.filter(start=start).exists(),
        needs_session=start.asks_session,
        came=start.asks_session and has_been_to_session(start),
    )


def has_been_to_session(start: ModuleStart) -> bool:
    """True when the person attended a session of the module, once its attendance was confirmed.

    For a renewal it was since the window opened, also before they pressed Renew: that learning counts.
    """
    rows = (
        Place.objects.booked()
        .of_person(start.person)
        .filter(session__module_id=start.module_id, session__attendance_confirmed_on__isnull=False)
    )
    since = start.counts_from
    found = with_presences(rows.select_related("session"))
    return any(has_attended(row) and (since is None or _last_day(row) >= since) for row in found)


def _last_day(place: Place) -> datetime.date:
    return timezone.localtime(place.session.ends_at).date()


def complete_if_done(start: ModuleStart) -> Completion | None:
    """Complete the module and issue its certificate when everything is done; later calls give the same completion."""
    with transaction.atomic():
        locked = ModuleStart.objects.with_whom().select_for_update(of=("self",)).get(pk=start.pk)
        earned = Completion.objects.filter(start=locked).first()
        if earned or not standing(locked).is_complete:
            return earned
        module = locked.module
        completion = Completion.objects.create(
            start=locked,
            revision_id=module.live_revision_id,
            edition=module.edition,
            title=module.title,
            minutes=module.minutes,
        )
        issue_for_completion(completion, by=SYSTEM)
    return completion
