"""Messages about proposals: who gets which. Texts stand in templates/email/proposals/."""

from django.conf import settings

from people import mail
from people.enums import Role
from people.models import User
from people.transitions import Actor, Data
from training.models import SessionProposal


def tell_coordinators(proposal: SessionProposal, actor: Actor, data: Data) -> None:
    """Every co-ordinator: somebody proposes, and by when they are answered."""
    for one in User.objects.filter(groups__name=Role.COORDINATOR, is_active=True).exclude(pk=proposal.by_id):
        _send("proposed", one.email, proposal)


def tell_promise(proposal: SessionProposal, actor: Actor, data: Data) -> None:
    """Whoever proposed it: it has arrived, and the reply comes by that day."""
    _send("promised", proposal.by.email, proposal)


def tell_accepted(proposal: SessionProposal, actor: Actor, data: Data) -> None:
    """Whoever proposed it: yes, and what happens next."""
    _send("accepted", proposal.by.email, proposal)


def tell_declined(proposal: SessionProposal, actor: Actor, data: Data) -> None:
    """Whoever proposed it: not this time, and why."""
    _send("declined", proposal.by.email, proposal)


def _send(template: str, to: str, proposal: SessionProposal) -> None:
    url = settings.SITE_URL + proposal.get_absolute_url()
    mail.queue(f"proposals/{template}", to, {"proposal": proposal, "url": url})
