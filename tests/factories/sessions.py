"""Joint sessions for tests, planned by Priya through the real functions: online, in sixty days, with few places."""

import datetime

from django.utils import timezone

from people.models import User
from people.transitions import SYSTEM, move, person
from training.booking.invitations import Invitee, invite
from training.booking.places import Asker, ask_for_place, hats_of
from training.enums import InvitationState, PlaceState, Recipe, SessionFormat, WhyNot
from training.models import Facilitator, JointSession, Place, SessionDate, SessionInvitation
from training.planning.session_changes import set_held
from training.planning.sessions import plan_session


def draft_session(cast, *, held=None, **values) -> JointSession:
    """A draft that lacks nothing; two places unless told otherwise, and none of them held."""
    start = timezone.localtime() + datetime.timedelta(days=60)
    session = plan_session(
        {
            "title": "Starting early together",
            "purpose": "Say at which moment something could still have changed.",
            "recipe": Recipe.HALF_DAY,
            "format": SessionFormat.ONLINE,
            "first_start": start.replace(hour=11, minute=0, second=0, microsecond=0),
            "places": 2,
            "fixed": "The list is renewed in March.",
            "still_open": "Who is rung first.",
            "join_link": "https://meet.example.org/early",
            **values,
        },
        by=cast.priya,
    )
    set_held(session, held or {})
    Facilitator.objects.create(session=session, name=cast.rhona.name, person=cast.rhona, side="partner")
    return session


def session_of(cast, **values) -> JointSession:
    """A published session."""
    return move(draft_session(cast, **values), "publish", by=person(cast.priya))


def ask(session: JointSession, user: User) -> Place:
    """The person asks for a place, for their first organisation."""
    hats = hats_of(user)
    asker = Asker(name=user.name, email=user.email, person=user, organisation=hats[0] if hats else None)
    return ask_for_place(JointSession.objects.get(pk=session.pk), asker, by=person(user))


def begin(session: JointSession) -> None:
    """Let the session have started an hour ago."""
    ago = timezone.now() - datetime.timedelta(hours=1)
    SessionDate.objects.filter(session=session).update(starts_at=ago, ends_at=ago + datetime.timedelta(hours=4))


def place_in(cast, state: str) -> Place:
    """Dougie's place in this state, in a session of one place."""
    session = session_of(cast, places=1, needs_approval=state in (PlaceState.REQUESTED, PlaceState.DECLINED))
    dougie = cast.fresh("dougie")
    if state in (PlaceState.REQUESTED, PlaceState.DECLINED):
        place = ask(session, dougie)
        data = {"reason": "This one is for carers"}
        return move(place, "decline", by=person(cast.priya), data=data) if state == PlaceState.DECLINED else place
    if state in (PlaceState.WAITING, PlaceState.OFFERED):
        first = ask(session, cast.fresh("rhona"))
        place = ask(session, dougie)
        if state == PlaceState.OFFERED:
            move(first, "cancel", by=person(cast.fresh("rhona")))
        return Place.objects.get(pk=place.pk)
    place = ask(session, dougie)
    if state == PlaceState.CANCELLED:
        return move(place, "cancel", by=person(dougie))
    if state == PlaceState.REMOVED:
        return move(place, "remove", by=person(cast.priya), data={"reason": "Booked twice by mistake"})
    return move(place, "end_with_session", by=SYSTEM) if state == PlaceState.EVENT_CANCELLED else place


def invited(session: JointSession, *who: User) -> list[SessionInvitation]:
    """These people are invited by Priya; each gets a mail."""
    rows = [Invitee(email=user.email, name=user.name, person=user) for user in who]
    return invite(session, rows, by=session.coordinator).invited


def invitation_in(cast, state: str) -> SessionInvitation:
    """Dougie's invitation in this state."""
    row = invited(session_of(cast), cast.dougie)[0]
    if state == InvitationState.ACCEPTED:
        ask(row.session, cast.fresh("dougie"))
    if state == InvitationState.DECLINED:
        move(row, "decline", by=person(cast.fresh("dougie")), data={"why_not": WhyNot.DATE})
    return SessionInvitation.objects.get(pk=row.pk)
