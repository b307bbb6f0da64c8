"""How the reviews of a cycle begin: whose, with what, in a task that may stop half-way, with one mail a manager."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from appraisal import opening, tasks
from appraisal.enums import Part, ReviewState
from appraisal.models import AppraisalReview, ExpectedBehaviour, Reminder, ReviewPart
from partnerships.models import BehaviourText
from people import audit
from people.models import JobFamily, OutgoingMail, Post, Team, User
from people.transitions import SYSTEM, move, person
from tests.factories.appraisal import mails
from tests.factories.reviews import days, draft_cycle

pytestmark = pytest.mark.django_db


def planned(cast, *others):
    """An open cycle whose task has not run yet: Ailsa's post, and one more for each of the others."""
    cycle = draft_cycle(cast)
    for name in others:
        give_post(cast, name)
    return move(cycle, "open", by=person(cast.fresh("tom")))


def family() -> JobFamily:
    return JobFamily.objects.get(code="catchment-officer")


def give_post(cast, name, *, manager="morag", **values) -> Post:
    """Another current post, in a role that has a profile."""
    return Post.objects.create(
        person=cast.people[name],
        team=Team.objects.get(name="Varrach catchment"),
        job_family=family(),
        line_manager=cast.people[manager],
        **{"title": "Project officer", "starts_on": days(-10), **values},
    )


# ---- whose ------------------------------------------------------------------------------------------------------


def test_a_review_is_written_for_each_post_and_as_things_stood(cast):
    review = AppraisalReview.objects.get(cycle=planned(cast))

    assert (review.job_holder, review.manager, review.second_manager) == (cast.ailsa, cast.morag, cast.fergus)
    assert (review.job_title, review.team_name, review.number) == ("Catchment officer", "Varrach catchment", 1)
    Post.objects.filter(person=cast.ailsa).update(title="Another title")
    review.refresh_from_db()
    assert review.job_title == "Catchment officer"


@pytest.mark.parametrize(
    ("change", "people"),
    [
        ({}, {"ailsa", "priya"}),
        ({"ends_on": days(-1)}, {"ailsa"}),
        ({"ends_on": days(0)}, {"ailsa", "priya"}),
        ({"starts_on": days(1)}, {"ailsa"}),
    ],
)
def test_the_posts_of_today_are_in(cast, change, people):
    cycle = draft_cycle(cast)
    give_post(cast, "priya", **change)

    assert {post.person for post in opening.select_posts(cycle).posts} == {cast.people[name] for name in people}


def test_people_of_other_teams_with_a_closed_account_or_left_out_are_not_in(cast):
    cycle = draft_cycle(cast)
    Post.objects.filter(pk=give_post(cast, "priya").pk).update(team=Team.objects.create(name="Another team"))
    give_post(cast, "senga")
    User.objects.filter(pk=cast.senga.pk).update(is_active=False)
    cycle.exclusions.create(post=give_post(cast, "donald"), reason="On leave all year")

    assert [post.person for post in opening.select_posts(cycle).posts] == [cast.ailsa]


def test_two_posts_are_two_reviews_in_the_order_they_began(cast):
    give_post(cast, "ailsa", manager="donald", starts_on=days(-5))
    cycle = planned(cast)

    reviews = AppraisalReview.objects.filter(cycle=cycle, job_holder=cast.ailsa).order_by("number")
    assert [(row.number, row.job_title, row.manager) for row in reviews] == [
        (1, "Catchment officer", cast.morag),
        (2, "Project officer", cast.donald),
    ]


