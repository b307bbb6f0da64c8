"""Required learning: of whom, when it is due, what counts as done, and who is let off. Nothing of it is stored."""

import datetime
import itertools

import pytest
from django.utils import timezone

from partnerships.models import Partnership, PartnershipPerson
from people.enums import Role
from people.lib.dates import add_months
from people.models import AuditEvent, JobFamily, Post, Team, User
from people.policy import set_policy
from people.transitions import NotYours, person
from tests.factories.required import completed, in_days, required_of
from tests.factories.sessions import ask, session_of
from tests.factories.training import finish_all_units, make_module, publish, units_of
from training.enums import AttendanceRule, Audience, Presence, RequiredState
from training.models import Attendance, Certificate, Completion, LearningException, Place, RequiredLearning, SessionDate
from training.progress import finish_unit
from training.renewal import renew, renewals_of
from training.required.requirements import (
    end_exception,
    end_required,
    make_exception,
    owed_by,
    owed_by_one,
    rounds,
    set_required,
    standing,
    standings,
)
from training.required.words import said_of, summary_of, todo_for

DONE, DUE, OVERDUE, OVER, EXCEPTED = RequiredState
TWO_DAYS = datetime.timedelta(days=2)
STAFF = {"ailsa", "morag", "fergus", "priya", "tom", "senga", "donald"}


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def names(cast, found) -> set[str]:
    by_id = {user.pk: name for name, user in cast.people.items()}
    return {by_id[one.person_id] for one in found}


# --- The rule, as plain days -----------------------------------------------------------------------------------------
# today, last done, since -> state, due; first due on 31 January 2026, again every twelve months
REPEATED = [
    ("2025-12-01", None, "2020-01-01", DUE, "2026-01-31"),
    ("2026-01-31", None, "2020-01-01", DUE, "2026-01-31"),  # the day itself is in time
    ("2026-02-01", None, "2020-01-01", OVERDUE, "2026-01-31"),
    ("2026-01-15", "2025-01-31", "2020-01-01", DUE, "2026-01-31"),  # done in the round before
    ("2026-01-15", "2025-02-01", "2020-01-01", DONE, None),  # the first day of this round
    ("2026-02-01", "2026-01-31", "2020-01-01", DUE, "2027-01-31"),  # the next round is open
    ("2026-03-01", "2026-02-20", "2020-01-01", DONE, None),  # late, and not asked twice
    ("2027-03-01", "2025-06-01", "2020-01-01", OVERDUE, "2027-01-31"),
    ("2030-03-01", None, "2020-01-01", OVERDUE, "2030-01-31"),
    ("2026-02-01", None, "2026-01-25", DUE, "2026-02-24"),  # joined six days before: thirty days
    ("2026-02-25", None, "2026-01-25", OVERDUE, "2026-02-24"),
    ("2026-06-01", None, "2026-05-20", DUE, "2026-06-19"),  # joined after the round they never saw
]
ONCE = [
    ("2026-01-31", None, "2020-01-01", DUE, "2026-01-31"),
    ("2028-01-31", None, "2020-01-01", OVERDUE, "2026-01-31"),
    ("2028-01-31", "2019-05-05", "2020-01-01", DONE, None),  # whenever it was
]
RULE = [(12, *row) for row in REPEATED] + [(None, *row) for row in ONCE]


@pytest.mark.parametrize(("months", "now", "done", "since", "state", "due"), RULE)
def test_when_it_is_due(db, months, now, done, since, state, due):
    row = RequiredLearning(due_on=day("2026-01-31"), repeat_months=months)
    done_on = day(done) if done else None

    found = standing(rounds(row, day(now)), since=day(since), done_on=done_on, exception=None, day=day(now))

    assert found == (state, day(due) if due else None)


def test_rounds_follow_each_other_without_a_gap(db):
    row = RequiredLearning(due_on=day("2024-08-31"), repeat_months=1)
    for number in range(800):
        now = day("2024-07-01") + datetime.timedelta(days=number)
        before, current = rounds(row, now)
        assert current.due >= now
        if before is not None:
            assert current.opens == before.due + datetime.timedelta(days=1)
            assert current.opens <= now


