"""Whatever people do, in whatever order: random moves, saves and changes of posts, and what holds after each."""

import datetime
from itertools import pairwise

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from appraisal import ground
from appraisal.enums import AFTER_SHARING, UNDER_WAY, WITH_SECOND_MANAGER, Part, ReminderKind, ReviewState, ReviewStep
from appraisal.evidence import change_entry
from appraisal.models import (
    AppraisalReview,
    BehaviourRating,
    EvidenceEntry,
    NextStep,
    ReasonedAccess,
    Reminder,
    ReviewPart,
    ReviewRecord,
)
from appraisal.ratings import save_rating, save_summary
from appraisal.records import part_content
from appraisal.responding import reply_to_point
from people import audit
from people.models import Post
from people.transitions import SYSTEM, Refused, create, move, moves_of, person
from tests.factories.appraisal import example, shared_example
from tests.factories.review_people import undone
from tests.factories.reviews import answer_all, days, note_seen

pytestmark = pytest.mark.django_db

PEOPLE = ("ailsa", "morag", "donald", "fergus", "tom", "rhona", "stranger")
REFUSALS = (Refused, PermissionDenied, Http404)
ACTS = {
    "ailsa goes to donald": lambda world: world.post_goes_to("donald"),
    "and back": lambda world: world.post_goes_to("morag"),
    "two weeks pass": lambda world: world.clock.shift(datetime.timedelta(days=15)),
    "reminded": lambda world: world.reminded(),
    "tom opens": lambda world: world.tom_opens(),
    "ailsa hides": lambda world: move(world.shared, "unshare", by=world.by("ailsa")),
}

anybody = st.sampled_from([*PEOPLE, "system"])
moves = st.tuples(st.just("move"), st.sampled_from([*moves_of(AppraisalReview)]), anybody)
open_moves = st.tuples(st.just("open move"), st.integers(0, 11))  # one of those that somebody may make now
saves = st.tuples(
    st.just("save"),
    st.sampled_from(list(Part)),
    st.one_of(st.just("whose it is"), anybody),
    st.integers(1, 5),
    st.sampled_from(["", "1", "2", "3", "no_opportunity", "not_seen"]),
    st.sets(st.sampled_from(["shared", "private", "concern", "late concern"])),
    st.sampled_from(["", "Because."]),
)
acts = st.tuples(
    st.just("act"),
    st.sampled_from(list(ACTS)),
)
go_on = st.just(("go on",))  # whatever comes next, done properly by whoever it is for
steps = st.lists(st.one_of(go_on, go_on, open_moves, open_moves, moves, saves, acts), min_size=6, max_size=14)


