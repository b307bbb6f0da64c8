"""What can happen to a proposal: it is answered in words by its day, or taken back before."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.lib.dates import add_working_days, today
from people.policy import policy
from people.transitions import Actor, Data, Move
from training.enums import ProposalState
from training.models import SessionProposal
from training.permissions import can_propose, is_coordinator
from training.planning import proposal_notifications as tell
from training.planning import proposals

OPEN = (ProposalState.PROPOSED,)


def takes_part(proposal: SessionProposal, actor: Actor, data: Data) -> str | None:
    return proposals.why_not_propose(proposal.by)


def room_for_another(proposal: SessionProposal, actor: Actor, data: Data) -> str | None:
    return proposals.why_not_another(proposal.by)


def reply_in_words(proposal: SessionProposal, actor: Actor, data: Data) -> str | None:
    return None if str(data.get("words", "")).strip() else _("Write a few words: what happens next.")


def reason_given(proposal: SessionProposal, actor: Actor, data: Data) -> str | None:
    return None if str(data.get("words", "")).strip() else _("Say why not, and what would have to be different.")


def promise_reply(proposal: SessionProposal, actor: Actor, data: Data) -> None:
    proposal.proposed_on = today()
    proposal.reply_due_on = add_working_days(today(), policy("proposal_reply_working_days"))


def keep_reply(proposal: SessionProposal, actor: Actor, data: Data) -> None:
    proposal.words, proposal.answered_by = str(data["words"]).strip(), actor.user


MOVES = {
    SessionProposal: (
        Move(
            "propose",
            (),
            ProposalState.PROPOSED,
            can_propose,
            gettext_lazy("Send the proposal"),
            needs=(takes_part, room_for_another),
            effects=(promise_reply,),
            notices=(tell.tell_coordinators, tell.tell_promise),
        ),
        Move(
            "accept",
            OPEN,
            ProposalState.ACCEPTED,
            is_coordinator,
            gettext_lazy("Yes, we plan it"),
            inputs=("words",),
            checks=(reply_in_words,),
            effects=(keep_reply,),
            notices=(tell.tell_accepted,),
        ),
        Move(
            "decline",
            OPEN,
            ProposalState.DECLINED,
            is_coordinator,
            gettext_lazy("Not this time"),
            inputs=("words",),
            checks=(reason_given,),
            effects=(keep_reply,),
            notices=(tell.tell_declined,),
        ),
        Move("withdraw", OPEN, ProposalState.WITHDRAWN, can_propose, gettext_lazy("Take it back")),
    ),
}
