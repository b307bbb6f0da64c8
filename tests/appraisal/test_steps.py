"""Next steps: who owes them, which of them open the next review, who says that one is done."""

from contextlib import suppress

import pytest
from django.urls import reverse

from appraisal.enums import ReviewState
from appraisal.models import AppraisalReview, NextStep, ReviewRecord
from appraisal.steps import agreed_steps, mark_step, owed_steps, steps_of_last_review
from people.lib.dates import today
from people.models import AuditEvent, ManagerCover, Post
from people.transitions import NotVisible, NotYours
from tests.factories.reviews import days, next_step, open_cycle, review_in, review_of


@pytest.fixture
def closed(cast) -> AppraisalReview:
    return review_in(cast, ReviewState.CLOSED)


def test_a_step_is_owed_by_its_owner_until_it_is_done(cast, closed):
    own, managers = next_step(cast, closed), next_step(cast, closed, owner=cast.morag, number=2)

    assert list(owed_steps(cast.fresh("ailsa"))) == [own]
    assert list(owed_steps(cast.fresh("morag"))) == [managers]

    mark_step(own, done=True, by=cast.fresh("ailsa"))
    assert list(owed_steps(cast.fresh("ailsa"))) == []


@pytest.mark.parametrize("state", [ReviewState.SHARED, ReviewState.ANSWERED, ReviewState.VOID])
def test_nothing_is_owed_from_a_review_that_is_not_closed(cast, state):
    step = next_step(cast, review_in(cast, state))

    assert list(owed_steps(cast.fresh("ailsa"))) == []
    with pytest.raises(NotVisible):
        mark_step(step, done=True, by=cast.fresh("morag"))


@pytest.mark.parametrize("who", ["ailsa", "morag", "donald"])
def test_the_owner_the_manager_and_the_cover_say_that_it_is_done(cast, closed, who):
    ManagerCover.objects.create(manager=cast.morag, cover=cast.donald, starts_on=days(0), ends_on=days(0))
    step = next_step(cast, closed)

    assert mark_step(step, done=True, by=cast.fresh(who)).done_on == today()
    event = AuditEvent.objects.get(record_type="appraisal.nextstep")
    assert (event.move, event.actor_id, event.subject_id) == ("done", cast.people[who].pk, cast.ailsa.pk)


def test_the_person_does_not_tick_off_what_the_manager_owes(cast, closed):
    step = next_step(cast, closed, owner=cast.morag)

    with pytest.raises(NotYours):
        mark_step(step, done=True, by=cast.fresh("ailsa"))


def test_nobody_else_finds_it(cast, closed):
    step = next_step(cast, closed)
    found_by = []

    for who in ("fergus", "tom", "rhona", "stranger", "donald"):
        with suppress(NotVisible):
            mark_step(step, done=True, by=cast.fresh(who))
            found_by.append(who)

    assert found_by == []


def test_saying_it_twice_is_one_act_and_it_can_be_taken_back(cast, closed):
    step = next_step(cast, closed)

    for done in (True, True, False, False):
        mark_step(step, done=done, by=cast.fresh("ailsa"))

    assert NextStep.objects.get().done_on is None
    moves = AuditEvent.objects.filter(record_type="appraisal.nextstep").order_by("pk").values_list("move", flat=True)
    assert list(moves) == ["done", "not_done"]


def test_the_signed_record_stays_as_it_was(cast, closed):
    step = next_step(cast, closed)
    before = ReviewRecord.objects.get().content

    mark_step(step, done=True, by=cast.fresh("ailsa"))

    assert ReviewRecord.objects.get().content == before


def test_the_last_review_opens_the_next(cast):
    older = review_in(cast, ReviewState.CLOSED, name="Reviews 2024", starts_on=days(-900), ends_on=days(10))
    newer = review_in(cast, ReviewState.CLOSED, name="Reviews 2025", starts_on=days(-600), ends_on=days(10))
    next_step(cast, older)
    steps = [next_step(cast, newer, number=number) for number in (1, 2)]

    review = review_of(cast, open_cycle(cast))

    assert steps_of_last_review(review, viewer=cast.fresh("morag")) == steps
    assert steps_of_last_review(older, viewer=cast.fresh("morag")) == []
    assert agreed_steps([review.post_id], viewer=cast.fresh("morag")) == {review.post_id: steps}


def test_a_post_without_a_closed_review_has_no_agreed_steps(cast):
    review = review_in(cast, ReviewState.SHARED)
    next_step(cast, review)

    assert agreed_steps([review.post_id], viewer=cast.fresh("morag")) == {}
    assert steps_of_last_review(review, viewer=cast.fresh("morag")) == []


def test_a_former_manager_owes_and_sees_nothing_any_more(cast, closed):
    next_step(cast, closed, owner=cast.morag)
    Post.objects.filter(person=cast.ailsa).update(line_manager=cast.donald)

    assert list(owed_steps(cast.fresh("morag"))) == []


def test_the_page_says_what_is_left_and_what_is_done(cast, client_for, closed):
    late, later = next_step(cast, closed, due=-3), next_step(cast, closed, number=2, due=9, what="Ask <i>Rhona</i>")
    client = client_for(cast.ailsa)

    page = client.get(reverse("reviews:steps"))
    assert list(page.context["page"]) == [late, later]
    assert "Ask &lt;i&gt;Rhona&lt;/i&gt;" in page.text

    response = client.post(reverse("reviews:step-mark", args=[late.pk]), {"done": "yes"}, follow=True)
    assert list(response.context["page"]) == [later]
    assert list(response.context["done"]) == [late]
    assert "That next step is done." in response.text


def test_a_manager_goes_back_to_the_person(cast, client_for, closed):
    step = next_step(cast, closed)

    response = client_for(cast.morag).post(
        reverse("reviews:step-mark", args=[step.pk]), {"done": "yes", "from": "team"}
    )

    assert response.headers["Location"] == reverse("team:person", args=[closed.post_id])


def test_without_steps_the_page_says_what_would_stand_there(cast, client_for):
    assert "Nothing left to do" in client_for(cast.rhona).get(reverse("reviews:steps")).text
