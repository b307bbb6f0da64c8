"""The large body for measuring: its rows look as if they had gone through the moves, and it is loaded only where asked.

On sixty people; the times at twenty thousand are measured by hand.
"""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.models import Count
from django.test import override_settings

from appraisal import ground, records
from appraisal.enums import AFTER_SHARING
from appraisal.models import AppraisalCycle, AppraisalReview, ReviewRecord
from cms.cast import PASSWORD
from cms.scale.people import DOMAIN
from people.models import Post, Team, User
from training.afterwards.attendance import has_attended, with_presences
from training.models import (
    Certificate,
    Completion,
    JointSession,
    ModuleStart,
    Place,
    SessionInvitation,
    UnitFinish,
)

PEOPLE = 60
NAMES = ["Lachlan Begg", "Sheena Orr", "Col Tulloch"]


@pytest.fixture(scope="module")
def body(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(DEMO=True):
            call_command("load_scale", people=PEOPLE, modules=0, verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def scale(body, db):
    """What a test changes is taken back after it."""


def reviews():
    return AppraisalReview.objects.filter(job_holder__email__endswith=f"@{DOMAIN}")


def test_everybody_is_managed_and_no_team_is_large(scale):
    posts = Post.objects.filter(person__email__endswith=f"@{DOMAIN}")

    assert posts.exclude(line_manager=None).count() == PEOPLE
    assert max(Team.objects.annotate(size=Count("posts")).values_list("size", flat=True)) <= 8
    assert User.objects.get(email=f"p000000@{DOMAIN}").check_password(PASSWORD)


def test_the_same_people_in_every_run(scale):
    names = User.objects.filter(email__endswith=f"@{DOMAIN}").order_by("email").values_list("name", flat=True)

    assert list(names[:3]) == NAMES


def test_learning_is_in_proportion(scale):
    completions = Completion.objects.filter(start__person__email__endswith=f"@{DOMAIN}")

    assert ModuleStart.objects.filter(person__email__endswith=f"@{DOMAIN}").count() == PEOPLE * 7
    held = Certificate.objects.filter(holder__email__endswith=f"@{DOMAIN}")
    assert completions.count() == held.filter(place=None).count()
    assert UnitFinish.objects.filter(start__completion__in=completions).count() == completions.count() * 4


def test_reviews_stand_at_every_stage(scale):
    this, last = AppraisalCycle.objects.filter(name__startswith="The whole body").order_by("-starts_on")

    assert set(this.reviews.values_list("state", flat=True)) == {
        "self_review",
        "manager_review",
        "shared",
        "answered",
        "closed",
    }
    assert set(last.reviews.values_list("state", flat=True)) == {"closed"}
    assert not last.is_open


def test_every_level_that_was_shared_has_its_ground(scale):
    rules = (
        ground.why_not_answered,
        ground.why_no_example,
        ground.why_no_words,
        ground.why_below_rests_on_too_little,
        ground.why_concern_is_a_surprise,
    )
    shared = reviews().filter(state__in=AFTER_SHARING)

    assert [rule(review.manager_part) for review in shared[:30] for rule in rules] == [None] * 150


def test_records_are_what_closing_would_have_written(scale):
    found = ReviewRecord.objects.filter(review__in=reviews()).select_related("review")

    assert found.count() == reviews().filter(state="closed").count()
    assert all(record.hash_holds for record in found)
    for record in found[:10]:
        written, real = record.data, records.content_of(record.review)
        assert {name: written[name] for name in real if name != "closed_at"} == {
            name: value for name, value in real.items() if name != "closed_at"
        }


def test_sessions_are_in_proportion_and_no_place_is_sold_twice(scale):
    sessions = JointSession.objects.filter(venue__name__contains=" hall ")
    places = Place.objects.filter(session__in=sessions)

    assert sessions.count() == PEOPLE // 8
    assert places.count() == sessions.count() * 24 == SessionInvitation.objects.filter(session__in=sessions).count()
    for session in sessions:
        booked = session.places.booked()
        assert sorted(booked.values_list("seat_number", flat=True)) == list(range(1, booked.count() + 1))


def test_whoever_attended_with_an_account_holds_a_certificate_and_nobody_else(scale):
    past = JointSession.objects.past().filter(venue__name__contains=" hall ")
    places = with_presences(Place.objects.filter(session__in=past, person__isnull=False).booked())

    attended = {place.pk for place in places if has_attended(place)}
    assert attended
    assert set(Certificate.objects.filter(place__session__in=past).values_list("place_id", flat=True)) == attended


def test_keys_go_on_after_those_that_were_given(scale):
    before = User.objects.order_by("-pk").first()

    assert User.objects.create_user("new@example.org").pk > before.pk  # a key that was given would be refused


def test_constraints_hold(scale):
    connection.check_constraints()


def test_it_is_not_loaded_twice(scale):
    with override_settings(DEMO=True), pytest.raises(CommandError, match="here already"):
        call_command("load_scale", people=1, verbosity=0)


def test_it_is_refused_where_there_are_other_people(db):
    User.objects.create_user("somebody@example.com")

    with override_settings(DEMO=True), pytest.raises(CommandError, match="other people"):
        call_command("load_scale", people=1, verbosity=0)


def test_it_is_refused_where_there_is_no_demo(db):
    with pytest.raises(CommandError, match="only where DEMO is on"):
        call_command("load_scale", people=1, verbosity=0)
