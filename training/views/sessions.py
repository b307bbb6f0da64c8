"""The list of joint sessions, the page of one, and asking for a place."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.policy import policy
from people.transitions import moves_for, person
from training.booking import links, places
from training.booking.session_words import session_page, when_words, where_words
from training.enums import PlaceState
from training.forms.guests import OrganisationFields
from training.models import JointSession, Place
from training.permissions import can_answer_those_who_came, can_plan_session, can_take_attendance
from training.planning.venues import told_of
from training.views.holders import Holder
from training.views.session_papers import links_to
from training.workflow.places import OPEN, why_closed

PER_PAGE = 25
SAID = {
    PlaceState.BOOKED: _("You have a place. A mail with the details is on its way."),
    PlaceState.WAITING: _("You are on the waiting list. You get a mail when a place is free for you."),
    PlaceState.REQUESTED: _("You have asked for a place. The co-ordinator decides and you get a mail."),
    PlaceState.CANCELLED: _("Your place is cancelled. If somebody waits, it is offered to them."),
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
    holder = Holder(page.place, person(request.user), pk, by_link=False) if page.place else None
    context = {
        "session": session,
        "page": page,
        "told": told_of(session.venue) if session.venue else None,
        "blocked": why_closed(session, person(request.user), page.place),
        "book_url": reverse("sessions:book", args=[pk]),
        "papers": links_to(session, lambda paper_pk: reverse("sessions:paper", args=[pk, paper_pk])),
        **(place_context(session, page, holder) if holder else {}),
        "plans": can_plan_session(session, person(request.user)),
        "answers_those_who_came": can_answer_those_who_came(session, person(request.user)),
        "takes_attendance": session.is_published and can_take_attendance(session, person(request.user)),
    }
    return render(request, "sessions/detail.html", context)


def place_context(session, page, holder):
    """What the part of the page about somebody's own place shows."""
    over = session.is_over
    dates = session.dates.all() if page.place.is_booked and not over else []
    return {
        "base": holder.base,
        "by_link": holder.by_link,
        "moves": [] if over else moves_for(page.place, holder.actor),
        "blocked": why_closed(session, holder.actor, page.place),
        "book_url": holder.url("book"),
        "take_url": holder.url("take"),
        "cancel_url": holder.url("cancel"),
        "ready_url": "" if over or page.place.has_ended else holder.url("ready"),
        **_colleague_context(session, page.place, holder),
        "calendar": [(when_words(row.starts_at, row.ends_at), holder.url("calendar", row.pk)) for row in dates],
    }


def _colleague_context(session, place, holder):
    """Colleagues for whom the person booked, each with the page on which they are named, and whether one more can."""
    brings_nobody = place.has_ended or place.colleague_of_id or session.is_over
    rows = [] if brings_nobody else list(place.colleagues.active())
    open_now = not [need for need in OPEN if need(Place(session=session), holder.actor, {})]
    more = open_now and not brings_nobody and place.is_booked
    return {
        "colleagues": [(row, links.name_path(row) if row.is_unnamed else "") for row in rows],
        "colleague_url": holder.url("colleague") if more and len(rows) < policy("colleagues_per_place") else "",
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def session_book(request, pk):
    """Ask for a place: one press books, waits or asks, whichever is possible now.

    Opened instead of pressed, it asks whom somebody comes for: one of theirs, another one, or nobody. So does a press
    of somebody of whom we know no organisation.
    """
    session, user = _session(request, pk), request.user
    if request.method != "POST" and (_is_settled(session, user) or why_closed(session, person(user), None)):
        return redirect(session)
    hats = places.hats_of(user)
    asker = places.asker_for(user, hats) if request.method == "POST" and "come_for" not in request.POST else None
    if asker is None:
        form = OrganisationFields(request.POST if "come_for" in request.POST else None, hats=hats)
        asker = places.asker_for(user, hats, form.said()) if form.is_valid() else None
    if asker is None:
        context = {"session": session, "form": form}
        return render(request, "sessions/whom.html", context, status=422 if form.errors else 200)
    place = places.ask_for_place(session, asker, by=person(user))
    messages.success(request, SAID[place.state])
    return redirect(session)


def _is_settled(session, user):
    """True while there is nothing to ask for: they have a place, wait for one, or one is offered to them."""
    own = Place.objects.of_person(user).filter(session=session).first()
    return own is not None and not own.has_ended and not own.offer_lapsed


def _session(request, pk):
    return get_object_or_404(JointSession.objects.visible_to(request.user).for_page(), pk=pk)
