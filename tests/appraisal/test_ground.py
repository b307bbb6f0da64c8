"""What a level has to rest on (DESIGN 5.2), to the working day. The move that asks for it stands in workflow/."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from appraisal import ground
from appraisal.enums import NoteKind, Part
from appraisal.evidence import change_entry
from appraisal.models import AppraisalReview, BehaviourRating, EvidenceEntry, ManagerNote, ReviewPart
from appraisal.ratings import save_rating
from people.policy import set_policy
from people.transitions import move, person
from tests.factories.appraisal import example, shared_example
from tests.factories.reviews import days, note_seen

pytestmark = pytest.mark.django_db
EXPECTED = {1: 2, 2: 2, 3: 2, 4: 2, 5: 1}  # of a catchment officer


@pytest.fixture
def cast(opened_cast):
    """Everybody, with Ailsa's review opened."""
    return opened_cast


@pytest.fixture
def review(cast):
    return AppraisalReview.objects.get()


@pytest.fixture
def save(cast, review):
    """Morag answers one behaviour."""

    def write(number=1, part=Part.MANAGER, who="morag", **data):
        return save_rating(review.behaviours.get(number=number), part, data, by=person(cast.fresh(who)))

    return write


def manager_part(review) -> ReviewPart:
    return review.parts.open_with_ratings().get(part=Part.MANAGER)


def lacks(review, number=1) -> set[str]:
    """Which of the questions about the manager's part name this behaviour."""
    name = review.behaviours.get(number=number).text.short_name
    part = manager_part(review)
    asked = {
        "answer": ground.why_not_answered(part),
        "example": ground.why_no_example(part),
        "words": ground.why_no_words(part),
        "two": ground.why_below_rests_on_too_little(part),
        "concern": ground.why_concern_is_a_surprise(part),
    }
    return {what for what, sentence in asked.items() if sentence and name in sentence}


# ---- the days ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shared", "edge"),
    [
        ("2026-09-28", "2026-08-31"),  # a Monday; twenty working days back without a holiday
        ("2026-10-02", "2026-09-04"),  # a Friday
        ("2026-10-03", "2026-09-04"),  # the Saturday after it brings nothing forward
        ("2026-10-04", "2026-09-04"),
        ("2026-10-05", "2026-09-07"),
        ("2026-05-22", "2026-04-23"),  # over the early May holiday on 4 May
        ("2026-05-25", "2026-04-23"),  # a holiday counts like a Sunday: what counted on the Friday before
        ("2026-05-26", "2026-04-24"),
        ("2026-07-03", "2026-06-04"),  # over the one on 15 June that Scotland has in 2026 alone
        ("2027-01-29", "2026-12-30"),  # over New Year and 2 January, which is moved to Monday 4 January
        ("2026-08-04", "2026-07-06"),  # over the Scottish summer holiday on 3 August
        ("2026-12-01", "2026-11-02"),  # over St Andrew's Day on 30 November
    ],
)
def test_the_last_day_to_raise_a_concern(shared, edge):
    assert ground.concern_edge(datetime.date.fromisoformat(shared)) == datetime.date.fromisoformat(edge)


def test_the_number_of_days_is_a_policy():
    set_policy("concern_working_days", 5)

    assert ground.concern_edge(datetime.date(2026, 10, 2)) == datetime.date(2026, 9, 25)


def test_the_day_is_the_one_in_scotland():
    """At half past midnight in summer it is still yesterday in UTC."""
    with time_machine.travel(datetime.datetime(2026, 10, 1, 23, 30, tzinfo=datetime.UTC), tick=False):
        assert ground.concern_edge() == datetime.date(2026, 9, 4)  # counted from Friday 2 October


@pytest.mark.parametrize(
    ("raised", "enough"),
    [
        ("2026-09-04T22:59", True),  # a minute before midnight in Scotland, on the Friday
        ("2026-09-04T23:01", False),  # a minute after it: Saturday, which counts as the Monday
        ("2026-09-07T09:00", False),  # nineteen working days
    ],
)
def test_a_concern_counts_from_twenty_working_days_and_not_from_nineteen(cast, review, save, raised, enough):
    note = note_seen(cast, days_ago=200)
    at = datetime.datetime.fromisoformat(raised).replace(tzinfo=datetime.UTC)
    ManagerNote.objects.filter(pk=note.pk).update(written_at=at)
    save(mark=1, words="The farms heard late.", examples=[shared_example(cast.ailsa)], notes=[note])

    with time_machine.travel(datetime.datetime(2026, 10, 2, 12, tzinfo=datetime.UTC), tick=False):
        assert lacks(review) == (set() if enough else {"concern"})


# ---- the table --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mark", "ticked", "words", "missing"),
    [
        ("", "", "", {"answer"}),
        ("no_opportunity", "", "", set()),
        ("2", "", "", {"example"}),
        ("2", "example", "", set()),
        ("2", "good note", "", set()),  # what the manager saw is the manager's example
        ("3", "example", "", {"words"}),
        ("3", "example", "She led it.", set()),
        ("4", "", " ", {"example", "words"}),
        ("1", "", "", {"example", "words", "two", "concern"}),
        ("1", "example", "Late.", {"two", "concern"}),
        ("1", "example,second example", "Late.", {"concern"}),
        ("1", "example,good note", "Late.", {"concern"}),  # a note of something good is no concern
        ("1", "example,young concern", "Late.", {"concern"}),
        ("1", "concern", "Late.", {"two"}),
        ("1", "concern,good note", "Late.", set()),
        ("1", "example,concern", "Late.", set()),
        ("1", "example,concern", "", {"words"}),
        ("not_seen", "", "", {"words", "two", "concern"}),
        ("not_seen", "example", "Late.", {"two", "concern"}),
        ("not_seen", "example,concern", "Late.", set()),
    ],
)
def test_what_a_mark_lacks(cast, review, save, mark, ticked, words, missing):
    made = {
        "example": lambda: shared_example(cast.ailsa),
        "second example": lambda: shared_example(cast.ailsa, title="Another"),
        "good note": lambda: note_seen(cast, kind=NoteKind.GOOD),
        "concern": lambda: note_seen(cast, days_ago=60),
        "young concern": lambda: note_seen(cast, days_ago=3),
    }
    rows = [made[name]() for name in ticked.split(",") if name]
    examples, notes = ([row for row in rows if isinstance(row, kind)] for kind in (EvidenceEntry, ManagerNote))

    save(mark=mark, words=words, examples=examples, notes=notes)

    assert lacks(review) == missing


