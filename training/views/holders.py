"""Whoever holds a place, found by their account or by the mailed link; both see the same pages. No page stands here.

A view of a place is written once, takes a Holder, and gets two addresses from `both` in urls.py.
"""

from dataclasses import dataclass
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from people.lib.private import kept_private
from people.transitions import Actor, link_actor, person
from training.models import Place


@dataclass(frozen=True)
class Holder:
    """Somebody's place, who acts, and how the addresses and the frame of their pages go."""

    place: Place
    actor: Actor
    key: int | str
    by_link: bool

    @property
    def base(self) -> str:
        return "base_plain.html" if self.by_link else "base.html"

    @property
    def home(self) -> str:
        """The page of the place itself."""
        return reverse("sessions:place" if self.by_link else "sessions:detail", args=[self.key])

    def url(self, name: str, *more) -> str:
        """The address of one of the pages of the place."""
        return reverse(f"sessions:place-{name}" if self.by_link else f"sessions:{name}", args=[self.key, *more])


def by_account(view):
    """The view for somebody signed in, about their own place in the session."""

    @kept_private
    @wraps(view)
    def wrapped(request, pk, **kwargs):
        place = Place.objects.of_person(request.user).filter(session_id=pk).with_session().first()
        if place is None:
            raise Http404
        return view(request, Holder(place, person(request.user), pk, by_link=False), **kwargs)

    return wrapped


def by_link(view):
    """The view for whoever holds the mailed link; an unknown or ended one gives one and the same kind page."""

    @login_not_required
    @kept_private
    @wraps(view)
    def wrapped(request, token, **kwargs):
        place = Place.objects.live_by_token(token).with_session().first()
        if place is None:
            return render(request, "sessions/link_closed.html", status=404)
        return view(request, Holder(place, link_actor(place), token, by_link=True), **kwargs)

    return wrapped


def back(holder: Holder):
    """To the page of the place."""
    return redirect(holder.home)
