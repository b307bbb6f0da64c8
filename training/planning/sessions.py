"""Beginning joint sessions and ending their sign-up. Changes stand in session_changes.py, moves in workflow/."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people import transitions
from people.models import User
from people.transitions import SYSTEM, person
from training.enums import PlaceState
from training.models import HeldPlaces, JointSession, Place, SessionDate
from training.planning import recipes


def plan_session(data: Mapping[str, Any], *, by: User) -> JointSession:
    """Make a draft from the six answers and the recipe. `data`: title, purpose, recipe, first_start, places, and more
    fields of the session that override what the recipe sets."""
    first_start, recipe, wanted = data["first_start"], data["recipe"], data["places"]
    fields = {name: value for name, value in data.items() if name not in ("first_start", "places", "behaviours")}
    values = {**recipes.defaults_of(recipe, first_start, wanted), **fields}
    session = JointSession(coordinator=by, **values)
    with transaction.atomic():
        transitions.create(session, "plan", by=person(by))
        SessionDate.objects.bulk_create(
            SessionDate(session=session, starts_at=starts_at, ends_at=ends_at)
            for starts_at, ends_at in recipes.dates_of(recipe, first_start)
        )
        HeldPlaces.objects.bulk_create(
            HeldPlaces(session=session, held_for=key, places=count)
            for key, count in recipes.held_of(recipe, wanted).items()
        )
        session.behaviours.set(data.get("behaviours", []))
    return session


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
    requests = Place.objects.filter(state=PlaceState.REQUESTED, session__in=closed)
    waiting = Place.objects.filter(state__in=[PlaceState.WAITING, PlaceState.OFFERED], session__in=started)
    for place in requests.order_by("pk"):
        count += _quietly(place, "end_of_sign_up")
    for place in waiting.order_by("pk"):
        count += _quietly(place, "end_of_waiting")
    return count


def _quietly(place: Place, name: str) -> int:
    """Make the move unless somebody was quicker."""
    try:
        transitions.move(place, name, by=SYSTEM)
    except transitions.Refused:
        return 0
    return 1
