"""What can happen to an access need: asked, answered (arranged, partly, not possible), asked again. Withdrawn is gone.

Nothing of what was written reaches the audit, a log or a mail: these rows have their own readers (DESIGN 6).
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.transitions import Actor, Data, Move
from training.booking import session_notifications as tell
from training.enums import NeedState
from training.models import AccessNeed
from training.permissions import can_answer_need, can_say_need

EVERY = tuple(NeedState)
NEEDS_WORDS = (NeedState.PARTLY, NeedState.NOT_POSSIBLE)


def not_over(need: AccessNeed, actor: Actor, data: Data) -> str | None:
    return _("This session is over.") if need.place.session.is_over else None


def place_counts(need: AccessNeed, actor: Actor, data: Data) -> str | None:
    return _("This place has ended, so nothing can be arranged for it.") if need.place.has_ended else None


def words_given(need: AccessNeed, actor: Actor, data: Data) -> str | None:
    return None if str(data.get("words", "")).strip() else _("Write what you need to take part.")


def why_given(need: AccessNeed, actor: Actor, data: Data) -> str | None:
    if str(data.get("answer", "")).strip():
        return None
    return _("Say what is arranged and what is not, or why it is not possible. The person reads it.")


def keep_words(need: AccessNeed, actor: Actor, data: Data) -> None:
    need.words, need.answer = " ".join(str(data["words"]).split())[:300], ""


def keep_answer(need: AccessNeed, actor: Actor, data: Data) -> None:
    need.answer = _answer(data)


def keep_readers(need: AccessNeed, actor: Actor, data: Data) -> None:
    """After the need is saved: only those whom the person ticked, of those who lead this session."""
    chosen = {int(pk) for pk in data.get("readers", ())}
    need.readers.set(need.place.session.facilitators.filter(pk__in=chosen).exclude(person=None))


def same_words(need: AccessNeed, actor: Actor, data: Data) -> bool:
    """The same words again ask for nothing new; only who may read them is kept."""
    if need.words != " ".join(str(data.get("words", "")).split()):
        return False
    keep_readers(need, actor, data)
    return True


def same_answer(to: NeedState):
    """Whether this answer stands already."""
    return lambda need, actor, data: need.state == to and need.answer == _answer(data)


def _answer(data: Data) -> str:
    return " ".join(str(data.get("answer", "")).split())[:300]


def _answered(to: NeedState, label) -> Move:
    return Move(
        to.value,
        EVERY,
        to,
        can_answer_need,
        label,
        needs=(not_over,),
        inputs=("answer",),
        checks=(why_given,) if to in NEEDS_WORDS else (),
        effects=(keep_answer,),
        notices=(tell.tell_need_answered,),
        settled=same_answer(to),
    )


MOVES = {
    AccessNeed: (
        Move(
            "ask",
            (),
            NeedState.ASKED,
            can_say_need,
            gettext_lazy("Ask for it"),
            needs=(not_over, place_counts),
            inputs=("words", "readers"),
            checks=(words_given,),
            effects=(keep_words,),
            notices=(keep_readers, tell.tell_need_asked),
        ),
        Move(
            "ask_again",
            EVERY,
            NeedState.ASKED,
            can_say_need,
            gettext_lazy("Save the change"),
            needs=(not_over, place_counts),
            inputs=("words", "readers"),
            checks=(words_given,),
            effects=(keep_words,),
            notices=(keep_readers, tell.tell_need_asked),
            settled=same_words,
        ),
        _answered(NeedState.ARRANGED, gettext_lazy("Arranged")),
        _answered(NeedState.PARTLY, gettext_lazy("Partly arranged")),
        _answered(NeedState.NOT_POSSIBLE, gettext_lazy("Not possible")),
    )
}