class World:
    """Ailsa's review, everybody around it, and the clock."""

    def __init__(self, cast, clock):
        self.cast, self.clock = cast, clock
        self.shared = shared_example(cast.ailsa)
        self.private = example(cast.ailsa, title="Mine alone")
        self.concern = note_seen(cast, days_ago=60)
        self.late = note_seen(cast, days_ago=1)

    @property
    def review(self) -> AppraisalReview:
        return AppraisalReview.objects.get()

    def by(self, name):
        return SYSTEM if name == "system" else person(self.cast.fresh(name))

    def take(self, step) -> bool:
        """Do it, or be refused; True when it was done."""
        try:
            with transaction.atomic():
                getattr(self, step[0].replace(" ", "_"))(*step[1:])
        except REFUSALS:
            event(f"refused: {step[0]}")
            return False
        event(f"done: {step[0]}")
        return True

    def open_move(self, number) -> None:
        """One of the moves that somebody may make from here, by its number."""
        review, rows = self.review, moves_of(AppraisalReview).values()
        actors = {name: self.by(name) for name in ("ailsa", "morag", "donald", "fergus", "priya", "tom", "system")}
        open_now = [
            (row.name, who)
            for row in rows
            if review.state in row.frm and row.name != "void"  # nothing follows it; random moves make it often enough
            for who in actors
            if row.who(review, actors[who])
        ]
        name, who = open_now[number % len(open_now)] if open_now else ("void", "tom")
        event(f"tried: {name}")
        self.move(name, who)

    def move(self, name, who) -> None:
        reason = {"reason": "So it goes"}
        data = {
            "talk_held": {"talk_on": days(0)},
            "answer": {"answer": "disagree", "words": "Not so."},
            "return_to_manager": reason,
            "reassign": {**reason, "manager": self.cast.donald},
            "reassign_later": {**reason, "manager": self.cast.donald},
            "name_second_manager": {**reason, "second_manager": self.cast.priya},
            "reopen": reason,
            "void": reason,
        }
        move(self.review, name, by=self.by(who), data=data.get(name, {}))

    def save(self, part, who, number, mark, ticked, words) -> None:
        entries = [entry for name, entry in (("shared", self.shared), ("private", self.private)) if name in ticked]
        notes = [note for name, note in (("concern", self.concern), ("late concern", self.late)) if name in ticked]
        data = {"mark": mark, "words": words, "examples": entries, "notes": notes}
        review = self.review
        owner = review.job_holder if part == Part.SELF else review.manager
        by = person(owner) if who == "whose it is" else self.by(who)
        save_rating(review.behaviours.get(number=number), part, data, by=by)

    def act(self, what) -> None:
        ACTS[what](self)

    def post_goes_to(self, name) -> None:
        Post.objects.filter(person=self.cast.ailsa).update(line_manager=self.cast.people[name])

    def reminded(self) -> None:
        review = self.review
        Reminder.objects.create(
            cycle=review.cycle, review=review, person=self.cast.ailsa, step=ReviewStep.ANSWER,
            kind=ReminderKind.BY_HAND, text_version=review.text_version,
        )  # fmt: skip

    def tom_opens(self) -> None:
        access = ReasonedAccess(review=self.review, reader=self.cast.tom, reason="Asked", until=datetime.datetime.min)
        create(access, "open", by=self.by("tom"))

    def go_on(self) -> None:
        """The next act of the ordinary way, by whoever it is for."""
        review = self.review
        if review.state == ReviewState.SELF_REVIEW:
            answer_all(review, Part.SELF, self.cast.fresh("ailsa"), examples=[self.fresh_example()])
            move(review, "send", by=self.by("ailsa"))
        elif review.state == ReviewState.MANAGER_REVIEW:
            answer_all(review, Part.MANAGER, review.manager, examples=[self.fresh_example()])
            step = {"what": "Walk the bank", "owner": self.cast.ailsa, "due_on": days(30)}
            save_summary(review, Part.MANAGER, "A year.", by=person(review.manager), steps=[step])
            move(review, "share", by=person(review.manager))
        elif review.state == ReviewState.SHARED:
            self.move("answer", "ailsa")
        elif review.state == ReviewState.ANSWERED:
            for point in review.response.points.all():
                reply_to_point(point, "Both are true.", by=person(review.second_manager))
            move(review, "confirm_fair", by=person(review.second_manager))
        elif review.state == ReviewState.CLOSED:
            change_entry(self.shared, {"situation": f"Another story {review.version}"}, by=self.cast.fresh("ailsa"))

    def fresh_example(self) -> EvidenceEntry:
        entry = EvidenceEntry.objects.get(pk=self.shared.pk)
        return entry if entry.is_shared else move(entry, "share", by=self.by("ailsa"))


# ---- what holds -------------------------------------------------------------------------------------------------


def state_comes_from_the_audit(review) -> None:
    rows = list(audit.events_of(review).order_by("pk"))
    assert rows[-1].to == review.state
    assert review.version == 1 + len(rows)
    for before, after in pairwise(rows):
        assert after.frm == before.to


