"""What sessions put on My work: a place that is offered, what is coming, and what those who plan or lead it do next."""

import datetime

from django.db.models import Max, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.enums import Role
from people.lib.dates import today
from people.models import User
from people.todo import Task
from people.transitions import Actor
from training.enums import PlaceState, SessionState
from training.models import JointSession, Place
from training.planning.planning_steps import next_step

AHEAD, BEHIND, MOST = datetime.timedelta(days=14), datetime.timedelta(days=60), 100


def todo_for(actor: Actor) -> list[Task]:
    """One line for each offer that stands and each booked session, and what sessions need that they plan or lead.

    Two queries, and one more for who leads a session or stands in for its co-ordinator.
    """
    if actor.user is None:
        return []
    return [*_planning(actor), *_places(actor.user)]


def _planning(actor: Actor) -> list[Task]:
    """The next step of each session that they plan, lead or stand in for, once it is due within a fortnight.

    Whoever is no co-ordinator has the steps that they may do: who leads says who came, a deputy answers people too.
    """
    rows = JointSession.objects.for_planning().exclude(state=SessionState.CANCELLED)
    if actor.has_role(Role.COORDINATOR):
        rows = rows.led_by(actor.user)
    else:
        rows = rows.published().run_by(actor.user).prefetch_related("facilitators")
    recent = rows.exclude(last_end__lt=timezone.now() - BEHIND).order_by("first_start", "pk")[:MOST]
    found = [(session, step) for session in recent if (step := next_step(session, actor))]
    soon = today() + AHEAD
    return [
        Task(title=step.words, url=step.url, hint=session.title, due=step.due)
        for session, step in found
        if step.due and step.due <= soon
    ]


def _places(user: User) -> list[Task]:
    rows = Place.objects.of_person(user).filter(
        state__in=[PlaceState.BOOKED, PlaceState.OFFERED], session__state=SessionState.PUBLISHED
    )
    coming = rows.annotate(first_start=Min("session__dates__starts_at"), last_end=Max("session__dates__ends_at"))
    places = coming.filter(last_end__gt=timezone.now()).select_related("session").order_by("first_start", "pk")
    return [task for place in places if (task := _offer(place) if place.offered_until else _booked(place))]


def _offer(place: Place) -> Task | None:
    if place.offer_lapsed:
        return None
    until = timezone.localtime(place.offered_until)
    return Task(
        title=_("A place is free for you: %(title)s") % {"title": place.session.title},
        url=reverse("sessions:detail", args=[place.session_id]),
        hint=_("Take it or say no until %(until)s.") % {"until": date_format(until, "j F, H:i")},
        due=until.date(),
        status=_("Open until"),
    )


def _booked(place: Place) -> Task:
    start = timezone.localtime(place.first_start)  # type: ignore[attr-defined]
    return Task(
        title=place.session.title,
        url=reverse("sessions:detail", args=[place.session_id]),
        hint=_("You have a place, from %(time)s") % {"time": date_format(start, "H:i")},
        due=start.date(),
        kind="coming",
    )
