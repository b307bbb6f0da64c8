"""Every move of a cycle and of content opened for a reason: who, from where, what is asked for, who is told."""

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from appraisal.enums import CycleState, Purpose, ReviewState
from appraisal.models import AppraisalCycle, AppraisalReview, ReasonedAccess
from appraisal.workflow import MOVES
from partnerships.framework import copy_version
from people import audit
from people.models import AuditEvent, OutgoingMail, Post, User
from people.policy import set_policy
from people.transitions import SYSTEM, NeedsNotMet, NotYours, Refused, create, move, person
from tests.factories.appraisal import mails
from tests.factories.review_people import PEOPLE, SYSTEM_NAME, become, undone
from tests.factories.reviews import draft_cycle, open_cycle, review_in

pytestmark = pytest.mark.django_db

HR = {
    "tom", "tom covering", "tom with a reason", "tom whose reason ran out",
    "ailsa in HR", "morag in HR", "fergus in HR",
}  # fmt: skip
TABLE = {  # move -> from, to; only administrators make them, everybody else is told that there is no such cycle
    "open": (CycleState.DRAFT, CycleState.OPEN),
    "show_levels": (CycleState.OPEN, CycleState.OPEN),
    "close": (CycleState.OPEN, CycleState.CLOSED),
}
PRESSED_TWICE = {CycleState.OPEN: "open", CycleState.CLOSED: "close"}
ADMINISTRATORS_WITHOUT_A_PART = {"tom", "tom with a reason", "tom whose reason ran out"}


def make(cast, state) -> AppraisalCycle:
    """A cycle in this state; every review in it is void or not opened yet."""
    if state == CycleState.DRAFT:
        return draft_cycle(cast)
    cycle = open_cycle(cast)
    if state == CycleState.OPEN:
        return cycle
    move(AppraisalReview.objects.get(), "void", by=person(cast.fresh("tom")), data={"reason": "Not needed"})
    return move(cycle, "close", by=person(cast.fresh("tom")))


def outcome(cast, cycle, name, actor):
    with undone():
        if name == "close" and cycle.state == CycleState.OPEN:
            AppraisalReview.objects.update(state=ReviewState.CLOSED)
        try:
            after = move(cycle, name, by=actor, data={"reason": "Said why"} if name == "show_levels" else {})
        except Http404:
            return "404"
        except PermissionDenied:
            return "403"
        except Refused:
            return "409"
        assert after.state == TABLE[name][1]
        return "again" if after.version == cycle.version else "done"


def expected(state, name, who) -> str:
    if who not in HR:
        return "403" if who == SYSTEM_NAME else "404"
    if PRESSED_TWICE.get(state) == name:
        return "again" if who.startswith("tom") else "409"  # it was Tom who pressed
    return "done" if state == TABLE[name][0] else "409"


@pytest.mark.parametrize("state", list(CycleState))
def test_every_move_of_a_cycle_in_every_state_by_everyone(cast, state):
    cycle = make(cast, state)
    review = AppraisalReview.objects.first() or review_in_another_cycle(cast)
    found = {}
    for who in (*PEOPLE, SYSTEM_NAME):
        with undone():
            actor = become(who, cast, review)
            found |= {(name, who): outcome(cast, cycle, name, actor) for name in TABLE}

    assert {cell: result for cell, result in found.items() if result != expected(state, *cell)} == {}


def review_in_another_cycle(cast) -> AppraisalReview:
    return review_in(cast, "self_review", name="Another year")


def test_the_table_names_every_move_and_state():
    rows = {row.name: row for row in MOVES[AppraisalCycle]}
    assert {name: (row.frm[0] if row.frm else "", row.to) for name, row in rows.items()} == {
        **TABLE,
        "prepare": ("", CycleState.DRAFT),
    }
    assert {state for pair in TABLE.values() for state in pair} == set(CycleState)
    assert [row.name for row in MOVES[ReasonedAccess]] == ["open"]


def test_only_administrators_prepare_a_cycle(cast):
    cycle = draft_cycle(cast)
    values = {
        name: getattr(cycle, name)
        for name in ("starts_on", "ends_on", "self_due_on", "share_due_on", "close_due_on", "framework_version")
    }
    made = set()
    for who in ("ailsa", "morag", "fergus", "priya", "senga", "donald", "stranger", "superuser", "tom", "morag in HR"):
        with undone():
            try:
                create(AppraisalCycle(name="Next year", **values), "prepare", by=become(who, cast, None))
                made.add(who)
            except NotYours:
                assert not AppraisalCycle.objects.filter(name="Next year").exists()

    assert made == {"tom", "morag in HR"}


