"""Where a review stands, in plain words: its steps, who does what next and until when, and how it ended.

No query beyond what the review was read with. Who may do what stands in workflow/, who sees what in querysets/.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appraisal.enums import ResponseAnswer, ReviewState
from appraisal.models import AppraisalReview, JobHolderResponse
from appraisal.responding import GIVEN_ANSWERS, answer_due_on
from people.lib.dates import today
from people.models import User

STEPS = (
    (ReviewState.SELF_REVIEW, gettext_lazy("Self-assessment")),
    (ReviewState.MANAGER_REVIEW, gettext_lazy("With %(manager)s")),
    (ReviewState.SHARED, gettext_lazy("Shared")),
    (ReviewState.ANSWERED, gettext_lazy("With %(second)s")),
    (ReviewState.CLOSED, gettext_lazy("Closed")),
)


@dataclass(frozen=True)
class Turn:
    """Whose turn it is in a state, until which day, and how that is said: to them, to others, in time and late."""

    who: str
    due: str
    to_them: Any
    to_others: Any
    late_to_them: Any
    late_to_others: Any


TURNS = {
    ReviewState.SELF_REVIEW: Turn(
        "job_holder_id",
        "self_due_on",
        gettext_lazy("You have until %(day)s to send your self-assessment to %(manager)s."),
        gettext_lazy("%(person)s has until %(day)s to send the self-assessment to %(manager)s."),
        gettext_lazy("Your self-assessment was due on %(day)s. You can send it until %(manager)s shares the review."),
        gettext_lazy("The self-assessment was due on %(day)s. The review can now be shared without it."),
    ),
    ReviewState.MANAGER_REVIEW: Turn(
        "manager_id",
        "share_due_on",
        gettext_lazy("You have until %(day)s to write your view and share it with %(person)s."),
        gettext_lazy("%(manager)s has until %(day)s to write a view and share it with %(person)s."),
        gettext_lazy("You were to share the review with %(person)s by %(day)s."),
        gettext_lazy("%(manager)s was to share the review with %(person)s by %(day)s."),
    ),
    ReviewState.SHARED: Turn(
        "job_holder_id",
        "answer",
        gettext_lazy("Read it, talk about it with %(manager)s, then answer. You have until %(day)s."),
        gettext_lazy("%(person)s has until %(day)s to answer."),
        gettext_lazy("Your answer was due on %(day)s. You can still give it. No answer is not agreement."),
        gettext_lazy("%(person)s was to answer by %(day)s and still can. No answer is not agreement."),
    ),
    ReviewState.ANSWERED: Turn(
        "second_manager_id",
        "close_due_on",
        gettext_lazy(
            "You have until %(day)s to confirm that the review was fair, or to ask %(manager)s to look again."
        ),
        gettext_lazy("%(second)s has until %(day)s to confirm that the review was fair."),
        gettext_lazy("You were to confirm by %(day)s that the review was fair, or to ask %(manager)s to look again."),
        gettext_lazy("%(second)s was to confirm by %(day)s that the review was fair."),
    ),
}

ANSWERS = {
    ResponseAnswer.AGREE: gettext_lazy("%(person)s agrees."),
    ResponseAnswer.COMMENTS: gettext_lazy("%(person)s agrees with comments."),
    ResponseAnswer.DISAGREE: gettext_lazy("%(person)s disagrees."),
    ResponseAnswer.NO_RESPONSE: gettext_lazy("%(person)s has not replied, which is not agreement."),
}


def called(review: AppraisalReview) -> dict[str, str]:
    """The three people by first name; by full name where two share a first name."""
    people = {"person": review.job_holder, "manager": review.manager, "second": review.second_manager}
    short = {role: user.get_short_name() for role, user in people.items()}
    if len(set(short.values())) < len(short):
        return {role: str(user) for role, user in people.items()}
    return short


def steps(review: AppraisalReview) -> list[dict[str, Any]]:
    """The five steps in order, each done, current or to come; none for a review that no longer counts."""
    states = [state for state, _label in STEPS]
    if review.state not in states:
        return []
    here, names = states.index(ReviewState(review.state)), called(review)
    closed = review.state == ReviewState.CLOSED
    return [
        {"label": label % names, "done": number < here or closed, "current": number == here and not closed}
        for number, (_state, label) in enumerate(STEPS)
    ]


def stage(review: AppraisalReview) -> str:
    """The present step in words."""
    words = dict(STEPS).get(ReviewState(review.state))
    return words % called(review) if words else str(review.get_state_display())


def due_on(review: AppraisalReview) -> datetime.date | None:
    """The last day of the present step; None when nobody owes anything."""
    turn = TURNS.get(ReviewState(review.state))
    if turn is None:
        return None
    return answer_due_on(review) if turn.due == "answer" else getattr(review.cycle, turn.due)


def what_next(review: AppraisalReview, viewer: User) -> str:
    """Who does what next and until when, as it is said to this person."""
    turn, due = TURNS.get(ReviewState(review.state)), due_on(review)
    if turn is None or due is None:
        return _ended(review)
    if review.state == ReviewState.MANAGER_REVIEW and not _is_managed(review):
        words = _("%(manager)s no longer manages this post. An administrator hands the review over.")
        return words % called(review)
    theirs, late = getattr(review, turn.who) == viewer.pk, today() > due
    if late:
        words = turn.late_to_them if theirs else turn.late_to_others
    else:
        words = turn.to_them if theirs else turn.to_others
    return words % {**_called_by(viewer, review), "day": date_format(due, "j F Y")}


def _is_managed(review: AppraisalReview) -> bool:
    """False while a post that moved on, or ended, waits for the handover."""
    return review.post.line_manager_id == review.manager_id and review.post.is_current


def _called_by(viewer: User, review: AppraisalReview) -> dict[str, str]:
    """The same names as this person says them: whoever looks is "you". No sentence to others begins with them."""
    keys = {"person": review.job_holder_id, "manager": review.manager_id, "second": review.second_manager_id}
    return {role: _("you") if keys[role] == viewer.pk else name for role, name in called(review).items()}


def talk(review: AppraisalReview, viewer: User) -> str:
    """What the two say of their talk, as it is said to this person."""
    day = date_format(review.talk_on, "j F Y") if review.talk_on else ""
    names, in_it = called(review), viewer.pk in (review.job_holder_id, review.manager_id)
    still_said = in_it and review.state == ReviewState.SHARED
    by_manager = review.talk_said_by_manager
    said, other = (names["manager"], names["person"]) if by_manager else (names["person"], names["manager"])
    values = {**names, "day": day, "said": said, "other": other}
    if not review.talk_on:
        return _("Nobody has said yet on which day you talked.") if still_said else _("No talk has been noted.")
    if review.talk_is_confirmed:
        words = _("You talked on %(day)s, as both of you say.") if in_it else _("They talked on %(day)s, as both say.")
        return words % values
    if not in_it:
        return _("%(said)s says that they talked on %(day)s. %(other)s has not said so yet.") % values
    own = viewer.pk == (review.manager_id if by_manager else review.job_holder_id)
    if own:
        return _("You said that you talked on %(day)s. %(other)s has not confirmed it yet.") % values
    return _("%(said)s says you talked on %(day)s. Is that right?") % values


def outcome(review: AppraisalReview, response: JobHolderResponse | None) -> str:
    """Who signed the text as it stands and what the person says to it (DESIGN 5.9). Empty before it is shared.

    "Signed by both" is said only where both signed and the person does not disagree.
    """
    if review.state not in (ReviewState.SHARED, ReviewState.ANSWERED, ReviewState.CLOSED) or not review.shared_on:
        return ""
    values: Mapping[str, str] = {
        "manager": review.manager.name,
        "person": review.job_holder.name,
        "shared": date_format(review.shared_on, "j F Y"),
    }
    if response is None:
        return _("Signed by %(manager)s on %(shared)s. %(person)s has not replied yet.") % values
    said = ANSWERS[ResponseAnswer(response.answer)] % values
    if response.answer not in GIVEN_ANSWERS or response.answer == ResponseAnswer.DISAGREE:
        return _("Signed by %(manager)s on %(shared)s.") % values + " " + said
    answered = date_format(timezone.localdate(response.answered_at), "j F Y")
    both = _("Signed by both: %(manager)s on %(shared)s and %(person)s on %(answered)s.")
    return both % {**values, "answered": answered} + " " + said


def _ended(review: AppraisalReview) -> str:
    day = date_format(timezone.localdate(review.state_since), "j F Y")
    if review.state == ReviewState.CLOSED:
        words = _("%(second)s confirmed on %(day)s that the review was fair. It is closed.")
        return words % {"second": review.second_manager.name, "day": day}
    if review.state == ReviewState.VOID:
        return _("This review no longer counts, since %(day)s.") % {"day": day}
    return ""
