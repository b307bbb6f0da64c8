"""The list of joint sessions, the page of one, and asking for a place. Planning them has no page yet."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from people.lib.numbers import whole_number
from people.transitions import move, moves_for, person
from training import places
from training.enums import PlaceState
from training.models import JointSession, Place
from training.permissions import can_take_attendance
from training.session_words import session_page, when_words, where_words
from training.venues import facts_of
from training.workflow.places import OPEN

PER_PAGE = 25
SAID = {
    PlaceState.BOOKED: _("You have a place. A mail with the details is on its way."),
    PlaceState.WAITING: _("You are on the waiting list. You get a mail when a place is free for you."),
    PlaceState.REQUESTED: _("You have asked for a place. The co-ordinator decides and you get a mail."),
    PlaceState.CANCELLED: _("Your place is cancelled. It goes to the next who waits."),
}


@never_cache
@require_safe
def session_list(request):
    """What comes, the soonest first; what was, on a tab of its own."""
    past = request.GET.get("view") == "past"
    rows = JointSession.objects.visible_to(request.user)
    rows = (rows.past() if past else rows.coming()).for_list()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    own = {row.session_id: row for row in Place.objects.of_person(request.user).filter(session__in=list(page))}
    for session in page:
        session.when = [when_words(row.starts_at, row.ends_at) for row in session.dates.all()]
        session.where, session.own = where_words(session), own.get(session.pk)
    return render(request, "sessions/list.html", {"page": page, "past": past})


@never_cache
@require_safe
def session_detail(request, pk):
    """One session: what, when, where, who comes by which rule, and where I stand."""
    session = _session(request, pk)
    page = session_page(session, request.user)
    context = {
        "session": session,
        "page": page,
        "facts": facts_of(session.venue) if session.venue else [],
        "moves": moves_for(page.place, person(request.user)) if page.place else [],
        "blocked": _blocked(session, request.user, page),
        "takes_attendance": session.is_published and can_take_attendance(session, person(request.user)),
    }
    return render(request, "sessions/detail.html", context)


@require_POST
def session_book(request, pk):
    """Ask for a place: one press books, waits or asks, whichever is possible now."""
    session = _session(request, pk)
    hats = {hat.pk: hat for hat in places.hats_of(request.user)}
    chosen = hats.get(whole_number(request.POST.get("organisation"))) or next(iter(hats.values()), None)
    user = request.user
    asker = places.Asker(name=user.name or user.email, email=user.email, person=user, organisation=chosen)
    place = places.ask_for_place(session, asker, by=person(user))
    messages.success(request, SAID[place.state])
    return redirect(session)


@require_POST
def session_move(request, pk, name):
    """Take the place that is offered, or say that I cannot come."""
    own = Place.objects.of_person(request.user).filter(session_id=pk)
    place = get_object_or_404(own.select_related("session"))
    moved = move(place, name, by=person(request.user), seen=whole_number(request.POST.get("seen")))
    messages.success(request, SAID[moved.state])
    return redirect(moved.session)


def _session(request, pk):
    rows = JointSession.objects.visible_to(request.user).for_list().select_related("coordinator")
    return get_object_or_404(rows.prefetch_related("held", "facilitators__organisation", "venue__facts"), pk=pk)


def _blocked(session, user, page):
    """Why nobody can ask for a place now, in sentences; empty when one can."""
    if page.place is not None and page.place.state in (PlaceState.BOOKED, PlaceState.REQUESTED):
        return []
    place, actor = Place(session=session), person(user)
    return [sentence for need in OPEN if (sentence := need(place, actor, {}))]
