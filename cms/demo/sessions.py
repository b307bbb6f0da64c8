"""The joint sessions of the demo: planned and published by Priya, booked by a few."""

import datetime

from django.utils import timezone

from cms.demo.pages import read
from cms.demo.people import CARERS, HOST, UNION
from partnerships.models import Behaviour, Partnership
from people.lib.dates import today
from people.models import Organisation, User
from people.transitions import move, person
from training.models import Facilitator, JointSession, Venue
from training.places import Asker, ask_for_place, hats_of
from training.sessions import plan_session
from training.venues import save_facts

TEXTS = ("title", "recipe", "places", "purpose", "fixed", "still_open", "materials")
MORE = ("has_captions", "join_link", "dial_in")
OF = {"partner": CARERS, "union": UNION}


def load_sessions(people: dict[str, User], group: Partnership) -> None:
    """Venues with what is known about them, and every session once; nobody is booked who was booked before."""
    rows = read("sessions.yaml")
    venues = {row["name"]: _venue(row) for row in rows["venues"]}
    for row in rows["sessions"]:
        if not JointSession.objects.filter(title=row["title"]).exists():
            _session(row, people, group, venues)


def _venue(row) -> Venue:
    values = {"address": row["address"], "contact": row["contact"]}
    venue, made = Venue.objects.get_or_create(name=row["name"], defaults=values)
    if made:
        save_facts(venue, row["facts"], checked_by=row["checked_by"])
    return venue


def _session(row, people, group, venues) -> None:
    priya = people["coordinator"]
    day = _workday(today() + datetime.timedelta(days=row["in_days"]))
    start = timezone.make_aware(datetime.datetime.combine(day, datetime.time(row["hour"])))
    values = {name: row[name] for name in TEXTS} | {name: row[name] for name in MORE if name in row}
    values |= {
        "first_start": start,
        "decided_on": today() + datetime.timedelta(days=row["decided_in_days"]),
        "partnership": group if row["partnership"] else None,
        "venue": venues.get(row.get("venue")),
        "behaviours": list(Behaviour.objects.filter(code__in=row["behaviours"])),
    }
    session = plan_session(values, by=priya)
    for who, side in row["led_by"]:
        organisation = Organisation.objects.get(name=OF.get(who, HOST))
        Facilitator.objects.create(
            session=session, name=people[who].name, person=people[who], organisation=organisation, side=side
        )
    session = move(session, "publish", by=person(priya))
    for who in row["booked"]:
        user = people[who]
        asker = Asker(name=user.name, email=user.email, person=user, organisation=hats_of(user)[0])
        ask_for_place(session, asker, by=person(user))


def _workday(day: datetime.date) -> datetime.date:
    """Nobody is invited on a weekend: the Monday after it."""
    return day + datetime.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
