"""Messages about sessions and places: who gets which. Texts stand in templates/email/sessions/.

The join link and calendar files go to those who hold a place and to nobody else; who loses it gets the files that take
the dates back. Whoever has no account finds their own link in every message (links.py).
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.urls import reverse

from people import mail
from people.mail import TextFile
from people.transitions import Actor, Data
from training.booking import calendars, links
from training.booking.invitation_words import context_of, words_of
from training.booking.session_words import where_words
from training.enums import InvitationState
from training.models import AccessNeed, JointSession, Place, SessionDate, SessionInvitation, SessionPaper
from training.planning.sessions import when_words


def tell_invited(invitation: SessionInvitation, actor: Actor, data: Data) -> None:
    """Who is invited: what it is, and a link of their own to answer."""
    tell_all_invited([invitation], actor, data)


def tell_all_invited(rows: Sequence[SessionInvitation], actor: Actor, data: Data) -> None:
    """Everybody who is invited to one session at once: the same."""
    _invite(rows)


def tell_invited_again(invitation: SessionInvitation, actor: Actor, data: Data) -> None:
    """Who has not answered yet: the same once more."""
    tell_all_invited_again([invitation], actor, data)


def tell_all_invited_again(rows: Sequence[SessionInvitation], actor: Actor, data: Data) -> None:
    """Everybody who has not answered yet: the same once more."""
    _invite(rows, again=True)


def _invite(rows: Sequence[SessionInvitation], **more: Any) -> None:
    words = words_of(rows[0].session)
    pairs = zip(rows, links.mailed_addresses(rows), strict=True)
    mail.queue_all("sessions/invited", [(row.email, {**context_of(row, url, words), **more}) for row, url in pairs])


def tell_answers_later(invitation: SessionInvitation, actor: Actor, data: Data) -> None:
    """The co-ordinator: somebody asks their members first, and answers by then."""
    session = invitation.session
    url = settings.SITE_URL + reverse("sessions:detail", args=[session.pk])
    context = {"invitation": invitation, "session": session, "url": url}
    mail.queue("sessions/answers_later", session.coordinator.email, context)


def tell_requested(place: Place, actor: Actor, data: Data) -> None:
    """The person, that somebody decides; the co-ordinator, that somebody asks."""
    _to_place("requested", place)
    _to_coordinator("request_to_decide", place)


def tell_booked(place: Place, actor: Actor, data: Data) -> None:
    """The person: you have a place and, online, how to join."""
    _tell_place("colleague_booked" if place.is_unnamed else "booked", place)


def tell_named(place: Place) -> None:
    """A colleague for whom somebody booked: you have a place, or wait for one, and this is your link."""
    _tell_place("named", place)


def _tell_place(template: str, place: Place) -> None:
    """When and where; the dates for the calendar of somebody who is booked and named."""
    when = [when_words(row.starts_at, row.ends_at) for row in place.session.dates.all()]
    in_calendar = place.is_booked and not place.is_unnamed
    files = calendars.entries(place) if in_calendar else []
    _to_place(template, place, files=files, when=when, where=where_words(place.session))
    if in_calendar:
        _remember(place, in_calendar=True)


def tell_waiting(place: Place, actor: Actor, data: Data) -> None:
    """The person: you are on the waiting list, and by which rule it is asked."""
    _to_place("waiting", place)


def tell_offered(place: Place, actor: Actor, data: Data) -> None:
    """The person: a place is free for you until a time."""
    _to_place("offered", place)


def tell_declined(place: Place, actor: Actor, data: Data) -> None:
    """The person: not this time, and why."""
    _to_place("declined", place)


def tell_cancelled(place: Place, actor: Actor, data: Data) -> None:
    """The person: your place is cancelled."""
    _to_place("cancelled", place, files=_taken_back(place))


def tell_removed(place: Place, actor: Actor, data: Data) -> None:
    """The person: the co-ordinator took the place back, and why."""
    _to_place("removed", place, files=_taken_back(place))


def tell_too_late(place: Place, actor: Actor, data: Data) -> None:
    """The person: no place came free before it closed."""
    _to_place("too_late", place)


def tell_session_cancelled(place: Place, actor: Actor, data: Data) -> None:
    """The person, once: the session does not take place, and why."""
    _to_place("session_cancelled", place, files=_taken_back(place))


def tell_goes_ahead(session: JointSession, actor: Actor, data: Data) -> None:
    """Everybody who holds a place: it takes place."""
    for place in session.places.booked():
        _to_place("goes_ahead", place)


def tell_changed(session: JointSession, actor: Actor, data: Data) -> None:
    """Everybody who asked or may still answer, once, with what changed, and the new dates for calendars."""
    changes = session.told  # type: ignore[attr-defined]
    if not changes:
        return
    prefetch_related_objects([session], "dates")
    for place in session.places.active():
        told = place.is_booked and not place.is_unnamed
        files = calendars.entries(place) + calendars.taken_back(place, session.dropped_dates) if told else []
        _to_place("changed", place, changes=changes, files=files)
    _to_open_invitees("changed", session, changes=changes)


def tell_invitees_cancelled(session: JointSession, actor: Actor, data: Data) -> None:
    """Everybody who may still answer: it does not take place, and why."""
    _to_open_invitees("session_cancelled", session)


def tell_message(session: JointSession, actor: Actor, data: Data) -> None:
    """Everybody who asked or may still answer: what the co-ordinator writes."""
    for place in session.places.active():
        _to_place("message", place, message=data)
    _to_open_invitees("message", session, message=data)


def tell_paper(session: JointSession, paper: SessionPaper, late: str) -> None:
    """Everybody who asked or may still answer: a paper is there, and whether it is late."""
    for place in session.places.active():
        _to_place("paper", place, paper=paper, late=late)
    _to_open_invitees("paper", session, paper=paper, late=late)


def _to_open_invitees(template: str, session: JointSession, **more: Any) -> None:
    """Each with their own link, so that they need no account to see it."""
    rows, letters = list(session.invitations.filter(state=InvitationState.INVITED)), []
    for row, url in zip(rows, links.mailed_addresses(rows), strict=True):
        row.name = row.name or row.email
        letters.append((row.email, {"place": row, "session": session, "url": url, **more}))
    mail.queue_all(f"sessions/{template}", letters)


def tell_need_asked(need: AccessNeed, actor: Actor, data: Data) -> None:
    """The co-ordinator and the deputy: there is something to answer. Whose and what stands on the page alone."""
    session = need.place.session
    url = settings.SITE_URL + reverse("needs:list")
    for person in {session.coordinator, session.deputy} - {None}:
        mail.queue("sessions/need_asked", person.email, {"session": session, "url": url})


def tell_need_answered(need: AccessNeed, actor: Actor, data: Data) -> None:
    """The person: there is an answer; it stands on their own page."""
    _to_place("need_answered", need.place)


def remind(place: Place, date: SessionDate) -> None:
    """The person: it takes place soon; when, where and how to join."""
    template = "name_colleague" if place.is_unnamed else "reminder"
    _to_place(template, place, when=when_words(date.starts_at, date.ends_at), where=where_words(place.session))


def _taken_back(place: Place) -> list[TextFile]:
    """The files that take the dates back from the calendar of somebody who had them."""
    if not place.in_calendar:
        return []
    _remember(place, in_calendar=False)
    return calendars.taken_back(place, place.session.dates.all())


def _remember(place: Place, *, in_calendar: bool) -> None:
    place.in_calendar = in_calendar
    Place.objects.filter(pk=place.pk).update(in_calendar=in_calendar)


def _to_place(template: str, place: Place, files: Sequence[TextFile] = (), **more: Any) -> None:
    """Somebody who came through the door without giving an address is told nothing by mail."""
    if not place.email:
        return
    url = links.mailed_address(place)
    if place.is_unnamed:  # whoever booked for a colleague gets it, and says there who it is
        url = settings.SITE_URL + links.name_path(place)
    context = {"place": place, "session": place.session, "url": url, **more}
    mail.queue(f"sessions/{template}", place.email, context, files)


def _to_coordinator(template: str, place: Place) -> None:
    session = place.session
    url = settings.SITE_URL + reverse("manage-sessions:detail", args=[session.pk])
    mail.queue(f"sessions/{template}", session.coordinator.email, {"place": place, "session": session, "url": url})