# ---- opening ----------------------------------------------------------------------------------------------------


def refused(cycle, name, cast, **more) -> list[str]:
    before = AppraisalCycle.objects.values().get(pk=cycle.pk)
    with pytest.raises(NeedsNotMet) as refusal:
        move(cycle, name, by=person(cast.fresh("tom")), **more)
    assert AppraisalCycle.objects.values().get(pk=cycle.pk) == before
    assert not AppraisalReview.objects.filter(cycle=cycle, state=ReviewState.SETUP).exists()
    return refusal.value.sentences


def test_a_purpose_beyond_development_is_refused_with_its_sentence(cast):
    cycle = draft_cycle(cast, purpose=Purpose.MAY_INFORM)

    assert refused(cycle, "open", cast) == [
        "Reviews here cannot inform pay, promotion or probation yet: that needs rating practice for managers, a "
        "consistency check and a way to appeal, and none of them is there."
    ]


def test_opening_says_everything_that_is_missing_at_once(cast):
    cycle = draft_cycle(cast, left_out=(), purpose=Purpose.MAY_INFORM)
    cycle.framework_version = copy_version(cycle.framework_version, by=SYSTEM)
    cycle.save()

    assert refused(cycle, "open", cast) == [
        "Reviews here cannot inform pay, promotion or probation yet: that needs rating practice for managers, a "
        "consistency check and a way to appeal, and none of them is there.",
        "Choose a published version of what we expect of each other.",
        "1 person has no line manager.",  # Fergus
        "5 people have no second manager.",  # Fergus manages them, and nobody manages him
        "6 people have no role profile.",
    ]


def test_an_empty_cycle_does_not_open(cast):
    cycle = draft_cycle(cast)
    cycle.teams.clear()

    assert refused(cycle, "open", cast) == ["Nobody is in this cycle yet. Choose at least one team."]


@pytest.mark.parametrize("how", ["deactivated", "left"])
@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("morag", "1 person has no line manager."),
        ("fergus", "1 person has no second manager."),
    ],
)
def test_somebody_who_is_gone_is_no_manager(cast, who, sentence, how):
    cycle = draft_cycle(cast)
    if how == "deactivated":
        User.objects.filter(pk=cast.people[who].pk).update(is_active=False)
    else:
        Post.objects.filter(person=cast.people[who]).update(ends_on=timezone.localdate() - datetime.timedelta(days=1))

    assert refused(cycle, "open", cast) == [sentence]


def test_the_cycle_names_a_second_manager_where_there_is_none(cast):
    cycle = draft_cycle(cast, left_out=("morag", "fergus", "priya", "tom", "senga", "donald"))
    Post.objects.filter(person=cast.morag).update(line_manager=None)
    assert len(refused(cycle, "open", cast)) == 1
    cycle.second_manager = cast.donald
    cycle.save()

    move(cycle, "open", by=person(cast.fresh("tom")))

    assert AppraisalReview.objects.get().second_manager == cast.donald


@pytest.mark.parametrize("who", ["ailsa", "morag"])
def test_the_named_second_manager_is_never_the_person_nor_their_manager(cast, who):
    cycle = draft_cycle(cast, second_manager=cast.people[who])
    Post.objects.filter(person=cast.morag).update(line_manager=None)

    assert len(refused(cycle, "open", cast)) == 1


# ---- closing and showing levels ---------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["setup", "self_review", "manager_review", "shared", "answered"])
def test_a_cycle_stays_open_while_a_review_is_under_way(cast, state):
    cycle = open_cycle(cast)
    AppraisalReview.objects.update(state=state)

    with pytest.raises(NeedsNotMet) as refusal:
        move(cycle, "close", by=person(cast.fresh("tom")))

    assert refusal.value.sentences == ["1 review is not closed yet."]


