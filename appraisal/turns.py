"""Whose turn it is with a review, as its manager or their cover sees it, and the one thing to do next.

One row a case, the first that fits is the one. What may be done is decided by the moves of workflow/; here it is said.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from appraisal.enums import BEFORE_SHARING, ReviewState, Turn
from appraisal.models import AppraisalReview
from appraisal.permissions import is_manager
from appraisal.responding import answer_due_on
from people.lib.dates import today
from people.transitions import Actor

Review = AppraisalReview  # read with_progress of the manager's side


class NextUp(NamedTuple):
    """What stands on a row: whose turn it is, the words and the address of its one link, and for whom it waits."""

    turn: Turn
    action: str
    url: str
    waits: str


def next_for(review: Review, actor: Actor) -> NextUp:
    """What comes next with a review that this actor manages or covers; costs no query."""
    row = next(one for one in NEXT if review.state in one.states and one.fits(review, actor))
    waits = str(row.waits) % _names(review)
    return NextUp(row.turn, str(row.action), reverse(row.url_name, args=[review.pk]), waits)


# --- When a row fits ---


def begun(review: Review, actor: Actor) -> bool:
    return not complete(review, actor) and review.answered > 0


def incomplete(review: Review, actor: Actor) -> bool:
    return not complete(review, actor)


def complete(review: Review, actor: Actor) -> bool:
    return review.answered >= review.expected


def early(review: Review, actor: Actor) -> bool:
    return review.state == ReviewState.SELF_REVIEW and review.cycle.self_due_on >= today()


def early_and_begun(review: Review, actor: Actor) -> bool:
    return early(review, actor) and begun(review, actor)


def early_and_incomplete(review: Review, actor: Actor) -> bool:
    return early(review, actor) and incomplete(review, actor)


def opened_again(review: Review, actor: Actor) -> bool:
    return complete(review, actor) and review.text_version > 1 and is_manager(review, actor)


def talk_to_confirm(review: Review, actor: Actor) -> bool:
    return talk_to_say(review, actor) and review.talk_said_by_job_holder


def talk_to_say(review: Review, actor: Actor) -> bool:
    return is_manager(review, actor) and not review.talk_said_by_manager


def not_talked(review: Review, actor: Actor) -> bool:
    return not review.talk_said_by_manager


def always(review: Review, actor: Actor) -> bool:
    return True


class Row(NamedTuple):
    """When it fits, whose turn it then is, the words of the link and of waiting, and the name of the address."""

    states: tuple[str, ...]
    fits: Callable[[Review, Actor], bool]
    turn: Turn
    action: str | Promise
    waits: str | Promise
    url_name: str


NEXT = (
    Row(
        (ReviewState.SELF_REVIEW,),
        early_and_begun,
        Turn.OTHERS,
        gettext_lazy("Go on with your draft"),
        gettext_lazy("%(first)s has until %(self_due)s to send the self-assessment."),
        "reviews:go-on",
    ),
    Row(
        (ReviewState.SELF_REVIEW,),
        early_and_incomplete,
        Turn.OTHERS,
        gettext_lazy("Begin your draft"),
        gettext_lazy("%(first)s has until %(self_due)s to send the self-assessment."),
        "reviews:go-on",
    ),
    Row(
        (ReviewState.SELF_REVIEW,),
        early,
        Turn.OTHERS,
        gettext_lazy("Look at your draft"),
        gettext_lazy("You can share it once %(first)s has sent the self-assessment, or after %(self_due)s."),
        "reviews:check",
    ),
    Row(BEFORE_SHARING, begun, Turn.ME, gettext_lazy("Go on with the review"), "", "reviews:go-on"),
    Row(BEFORE_SHARING, incomplete, Turn.ME, gettext_lazy("Write the review"), "", "reviews:go-on"),
    Row(
        BEFORE_SHARING,
        opened_again,
        Turn.ME,
        gettext_lazy("Change it and share again"),
        gettext_lazy("The text is open again."),
        "reviews:check",
    ),
    Row(BEFORE_SHARING, is_manager, Turn.ME, gettext_lazy("Check and share"), "", "reviews:check"),
    Row(
        BEFORE_SHARING,
        always,
        Turn.OTHERS,
        gettext_lazy("Look at the draft"),
        gettext_lazy("%(manager)s shares it."),
        "reviews:check",
    ),
    Row(
        (ReviewState.SHARED,),
        talk_to_confirm,
        Turn.ME,
        gettext_lazy("Confirm that you talked"),
        gettext_lazy("%(first)s says that you talked on %(talk)s."),
        "reviews:detail",
    ),
    Row(
        (ReviewState.SHARED,),
        talk_to_say,
        Turn.ME,
        gettext_lazy("Talk, then say when"),
        gettext_lazy("%(first)s can read it and has until %(answer_due)s to answer."),
        "reviews:detail",
    ),
    Row(
        (ReviewState.SHARED,),
        not_talked,
        Turn.OTHERS,
        gettext_lazy("Read the review"),
        gettext_lazy("%(manager)s talks with %(first)s."),
        "reviews:detail",
    ),
    Row(
        (ReviewState.SHARED,),
        always,
        Turn.OTHERS,
        gettext_lazy("Read the review"),
        gettext_lazy("%(first)s has until %(answer_due)s to answer."),
        "reviews:detail",
    ),
    Row(
        (ReviewState.ANSWERED,),
        always,
        Turn.OTHERS,
        gettext_lazy("Read the answer"),
        gettext_lazy("%(second)s confirms that it was fair."),
        "reviews:detail",
    ),
    Row((ReviewState.CLOSED,), always, Turn.CLOSED, gettext_lazy("Read the record"), "", "reviews:record"),
)


def _names(review: Review) -> dict[str, str]:
    """What the words of waiting may name."""
    due = answer_due_on(review)
    return {
        "first": review.job_holder.get_short_name(),
        "manager": review.manager.name,
        "second": review.second_manager.name,
        "self_due": date_format(review.cycle.self_due_on, "j F"),
        "answer_due": date_format(due, "j F") if due else "",
        "talk": date_format(review.talk_on, "j F") if review.talk_on else "",
    }
