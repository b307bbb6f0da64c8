"""Asking for a place, and passing on what comes free. The rule of seats stands in allocation.py, moves in workflow/.

Which move an ask becomes (requested, booked, waiting) is decided under the lock of the session, from what is true then.
"""

import datetime
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from people import transitions
from people.enums import Sector, Side
from people.lib.dates import add_months, today
from people.models import Affiliation, Organisation, User
from people.policy import policy
from people.transitions import SYSTEM, Actor
from training.allocation import Room, Seat, in_order, next_one
from training.enums import ENDED_PLACES, PlaceState
from training.models import JointSession, Place

SAID = ("name", "organisation", "organisation_name", "sector", "side", "is_new")  # by whoever asks, each time


@dataclass(frozen=True)
class Asker:
    """Who would like to come, as they say it. `person` is set only for somebody signed in."""

    name: str
    email: str
    person: User | None = None
    organisation: Organisation | None = None
    organisation_name: str = ""
    sector: str = Sector.OTHER


def room_of(session: JointSession, day: datetime.date | None = None) -> Room:
    """The rule of seats as it is today: held places are open from the release date on."""
    released = session.release_on is not None and session.release_on <= (day or today())
    held = {} if released else {row.held_for: row.places for row in session.held.all()}
    return Room(session.capacity, held, session.sector_limit)


def taken(session: JointSession, *, but: Place | None = None) -> list[Seat]:
    """Everybody whom the rule of seats counts, leaving out one."""
    rows = session.places.with_seat().exclude(pk=but.pk if but else None)
    return [Seat(sector, is_new) for sector, is_new in rows.values_list("sector", "is_new")]


def has_seat_for(place: Place) -> bool:
    """True when this place would fit now, beside all others."""
    return room_of(place.session).fits(taken(place.session, but=place), place.seat)


def ask_for_place(session: JointSession, asker: Asker, *, by: Actor) -> Place:
    """Ask for a place: it is booked, waits, or is requested. The same ask again changes nothing and is a success.

    Raises NeedsNotMet with every condition that fails.
    """
    with transaction.atomic():
        locked = JointSession.objects.select_for_update().get(pk=session.pk)
        found = own_place(locked, asker)
        if found is not None and found.state not in ENDED_PLACES and not found.offer_lapsed:
            return found
        place = _new_place(locked, asker)
        if found is None:
            return transitions.create(place, move_for(place), by=by)
        _say_anew(found, place)
        return transitions.move(found, move_for(found), by=by)


def walk_in(session: JointSession, asker: Asker, *, by: Actor) -> Place:
    """Somebody stands in the door: they come in without a seat of the rule, one place an address.

    Who holds a place already keeps it. Somebody who has no address gets a key of their own.
    """
    with transaction.atomic():
        locked = JointSession.objects.select_for_update().get(pk=session.pk)
        found = own_place(locked, asker)
        if found is None:
            return transitions.create(_new_place(locked, asker), "walk_in", by=by)
        return found if found.is_booked else transitions.move(found, "walk_in", by=by)


def ask_again(place: Place, *, by: Actor) -> Place:
    """Ask once more with a place that ended or an offer that lapsed, as the same person for the same organisation."""
    asker = Asker(place.name, place.email, place.person, place.organisation, place.organisation_name, place.sector)
    return ask_for_place(place.session, asker, by=by)


def pass_on(session: JointSession) -> int:
    """Offer what is free to those who wait, one place to one person; returns how many. Under the lock of the session.

    Nobody is moved up after the start, and nothing is offered of a session that is not on.
    """
    if not session.is_published or session.has_started:
        return 0
    offered = 0
    session.places.lapsed_offers().update(seat_number=None)
    waiting = list(session.places.waiting())
    while waiting:
        one = next_one(room_of(session), waiting, taken(session))
        if one is None:
            break
        transitions.move(one, "offer", by=SYSTEM)
        waiting.remove(one)
        offered += 1
    return offered


def pass_on_everywhere() -> int:
    """For tick: offers whose time is over and held places that opened today go to the next who wait."""
    waiting = Place.objects.filter(state=PlaceState.WAITING).order_by().values("session_id")
    count = 0
    for pk in JointSession.objects.published().filter(pk__in=waiting).order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            count += pass_on(JointSession.objects.select_for_update().get(pk=pk))
    return count


