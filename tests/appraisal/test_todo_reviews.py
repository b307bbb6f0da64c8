"""My work: what reviews, notes and next steps put on it, for whom, by when, and what they never say."""

import pytest

from appraisal.enums import Part, ReviewState
from appraisal.models import AppraisalCycle, AppraisalReview
from appraisal.ratings import save_rating
from appraisal.responding import answer_due_on
from appraisal.todo.reviews import todo_for
from people.lib.dates import today
from people.models import ManagerCover, Post
from people.transitions import move, person
from tests.factories import many_reviews
from tests.factories.partnerships import published_framework
from tests.factories.reviews import (
    answer_all,
    days,
    draft_cycle,
    ground,
    next_step,
    note_seen,
    review_in,
    review_of,
)


def lines(cast, who: str) -> list[tuple]:
    """(kind, title, due) of every line, in order."""
    return [(task.kind, str(task.title), task.due) for task in todo_for(person(cast.fresh(who)))]


def task_of(cast, who: str, words: str):
    return next(task for task in todo_for(person(cast.fresh(who))) if words in str(task.title))


def test_the_self_assessment_is_due_and_says_how_far_it_is(cast):
    review = review_of(cast)
    assert lines(cast, "ailsa") == [("duty", "Do your self-assessment", days(10))]

    first = review.behaviours.first()
    save_rating(first, Part.SELF, {"mark": first.level}, by=person(cast.fresh("ailsa")))
    task = task_of(cast, "ailsa", "Go on with your self-assessment")
    assert task.hint == "Reviews 2026: 1 of 5 answered. Only you can see it until you send it."
    assert task.url == f"/reviews/{review.pk}/go-on/"

    ground(cast)
    answer_all(review, Part.SELF, cast.fresh("ailsa"))
    assert task_of(cast, "ailsa", "Check and send").url == f"/reviews/{review.pk}/check/"


def test_what_the_person_sees_after_sending(cast):
    review = review_in(cast, ReviewState.MANAGER_REVIEW)
    assert lines(cast, "ailsa") == [("waiting", "Morag Sinclair is writing your review", None)]

    answer_all(review, Part.MANAGER, cast.fresh("morag"))
    review = move(review, "share", by=person(cast.fresh("morag")))
    assert lines(cast, "ailsa") == [("duty", "Read and answer your review", answer_due_on(review))]

    review = move(review, "talk_held", by=person(cast.fresh("morag")), data={"talk_on": today()})
    assert [title for _kind, title, _due in lines(cast, "ailsa")] == [
        "Read and answer your review",
        "Say whether you have talked",
    ]
    review = move(review, "talk_held", by=person(cast.fresh("ailsa")), data={"talk_on": today()})
    assert len(lines(cast, "ailsa")) == 1

    review = move(review, "answer", by=person(cast.fresh("ailsa")), data={"answer": "agree", "words": ""})
    assert lines(cast, "ailsa") == [("waiting", "Fergus Reid confirms that your review was fair", None)]

    move(review, "confirm_fair", by=person(cast.fresh("fergus")))
    assert lines(cast, "ailsa") == []


def test_two_posts_are_named(cast):
    year, post = many_reviews.cycle(cast), Post.objects.get(person=cast.ailsa)
    second = Post.objects.create(
        person=cast.ailsa, team=post.team, line_manager=cast.morag, title="Tuesdays", starts_on=days(-3)
    )
    many_reviews.reviews(cast, [post], year, ReviewState.SELF_REVIEW)
    rows = AppraisalReview.objects.all()
    rows.update(number=2)
    many_reviews.reviews(cast, [second], year, ReviewState.SELF_REVIEW)

    hints = [task.hint for task in todo_for(person(cast.fresh("ailsa")))]
    assert sorted(hint.split(":")[0] for hint in hints) == ["Reviews 2026, Catchment officer", "Reviews 2026, Tuesdays"]


def test_a_manager_has_one_line_a_year(cast):
    year, posts = many_reviews.cycle(cast), many_reviews.team(cast, 5)
    many_reviews.reviews(cast, posts[:2], year, ReviewState.MANAGER_REVIEW)
    many_reviews.reviews(cast, posts[2:3], year, ReviewState.SELF_REVIEW)
    many_reviews.reviews(cast, posts[3:4], year, ReviewState.SHARED)
    many_reviews.reviews(cast, posts[4:], year, ReviewState.CLOSED)

    assert lines(cast, "morag") == [("duty", "Reviews of your team: 2 of 5 shared", year.share_due_on)]
    assert task_of(cast, "morag", "your team").hint == "Reviews 2026. 3 wait for you."