def test_the_database_keeps_one_review_a_post_and_one_number_a_person(cast):
    review = AppraisalReview.objects.get(cycle=planned(cast))
    other = give_post(cast, "ailsa")
    values = {
        name: getattr(review, name)
        for name in ("cycle", "job_holder", "job_title", "team_name", "manager", "second_manager")
    }
    for twice in ({"number": 2, "post": review.post}, {"number": 1, "post": other}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AppraisalReview.objects.create(**values, **twice)


def test_a_manager_with_two_posts_has_a_second_manager_who_is_still_there(cast):
    """Morag has a post under Priya and one under Donald; when Priya has left, Donald confirms."""
    cycle, post = draft_cycle(cast), Post.objects.get(person=cast.ailsa)
    give_post(cast, "morag", manager="donald")
    Post.objects.filter(person=cast.morag, line_manager=cast.fergus).update(line_manager=cast.priya)
    assert opening.second_managers(cycle, [post]) == {post.pk: cast.priya.pk}  # the post that was there first

    Post.objects.filter(person=cast.priya).update(ends_on=days(-1))

    assert opening.second_managers(cycle, [post]) == {post.pk: cast.donald.pk}


def test_the_second_manager_is_not_the_person_themselves(cast):
    """Ailsa manages Morag in another post of Morag's: she does not confirm her own review."""
    Post.objects.filter(person=cast.morag).update(line_manager=cast.ailsa)
    cycle = draft_cycle(cast)
    post = Post.objects.get(person=cast.ailsa)
    assert opening.second_managers(cycle, [post]) == {post.pk: None}

    cycle.second_manager = cast.donald
    assert opening.second_managers(cycle, [post]) == {post.pk: cast.donald.pk}


def test_choosing_costs_the_same_for_one_and_for_many(cast):
    cycle = draft_cycle(cast)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            selection = opening.select_posts(cycle)
            [(post.person.name, post.team.name, post.line_manager.name) for post in selection.posts]
        return len(queries)

    one = cost()
    for _n in range(5):
        give_post(cast, "priya")
    assert cost() == one


# ---- with what --------------------------------------------------------------------------------------------------


def test_opening_lays_out_the_role_and_two_empty_parts(cast):
    cycle = planned(cast)
    assert not ReviewPart.objects.exists()

    assert tasks.open_reviews.func(cycle.pk) == 1

    review = AppraisalReview.objects.get(cycle=cycle)
    assert review.state == ReviewState.SELF_REVIEW
    expected = review.behaviours.values_list("number", "text__behaviour__code", "level")
    assert list(expected) == [(1, "PB1", 2), (2, "PB4", 2), (3, "PB5", 2), (4, "PB6", 2), (5, "PB7", 1)]
    assert [(part.part, part.author, part.ratings.count()) for part in review.parts.all()] == [
        (Part.SELF, cast.ailsa, 5),
        (Part.MANAGER, cast.morag, 5),
    ]
    assert not any(row.is_answered for part in review.parts.all() for row in part.ratings.all())


def test_the_database_keeps_five_behaviours(cast):
    cycle = planned(cast)
    tasks.open_reviews.func(cycle.pk)
    review = AppraisalReview.objects.get(cycle=cycle)
    sixth = BehaviourText.objects.filter(version=cycle.framework_version).exclude(
        pk__in=review.behaviours.values("text_id")
    )[0]

    with pytest.raises(IntegrityError), transaction.atomic():
        ExpectedBehaviour.objects.create(review=review, text=sixth, level=2, number=6)


# ---- the task ---------------------------------------------------------------------------------------------------


def test_the_task_is_ordered_when_the_cycle_is_committed(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        cycle = planned(cast)
        assert opening.opened_share(cycle) == (0, 1)

    assert opening.opened_share(cycle) == (1, 1)


def test_each_person_and_each_manager_is_told_once_however_often_it_runs(cast):
    cycle = planned(cast, "ailsa", "priya", "senga")

    for _n in range(3):
        tasks.open_reviews.func(cycle.pk)

    told = [row for row in mails() if row[0].startswith("reviews/")]
    assert sorted(told) == [
        ("reviews/opened", "coordinator@example.org"),
        ("reviews/opened", "editor@example.org"),
        ("reviews/opened", "staff@example.org"),
        ("reviews/opened", "staff@example.org"),  # two posts, two reviews
        ("reviews/opened_manager", "manager@example.org"),
    ]
    assert Reminder.objects.filter(kind="opened").count() == 1
    reviews = AppraisalReview.objects.filter(cycle=cycle)
    assert [audit.events_of(review).count() for review in reviews] == [1, 1, 1, 1]
    assert ReviewPart.objects.count() == 8


def test_what_stops_half_way_is_finished_by_the_next_tick(cast, monkeypatch):
    cycle = planned(cast, "priya", "senga", "donald")
    begin, begun = opening.begin, []

    def stops_at_the_third(review):
        if len(begun) == 2:
            raise MemoryError
        begun.append(review.pk)
        begin(review)

    monkeypatch.setattr(opening, "begin", stops_at_the_third)
    with pytest.raises(MemoryError):
        tasks.open_reviews.func(cycle.pk)
    assert opening.opened_share(cycle) == (2, 4)
    monkeypatch.setattr(opening, "begin", begin)

    assert tasks.open_waiting() == 2

    assert opening.opened_share(cycle) == (4, 4)
    assert ReviewPart.objects.count() == 8
    assert [template for template, _to in mails()].count("reviews/opened") == 4
    assert tasks.open_waiting() == 0


def test_a_void_review_is_not_opened_by_the_task(cast):
    cycle = planned(cast)
    review = AppraisalReview.objects.get(cycle=cycle)
    move(review, "void", by=person(cast.fresh("tom")), data={"reason": "She left yesterday"})

    assert tasks.open_reviews.func(cycle.pk) == 0
    review.refresh_from_db()
    assert review.state == ReviewState.VOID


def test_a_draft_opens_nothing(cast):
    cycle = draft_cycle(cast)

    assert tasks.open_reviews.func(cycle.pk) == 0
    assert not AppraisalReview.objects.exists()


def test_the_mail_to_a_manager_counts_people_and_not_posts(cast):
    tasks.open_reviews.func(planned(cast, "ailsa", "priya").pk)

    (mail,) = OutgoingMail.objects.filter(template="reviews/opened_manager")
    assert "The reviews of 2 of your people are open." in mail.text


def test_who_left_between_deciding_and_opening_has_a_review_all_the_same(cast):
    """What was decided is opened; an administrator declares it void."""
    cycle = planned(cast)
    Post.objects.filter(person=cast.ailsa).update(
        ends_on=datetime.date(2020, 1, 1), starts_on=datetime.date(2019, 1, 1)
    )

    assert tasks.open_reviews.func(cycle.pk) == 1
    assert AppraisalReview.objects.get(cycle=cycle).state == ReviewState.SELF_REVIEW


def test_a_second_opening_by_the_system_writes_nothing(cast):
    cycle = planned(cast)
    tasks.open_reviews.func(cycle.pk)
    review = AppraisalReview.objects.get(cycle=cycle)

    assert move(review, "open", by=SYSTEM).version == review.version
    assert ReviewPart.objects.count() == 2
