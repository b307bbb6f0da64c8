"""Every move of a review, in every state, by everyone: who may at all, from where, and what the others are told."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from appraisal.enums import Part, ReminderKind, ReviewState, ReviewStep
from appraisal.models import AppraisalCycle, AppraisalReview, Reminder
from appraisal.workflow import MOVES
from people.models import Post
from people.transitions import Refused, move, moves_for, person
from tests.factories.review_people import PEOPLE, SYSTEM_NAME, become, undone
from tests.factories.reviews import answer_all, days, draft_cycle, ground, walked

pytestmark = pytest.mark.django_db

SETUP, SELF, WITH_MANAGER, SHARED, ANSWERED, CLOSED, VOID = ReviewState
ALL_BUT_VOID = (SETUP, SELF, WITH_MANAGER, SHARED, ANSWERED, CLOSED)

THE_PERSON = {"ailsa", "ailsa in HR", "ailsa covering", "ailsa who left", "ailsa deactivated"}
MANAGER = {"morag", "morag in HR"}
SECOND = {"fergus", "fergus in HR", "fergus covering"}
HR = {"tom", "tom with a reason", "tom whose reason ran out"}

TABLE = {  # move -> from, to, who may
    "open": ((SETUP,), SELF, {"system"}),
    "send": ((SELF,), WITH_MANAGER, THE_PERSON),
    "take_back_self": ((WITH_MANAGER,), SELF, THE_PERSON),
    "share": ((SELF, WITH_MANAGER), SHARED, MANAGER),
    "take_back": ((SHARED,), WITH_MANAGER, MANAGER),
    "talk_held": ((SHARED,), SHARED, THE_PERSON | MANAGER),
    "change_after_talk": ((SHARED,), WITH_MANAGER, MANAGER),
    "answer": ((SHARED, ANSWERED), ANSWERED, THE_PERSON),  # once more after "no response", or the same again
    "take_back_answer": ((ANSWERED,), SHARED, THE_PERSON),
    "no_response": ((SHARED,), ANSWERED, {"system"}),
    "return_to_manager": ((ANSWERED,), WITH_MANAGER, SECOND),
    "confirm_fair": ((ANSWERED,), CLOSED, SECOND),
    "reassign": ((SELF,), SELF, HR),
    "reassign_later": ((WITH_MANAGER, SHARED, ANSWERED), WITH_MANAGER, HR),
    "name_second_manager": ((ANSWERED,), ANSWERED, HR),
    "reopen": ((CLOSED,), WITH_MANAGER, HR),
    "void": (ALL_BUT_VOID, VOID, HR),
}
PRESSED_TWICE = {  # the move that led to each state: the same once more, by whoever made it, is a success
    SELF: "open",
    WITH_MANAGER: "send",
    SHARED: "share",
    ANSWERED: "answer",
    CLOSED: "confirm_fair",
    VOID: "void",
}
ADMINISTRATORS = HR | {"ailsa in HR", "morag in HR", "fergus in HR", "tom covering"}
READERS = {  # state -> who sees that there is a review at all; everybody else is told that there is none
    SETUP: ADMINISTRATORS,
    SELF: ADMINISTRATORS | MANAGER | {"ailsa", "ailsa covering", "ailsa who left", "donald covering"},
    WITH_MANAGER: ADMINISTRATORS | MANAGER | {"ailsa", "ailsa covering", "ailsa who left", "donald covering"},
    SHARED: ADMINISTRATORS | MANAGER | {"ailsa", "ailsa covering", "ailsa who left", "donald covering"} | SECOND,
    ANSWERED: ADMINISTRATORS | MANAGER | {"ailsa", "ailsa covering", "ailsa who left", "donald covering"} | SECOND,
    CLOSED: ADMINISTRATORS | MANAGER
    | {"ailsa", "ailsa covering", "ailsa who left", "donald covering", "donald as the coming manager"},
    VOID: ADMINISTRATORS | {"ailsa", "ailsa covering", "ailsa who left"},
}  # fmt: skip


# ---- ready to be moved ------------------------------------------------------------------------------------------


@pytest.fixture
def cast(opened_cast):
    """Everybody, with Ailsa's review opened."""
    return opened_cast


def make(cast, state) -> AppraisalReview:
    """A review in this state from which every move could be made, as far as the state allows."""
    if state == SETUP:
        cycle = move(draft_cycle(cast, name="Another year"), "open", by=person(cast.tom))
        return AppraisalReview.objects.get(cycle=cycle)
    review = AppraisalReview.objects.get()
    if state not in (SELF, WITH_MANAGER):
        return walked(cast, review, state)
    AppraisalCycle.objects.update(self_due_on=days(-1))  # so that it may be shared without the self-assessment
    ground(cast)
    answer_all(review, Part.SELF, cast.fresh("ailsa"))
    answer_all(review, Part.MANAGER, cast.fresh("morag"))  # before the self-assessment came: that may be taken back
    return move(review, "send", by=person(cast.fresh("ailsa"))) if state == WITH_MANAGER else review


