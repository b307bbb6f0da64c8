"""What somebody says after booking, all of it by choice: what they bring and need from the others, support, access.

Who reads what: `brings` and `needs_from_others` are for whoever prepares the session, `support` for co-ordinators and
the deputy, access needs for their own readers (querysets/sessions.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from people import audit, transitions
from people.transitions import Actor, ChangedSince, NotYours
from training.enums import Support
from training.models import AccessNeed, Facilitator, JointSession, Place
from training.permissions import can_say_need, can_use_place

SAID = ("brings", "needs_from_others", "support")


@dataclass(frozen=True)
class Readers:
    """Who reads access needs of a session without being ticked, and whom the person may tick."""

    always: list[str]
    may_be_ticked: list[Facilitator]


def readers_of(session: JointSession) -> Readers:
    """Those who answer, by name; and those who lead the session, have an account and do not read it anyway."""
    always = [session.coordinator, *([session.deputy] if session.deputy else [])]
    ids = {person.pk for person in always}
    rows = [row for row in session.facilitators.all() if row.person_id and row.person_id not in ids]
    return Readers([person.name for person in always], rows)


def support_choices(session: JointSession) -> list[tuple[str, str]]:
    """Only what this session offers, and that none is needed; empty when nothing is offered."""
    offered = [value for value in Support if value in session.support and value != Support.NONE]
    return [(value, value.label) for value in (*offered, Support.NONE)] if offered else []


@transaction.atomic
def say(place: Place, values: dict[str, str], *, by: Actor, seen: int | None = None) -> Place:
    """Keep what somebody brings and needs from the others, and what support they ask for. Not a move: no state."""
    fresh = Place.objects.select_for_update().get(pk=place.pk)
    if not can_use_place(fresh, by):
        raise NotYours
    said = {name: values[name] for name in SAID if name in values}
    if all(getattr(fresh, name) == value for name, value in said.items()):
        return fresh
    if seen is not None and seen != fresh.version:
        raise ChangedSince(fresh)
    for name, value in said.items():
        setattr(fresh, name, value)
    fresh.touch()
    fresh.save()
    return fresh


def ask(place: Place, words: str, readers: Iterable[str], *, by: Actor) -> AccessNeed:
    """Ask for something that somebody needs to take part; the same words again are the same need."""
    with transaction.atomic():
        Place.objects.select_for_update().get(pk=place.pk)  # a second press finds the first one's row
        kept = " ".join(words.split())
        found = place.access_needs.filter(words=kept).first()
        if found is not None:
            return transitions.move(found, "ask_again", by=by, data={"words": kept, "readers": readers})
        return transitions.create(AccessNeed(place=place), "ask", by=by, data={"words": kept, "readers": readers})


@transaction.atomic
def withdraw(need: AccessNeed, *, by: Actor) -> None:
    """Take it back: the words go at once, and only that there was one stays in the audit."""
    if not can_say_need(need, by):
        raise NotYours
    audit.record(need, "withdraw", by=by, frm=need.state)
    need.delete()
