"""What people say to each other between the sessions of the demo: a proposal that waits, and a thank you."""

from appraisal.models import Recognition
from appraisal.recognition import say_thanks
from cms.demo.days import before, on_day
from partnerships.models import Behaviour
from people.lib.dates import today
from people.models import User
from training.booking.places import hats_of
from training.models import SessionProposal
from training.planning.proposals import propose

PROPOSED_AGO, THANKED_AGO = 4, 2  # days
PROPOSAL = {
    "what": (
        "An evening in a kitchen: what the first message has to say. Five carers read the warnings of last winter "
        "aloud, and the desk hears which sentence makes somebody put their coat on."
    ),
    "where_and_when": "At our drop-in in Mill Wynd, on a Tuesday or Thursday from seven",
    "who_for": "Carers who are rung at night, and whoever writes the messages. Ten people at most.",
}
THANKS = "You rang before the list was drafted, and in the draft I found what our carers had said."


def load_between_sessions(people: dict[str, User]) -> None:
    """Rhona proposes an evening, and thanks Ailsa; each once."""
    rhona, ailsa = people["partner"], people["staff"]
    if not SessionProposal.objects.filter(by=rhona).exists():
        with on_day(before(PROPOSED_AGO, today())):
            propose(PROPOSAL, hats_of(rhona)[0], by=rhona)
    if not Recognition.objects.given_by(rhona).exists():
        with on_day(before(THANKED_AGO, today())):
            say_thanks(ailsa, Behaviour.objects.get(code="PB1"), THANKS, by=rhona)