@pytest.mark.parametrize(
    ("mark", "missing"), [("1", set()), ("2", {"words"}), ("not_seen", {"words", "two", "concern"})]
)
def test_the_expected_level_is_that_of_the_role(cast, review, save, mark, missing):
    """The fifth behaviour expects the first level: there is no level below, but there is "not yet seen"."""
    save(number=5, mark=mark, examples=[shared_example(cast.ailsa)])

    assert lacks(review, 5) == missing
    assert {row.number: row.level for row in review.behaviours.all()} == EXPECTED


# ---- what counts as a source ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "counts"), [("first", True), ("last", True), ("before", False), ("after", False)])
def test_examples_and_notes_count_from_the_first_to_the_last_day_of_the_period(cast, review, save, day, counts):
    cycle, one = review.cycle, datetime.timedelta(days=1)
    on = {
        "first": cycle.starts_on, "last": cycle.ends_on, "before": cycle.starts_on - one, "after": cycle.ends_on + one,
    }[day]  # fmt: skip
    entry, note = shared_example(cast.ailsa), note_seen(cast)
    save(mark=2, examples=[entry])
    save(number=2, mark=2, notes=[note])

    change_entry(entry, {"happened_on": on}, by=cast.ailsa)  # the owner may correct the day
    ManagerNote.objects.filter(pk=note.pk).update(seen_on=on)

    assert ("example" not in lacks(review, 1)) is counts
    assert ("example" not in lacks(review, 2)) is counts


def test_a_concern_about_another_year_does_not_lower_this_one(cast, review, save):
    note = note_seen(cast)
    save(mark=1, words="Late.", examples=[shared_example(cast.ailsa)], notes=[note])
    assert lacks(review) == set()

    ManagerNote.objects.filter(pk=note.pk).update(seen_on=review.cycle.starts_on - datetime.timedelta(days=1))

    assert lacks(review) == {"two", "concern"}


def test_the_first_of_several_concerns_counts(cast, review, save):
    old, young = note_seen(cast, days_ago=60), note_seen(cast, days_ago=2)
    save(mark=1, words="Late.", notes=[young])
    assert lacks(review) == {"two", "concern"}

    save(notes=[old, young])

    assert lacks(review) == set()


def test_what_only_the_person_ticked_carries_no_level_of_the_managers(cast, review, save):
    entry = shared_example(cast.ailsa)
    save(part=Part.SELF, who="ailsa", mark=2, examples=[entry])
    save(mark=2)

    assert "example" in lacks(review)


def test_under_the_managers_level_an_example_counts_only_while_it_is_shared(cast, save, review):
    entry = shared_example(cast.ailsa)
    save(mark=2, examples=[entry])
    EvidenceEntry.objects.filter(pk=entry.pk).update(state="draft")

    assert "example" in lacks(review)


def test_the_person_rests_their_own_level_on_a_private_example(cast, review, save):
    for number, level in EXPECTED.items():
        save(number=number, part=Part.SELF, who="ailsa", mark=level, examples=[example(cast.ailsa)])

    assert ground.why_not(review.parts.open_with_ratings().get(part=Part.SELF)) == []


# ---- all together -----------------------------------------------------------------------------------------------


def test_the_page_of_one_behaviour_and_the_move_say_the_same(cast, review, save):
    save(mark=1)
    part = manager_part(review)
    rating = BehaviourRating.objects.for_writing().get(part=part, behaviour__number=1)

    told = ground.missing(rating)

    assert [sentence.split(":")[0].split(".")[0] for sentence in told] == [
        "A level rests on at least one example of the period",
        "This is not the level that the role expects",
        "Below the expected level, two dated examples or notes are needed",
        "A concern cannot appear first at the end of the year",
    ]
    assert len(ground.why_not(part)) == len(told) + 1  # and that four others are not answered


def test_below_with_a_proper_concern_is_shared(cast, review, save):
    entry, note = shared_example(cast.ailsa), note_seen(cast, days_ago=60)
    for number, level in EXPECTED.items():
        save(number=number, mark=level, examples=[entry])
        save(number=number, part=Part.SELF, who="ailsa", mark=level, examples=[entry])
    save(mark=1, words="The farms heard late.", examples=[entry], notes=[note])
    move(review, "send", by=person(cast.fresh("ailsa")))

    assert move(review, "share", by=person(cast.fresh("morag"))).state == "shared"


def test_a_note_raised_today_is_dated_by_the_day_it_could_be_read(cast, review):
    """Somebody may note today what they saw two months ago; it was raised today."""
    note = note_seen(cast, days_ago=60)
    ManagerNote.objects.filter(pk=note.pk).update(written_at=timezone.now())
    note.refresh_from_db()

    assert (note.seen_on, note.raised_on) == (days(-60), days(0))