EXCEPTIONS = [
    (None, "2026-02-01", (EXCEPTED, None)),
    ("2026-02-01", "2026-02-01", (EXCEPTED, None)),
    ("2026-01-31", "2026-02-01", (DUE, day("2026-03-03"))),  # thirty days from the day after
    ("2026-01-31", "2026-03-04", (OVERDUE, day("2026-03-03"))),
]


@pytest.mark.parametrize(("until", "now", "expected"), EXCEPTIONS)
def test_an_exception_holds_until_its_day_and_then_leaves_some_time(db, until, now, expected):
    row = RequiredLearning(due_on=day("2026-01-31"))
    exception = LearningException(until=day(until) if until else None)
    window = rounds(row, day(now))

    assert standing(window, since=day("2020-01-01"), done_on=None, exception=exception, day=day(now)) == expected


# --- Of whom ---------------------------------------------------------------------------------------------------------


def varrach(cast) -> Partnership:
    group = Partnership.objects.create(name="Varrach", slug="varrach", purpose="x", lead=cast.donald)
    PartnershipPerson.objects.create(partnership=group, person=cast.rhona, organisation=cast.carers)
    PartnershipPerson.objects.create(partnership=group, person=cast.ailsa, organisation=cast.host)
    return group


def audience_values(cast, audience) -> dict:
    return {
        Audience.EVERYONE: {},
        Audience.TEAM: {"team": Team.objects.get()},
        Audience.JOB_FAMILY: {"job_family": JobFamily.objects.get()},
        Audience.ROLE: {"role": Role.COORDINATOR},
        Audience.PARTNERSHIP: {"partnership": varrach(cast)},
    }[audience]


AUDIENCES = {
    Audience.EVERYONE: STAFF,
    Audience.TEAM: STAFF,
    Audience.JOB_FAMILY: {"ailsa"},
    Audience.ROLE: {"priya"},
    Audience.PARTNERSHIP: {"ailsa", "rhona", "donald"},
}


@pytest.mark.parametrize("audience", Audience)
def test_the_audience_is_who_is_there_today(cast, audience):
    row = required_of(cast, audience, **audience_values(cast, audience))

    assert names(cast, standings([row])) == AUDIENCES[audience]
    for name in cast.people:  # the cheap look of one person and the whole list say the same
        one = cast.fresh(name)
        assert bool(owed_by_one(one)) is (name in AUDIENCES[audience]), name
        assert bool(owed_by([one.pk])) is (name in AUDIENCES[audience]), name


def test_who_leaves_owes_nothing_and_who_comes_does(cast):
    row = required_of(cast)
    Post.objects.filter(person=cast.ailsa).update(ends_on=in_days(-1))
    User.objects.filter(pk=cast.tom.pk).update(is_active=False)
    post = Post.objects.get(person=cast.morag)
    Post.objects.create(person=cast.stranger, team=post.team, title="New", starts_on=in_days(0))

    found = standings([row])

    assert names(cast, found) == STAFF - {"ailsa", "tom"} | {"stranger"}
    (new,) = [one for one in found if one.person_id == cast.stranger.pk]
    assert (new.state, new.due) == (DUE, in_days(30))


def test_two_posts_are_one_person_who_owes_once(cast):
    post = Post.objects.get(person=cast.ailsa)
    Post.objects.create(person=cast.ailsa, team=post.team, title="Second", starts_on=in_days(-3))
    row = required_of(cast, due=-1)

    (mine,) = [one for one in standings([row]) if one.person_id == cast.ailsa.pk]

    assert mine.state == OVERDUE  # since the first of the two


def test_what_cannot_be_done_is_asked_of_nobody(cast):
    module = make_module()
    required_of(cast, module=module)
    session = session_of(cast)
    required_of(cast, session=session, due=90)
    assert len(owed_by_one(cast.ailsa)) == 2

    module.unpublish()
    session.__class__.objects.filter(pk=session.pk).update(state="cancelled")

    assert owed_by_one(cast.ailsa) == []
    assert owed_by([cast.ailsa.pk]) == {}


# --- What counts -----------------------------------------------------------------------------------------------------


