"""What is said to a shared review: the same answer twice, two windows at one point, who reads a draft reply."""

import pytest

from appraisal.models import DisputedPoint
from appraisal.responding import may_read_replies, open_points, reply_to_point
from people.transitions import ChangedSince, NeedsNotMet, WrongState, move, person
from tests.factories.reviews import review_in

pytestmark = pytest.mark.django_db


def disagreed(cast, points):
    review = review_in(cast, "shared")
    behaviours = list(review.behaviours.all())
    chosen = [(behaviours[number] if number is not None else None, words) for number, words in points]
    data = {"answer": "disagree", "points": chosen}
    return move(review, "answer", by=person(cast.fresh("ailsa")), data=data), data


def test_the_same_answer_again_is_one_answer(cast):
    review, data = disagreed(cast, [(0, "The farms heard first."), (None, "The tone.")])

    again = move(review, "answer", by=person(cast.fresh("ailsa")), data=data)

    assert (again.version, DisputedPoint.objects.count(), open_points(again)) == (review.version, 2, 2)


@pytest.mark.parametrize("points", [[(0, "Other words.")], [(1, "The farms heard first.")], []])
def test_other_points_are_another_answer_and_are_not_dropped_in_silence(cast, points):
    review, _data = disagreed(cast, [(0, "The farms heard first.")])
    behaviours = list(review.behaviours.all())
    data = {"answer": "disagree", "points": [(behaviours[number], words) for number, words in points]}

    with pytest.raises(NeedsNotMet, match="You have answered this review already"):
        move(review, "answer", by=person(cast.fresh("ailsa")), data=data)


def test_two_windows_do_not_overwrite_a_reply(cast):
    _review, _data = disagreed(cast, [(0, "The farms heard first.")])
    fergus, point = person(cast.fresh("fergus")), DisputedPoint.objects.get()
    reply_to_point(point, "I asked the farms.", by=fergus, seen="")

    with pytest.raises(ChangedSince) as refusal:
        reply_to_point(point, "From another window.", by=fergus, seen="")

    assert refusal.value.record.reply == "I asked the farms."
    first = DisputedPoint.objects.get()
    assert reply_to_point(point, "I asked the farms.", by=fergus, seen="").replied_at == first.replied_at
    assert reply_to_point(point, "Both are true.", by=fergus, seen=first.seen_mark).reply == "Both are true."


def test_a_reply_to_an_answer_that_was_given_anew_is_refused(cast):
    review, data = disagreed(cast, [(0, "The farms heard first.")])
    point = DisputedPoint.objects.select_related("response").get()
    ailsa = person(cast.fresh("ailsa"))
    move(move(review, "take_back_answer", by=ailsa), "answer", by=ailsa, data=data)

    with pytest.raises(WrongState, match="Ailsa Grant has changed this answer since"):
        reply_to_point(point, "I asked.", by=person(cast.fresh("fergus")))


def test_replies_are_a_draft_until_the_review_is_closed_or_sent_back(cast):
    review, _data = disagreed(cast, [(0, "The farms heard first.")])
    fergus = person(cast.fresh("fergus"))
    reply_to_point(DisputedPoint.objects.get(), "I asked.", by=fergus)
    readers = [cast.ailsa, cast.morag, cast.tom, cast.fergus]

    assert [may_read_replies(review, review.response, who) for who in readers] == [False, False, False, True]
    returned = move(review, "return_to_manager", by=fergus, data={"reason": "Read the farms' letter"})
    earlier = returned.responses.get()
    assert [may_read_replies(returned, earlier, who) for who in readers] == [True, True, True, True]
