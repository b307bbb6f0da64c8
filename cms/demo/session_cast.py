"""Who comes to the demo's sessions: its people, and guests without an account; how each is invited, books and asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cms.demo.people import CARERS, HOST, UNION
from people.models import Organisation, User
from people.transitions import link_actor, move, person
from training.booking import getting_ready, guests, invitations
from training.booking.places import Asker, ask_for_place, hats_of
from training.enums import PlaceState
from training.models import Facilitator, JointSession, Place, SessionInvitation

OF = {"partner": CARERS, "union": UNION}


@dataclass
class SessionCast:
    """Who may come: people with an account, and guests, both by their short names."""

    people: Mapping[str, User]
    guests: Mapping[str, Mapping[str, str]]
    priya: User

    def invitee(self, who: str) -> invitations.Invitee:
        """As a co-ordinator would invite them."""
        if who in self.people:
            user = self.people[who]
            return invitations.Invitee(user.email, user.name, user, hats_of(user)[0])
        guest = self.guests[who]
        known = Organisation.objects.named(guest["organisation"])
        return invitations.Invitee(self.email(who), guest["name"], organisation=known)

    def email(self, who: str) -> str:
        return self.people[who].email if who in self.people else f"{who}@guests.example.org"

    def book(self, session: JointSession, who: str, invitation: SessionInvitation | None = None) -> Place:
        """People with an account press on the page, guests on the page behind their link."""
        if who in self.people:
            user = self.people[who]
            asker = Asker(name=user.name, email=user.email, person=user, organisation=hats_of(user)[0])
            return ask_for_place(session, asker, by=person(user))
        guest = self.guests[who]
        known = Organisation.objects.named(guest["organisation"])
        typed = {} if known else {"organisation_name": guest["organisation"], "sector": guest["sector"]}
        place, _before = guests.book(invitation, guests.Booking(guest["name"], known, **typed))
        return place

    def get_ready(self, session: JointSession, row: Mapping[str, Any]) -> None:
        """What they need in order to take part, answered where the row has an answer, and the support they ask for."""
        places = booked_places(session)
        for who, (words, answer, answered) in row.get("needs", {}).items():
            place = places[self.email(who)]
            need = getting_ready.ask(place, words, [], by=link_actor(place))
            if answer:
                move(need, answer, by=person(self.priya), data={"answer": answered})
        for who, support in row.get("supported", {}).items():
            place = places[self.email(who)]
            getting_ready.say(place, {"support": support}, by=link_actor(place))


def booked_places(session: JointSession) -> dict[str, Place]:
    """Those who hold a place, by address."""
    return {place.email: place for place in session.places.filter(state=PlaceState.BOOKED)}


def led_by(session: JointSession, leaders: Iterable[tuple[str, str]], people: Mapping[str, User]) -> None:
    """Name who leads it, from either side."""
    for who, side in leaders:
        organisation = Organisation.objects.named(OF.get(who, HOST))
        values = {"name": people[who].name, "person": people[who], "organisation": organisation, "side": side}
        Facilitator.objects.create(session=session, **values)
