"""The sessions of the demo: three to come, and a year of past ones on their own days, each once."""

import datetime

import pytest
from django.core.management import call_command
from django.db.models import F
from django.test import override_settings
from django.utils import timezone

from cms.my_work import my_work
from people.lib.dates import is_working_day
from people.models import OutgoingMail, User
from training.afterwards.attendance import has_attended, with_presences
from training.afterwards.feedback import figures_of
from training.afterwards.heard import heard_of
from training.booking.organisations import look_alikes, to_decide
from training.enums import InvitationState, NeedState, PlaceState
from training.models import (
    AccessNeed,
    Attendance,
    Certificate,
    FeedbackLoopItem,
    JointSession,
    Place,
    SessionDate,
    SessionFeedback,
    SessionInvitation,
    SessionPaper,
    Venue,
)
from training.planning.venues import known_of

COUNTED = (
    *(AccessNeed, Attendance, Certificate, FeedbackLoopItem, JointSession, OutgoingMail),
    *(Place, SessionFeedback, SessionInvitation, SessionPaper, Venue),
)


@pytest.fixture
def demo(loaded_demo, db):
    """Everyone by the first part of their address."""
    return {user.email.split("@")[0]: user for user in User.objects.all()}


def place_of(user, title) -> Place:
    return Place.objects.get(person=user, session__title=title)


def test_loading_again_doubles_nothing(demo):
    before = {model.__name__: model.objects.count() for model in COUNTED}

    with override_settings(DEMO=True):
        call_command("load_demo", verbosity=0)

    assert {model.__name__: model.objects.count() for model in COUNTED} == before
    assert all(before.values())


def test_three_sessions_are_to_come_and_five_were_held_within_a_year(demo):
    past = JointSession.objects.past()

    assert (JointSession.objects.coming().count(), past.count()) == (3, 5)
    assert all(row.first_start > timezone.now() - datetime.timedelta(days=366) for row in past)
    assert all(session.attendance_confirmed_on for session in past)


def test_rhona_has_a_place_and_dougie_is_offered_one(demo):
    offered = place_of(demo["union"], "A day on site: visit and joint review")

    assert place_of(demo["partner"], "Starting early together").state == PlaceState.BOOKED
    assert offered.state == PlaceState.OFFERED
    assert offered.offered_until > timezone.now()
    assert "A place is free for you: A day on site: visit and joint review" in [
        task.title for task in my_work(demo["union"]).duties
    ]


def test_priya_has_a_proposal_to_answer_and_names_to_decide(demo):
    duties = {task.title: task for task in my_work(demo["coordinator"]).duties}

    proposed = duties["Answer what Rhona MacBain proposes"]
    assert timezone.localdate() < proposed.due
    assert "Carers Voice Varrach" in [row["words"] for row in to_decide()]
    assert "Varrach Carers' Voice" in [row.name for row in look_alikes("Carers Voice Varrach")]


def test_rhona_booked_for_a_colleague_whom_she_names_later(demo):
    colleague = place_of(demo["partner"], "Starting early together").colleagues.get()

    assert (colleague.state, colleague.is_unnamed) == (PlaceState.BOOKED, True)


def test_every_session_is_on_a_working_day(demo):
    days = [timezone.localdate(moment) for moment in SessionDate.objects.values_list("starts_at", flat=True)]

    assert [day for day in days if not is_working_day(day)] == []


def test_what_is_open_is_decided_by_the_day_of_the_session(demo):
    sessions = JointSession.objects.prefetch_related("dates")

    assert all(session.decided_on <= timezone.localdate(session.starts_at) for session in sessions)


def test_nothing_of_the_past_was_made_today(demo):
    """Every row bears the day on which it would have happened."""
    past = JointSession.objects.past()
    over = SessionInvitation.objects.filter(session__in=past)

    assert not over.filter(state_since__date=timezone.localdate()).exists()
    assert not Place.objects.filter(session__in=past, asked_at__gt=F("session__dates__starts_at")).exclude(
        is_walk_in=True
    )
    for session in past:
        days = (session.starts_at - datetime.timedelta(days=29)).date()
        assert session.published_on < days


def test_whoever_attended_with_an_account_holds_a_certificate_where_one_is_given(demo):
    places = with_presences(Place.objects.filter(session__in=JointSession.objects.past(), person__isnull=False))

    due = {row.pk for row in places.select_related("session") if row.session.gives_certificate and has_attended(row)}
    assert due == set(Certificate.objects.exclude(place=None).values_list("place_id", flat=True))
    assert len(due) == 10


def test_what_was_heard_is_answered_but_for_the_newest_session(demo):
    newest, *earlier = JointSession.objects.past()

    assert [bool(heard_of(session).items) for session in earlier] == [True] * 4
    assert heard_of(newest).given_on is None
    assert all(figures_of(session.feedback_round).groups for session in earlier)


def test_needs_are_answered_but_one_that_waits_for_priya(demo):
    assert list(AccessNeed.objects.open().values_list("words", flat=True)) == ["Papers in large print"]
    assert AccessNeed.objects.exclude(state=NeedState.ASKED).count() == 8
    assert SessionInvitation.objects.filter(state=InvitationState.DECLINED).count() == 7


def test_the_venues_are_known_well_enough_and_one_fact_is_still_to_come(demo):
    venues = {venue.name: known_of(venue) for venue in Venue.objects.all()}

    assert {name: known.missing for name, known in venues.items()} == {
        "Skerrafin village hall": [],
        "Varrach day centre": [],
    }
    assert Venue.objects.filter(facts__known_by__gt=timezone.localdate()).count() == 1
