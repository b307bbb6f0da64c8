"""Planning and changing joint sessions. Their moves stand in workflow/sessions.py, who comes in places.py."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people import transitions
from people.models import User
from people.transitions import SYSTEM, Actor, person
from training import places, recipes
from training.models import HeldPlaces, JointSession, Place, SessionDate

Dates = Sequence[tuple[datetime.datetime, datetime.datetime]]
TOLD = ("title", "venue", "format", "capacity", "sign_up_until", "decided_on", "host")


def plan_session(data: Mapping[str, Any], *, by: User) -> JointSession:
    """Make a draft from the six answers and the recipe. `data`: title, purpose, recipe, first_start, places, and more
    fields of the session that override what the recipe sets."""
    first_start, recipe, wanted = data["first_start"], data["recipe"], data["places"]
    fields = {name: value for name, value in data.items() if name not in ("first_start", "places", "behaviours")}
    values = {**recipes.defaults_of(recipe, first_start, wanted), **fields}
    session = JointSession(coordinator=by, **values)
    with transaction.atomic():
        transitions.create(session, "plan", by=person(by))
        set_dates(session, recipes.dates_of(recipe, first_start))
        set_held(session, recipes.held_of(recipe, wanted))
        session.behaviours.set(data.get("behaviours", []))
    return session


def set_dates(session: JointSession, dates: Dates) -> None:
    """Put the dates in place of the earlier ones; a date that is moved keeps its identity for calendars."""
    rows = list(session.dates.all())
    for row, (starts_at, ends_at) in zip(rows, dates, strict=False):
        SessionDate.objects.filter(pk=row.pk).update(starts_at=starts_at, ends_at=ends_at)
    session.dropped_dates = [*session.dropped_dates, *rows[len(dates) :]]
    SessionDate.objects.filter(pk__in=[row.pk for row in session.dropped_dates]).delete()
    SessionDate.objects.bulk_create(
        SessionDate(session=session, starts_at=starts_at, ends_at=ends_at) for starts_at, ends_at in dates[len(rows) :]
    )
    _forget(session, "dates")


def set_held(session: JointSession, held: Mapping[str, int]) -> None:
    """Hold so many places for whom; what is not named is held no longer."""
    session.held.all().delete()
    HeldPlaces.objects.bulk_create(
        HeldPlaces(session=session, held_for=key, places=count) for key, count in held.items() if count
    )
    _forget(session, "held")


def apply_changes(session: JointSession, changes: Mapping[str, Any]) -> None:
    """Write new values into a session under its lock; what comes free is passed on, and approval is never bypassed."""
    for name, value in changes.items():
        if name == "dates":
            set_dates(session, value)
        elif name == "held":
            set_held(session, value)
        else:
            setattr(session, name, value)
    session.calendar_sequence += 1
    session.save()
    places.pass_on(session)


def changed_words(session: JointSession, changes: Mapping[str, Any]) -> list[str]:
    """What would change, in words for those who hold a place; empty when nothing would."""
    words = []
    for name, value in changes.items():
        if name == "dates":
            before = [(row.starts_at, row.ends_at) for row in session.dates.all()]
            if before != list(value):
                words.append(_("When: %(dates)s") % {"dates": "; ".join(when_words(*pair) for pair in value)})
        elif name == "held":
            if {row.held_for: row.places for row in session.held.all()} != dict(value):
                words.append(_("How places are held"))
        elif getattr(session, name) != value:
            label = session._meta.get_field(name).verbose_name
            shown = f"{label[:1].upper()}{label[1:]}"
            words.append(f"{shown}: {value}" if name in TOLD and value not in (None, "") else shown)
    return words


def when_words(starts_at: datetime.datetime, ends_at: datetime.datetime) -> str:
    """One date in words, in the site's zone."""
    first, last = timezone.localtime(starts_at), timezone.localtime(ends_at)
    return _("%(day)s, %(first)s to %(last)s") % {
        "day": date_format(first, "l j F Y"),
        "first": date_format(first, "H:i"),
        "last": date_format(last, "H:i"),
    }


def end_sign_ups() -> int:
    """For tick: requests end when sign-up closes, and the waiting list when the session starts. Returns how many."""
    count = 0
    now, day = timezone.now(), timezone.localdate()
    started = JointSession.objects.published().filter(dates__starts_at__lte=now)
    closed = JointSession.objects.published().filter(sign_up_until__lt=day)
    for place in Place.objects.filter(state="requested", session__in=closed).order_by("pk"):
        count += _quietly(place, "end_of_sign_up")
    for place in Place.objects.filter(state__in=["waiting", "offered"], session__in=started).order_by("pk"):
        count += _quietly(place, "end_of_waiting")
    return count


def _quietly(place: Place, name: str, by: Actor = SYSTEM) -> int:
    """Make the move unless somebody was quicker."""
    try:
        transitions.move(place, name, by=by)
    except transitions.Refused:
        return 0
    return 1


def _forget(session: JointSession, name: str) -> None:
    """What was read before no longer holds."""
    getattr(session, "_prefetched_objects_cache", {}).pop(name, None)
