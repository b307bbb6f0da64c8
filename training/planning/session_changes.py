"""What of a session can be changed after it was planned, how it is written, and in which words people hear of it.

Whether it may be changed is decided by the moves (workflow/sessions.py) and, for a draft, in drafts.py.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import ProtectedError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.models import Organisation, User
from people.transitions import NeedsNotMet
from training.enums import Support
from training.models import Facilitator, HeldPlaces, JointSession, SessionDate
from training.planning import recipes
from training.planning.sessions import when_words

Dates = Sequence[tuple[datetime.datetime, datetime.datetime]]
# What only those who plan it read: nobody is told when it changes
UNTOLD = {"coordinator", "deputy", "minimum", "decide_on", "no_papers", "interpreter", "short_notice_reason"}
# What the mail says with the new value; of everything else only that it changed. Never the link to join
SHOWN = {
    "title",
    "venue",
    "format",
    "capacity",
    "sign_up_from",
    "sign_up_until",
    "release_on",
    "decided_on",
    "host",
    "fixed",
    "still_open",
    "support",
    "has_captions",
    "camera_optional",
    "materials",
    "gives_certificate",
}


@dataclass(frozen=True)
class Leader:
    """Somebody who leads a session, as it is typed."""

    name: str
    side: str
    organisation: Organisation | None = None
    person: User | None = None


def set_dates(session: JointSession, dates: Dates) -> None:
    """Put the dates in place of the earlier ones; a date that is moved keeps its identity for calendars."""
    rows = list(session.dates.all())
    for row, (starts_at, ends_at) in zip(rows, dates, strict=False):
        SessionDate.objects.filter(pk=row.pk).update(starts_at=starts_at, ends_at=ends_at)
    session.dropped_dates = [*session.dropped_dates, *rows[len(dates) :]]
    try:
        SessionDate.objects.filter(pk__in=[row.pk for row in rows[len(dates) :]]).delete()
    except ProtectedError as error:
        raise NeedsNotMet(_("Attendance was taken for a date that you leave out. It has to stay.")) from error
    SessionDate.objects.bulk_create(
        SessionDate(session=session, starts_at=starts_at, ends_at=ends_at) for starts_at, ends_at in dates[len(rows) :]
    )


def set_held(session: JointSession, held: Mapping[str, int]) -> None:
    """Hold so many places for whom; what is not named is held no longer."""
    session.held.all().delete()
    HeldPlaces.objects.bulk_create(
        HeldPlaces(session=session, held_for=key, places=count) for key, count in held.items() if count
    )


def set_leaders(session: JointSession, leaders: Sequence[Leader]) -> None:
    """Put these in place of the earlier ones. Who stays keeps the row: access needs may name it as a reader.

    The same name with another account is another person, whom nobody has ticked.
    """
    stays = {row.name: row.person.pk if row.person else None for row in leaders}
    for earlier in session.facilitators.all():
        if earlier.name not in stays or earlier.person_id != stays[earlier.name]:
            earlier.delete()
    for row in leaders:
        values = {"person": row.person, "organisation": row.organisation, "side": row.side}
        Facilitator.objects.update_or_create(session=session, name=row.name, defaults=values)


def set_behaviours(session: JointSession, behaviours: Sequence[Any]) -> None:
    """Which behaviours it is about."""
    session.behaviours.set(behaviours)


def dates_of(session: JointSession) -> list[tuple[datetime.datetime, datetime.datetime]]:
    """The dates as they stand."""
    return [(row.starts_at, row.ends_at) for row in session.dates.all()]


def held_of(session: JointSession) -> dict[str, int]:
    """How many places are held for whom."""
    return {row.held_for: row.places for row in session.held.all()}


def leaders_of(session: JointSession) -> list[Leader]:
    """Who leads it."""
    rows = session.facilitators.select_related("organisation", "person")
    return [Leader(row.name, row.side, row.organisation, row.person) for row in rows]


def behaviours_of(session: JointSession) -> list[Any]:
    """The behaviours it is about."""
    return list(session.behaviours.all())


WRITERS = {"dates": set_dates, "held": set_held, "facilitators": set_leaders, "behaviours": set_behaviours}
READERS = {"dates": dates_of, "held": held_of, "facilitators": leaders_of, "behaviours": behaviours_of}


def what_changes(session: JointSession, values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the values that are not what stands; moved dates take with them what the recipe counted from them."""
    found = {name: value for name, value in values.items() if not _same(current(session, name), value)}
    if found.get("dates"):
        found |= {name: day for name, day in _counted_from(session, found["dates"]).items() if name not in found}
    return found


def current(session: JointSession, name: str) -> Any:
    """What stands now."""
    return READERS[name](session) if name in READERS else getattr(session, name)


def write(session: JointSession, changes: Mapping[str, Any]) -> None:
    """Write new values into a session that is locked; the caller saves it."""
    for name, value in changes.items():
        if name in WRITERS:
            WRITERS[name](session, value)  # type: ignore[operator]
            getattr(session, "_prefetched_objects_cache", {}).pop(name, None)
        else:
            setattr(session, name, value)


def told_words(session: JointSession, changes: Mapping[str, Any]) -> list[str]:
    """What people hear of these changes, before they are written; empty when nothing concerns them."""
    return [_words(session, name, value) for name, value in changes.items() if name not in UNTOLD]


def _words(session: JointSession, name: str, value: Any) -> str:
    if name == "dates":
        return _("When: %(dates)s") % {"dates": "; ".join(when_words(*pair) for pair in value)}
    if name == "facilitators":
        return _("Who leads it: %(names)s") % {"names": ", ".join(row.name for row in value)}
    if name == "held":
        return _("How places are held")
    field = session._meta.get_field(name)
    label = f"{field.verbose_name[:1].upper()}{field.verbose_name[1:]}"  # type: ignore[union-attr]
    return f"{label}: {_shown(field, value)}" if name in SHOWN else label


def _shown(field: Any, value: Any) -> str:
    if value in (None, "", []):
        return _("none")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.date):
        return date_format(value, "j F Y")
    if isinstance(value, list):
        return ", ".join(str(Support(one).label) for one in value)
    if isinstance(field, models.CharField) and field.choices:
        return str(dict(field.flatchoices)[value])
    return str(value)


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, list) and before and not isinstance(before[0], tuple):
        return len(before) == len(after) and all(row in before for row in after)  # the order says nothing
    return before == after or (before in (None, "") and after in (None, ""))


def _counted_from(session: JointSession, dates: Dates) -> dict[str, datetime.date | None]:
    """Release, end of sign-up and the day to decide, when they stand where the recipe puts them or nowhere."""
    before = recipes.days_of(session.recipe, session.starts_at, session.capacity) if session.starts_at else {}
    after = recipes.days_of(session.recipe, min(dates)[0], session.capacity)
    now = {name: getattr(session, name) for name in after}
    return {name: day for name, day in after.items() if day and now[name] != day and now[name] == before.get(name)}
