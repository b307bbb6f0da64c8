"""The page behind the link of an invitation: yes, no, later, or somebody else. Reading it changes nothing.

An ended link says so and nothing more.
"""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from people.lib.private import kept_private
from people.transitions import link_actor, move
from training.booking import coming_back, guests, links
from training.booking.invitation_words import words_of
from training.booking.invitations import last_day_to_answer
from training.forms.guests import DeclineForm, GuestBookingForm, LaterForm, PassOnForm
from training.models import SessionInvitation
from training.planning.venues import told_of
from training.views.session_papers import links_to
from training.views.sessions import SAID
from training.workflow.places import why_closed


@login_not_required
@kept_private
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, token):
    """What somebody is invited to, and their answer, without an account."""
    rows = SessionInvitation.objects.live_by_token(token).select_related(
        "session__venue", "session__coordinator", "organisation", "person"
    )
    invitation = rows.prefetch_related("session__dates", "session__papers").first()
    if invitation is None:
        return render(request, "invitations/closed.html", status=404)
    if request.method != "POST":
        return _page(request, invitation, _forms(invitation))
    asked = request.POST.get("do", "")
    if asked not in ANSWERS:
        return HttpResponseBadRequest()
    forms = _forms(invitation, request.POST, asked)
    if not forms[asked].is_valid():
        return _page(request, invitation, forms, status=422)
    return ANSWERS[asked](request, invitation, forms[asked])


def _forms(invitation, data=None, asked=""):
    """Every form of the page; only the one that was sent is bound."""

    def bound(name):
        return data if asked == name else None

    first = {"name": invitation.name or (invitation.person.name if invitation.person else "")}
    return {
        "book": GuestBookingForm(bound("book"), hats=guests.hats_of(invitation), initial=first, auto_id="book-%s"),
        "decline": DeclineForm(bound("decline"), auto_id="no-%s", label_suffix=""),
        "later": LaterForm(bound("later"), auto_id="later-%s", label_suffix=""),
        "pass_on": PassOnForm(bound("pass_on"), auto_id="other-%s", label_suffix=""),
    }


def _page(request, invitation, forms, status=200):
    session, place = invitation.session, guests.place_of(invitation)
    book = forms["book"]
    context = {
        "invitation": invitation,
        "session": session,
        "words": words_of(session),
        "told": told_of(session.venue) if session.venue else None,
        "forms": forms,
        "place": place,
        "one_press": bool(book.initial["name"] and len(book.hats) == 1 and not book.is_bound),
        "hat": next(iter(book.hats.values()), None),
        "blocked": why_closed(session, link_actor(invitation), place),
        "last_day": last_day_to_answer(session),
    }
    token = request.resolver_match.kwargs["token"]
    context["papers"] = links_to(session, lambda paper_pk: reverse("invitations:paper", args=[token, paper_pk]))
    return render(request, "invitations/answer.html", context, status=status)


def _book(request, invitation, form):
    """Only the press that made the place leads to it; its link reaches everybody else who holds this one by mail."""
    place, before = guests.book(invitation, form.booking())
    if before is not None and before.version == place.version:
        return _asked_already(request, place)
    messages.success(request, SAID[place.state])
    return redirect(request.path) if before else redirect("sessions:place", links.token_of(place))


def _asked_already(request, place):
    if not coming_back.may_send(place.email, get_adapter().get_client_ip(request)):
        return render(request, "429.html", status=429)
    coming_back.send_links(place.email)
    messages.success(request, _("You have asked for a place already. Its link is in your mail."))
    return redirect(request.path)


def _decline(request, invitation, form):
    move(invitation, "decline", by=link_actor(invitation), data=form.cleaned_data)
    messages.success(request, _("Thank you for saying so. You can still change your mind on this page."))
    return redirect(request.path)


def _later(request, invitation, form):
    move(invitation, "ask_later", by=link_actor(invitation), data=form.cleaned_data)
    messages.success(request, _("The co-ordinator knows that you answer later."))
    return redirect(request.path)


def _pass_on(request, invitation, form):
    email = form.cleaned_data["email"]
    if not guests.may_pass_on(invitation) or not coming_back.may_send(email, get_adapter().get_client_ip(request)):
        return render(request, "429.html", status=429)
    guests.pass_on(invitation, email)
    messages.success(request, _("If this address was not invited yet, an invitation is on its way there."))
    return redirect(request.path)


ANSWERS = {"book": _book, "decline": _decline, "later": _later, "pass_on": _pass_on}