def test_levels_are_shown_for_a_reason_that_is_kept(cast):
    cycle = open_cycle(cast)
    tom = person(cast.fresh("tom"))
    with pytest.raises(NeedsNotMet, match=r"Give the reason\. The people concerned read it"):
        move(cycle, "show_levels", by=tom, data={"reason": " "})

    cycle = move(cycle, "show_levels", by=tom, data={"reason": "The teams asked for it"})

    assert cycle.hide_self_levels is False
    assert audit.events_of(cycle).first().reason == "The teams asked for it"
    rows = AuditEvent.objects.count()
    assert move(cycle, "show_levels", by=tom, data={"reason": "Again"}).version == cycle.version
    assert AuditEvent.objects.count() == rows


def test_another_administrator_is_told_that_levels_are_shown_already(cast):
    cycle = move(open_cycle(cast), "show_levels", by=person(cast.fresh("tom")), data={"reason": "They asked"})

    with undone(), pytest.raises(NeedsNotMet) as refusal:
        move(cycle, "show_levels", by=become("morag in HR", cast, None), data={"reason": "They asked"})

    assert refusal.value.sentences == ["Managers of this cycle already see people's own levels at once."]


# ---- content for a reason ---------------------------------------------------------------------------------------


def access(review, reader, reason="A question of hers") -> ReasonedAccess:
    return ReasonedAccess(review=review, reader=reader, reason=reason, until=timezone.now())


def test_only_an_administrator_without_a_part_opens_content_for_themselves(cast):
    review = review_in(cast, "shared")
    opened = set()
    for who in (*PEOPLE, SYSTEM_NAME):
        with undone():
            actor = become(who, cast, review)
            reader = actor.user or cast.tom
            try:
                create(access(review, reader), "open", by=actor)
                opened.add(who)
            except NotYours:
                continue

    assert opened == ADMINISTRATORS_WITHOUT_A_PART


def test_nobody_opens_content_in_the_name_of_another(cast):
    review = review_in(cast, "shared")

    with pytest.raises(NotYours):
        create(access(review, cast.priya), "open", by=person(cast.fresh("tom")))


@pytest.mark.parametrize("state", list(ReviewState))
def test_content_opens_only_where_something_was_shared(cast, state):
    if state == ReviewState.SETUP:
        move(draft_cycle(cast), "open", by=person(cast.tom))
        review = AppraisalReview.objects.get()
    else:
        review = review_in(cast, state)
    count = OutgoingMail.objects.count()
    tom = person(cast.fresh("tom"))

    if state in ("shared", "answered", "closed"):
        create(access(review, cast.tom), "open", by=tom)
        assert AppraisalReview.objects.readable_by(cast.fresh("tom")).exists()
    else:
        with pytest.raises(NeedsNotMet) as refusal:
            create(access(review, cast.tom), "open", by=tom)
        assert refusal.value.sentences == ["Only a review that has been shared can be opened."]
        assert OutgoingMail.objects.count() == count


def test_a_reason_is_given_kept_and_told(cast):
    review, tom = review_in(cast, "shared"), person(cast.fresh("tom"))
    with pytest.raises(NeedsNotMet, match=r"Give the reason\. The person whose review it is reads it"):
        create(access(review, cast.tom, " "), "open", by=tom)

    opened = create(access(review, cast.tom), "open", by=tom)

    assert mails()[-1] == ("reviews/content_opened", "staff@example.org")
    assert "A question of hers" in OutgoingMail.objects.latest("pk").text
    row = audit.events_of(opened).get()
    assert (row.move, row.actor_id, row.subject_id) == ("open", cast.tom.pk, cast.ailsa.pk)


def test_it_runs_out_by_the_clock(cast):
    set_policy("reasoned_access_hours", 2)
    review = review_in(cast, "closed")
    opened = create(access(review, cast.tom), "open", by=person(cast.fresh("tom")))
    reads = {}
    for minutes in (-1, 0):
        with time_machine.travel(opened.until + datetime.timedelta(minutes=minutes), tick=False):
            reads[minutes] = AppraisalReview.objects.readable_by(cast.fresh("tom")).exists()

    assert reads == {-1: True, 0: False}
    assert opened.until - opened.state_since < datetime.timedelta(hours=2, seconds=5)


def test_a_reason_opens_one_review_and_no_other(cast):
    review = review_in(cast, "closed")
    other = review_in(cast, "closed", name="Another year")
    create(access(review, cast.tom), "open", by=person(cast.fresh("tom")))

    readable = AppraisalReview.objects.readable_by(cast.fresh("tom"))
    assert (readable.filter(pk=review.pk).exists(), readable.filter(pk=other.pk).exists()) == (True, False)
