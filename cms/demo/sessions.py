"""The venues of the demo and its sessions to come: planned, published and invited to by Priya, booked by some."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from cms.demo.days import meeting_day
from cms.demo.pages import read
from cms.demo.session_cast import SessionCast, booked_places, led_by
from partnerships.models import Behaviour, Partnership
from people.lib.dates import today
from people.models import Organisation, User
from people.transitions import link_actor, move, person
from training.booking import colleagues, invitations
from training.models import JointSession, Venue
from training.planning import papers
from training.planning.sessions import plan_session
from training.planning.venues import save_facts

TEXTS = ("title", "recipe", "places", "purpose", "fixed", "still_open", "materials", "support")
MORE = ("has_captions", "join_link", "dial_in", "interpreter")


def load_venues() -> None:
    """Every venue once, with what is known about it."""
    for row in read("sessions.yaml")["venues"]:
        host = Organisation.objects.named(row.get("host", ""))
        values = {"address": row["address"], "contact": row["contact"], "host": host}
        venue, made = Venue.objects.get_or_create(name=row["name"], defaults=values)
        if made:
            save_facts(venue, {code: _known(fact) for code, fact in row["facts"].items()}, checked_by=row["checked_by"])


def _known(fact: Mapping[str, Any]) -> dict[str, Any]:
    """What is not checked yet has a day by which it will be known."""
    if "known_in_days" not in fact:
        return dict(fact)
    known_by = today() + datetime.timedelta(days=fact["known_in_days"])
    return {"answer": fact["answer"], "words": fact["words"], "known_by": known_by}


def load_sessions(people: dict[str, User], group: Partnership) -> None:
    """Every session to come once; nobody is booked who was booked before."""
    cast = SessionCast(people, read("session_guests.yaml"), people["coordinator"])
    for row in read("sessions.yaml")["sessions"]:
        if not JointSession.objects.filter(title=row["title"]).exists():
            _session(row, cast, group)


def _session(row, cast: SessionCast, group: Partnership) -> None:
    priya = cast.priya
    day = meeting_day(today() + datetime.timedelta(days=row["in_days"]), step=1)
    start = timezone.make_aware(datetime.datetime.combine(day, datetime.time(row["hour"])))
    values = {name: row[name] for name in TEXTS} | {name: row[name] for name in MORE if name in row}
    values |= {
        "first_start": start,
        "decided_on": day - datetime.timedelta(days=row["decided_days_before"]),
        "partnership": group if row["partnership"] else None,
        "venue": Venue.objects.filter(name=row.get("venue")).first(),
        "behaviours": list(Behaviour.objects.filter(code__in=row["behaviours"])),
    }
    session = plan_session(values, by=priya)
    led_by(session, row["led_by"], cast.people)
    session = move(session, "publish", by=person(priya))
    for title, link in row["papers"]:
        papers.publish(session, {"title": title, "link": link}, by=priya)
    asked = invitations.invite(session, [cast.invitee(who) for who in row["invited"]], by=priya).invited
    links = {one.email: one for one in asked}
    for who in row["booked"]:
        cast.book(session, who, links.get(cast.email(who)))
    if "colleague_of" in row:
        mine = booked_places(session)[cast.email(row["colleague_of"])]
        colleagues.book(mine, by=person(cast.people[row["colleague_of"]]), known=0)
    cast.get_ready(session, row)
    for who in row.get("cancelled", []):  # what they leave is offered to the next who waits
        place = booked_places(session)[cast.email(who)]
        move(place, "cancel", by=link_actor(place))
