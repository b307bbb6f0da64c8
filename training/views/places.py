"""The pages of one place, for whoever holds it by account or by link: where I stand, cancel, take, calendar files."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people.lib.numbers import whole_number
from people.transitions import move
from training.booking import calendars, places
from training.booking.session_words import page_of_place
from training.enums import PlaceState
from training.models import JointSession
from training.planning.venues import told_of
from training.views.holders import back
from training.views.session_papers import links_to
from training.views.sessions import SAID, place_context


@require_safe
def place_page(request, holder):
    """What somebody without an account sees: the session, and where they stand."""
    session = get_object_or_404(JointSession.objects.filter(pk=holder.place.session_id).for_page())
    holder.place.session = session
    page = page_of_place(session, holder.place)
    context = {
        "session": session,
        "page": page,
        "told": told_of(session.venue) if session.venue else None,
        "papers": links_to(session, lambda paper_pk: holder.url("paper", paper_pk)),
        **place_context(session, page, holder),
    }
    return render(request, "sessions/detail.html", context)


@require_POST
def place_move(request, holder, name):
    """Take the place that is offered, or say that I cannot come."""
    waited = holder.place.state in (PlaceState.WAITING, PlaceState.REQUESTED)
    moved = move(holder.place, name, by=holder.actor, seen=whole_number(request.POST.get("seen")))
    gave_up = waited and moved.state == PlaceState.CANCELLED
    messages.success(request, _("You do not wait for a place any more.") if gave_up else SAID[moved.state])
    return back(holder)


@require_safe
def calendar_file(request, holder, date):
    """The calendar file of one date, for those who hold a place."""
    row = next((each for each in holder.place.session.dates.all() if each.pk == date), None)
    if row is None or not holder.place.is_booked:
        raise Http404
    response = HttpResponse(calendars.entry(holder.place, row), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="session-{row.pk}.ics"'
    return response


@require_POST
def book_again(request, holder):
    """Ask for a place once more after it ended, for the same organisation as before."""
    place = places.ask_again(holder.place, by=holder.actor)
    messages.success(request, SAID[place.state])
    return back(holder)
