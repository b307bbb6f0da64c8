"""Booking by a mailed invitation, without an account: for whom somebody may come, and what their press becomes.

The link was mailed to the address, so whoever holds it has proved the address; it stays the one that was invited. No
account is made: one that signs in with this address is joined to the place.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from people import transitions
from people.enums import Sector
from people.lib.rates import within
from people.models import Organisation, User
from people.policy import policy
from people.transitions import Actor, NeedsNotMet, link_actor
from training.booking import coming_back, invitations, links, places
from training.booking.places import Asker
from training.models import JointSession, Place, SessionInvitation

DAY = 24 * 3600  # seconds


@dataclass(frozen=True)
class Booking:
    """What somebody says when they book: their name, and for whom they come."""

    name: str
    organisation: Organisation | None = None
    organisation_name: str = ""
    sector: str = Sector.OTHER


def person_of(invitation: SessionInvitation) -> User | None:
    """The account that was invited, or that has this address."""
    if invitation.person is not None:
        return invitation.person
    return User.objects.filter(email=invitation.email_key, is_active=True).first()


def hats_of(invitation: SessionInvitation) -> list[Organisation]:
    """The organisations that somebody may come for without typing one, the invited one first."""
    known = [invitation.organisation] if invitation.organisation else []
    person = person_of(invitation)
    more = places.hats_of(person) if person else []
    return known + [hat for hat in more if hat not in known]


def book(invitation: SessionInvitation, booking: Booking) -> tuple[Place, Place | None]:
    """Ask for a place with what somebody says; returns it, and the place as it stood before this press, if it did.

    Only a new place is opened by its link here: an invitation may have been forwarded, and a place that was there
    already belongs to whoever reads its mails.
    """
    asker = Asker(
        name=booking.name,
        email=invitation.email,
        person=person_of(invitation),
        organisation=booking.organisation,
        organisation_name=booking.organisation_name,
        sector=booking.sector,
    )
    with transaction.atomic():
        session = JointSession.objects.select_for_update().get(pk=invitation.session_id)
        before = places.own_place(session, asker)
        place = places.ask_for_place(session, asker, by=link_actor(invitation))
        if before is None:
            links.open_link(place)
    return place, before


def may_pass_on(invitation: SessionInvitation) -> bool:
    """Count this try; False when the invitation was passed on as often as it may be in a day."""
    return within(f"passed-on:{invitation.pk}", policy("invitations_passed_on_day"), DAY)


@transaction.atomic
def pass_on(invitation: SessionInvitation, email: str) -> None:
    """Invite another address to the same session; who is invited already, or comes, is sent what they have.

    Raises NeedsNotMet when nobody can be invited any more, before the address is looked up: both get the same answer.
    """
    session = JointSession.objects.select_for_update().get(pk=invitation.session_id)
    invitee = invitations.Invitee(email)
    _ask_whether_open(invitations.row_for(session, invitee), link_actor(invitation))
    goes, _left_out = invitations.sort_out(session, [invitee])
    for one in goes:
        transitions.create(invitations.row_for(session, one), "invite", by=link_actor(invitation))
    if not goes:
        coming_back.send_links(email)


def _ask_whether_open(row: SessionInvitation, by: Actor) -> None:
    needs = transitions.moves_of(SessionInvitation)["invite"].needs
    sentences = [sentence for need in needs if (sentence := need(row, by, {}))]
    if sentences:
        raise NeedsNotMet(*sentences)


def place_of(invitation: SessionInvitation) -> Place | None:
    """The place that this invitation led to, if there is one."""
    mine = Q(email_key=invitation.email_key)
    if invitation.person_id:
        mine |= Q(person_id=invitation.person_id)
    return Place.objects.filter(mine, session_id=invitation.session_id).order_by("pk").first()
