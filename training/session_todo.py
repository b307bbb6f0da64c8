"""What sessions put on My work: a place that is offered, and what is coming."""

from django.db.models import Max, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.todo import Task
from people.transitions import Actor
from training.enums import PlaceState, SessionState
from training.models import Place


def todo_for(actor: Actor) -> list[Task]:
    """One line for each offer that stands and each booked session that is not over; one query."""
    if actor.user is None:
        return []
    rows = Place.objects.of_person(actor.user).filter(
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
