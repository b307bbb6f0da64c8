"""What can happen to a question to the host of a venue. What is kept of the answer stands in venues.py."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import transitions
from people.policy import policy
from people.transitions import SYSTEM, Actor, Data, Move
from training.enums import QuestionState
from training.models import VenueQuestion
from training.permissions import can_answer_question, is_coordinator, is_system
from training.planning import venue_notifications as tell
from training.planning.venues import save_facts, says_nothing_new

OPEN = (QuestionState.ASKED, QuestionState.ANSWERED)


def link_stands(question: VenueQuestion, actor: Actor, data: Data) -> str | None:
    return None if question.is_live else _("The time of this link is over. Ask for a new one.")


def close_earlier(question: VenueQuestion, actor: Actor, data: Data) -> None:
    """One link a venue: the earlier one ends, whoever had it."""
    for earlier in VenueQuestion.objects.open().filter(venue=question.venue_id):
        transitions.move(earlier, "replace", by=SYSTEM)


def hand_out_link(question: VenueQuestion, actor: Actor, data: Data) -> None:
    question.raw_token, question.token_hash = question.make_token()  # type: ignore[attr-defined]
    question.asked_at = timezone.now()
    question.expires_at = question.asked_at + datetime.timedelta(days=policy("venue_question_days"))


def keep_answers(question: VenueQuestion, actor: Actor, data: Data) -> None:
    """What the host knows, under the host's name; refused where a co-ordinator changed it meanwhile."""
    save_facts(question.venue, data["answers"], checked_by=question.name, seen=data["seen"])
    question.answered_at = timezone.now()


def sent_twice(question: VenueQuestion, actor: Actor, data: Data) -> bool:
    answered = question.state == QuestionState.ANSWERED
    return answered and says_nothing_new(question.venue, data["answers"], checked_by=question.name)


def close_link(question: VenueQuestion, actor: Actor, data: Data) -> None:
    question.revoked_at = timezone.now()


MOVES = {
    VenueQuestion: (
        Move(
            "ask",
            (),
            QuestionState.ASKED,
            is_coordinator,
            gettext_lazy("Send the link"),
            effects=(close_earlier, hand_out_link),
            notices=(tell.tell_host,),
            lock="venue",
        ),
        Move(
            "answer",
            OPEN,
            QuestionState.ANSWERED,
            can_answer_question,
            gettext_lazy("Send what I know"),
            needs=(link_stands,),
            inputs=("answers", "seen"),
            effects=(keep_answers,),
            notices=(tell.tell_asker,),
            lock="venue",
            settled=sent_twice,
        ),
        Move(
            "withdraw",
            OPEN,
            QuestionState.WITHDRAWN,
            is_coordinator,
            gettext_lazy("Withdraw the link"),
            effects=(close_link,),
            lock="venue",
        ),
        Move("replace", OPEN, QuestionState.WITHDRAWN, is_system, effects=(close_link,)),
    ),
}
