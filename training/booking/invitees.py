"""Who could be invited: the people of partnerships and pasted addresses, before anybody is told."""

from collections.abc import Iterable
from dataclasses import dataclass

from partnerships.models import Partnership, PartnershipPerson
from people.models import User
from training.booking.invitations import Invitee, read_addresses, sort_out
from training.models import JointSession


@dataclass(frozen=True)
class Choice:
    """Whom somebody chose, and what would come of it."""

    goes: list[Invitee]
    left_out: list[tuple[Invitee, str]]
    unreadable: list[str]


def people_of(partnerships: Iterable[Partnership], *, but: User) -> list[Invitee]:
    """Everybody in these partnerships but the person who invites, each once; one query."""
    rows = PartnershipPerson.objects.filter(partnership__in=partnerships, person__is_active=True)
    rows = rows.exclude(person=but).select_related("person", "organisation").order_by("person__name", "pk")
    found: dict[int, Invitee] = {}
    for row in rows:
        person = row.person
        found.setdefault(person.pk, Invitee(person.email, person.name, person, row.organisation))
    return list(found.values())


def choose(session: JointSession, partnerships: Iterable[Partnership], pasted: str, *, by: User) -> Choice:
    """Who would get an invitation, who would not and why, and which lines are no address."""
    addresses, unreadable = read_addresses(pasted)
    goes, left_out = sort_out(session, [*people_of(partnerships, but=by), *addresses])
    return Choice(goes, left_out, unreadable)