def both_said_that_they_talked(cast, review) -> None:
    AppraisalReview.objects.filter(pk=review.pk).update(
        talk_on=days(0), talk_said_by_manager=True, talk_said_by_job_holder=True
    )


def two_reminders_and_the_days_are_over(cast, review) -> None:
    AppraisalReview.objects.filter(pk=review.pk).update(shared_on=days(-30))
    for kind in (ReminderKind.WEEK_BEFORE, ReminderKind.LATE):
        Reminder.objects.create(cycle=review.cycle, review=review, person=cast.ailsa, step=ReviewStep.ANSWER, kind=kind)


def another_post_under_donald(cast, review) -> None:
    old = review.post
    Post.objects.create(
        person=cast.ailsa, team=old.team, title="Project officer", line_manager=cast.donald, starts_on=days(-5)
    )


BEFORE = {
    "change_after_talk": both_said_that_they_talked,
    "no_response": two_reminders_and_the_days_are_over,
    "reassign": another_post_under_donald,
    "reassign_later": another_post_under_donald,
}


def data_for(cast, name) -> dict:
    reason = {"reason": "Said why"}
    return {
        "talk_held": {"talk_on": days(0)},
        "answer": {"answer": "agree", "words": ""},
        "return_to_manager": reason,
        "reassign": {**reason, "manager": cast.donald},
        "reassign_later": {**reason, "manager": cast.donald},
        "name_second_manager": {**reason, "second_manager": cast.donald},
        "reopen": reason,
        "void": reason,
    }.get(name, {})


def outcome(cast, review, name, actor):
    """What the actor gets for this move: done, again (nothing written), 404, 403 or 409."""
    with undone():
        if name in BEFORE and review.state in TABLE[name][0]:
            BEFORE[name](cast, review)
        try:
            after = move(review, name, by=actor, data=data_for(cast, name))
        except Http404:
            return "404"
        except PermissionDenied:
            return "403"
        except Refused:
            return "409"
        assert after.state == TABLE[name][1]
        return "again" if after.version == review.version else "done"


def expected(state, name, who) -> str:
    frm, _to, may = TABLE[name]
    if who != SYSTEM_NAME and who not in READERS[state]:
        return "404"
    if who not in may:
        return "403"
    if PRESSED_TWICE.get(state) == name:
        return "again"
    return "done" if state in frm else "409"


# ---- the table --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", list(ReviewState))
def test_every_move_in_every_state_by_everyone(cast, state):
    review = make(cast, state)
    found = {}
    for who in (*PEOPLE, SYSTEM_NAME):
        with undone():
            actor = become(who, cast, review)
            tried = [name for name in TABLE if who in READERS[state] | {SYSTEM_NAME} or state in TABLE[name][0]]
            found |= {(name, who): outcome(cast, review, name, actor) for name in tried}

    wrong = {cell: result for cell, result in found.items() if result != expected(state, *cell)}
    assert wrong == {}


def test_the_table_names_every_move_and_state():
    assert list(TABLE) == [row.name for row in MOVES[AppraisalReview]]
    assert [(row.frm, row.to) for row in MOVES[AppraisalReview]] == [(frm, to) for frm, to, _who in TABLE.values()]
    assert {state for frm, to, _who in TABLE.values() for state in (*frm, to)} == set(ReviewState) == set(READERS)
    named = set().union(*READERS.values(), *(who for _frm, _to, who in TABLE.values()))
    assert named <= {*PEOPLE, SYSTEM_NAME}


@pytest.mark.parametrize("state", list(ReviewState))
def test_buttons_are_shown_to_exactly_those_who_may(cast, state):
    review = make(cast, state)
    for who in PEOPLE:
        if who not in READERS[state]:
            continue
        with undone():
            actor = become(who, cast, review)
            offered = {row.name for row, _sentences in moves_for(AppraisalReview.objects.get(pk=review.pk), actor)}
            assert offered == {name for name, (frm, _to, may) in TABLE.items() if state in frm and who in may}, who


def test_the_lock_of_a_review_joins_no_other_table(cast):
    review = make(cast, SELF)

    with CaptureQueriesContext(connection) as queries:
        move(review, "send", by=person(cast.fresh("ailsa")))

    first = next(query["sql"] for query in queries if 'FROM "appraisal_appraisalreview"' in query["sql"])
    assert "JOIN" not in first