def offer_ends_at(session: JointSession, now: datetime.datetime | None = None) -> datetime.datetime:
    """Until when an offer stands: the policy hours, and never beyond the start."""
    end = (now or timezone.now()) + datetime.timedelta(hours=policy("offer_hours"))
    return min(end, session.starts_at) if session.starts_at else end


def lowest_free_seat(session: JointSession) -> int:
    """The lowest number that nobody holds; the unique constraint refuses one that was taken meanwhile."""
    used = set(session.places.exclude(seat_number=None).values_list("seat_number", flat=True))
    return next(number for number in range(1, len(used) + 2) if number not in used)


def standing(place: Place) -> int | None:
    """Which one in the waiting list this is, in the order in which it is asked now; None when not waiting."""
    if place.state != PlaceState.WAITING:
        return None
    order = in_order(place.session.places.waiting(), taken(place.session))
    return next((number for number, one in enumerate(order, start=1) if one.pk == place.pk), None)


def is_newcomer(asker: Asker) -> bool:
    """True when nobody of the organisation has held a place in the last months of the policy.

    A name that is not on our list yet is new. Who comes for nobody else is new when they have held none themselves,
    and staff of the host are not.
    """
    if asker.organisation is not None:
        own = Q(organisation=asker.organisation)
    elif asker.organisation_name or not asker.email:
        return True
    elif asker.person is not None and asker.person.is_staff_member:
        return False
    else:
        own = Q(organisation=None, organisation_name="", email_key=_address_key(asker.email))
    since = timezone.now() - datetime.timedelta(days=(today() - add_months(today(), -policy("newcomer_months"))).days)
    earlier = Place.objects.booked().filter(own, session__dates__starts_at__gte=since)
    return not earlier.filter(session__dates__starts_at__lt=timezone.now()).exists()


def hats_of(user: User) -> list[Organisation]:
    """The organisations a person may come for, the host body first for its staff."""
    hats = list(Organisation.objects.filter(is_host=True)) if user.is_staff_member else []
    affiliations = Affiliation.objects.current().filter(person=user).select_related("organisation")
    return hats + [row.organisation for row in affiliations if row.organisation not in hats]


def asker_for(user: User, hats: Sequence[Organisation], said: Mapping[str, Any] | None = None) -> Asker | None:
    """Somebody signed in, for whom they say they come, else for the first of their organisations; None without one."""
    if said is None and not hats:
        return None
    said = {"organisation": hats[0]} if said is None else said
    return Asker(name=user.name or user.email, email=user.email, person=user, **said)


def own_place(session: JointSession, asker: Asker) -> Place | None:
    """The place that whoever asks has in this session already, also one that ended. Under the lock of the session."""
    rows = session.places.select_for_update()
    own = rows.filter(person=asker.person).first() if asker.person else None
    return own or rows.filter(email_key=_address_key(asker.email)).first()


def move_for(place: Place) -> str:
    """What an ask becomes now, under the lock of the session."""
    if place.session.needs_approval:
        return "request"
    return "book" if has_seat_for(place) else "wait"


def _say_anew(found: Place, place: Place) -> None:
    """Whoever asks again says again for whom they come; it is frozen anew."""
    said = {name: getattr(place, name) for name in SAID}
    for name, value in said.items():
        setattr(found, name, value)
    Place.objects.filter(pk=found.pk).update(**said)


def _address_key(email: str) -> str:
    """What one place an address is held by; nobody's address when there is none, and never the same twice."""
    return email.strip().casefold() or f"no-address-{secrets.token_hex(8)}"


def _new_place(session: JointSession, asker: Asker) -> Place:
    organisation = asker.organisation
    is_host = organisation is not None and organisation.is_host
    return Place(
        session=session,
        person=asker.person,
        name=" ".join(asker.name.split()),
        email=asker.email.strip().lower(),
        email_key=_address_key(asker.email),
        organisation=organisation,
        organisation_name="" if organisation else " ".join(asker.organisation_name.split()),
        sector=organisation.sector if organisation else asker.sector,
        side=Side.STAFF if is_host else Side.PARTNER,
        is_new=not is_host and is_newcomer(asker),
        token_hash=Place.make_token()[1],  # nobody holds it: the first mail to somebody without an account sets theirs
        expires_at=session.ends_at or timezone.now(),
    )