def test_a_completion_counts_when_it_lies_in_the_round(cast):
    module = make_module()
    required_of(cast, module=module, due=30, repeat_months=6)
    required_of(cast, module=module, due=40)  # once
    earned = completed(module, cast.ailsa, days_ago=200)

    assert [one.state for one in owed_by_one(cast.ailsa)] == [DUE, DONE]
    publish(module, title="Newly written")
    assert owed_by_one(cast.ailsa)[1].done_on == earned.at.date()  # nothing is wiped


def test_what_is_required_again_can_be_done_again_long_before_its_certificate_lapses(cast):
    module, ailsa = make_module(), cast.fresh("ailsa")
    finish_all_units(module, ailsa)
    Completion.objects.update(at=timezone.now() - datetime.timedelta(days=200))
    (early,) = renewals_of(ailsa, module)
    assert not early.is_open
    row = required_of(cast, module=module, due=30, repeat_months=6)

    (now,) = renewals_of(ailsa, module)
    assert now.is_open
    assert now.opens_on == rounds(row, in_days(0))[1].opens
    start = renew(module, by=ailsa)
    for unit in units_of(module):
        finish_unit(start, unit, by=ailsa)

    assert [one.state for one in owed_by_one(ailsa)] == [DONE]
    assert Completion.objects.count() == 2
    assert Certificate.objects.latest("pk").expires_on == add_months(in_days(0), 36)  # nobody gains by being early


MARKS = [None, *Presence]


@pytest.mark.parametrize("rule", AttendanceRule)
def test_attending_the_session_counts_by_its_own_rule(cast, rule):
    """Every pair of marks on two dates, in SQL as in the words of the rule."""
    session = session_of(cast, places=40, attendance_rule=rule)
    first = session.dates.get()
    later = datetime.timedelta(days=7)
    second = SessionDate.objects.create(
        session=session, starts_at=first.starts_at + later, ends_at=first.ends_at + later
    )
    came, whole = {Presence.FULL, Presence.PART}, {Presence.FULL}
    expected, pairs = {}, list(itertools.product(MARKS, MARKS))
    users = User.objects.bulk_create(User(email=f"m{n}@example.org", name=f"M {n}") for n in range(len(pairs)))
    for user, pair in zip(users, pairs, strict=True):
        place = ask(session, user)
        marks = [(date, mark) for date, mark in zip((first, second), pair, strict=True) if mark]
        Attendance.objects.bulk_create(
            Attendance(place=place, date=date, presence=mark, marked_by=cast.priya) for date, mark in marks
        )
        expected[place.pk] = {
            AttendanceRule.WHOLE: all(mark in whole for mark in pair),
            AttendanceRule.EVERY_DATE: all(mark in came for mark in pair),
            AttendanceRule.ANY_DATE: any(mark in came for mark in pair),
        }[rule]

    found = set(Place.objects.attended().values_list("pk", flat=True))

    assert found == {pk for pk, attended in expected.items() if attended}


def test_a_required_session_is_done_by_whoever_came(cast):
    session = session_of(cast, places=5)
    row = required_of(cast, session=session, due=90)
    for name, presence in (("ailsa", Presence.FULL), ("morag", Presence.NO_SHOW)):
        place = ask(session, cast.people[name])
        Attendance.objects.create(place=place, date=session.dates.get(), presence=presence, marked_by=cast.priya)

    by_name = {one.person_id: one.state for one in standings([row])}

    assert by_name[cast.ailsa.pk] == DONE
    assert by_name[cast.morag.pk] == DUE
    assert by_name[cast.fergus.pk] == DUE


def test_a_session_that_is_over_is_owed_by_nobody(cast, client_for):
    session = session_of(cast, places=5)
    row = required_of(cast, session=session, due=-3)
    came = ask(session, cast.ailsa)
    Attendance.objects.create(place=came, date=session.dates.get(), presence=Presence.FULL, marked_by=cast.priya)
    assert [one.state for one in owed_by_one(cast.morag)] == [OVERDUE]
    SessionDate.objects.update(starts_at=timezone.now() - TWO_DAYS, ends_at=timezone.now() - TWO_DAYS / 2)

    by_name = {one.person_id: one for one in standings([row])}

    assert (by_name[cast.ailsa.pk].state, by_name[cast.morag.pk].state) == (DONE, OVER)
    assert said_of(by_name[cast.morag.pk]) == ("The session is over", "plain")
    assert summary_of([by_name[cast.morag.pk]]) == ("Required learning: nothing to do now", "plain")
    assert todo_for(person(cast.morag)) == []
    shown = client_for(cast.priya).get(f"/manage/required/{row.pk}/?show=over").content.decode()
    assert "Morag Sinclair" in shown
    assert "Let off" not in shown


