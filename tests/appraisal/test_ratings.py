"""Saving what one side writes: who, when, versions, two windows, what may be ticked, at most three next steps."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404

from appraisal.enums import NoteKind, Part
from appraisal.models import AppraisalReview, BehaviourRating, EvidenceEntry, NextStep, ReviewPart
from appraisal.ratings import (
    Answer,
    can_write,
    offered_examples,
    offered_notes,
    save_rating,
    save_ratings,
    save_summary,
)
from people.lib.dates import today
from people.models import ManagerCover, Post
from people.transitions import SYSTEM, ChangedSince, Refused, WrongState, move, person
from tests.factories.appraisal import example, shared_example
from tests.factories.review_people import PEOPLE, SYSTEM_NAME, become, undone
from tests.factories.reviews import days, draft_cycle, ground, note_seen, walked

pytestmark = pytest.mark.django_db

THE_PERSON = {"ailsa", "ailsa in HR", "ailsa covering", "ailsa who left"}
FOR_THE_MANAGER = {"morag", "morag in HR", "donald covering", "tom covering"}
WRITERS = {  # state -> part -> who writes in it
    "setup": {Part.SELF: set(), Part.MANAGER: set()},
    "self_review": {Part.SELF: THE_PERSON, Part.MANAGER: FOR_THE_MANAGER},
    "manager_review": {Part.SELF: set(), Part.MANAGER: FOR_THE_MANAGER},
    "shared": {Part.SELF: set(), Part.MANAGER: set()},
    "answered": {Part.SELF: set(), Part.MANAGER: set()},
    "closed": {Part.SELF: set(), Part.MANAGER: set()},
    "void": {Part.SELF: set(), Part.MANAGER: set()},
}


@pytest.fixture
def cast(opened_cast):
    """Everybody, with Ailsa's review opened."""
    return opened_cast


def review_in(cast, state) -> AppraisalReview:
    """Ailsa's review, walked to this state, or one that is still being opened."""
    if state != "setup":
        return walked(cast, AppraisalReview.objects.get(), state)
    cycle = move(draft_cycle(cast, name="Another year"), "open", by=person(cast.tom))
    return AppraisalReview.objects.get(cycle=cycle)


@pytest.fixture
def by(cast):
    return lambda name: person(cast.fresh(name))


@pytest.fixture
def review(cast):
    return review_in(cast, "self_review")


def first(review):
    return review.behaviours.get(number=1)


def contents(review) -> list:
    """Everything both sides wrote."""
    return [
        list(ReviewPart.objects.filter(review=review).order_by("pk").values()),
        list(BehaviourRating.objects.filter(part__review=review).order_by("pk").values()),
        list(NextStep.objects.filter(review=review).order_by("pk").values()),
        sorted(BehaviourRating.examples.through.objects.values_list("behaviourrating_id", "evidenceentry_id")),
    ]


# ---- who and when -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", list(WRITERS))
def test_who_writes_in_which_part_and_when(cast, state):
    review = review_in(cast, state)
    before = contents(review)
    for part, writers in WRITERS[state].items():
        wrote, told_that_they_can = set(), set()
        for who in (*PEOPLE, SYSTEM_NAME) if writers else ("ailsa", "morag", "donald covering", "fergus", "tom"):
            with undone():
                actor = become(who, cast, review)
                if can_write(review, part, actor):
                    told_that_they_can.add(who)
                try:
                    save_summary(review, part, "Written", by=actor)
                    if state != "setup":
                        save_rating(first(review), part, {"words": "Written"}, by=actor)
                    wrote.add(who)
                except (Http404, PermissionDenied, Refused):
                    assert contents(review) == before
        assert wrote == writers
        assert told_that_they_can == writers


@pytest.mark.parametrize(
    ("who", "state", "part", "error"),
    [
        ("stranger", "self_review", Part.SELF, Http404),
        ("fergus", "manager_review", Part.MANAGER, Http404),
        ("fergus", "shared", Part.MANAGER, PermissionDenied),
        ("ailsa", "self_review", Part.MANAGER, PermissionDenied),
        ("morag", "self_review", Part.SELF, PermissionDenied),
        ("ailsa", "manager_review", Part.SELF, WrongState),
        ("morag", "shared", Part.MANAGER, WrongState),
        ("tom", "self_review", Part.MANAGER, Http404),
    ],
)
def test_the_refusal_tells_what_it_is(cast, by, who, state, part, error):
    review = review_in(cast, state)

    with pytest.raises(error):
        save_rating(first(review), part, {"words": "x"}, by=by(who))


