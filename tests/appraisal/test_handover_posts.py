"""A handover follows the person's posts: one review a post, and the same manager goes on in another post."""

import pytest

from appraisal import handover
from appraisal.enums import Part, ReviewState
from appraisal.models import AppraisalReview
from people.lib.dates import today
from people.models import Post
from people.transitions import NeedsNotMet, move, person
from tests.factories.reviews import days, review_in

pytestmark = pytest.mark.django_db


def second_post(cast, manager, **values):
    """Another current post of Ailsa's."""
    first = Post.objects.get(person=cast.ailsa)
    values = {"title": "Flood officer", "starts_on": today(), **values}
    return Post.objects.create(
        person=cast.ailsa, team=first.team, job_family=first.job_family, line_manager=manager, **values
    )


def hand_over(cast, review, manager):
    name = "reassign" if review.state == ReviewState.SELF_REVIEW else "reassign_later"
    return move(review, name, by=person(cast.fresh("tom")), data={"manager": manager, "reason": "A new team"})


def test_a_post_with_a_review_of_its_own_is_not_taken(cast):
    review = review_in(cast, ReviewState.SELF_REVIEW)
    other = second_post(cast, cast.donald)
    AppraisalReview.objects.create(
        cycle=review.cycle,
        job_holder=cast.ailsa,
        number=2,
        post=other,
        job_title="Flood officer",
        team_name="Varrach catchment",
        manager=cast.donald,
        second_manager=cast.fergus,
    )

    assert handover.new_post(review, cast.donald) is None
    with pytest.raises(NeedsNotMet, match="not the line manager of a current post"):
        hand_over(cast, review, cast.donald)


def test_the_posts_own_new_manager_comes_before_other_posts(cast):
    review = review_in(cast, ReviewState.SELF_REVIEW)
    second_post(cast, cast.donald, starts_on=days(-300))
    Post.objects.filter(pk=review.post_id).update(line_manager=cast.donald)

    assert handover.new_post(review, cast.donald).pk == review.post_id


def test_the_same_manager_goes_on_in_another_post_with_their_own_part(cast):
    review = review_in(cast, ReviewState.MANAGER_REVIEW)
    part = review.manager_part
    Post.objects.filter(pk=review.post_id).update(ends_on=days(-1))
    promoted = second_post(cast, cast.morag)

    moved = hand_over(cast, review, cast.morag)

    assert (moved.manager, moved.post, moved.state) == (cast.morag, promoted, "manager_review")
    assert list(moved.parts.filter(part=Part.MANAGER)) == [part]
    assert AppraisalReview.objects.managed_by(cast.fresh("morag")).filter(pk=review.pk).exists()


def test_the_present_manager_of_the_post_is_not_another_one(cast):
    review = review_in(cast, ReviewState.SELF_REVIEW)

    with pytest.raises(NeedsNotMet, match="another line manager than the present one"):
        hand_over(cast, review, cast.morag)