def test_a_manager_nobody_waits_for_only_waits(cast):
    review_of(cast)
    assert lines(cast, "morag") == [("waiting", "Reviews of your team: 0 of 1 shared", None)]
    assert task_of(cast, "morag", "your team").hint == "Reviews 2026. Nobody waits for you."

    AppraisalCycle.objects.update(self_due_on=days(-1))
    assert lines(cast, "morag") == [("duty", "Reviews of your team: 0 of 1 shared", days(30))]


def test_once_all_are_shared_the_talk_is_left_and_in_the_end_nothing(cast):
    review = review_in(cast, ReviewState.SHARED)
    assert lines(cast, "morag") == [("duty", "Reviews of your team: 1 of 1 shared", days(50))]

    move(review, "answer", by=person(cast.fresh("ailsa")), data={"answer": "agree", "words": ""})
    assert [kind for kind, _title, _due in lines(cast, "morag")] == ["waiting"]

    move(review, "confirm_fair", by=person(cast.fresh("fergus")))
    assert lines(cast, "morag") == []


def test_a_cover_is_told_for_whom_they_stand_in(cast):
    review_in(cast, ReviewState.MANAGER_REVIEW)
    ManagerCover.objects.create(manager=cast.morag, cover=cast.donald, starts_on=days(0), ends_on=days(0))

    task = task_of(cast, "donald", "Morag Sinclair’s team: 0 of 1 shared")
    assert task.hint == "Reviews 2026. You stand in: you may write, not share. 1 waits for you."


def test_the_second_manager_confirms_one_by_one_and_many_on_their_page(cast):
    review = review_in(cast, ReviewState.ANSWERED)
    assert lines(cast, "fergus") == [("duty", "Confirm that the review of Ailsa Grant was fair", days(50))]
    assert task_of(cast, "fergus", "Confirm").url == f"/reviews/{review.pk}/fair/"

    many_reviews.reviews(cast, many_reviews.team(cast, 3), review.cycle, ReviewState.ANSWERED)
    assert lines(cast, "fergus") == [("duty", "Confirm that 4 reviews were fair", days(50))]


@pytest.mark.parametrize("state", [ReviewState.SELF_REVIEW, ReviewState.MANAGER_REVIEW, ReviewState.SHARED])
def test_the_second_manager_is_left_alone_before(cast, state):
    review_in(cast, state)

    assert lines(cast, "fergus") == []


def test_a_note_is_a_line_without_a_date_and_without_its_words(cast):
    published_framework()
    note_seen(cast)
    assert lines(cast, "ailsa") == [("duty", "Morag Sinclair noted something about your work", None)]
    assert "concern" not in str(task_of(cast, "ailsa", "noted")).lower()

    note_seen(cast)
    assert lines(cast, "ailsa") == [("duty", "2 new notes about your work", None)]


def test_next_steps_come_until_they_are_done(cast):
    closed = review_in(cast, ReviewState.CLOSED)
    next_step(cast, closed, due=-2)
    next_step(cast, closed, owner=cast.morag, number=2, due=5, what="Ask the council")

    assert lines(cast, "ailsa") == [("coming", "Take the call list through the next test", days(-2))]
    hint = task_of(cast, "ailsa", "Take").hint
    assert hint == "Agreed in your review, Reviews 2026. Its day has passed."
    assert task_of(cast, "morag", "Ask the council").hint == "Agreed with Ailsa Grant, Reviews 2026."


def test_many_next_steps_are_shown_in_part(cast):
    many_reviews.managers_steps(cast, 4)

    assert [title for _kind, title, _due in lines(cast, "morag")][-1] == "All your next steps"
    assert len(lines(cast, "morag")) == 6


def test_an_administrator_goes_on_preparing_and_hands_over(cast):
    draft_cycle(cast, name="Reviews 2027")
    review = review_in(cast, ReviewState.MANAGER_REVIEW)
    assert lines(cast, "tom") == [("continue", "Go on preparing “Reviews 2027”", None)]

    Post.objects.filter(person=cast.ailsa).update(line_manager=cast.donald)
    titles = sorted((title for _kind, title, _due in lines(cast, "tom")), reverse=True)
    assert titles == ["Go on preparing “Reviews 2027”", "1 review needs another manager"]
    assert lines(cast, "donald") == []

    data = {"manager": cast.donald, "reason": "New manager"}
    move(review, "reassign_later", by=person(cast.fresh("tom")), data=data)
    assert len(lines(cast, "tom")) == 1


@pytest.mark.parametrize("who", ["rhona", "dougie", "stranger", "priya", "senga"])
def test_nobody_else_hears_of_it(cast, who):
    review_in(cast, ReviewState.SHARED)
    note_seen(cast)

    assert lines(cast, who) == []
