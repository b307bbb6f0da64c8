"""Who may propose a session, how many may wait at once, and the draft that comes of one."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from people import audit, transitions
from people.models import Organisation, User
from people.policy import policy
from people.transitions import person
from training.booking.places import hats_of
from training.models import JointSession, SessionProposal


def propose(data: Mapping[str, Any], organisation: Organisation | None, *, by: User) -> SessionProposal:
    """Send a proposal; the same words of the same person that still wait are the same proposal."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # two presses come one after the other
        again = SessionProposal.objects.open().filter(by=by, what=data["what"]).first()
        if again is not None:
            return again
        proposal = SessionProposal(by=by, organisation=organisation, **data)
        return transitions.create(proposal, "propose", by=person(by))


def first_answers(proposal: SessionProposal) -> dict[str, str]:
    """What the first page of planning is filled in with, to be changed there."""
    return {"title": proposal.heading, "purpose": proposal.what}


def plan_from(proposal: SessionProposal, session: JointSession, *, by: User) -> None:
    """A draft came of it: whoever proposed it sees that it is being planned, and the published session later."""
    with transaction.atomic():
        fresh = SessionProposal.objects.select_for_update().get(pk=proposal.pk)
        if fresh.is_accepted and fresh.session_id is None:
            fresh.session = session
            fresh.save(update_fields=["session"])
            audit.record_change(fresh, "plan", by=by, subject_id=fresh.by_id)


def why_not_propose(user: User) -> str | None:
    """The sentence for somebody who neither works here nor acts for an organisation, or None."""
    if hats_of(user):
        return None
    return _("Only people who work here or act for an organisation can propose a session. Talk to a co-ordinator.")


def why_not_another(user: User) -> str | None:
    """The sentence for somebody who has as many waiting as can be answered in time, or None."""
    waiting = SessionProposal.objects.open().filter(by=user).count()
    if waiting < policy("open_proposals_per_person"):
        return None
    return _("%(n)d proposals of yours wait for a reply. Send the next one when the first is answered.") % {
        "n": waiting
    }