def test_the_system_writes_for_nobody(review):
    with pytest.raises(Http404):
        save_summary(review, Part.MANAGER, "x", by=SYSTEM)


def test_the_second_manager_who_stands_in_for_the_manager_does_not_write(cast, by, review):
    """Nobody confirms as fair what they wrote themselves."""
    ManagerCover.objects.create(manager=cast.morag, cover=cast.fergus, starts_on=today(), ends_on=today())

    with pytest.raises(Http404):
        save_rating(first(review), Part.MANAGER, {"words": "x"}, by=by("fergus"))


def test_a_cover_writes_in_the_managers_own_part(cast, by, review):
    ManagerCover.objects.create(manager=cast.morag, cover=cast.donald, starts_on=today(), ends_on=today())

    rating = save_rating(first(review), Part.MANAGER, {"words": "She rang first."}, by=by("donald"))

    assert rating.part.author == cast.morag
    assert review.parts.count() == 2


@pytest.mark.parametrize("part", list(Part))
def test_the_other_side_stays_as_it_was(cast, by, review, part):
    sides = {Part.SELF: "ailsa", Part.MANAGER: "morag"}
    other = next(side for side in Part if side != part)
    save_rating(first(review), other, {"mark": 3, "words": "Mine", "examples": [ground(cast)]}, by=by(sides[other]))
    theirs = BehaviourRating.objects.filter(part__review=review, part__part=other)
    before = list(theirs.values()), list(theirs.values_list("examples")), ReviewPart.objects.values().get(part=other)

    save_rating(first(review), part, {"mark": 1, "words": "Other", "examples": []}, by=by(sides[part]))
    save_summary(review, part, "Other", by=by(sides[part]))

    after = list(theirs.values()), list(theirs.values_list("examples")), ReviewPart.objects.values().get(part=other)
    assert after == before


# ---- what is kept -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mark", "status", "level", "answered"),
    [
        ("", "", None, False),
        ("1", "rated", 1, True),
        (4, "rated", 4, True),
        ("no_opportunity", "no_opportunity", None, True),
        ("not_seen", "not_seen", None, True),
    ],
)
def test_a_mark_is_a_level_or_why_not(by, review, mark, status, level, answered):
    rating = save_rating(first(review), Part.MANAGER, {"mark": mark}, by=by("morag"))

    rating.refresh_from_db()
    assert (rating.status, rating.level, rating.is_answered) == (status, level, answered)


def test_an_answer_is_taken_out_again(by, review):
    save_rating(first(review), Part.MANAGER, {"mark": "2"}, by=by("morag"))

    assert save_rating(first(review), Part.MANAGER, {"mark": ""}, by=by("morag")).is_answered is False


def test_only_what_was_sent_is_written(cast, by, review):
    entry = ground(cast)
    save_rating(first(review), Part.SELF, {"mark": 3, "words": "W", "help": "H", "examples": [entry]}, by=by("ailsa"))

    rating = save_rating(first(review), Part.SELF, {"words": "Other"}, by=by("ailsa"))

    rating.refresh_from_db()
    assert (rating.mark, rating.words, rating.help, list(rating.examples.all())) == ("3", "Other", "H", [entry])


@pytest.mark.parametrize(
    ("status", "level"),
    [("rated", None), ("rated", 0), ("rated", 5), ("not_seen", 1), ("no_opportunity", 2), ("", 3)],
)
def test_the_database_keeps_a_level_or_a_reason_and_never_both(review, status, level):
    rating = BehaviourRating.objects.filter(part__review=review).first()

    with pytest.raises(IntegrityError), transaction.atomic():
        BehaviourRating.objects.filter(pk=rating.pk).update(status=status, level=level)


