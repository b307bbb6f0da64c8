"""What can happen to a thank you: whoever is thanked keeps it as an example of their own, or lets it go."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appraisal import notifications, recognition
from appraisal.enums import RecognitionState
from appraisal.models import Recognition
from appraisal.permissions import can_keep_thanks, can_say_thanks
from people.transitions import Actor, Move

Data = Mapping[str, Any]


def have_met(given: Recognition, actor: Actor, data: Data) -> str | None:
    return recognition.why_not_thank(given)


def in_words(given: Recognition, actor: Actor, data: Data) -> str | None:
    return None if given.words.strip() else _("Write one line: what did they do?")


def make_example(given: Recognition, actor: Actor, data: Data) -> None:
    recognition.make_example(given)


MOVES = {
    Recognition: (
        Move(
            "give",
            (),
            RecognitionState.GIVEN,
            can_say_thanks,
            gettext_lazy("Say thank you"),
            needs=(in_words, have_met),
            notices=(notifications.tell_thanked,),
        ),
        Move(
            "keep",
            (RecognitionState.GIVEN, RecognitionState.LET_GO),
            RecognitionState.KEPT,
            can_keep_thanks,
            gettext_lazy("Keep it as a private example"),
            effects=(make_example,),
        ),
        Move(
            "let_go",
            (RecognitionState.GIVEN,),
            RecognitionState.LET_GO,
            can_keep_thanks,
            gettext_lazy("Read, that is all"),
        ),
    ),
}
