"""Booking for a colleague, and saying who it is. Rules stand in colleagues.py."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people.lib.numbers import whole_number
from people.transitions import Refused
from training.booking import colleagues, coming_back
from training.forms.guests import ColleagueForm
from training.views.holders import back


@require_POST
def book(request, holder):
    """One more place, from the same organisation; a second press of the same page books no second one."""
    known = whole_number(request.POST.get("known"))
    place = colleagues.book(holder.place, by=holder.actor, known=known if known is not None else 0)
    if place is not None:
        messages.success(request, _("There is a place for your colleague in the list. Say who it is until the start."))
    return back(holder)


@require_http_methods(["GET", "HEAD", "POST"])
def name(request, holder):
    """Who the colleague is; after that this link ends and they have their own."""
    if not holder.place.is_unnamed and request.method != "POST":
        return back(holder)
    form, sentences = ColleagueForm(request.POST or None), []
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if not coming_back.may_send(values["email"], get_adapter().get_client_ip(request)):
            return render(request, "429.html", status=429)
        try:
            colleagues.name(holder.place, called=values["name"], email=values["email"], by=holder.actor)
        except Refused as refusal:
            sentences = refusal.sentences
        else:
            return redirect("sessions:named")
    status = 409 if sentences else 422 if form.errors else 200
    context = {
        "form": form,
        "sentences": sentences,
        "place": holder.place,
        "session": holder.place.session,
        "token": holder.key,
    }
    return render(request, "sessions/name_colleague.html", context, status=status)
