"""Proposals for tests: Rhona offers a day at the day centre."""

from people.transitions import move, person
from training.enums import ProposalState
from training.models import SessionProposal
from training.planning.proposals import propose

ANSWERS = {
    "what": "A morning with the people who are rung when the water comes.",
    "where_and_when": "Varrach day centre, in spring; we host it",
    "who_for": "Those who write the warnings, and four of our carers",
}


def proposal_of(cast, *, by=None, what=ANSWERS["what"]) -> SessionProposal:
    """Rhona's, or somebody's, waiting for a reply."""
    user = by or cast.rhona
    return propose(ANSWERS | {"what": what}, cast.carers if user == cast.rhona else None, by=user)


def proposal_in(cast, state) -> SessionProposal:
    """Rhona's proposal in this state, answered by Priya."""
    proposal, priya = proposal_of(cast), person(cast.priya)
    if state == ProposalState.ACCEPTED:
        return move(proposal, "accept", by=priya, data={"words": "We plan it for May."})
    if state == ProposalState.DECLINED:
        return move(proposal, "decline", by=priya, data={"words": "Not before the autumn."})
    return move(proposal, "withdraw", by=person(cast.rhona)) if state == ProposalState.WITHDRAWN else proposal