def closings_have_records_whose_hash_holds(review) -> None:
    records = list(ReviewRecord.objects.filter(review=review).order_by("version"))
    closings = audit.events_of(review).filter(move="confirm_fair").count()
    assert [record.version for record in records] == list(range(1, closings + 1))
    assert all(record.hash_holds for record in records)
    if review.state == ReviewState.CLOSED:
        assert {row["role"] for row in records[-1].data["signatures"]} >= {"manager", "second_manager"}
        assert records[-1].data["manager"] == review.manager.name


def levels_rest_on_something(review) -> None:
    parts = ReviewPart.objects.filter(review=review, part=Part.MANAGER)
    if review.state in UNDER_WAY:  # afterwards the owner may make an example private again
        for rating in BehaviourRating.objects.with_ground().filter(part__in=parts.exclude(closed_at=None)):
            assert ground.may_be_shared(rating)
    if review.state in WITH_SECOND_MANAGER:
        for rating in review.manager_part.ratings.all():
            assert rating.is_answered
            assert ground.may_be_shared(rating)
    for record in ReviewRecord.objects.filter(review=review):
        for part in (record.data["manager_part"], *record.data["earlier_managers"]):
            for row in part["ratings"].values():
                assert not row["mark"].isdigit() or row["examples"] or row["notes"]


def standing_signatures_are_under_the_text_as_it_stands(review) -> None:
    standing = {row.role for row in review.signatures.filter(text_version=review.text_version)}
    if review.state in (ReviewState.SELF_REVIEW, ReviewState.MANAGER_REVIEW):
        assert standing == set()
    if review.state not in AFTER_SHARING:
        return
    said = {"job_holder"} if review.response and review.response.answer != "no_response" else set()
    confirmed = {"second_manager"} if review.state == ReviewState.CLOSED else set()
    assert standing == {"manager"} | said | confirmed
    shared = review.shared_versions.get(text_version=review.text_version)
    assert shared.content["manager"] == part_content(review.manager_part)


def nobody_reads_above_the_table(review, cast) -> None:
    """What DOMAIN D says of each person, asked of what their queries find."""
    shared, manager = review.state in AFTER_SHARING, Post.objects.get(pk=review.post_id).line_manager_id
    opened = ReasonedAccess.objects.filter(until__gt=timezone.now()).exists()
    may_open = {
        cast.ailsa.pk: True,
        manager: review.state == ReviewState.CLOSED or (manager == review.manager_id and review.state in UNDER_WAY),
        review.second_manager_id: review.state in WITH_SECOND_MANAGER,
        cast.tom.pk: opened and shared,
    }
    for name in PEOPLE:
        user = cast.fresh(name)
        readable = AppraisalReview.objects.readable_by(user).exists()
        parts = list(ReviewPart.objects.visible_to(user).values_list("part", "sent_at", "closed_at"))
        assert readable == may_open.get(user.pk, False), name
        assert readable or not parts, name
        if name == "ailsa":
            assert shared or not any(part == Part.MANAGER and closed is None for part, _sent, closed in parts)
            assert shared or not NextStep.objects.visible_to(user).exists()
        else:
            assert not any(part == Part.SELF and sent is None for part, sent, _closed in parts), name
            assert not EvidenceEntry.objects.visible_to(user).drafts().exists(), name
            assert readable or not NextStep.objects.visible_to(user).exists(), name
            keeps_record = user.pk == manager or (name == "tom" and opened and shared)
            assert keeps_record or not ReviewRecord.objects.visible_to(user).exists(), name


CHECKS = (
    state_comes_from_the_audit,
    closings_have_records_whose_hash_holds,
    levels_rest_on_something,
    standing_signatures_are_under_the_text_as_it_stands,
)


@given(steps=steps)
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_whatever_happens_these_things_hold(opened_cast, steps):
    with undone(), time_machine.travel(datetime.datetime.now(datetime.UTC), tick=True) as clock:
        world = World(opened_cast, clock)
        for step in steps:
            before = world.review
            done = world.take(step)
            review = world.review
            assert done or review.version == before.version
            if done:
                for check in CHECKS:
                    check(review)
                nobody_reads_above_the_table(review, opened_cast)
        event(f"ends: {review.state}")