def test_the_database_keeps_three_different_people(cast, review):
    for people in ({"manager": cast.ailsa}, {"second_manager": cast.ailsa}, {"second_manager": cast.morag}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AppraisalReview.objects.filter(pk=review.pk).update(**people)


def test_the_database_keeps_one_open_part_a_side_and_one_rating_a_behaviour(review):
    part = review.parts.get(part=Part.MANAGER)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewPart.objects.create(review=review, part=Part.MANAGER, author=part.author)
    with pytest.raises(IntegrityError), transaction.atomic():
        BehaviourRating.objects.create(part=part, behaviour=first(review))


# ---- versions and windows ---------------------------------------------------------------------------------------


def test_the_second_window_is_told_and_changes_nothing(by, review):
    seen = review.parts.get(part=Part.MANAGER).ratings.get(behaviour=first(review)).version
    save_rating(first(review), Part.MANAGER, {"words": "From the first window"}, by=by("morag"), seen=seen)
    before = contents(review)

    with pytest.raises(ChangedSince) as refusal:
        save_rating(first(review), Part.MANAGER, {"words": "From the second"}, by=by("morag"), seen=seen)

    assert refusal.value.record.words == "From the first window"
    assert contents(review) == before


def test_manager_and_cover_do_not_overwrite_each_other(cast, by, review):
    ManagerCover.objects.create(manager=cast.morag, cover=cast.donald, starts_on=today(), ends_on=today())
    seen = review.parts.get(part=Part.MANAGER).version
    save_summary(review, Part.MANAGER, "Of the cover", by=by("donald"), seen=seen)

    with pytest.raises(ChangedSince):
        save_summary(review, Part.MANAGER, "Of the manager", by=by("morag"), seen=seen)

    assert review.parts.get(part=Part.MANAGER).summary == "Of the cover"


def test_a_summary_that_stands_is_not_saved_again(cast, by, review):
    """A first press without words is remembered as a visit, which is no writing."""
    rows, before = [step(cast.ailsa)], review.parts.get(part=Part.MANAGER)
    for _press in range(2):
        visited = save_summary(review, Part.MANAGER, "", by=by("morag"), steps=[])
        assert (visited.version, visited.saved_at, visited.changed_at) == (2, None, before.changed_at)
    save_summary(review, Part.MANAGER, "A good year.", by=by("morag"), steps=rows)
    written = contents(review)

    save_summary(review, Part.MANAGER, "A good year.", by=by("morag"), steps=rows)
    save_summary(review, Part.MANAGER, "A good year.", by=by("morag"))

    assert contents(review) == written


def test_the_two_sides_have_versions_of_their_own(by, review):
    save_rating(first(review), Part.SELF, {"words": "Hers"}, by=by("ailsa"), seen=1)

    assert save_rating(first(review), Part.MANAGER, {"words": "His"}, by=by("morag"), seen=1).version == 2


def test_ratings_of_other_behaviours_do_not_stand_in_the_way(by, review):
    save_rating(first(review), Part.MANAGER, {"words": "One"}, by=by("morag"), seen=1)

    second = review.behaviours.get(number=2)
    assert save_rating(second, Part.MANAGER, {"words": "Two"}, by=by("morag"), seen=1).version == 2


def test_several_answers_are_kept_all_or_none(by, review):
    one, two = review.behaviours.filter(number__in=(1, 2)).order_by("number")
    save_rating(two, Part.MANAGER, {"words": "Before"}, by=by("morag"))
    before = contents(review)
    answers = [Answer(one, {"words": "New"}, 1), Answer(two, {"words": "New"}, 1)]

    with pytest.raises(ChangedSince):
        save_ratings(review, Part.MANAGER, answers, by=by("morag"))

    assert contents(review) == before


def test_a_save_counts_as_saved_by_its_side_only_when_it_wrote(by, review):
    part = ReviewPart.objects.filter(review=review, part=Part.MANAGER)
    save_rating(first(review), Part.MANAGER, {"words": ""}, by=by("morag"))
    assert part.get().saved_at is None

    save_rating(first(review), Part.MANAGER, {"words": "She rang first."}, by=by("morag"))

    assert part.get().saved_at is not None


# ---- what may be ticked -----------------------------------------------------------------------------------------


def test_each_side_is_offered_what_it_may_tick(cast, review):
    shared, private = shared_example(cast.ailsa), example(cast.ailsa, title="Mine alone")
    shared_example(cast.ailsa, happened_on=days(-400))
    shared_example(cast.priya)
    note = note_seen(cast, days_ago=60)
    note_seen(cast, kind=NoteKind.GOOD, days_ago=400)

    assert set(offered_examples(review, Part.SELF)) == {shared, private}
    assert set(offered_examples(review, Part.MANAGER)) == {shared}
    assert set(offered_notes(review)) == {note}


@pytest.mark.parametrize("part", list(Part))
@pytest.mark.parametrize("what", ["of somebody else", "private", "of another year", "gone"])
def test_nothing_else_is_ticked_whatever_a_form_sends(cast, by, review, part, what):
    made = {
        "of somebody else": lambda: shared_example(cast.priya),
        "private": lambda: example(cast.ailsa),
        "of another year": lambda: shared_example(cast.ailsa, happened_on=days(-400)),
        "gone": lambda: EvidenceEntry(pk=0),
    }
    entry, side = made[what](), {Part.SELF: "ailsa", Part.MANAGER: "morag"}[part]
    data = {"mark": 2, "words": "Kept out", "examples": [entry]}
    if part == Part.SELF and what == "private":
        assert list(save_rating(first(review), part, data, by=by(side)).examples.all()) == [entry]
        return
    before = contents(review)

    with pytest.raises(Refused) as refusal:
        save_rating(first(review), part, data, by=by(side))

    assert refusal.value.sentences == [
        "Something that you ticked can no longer be ticked. Open this page again to see what can."
    ]
    assert contents(review) == before


def test_a_note_about_another_post_is_not_ticked(cast, by, review):
    note = note_seen(cast)
    other = Post.objects.create(
        person=cast.ailsa, team=review.post.team, title="Project", line_manager=cast.donald, starts_on=days(-9)
    )
    type(note).objects.filter(pk=note.pk).update(post=other)

    with pytest.raises(Refused):
        save_rating(first(review), Part.MANAGER, {"notes": [note]}, by=by("morag"))


def test_what_was_ticked_stays_when_its_day_is_corrected(cast, by, review):
    """It no longer counts, and the form no longer offers it, but another save does not fail because of it."""
    entry = shared_example(cast.ailsa)
    save_rating(first(review), Part.MANAGER, {"examples": [entry]}, by=by("morag"))
    EvidenceEntry.objects.filter(pk=entry.pk).update(happened_on=days(-400))

    rating = save_rating(first(review), Part.MANAGER, {"words": "New", "examples": [entry]}, by=by("morag"))

    assert list(rating.examples.all()) == [entry]


# ---- next steps -------------------------------------------------------------------------------------------------


def step(owner, what="Walk the bank", **more) -> dict:
    return {"what": what, "owner": owner, "due_on": days(30), **more}


def test_three_next_steps_in_their_order_and_no_fourth(cast, by, review):
    rows = [step(cast.ailsa, "One"), step(cast.morag, "Two"), step(cast.ailsa, "Three")]
    save_summary(review, Part.MANAGER, "Sum", by=by("morag"), steps=rows)
    kept = [(1, "One", cast.ailsa.pk), (2, "Two", cast.morag.pk), (3, "Three", cast.ailsa.pk)]
    assert list(review.next_steps.values_list("number", "what", "owner_id")) == kept

    with pytest.raises(Refused) as refusal:
        save_summary(review, Part.MANAGER, "Other", by=by("morag"), steps=[*rows, step(cast.ailsa, "Four")])

    assert refusal.value.sentences == ["At most 3 next steps: choose those that matter most."]
    assert list(review.next_steps.values_list("number", "what", "owner_id")) == kept
    assert review.parts.get(part=Part.MANAGER).summary == "Sum"


def test_the_database_keeps_three_next_steps(cast, review):
    for number in (0, 4):
        with pytest.raises(IntegrityError), transaction.atomic():
            NextStep.objects.create(review=review, number=number, **step(cast.ailsa))


@pytest.mark.parametrize("who", ["fergus", "rhona", "tom"])
def test_nobody_else_owes_a_next_step(cast, by, review, who):
    with pytest.raises(Refused) as refusal:
        save_summary(review, Part.MANAGER, "Sum", by=by("morag"), steps=[step(cast.people[who])])

    assert refusal.value.sentences == ["A next step is owed by the person or by their line manager."]


def test_the_person_writes_no_next_steps(cast, by, review):
    save_summary(review, Part.SELF, "Sum", by=by("ailsa"), steps=[step(cast.ailsa)])

    assert not review.next_steps.exists()