# --- Setting, ending, letting off ------------------------------------------------------------------------------------


def test_ending_it_asks_nobody_and_takes_nothing_away(cast):
    module = make_module()
    row = required_of(cast, module=module)
    earned = completed(module, cast.ailsa)

    assert end_required(row, by=cast.priya) is True
    assert end_required(row, by=cast.priya) is False

    assert owed_by_one(cast.ailsa) == []
    earned.refresh_from_db()
    assert AuditEvent.objects.filter(move="end", actor_id=cast.priya.pk).count() == 1


def test_an_exception_is_kept_with_its_reason_and_can_end(cast):
    row = required_of(cast, due=-40)
    make_exception(row, cast.ailsa, reason="First reason", until=in_days(3), by=cast.priya)
    exception = make_exception(row, cast.ailsa, reason="On loan to the council", until=None, by=cast.priya)

    (mine,) = owed_by_one(cast.ailsa)
    assert (mine.state, mine.exception.reason) == (EXCEPTED, "On loan to the council")
    assert AuditEvent.objects.filter(move="except", subject_id=cast.ailsa.pk).count() == 2

    end_exception(exception, by=cast.priya)
    (mine,) = owed_by_one(cast.ailsa)
    assert (mine.state, mine.due) == (DUE, in_days(30))


@pytest.mark.parametrize("name", sorted(STAFF - {"priya"} | {"rhona", "stranger"}))
def test_nobody_else_sets_ends_or_lets_off(cast, name):
    row = required_of(cast)
    user = cast.fresh(name)

    for act in (
        lambda: set_required(row, by=user),
        lambda: end_required(row, by=user),
        lambda: make_exception(row, user, reason="x", until=None, by=user),
    ):
        with pytest.raises(NotYours):
            act()


# --- My work ---------------------------------------------------------------------------------------------------------


def test_staff_read_what_is_due_and_what_is_late(cast):
    required_of(cast, due=20)
    required_of(cast, due=-3, module=make_module("late"))

    late, due = todo_for(person(cast.ailsa))

    assert (late.title, late.due, late.status, late.kind) == ("Complete “Late”", in_days(-3), "", "duty")
    assert due.hint == "Required of everybody on the staff: We ring before we decide."
    assert due.url == "/learning/early/"


@pytest.mark.parametrize("due", [20, -20])
def test_a_partner_is_asked_and_never_told_off(cast, client_for, due):
    required_of(cast, Audience.PARTNERSHIP, due=due, partnership=varrach(cast))
    User.objects.update(date_joined="2024-01-01T00:00Z")

    (task,) = todo_for(person(cast.rhona))
    shown = client_for(cast.rhona).get("/my-work/").content.decode()

    assert task.title == "“Early”: would you take part?"
    assert task.hint == "Asked of Varrach: We ring before we decide."
    assert "Asked for by" in shown if due > 0 else "Still welcome" in shown
    for word in ("overdue", "Overdue", "Was due", "Required", "required", "It is late", "tag--bad"):
        assert word not in shown
    # Donald leads it from the staff side, and owes it
    assert ("Was due" in client_for(cast.donald).get("/my-work/").content.decode()) is (due < 0)


def test_what_comes_round_again_is_shown_some_weeks_ahead(cast):
    module = make_module()
    required_of(cast, module=module, due=-1, repeat_months=12)
    completed(module, cast.ailsa, days_ago=20)
    (one,) = owed_by_one(cast.ailsa)
    assert one.state == DUE

    assert todo_for(person(cast.ailsa)) == []
    set_policy("required_shown_days", 400)
    (task,) = todo_for(person(cast.ailsa))
    assert task.due == one.due


def test_who_is_let_off_has_nothing_to_do(cast):
    row = required_of(cast)
    make_exception(row, cast.ailsa, reason="On loan", until=None, by=cast.priya)

    assert todo_for(person(cast.ailsa)) == []
