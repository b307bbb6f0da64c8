"""A change of manager: the old part closes as it stands, a new one begins, access passes on, signatures are void.

Which post the review follows stands in test_handover_posts.
"""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from appraisal.enums import Part, RatingStatus, ReviewState
from appraisal.models import AppraisalCycle, AppraisalReview, ManagerNote, NextStep, ReviewPart, ReviewRecord, Signature
from appraisal.ratings import offered_notes, save_rating, save_summary
from people import audit
from people.models import Post, User
from people.transitions import NeedsNotMet, WrongState, move, moves_for, person
from tests.factories.appraisal import mails, shared_example
from tests.factories.reviews import answer_all, days, ground, note_seen, walked

pytestmark = pytest.mark.django_db
REASON = {"reason": "Morag leads another team from today"}
UNDER_WAY = ["self_review", "manager_review", "shared", "answered"]


@pytest.fixture
def cast(opened_cast):
    """Everybody, with Ailsa's review opened."""
    return opened_cast


def review_in(cast, state, **more) -> AppraisalReview:
    return walked(cast, AppraisalReview.objects.get(), state, **more)


def hand_over(cast, review, to="donald", **data) -> AppraisalReview:
    """Ailsa's post goes to somebody, and so does her review."""
    Post.objects.filter(person=cast.ailsa).update(line_manager=cast.people[to])
    name = "reassign" if review.state == ReviewState.SELF_REVIEW else "reassign_later"
    return move(review, name, by=person(cast.fresh("tom")), data={**REASON, "manager": cast.people[to], **data})


def first(review):
    return review.behaviours.get(number=1)


# ---- what it asks for -------------------------------------------------------------------------------------------


def refused(cast, review, **data) -> list[str]:
    before = AppraisalReview.objects.values().get(pk=review.pk)
    with pytest.raises(NeedsNotMet) as refusal:
        move(review, "reassign", by=person(cast.fresh("tom")), data=data)
    assert AppraisalReview.objects.values().get(pk=review.pk) == before
    assert review.parts.count() == 2
    return refusal.value.sentences


def test_it_says_what_stands_in_the_way(cast):
    review = review_in(cast, "self_review")
    give_the_reason = "Give the reason. Those concerned read it."

    assert refused(cast, review) == ["Choose another line manager than the present one.", give_the_reason]
    assert refused(cast, review, manager=cast.donald, **REASON) == [
        "Donald Iqbal is not the line manager of a current post of this person. Change the post first."
    ]
    Post.objects.filter(person=cast.ailsa).update(line_manager=cast.fergus)
    assert refused(cast, review, manager=cast.fergus, **REASON) == [
        "Nobody could confirm this review: the new manager has no line manager of their own."
    ]


@pytest.mark.parametrize("how", ["deactivated", "left"])
def test_nobody_takes_over_who_is_gone(cast, how):
    review = review_in(cast, "self_review")
    Post.objects.filter(person=cast.ailsa).update(line_manager=cast.donald)
    if how == "deactivated":
        User.objects.filter(pk=cast.donald.pk).update(is_active=False)
    else:
        Post.objects.filter(person=cast.donald).update(ends_on=days(-1))

    assert refused(cast, review, manager=cast.donald, **REASON)[0] == "Donald Iqbal does not work here any more."


@pytest.mark.parametrize("state", ["closed", "void"])
def test_what_is_over_is_not_handed_over(cast, state):
    review = review_in(cast, state)

    for name in ("reassign", "reassign_later"):
        with pytest.raises(WrongState):
            move(review, name, by=person(cast.fresh("tom")), data={**REASON, "manager": cast.donald})


# ---- what it does -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", UNDER_WAY)
def test_the_old_part_closes_as_it_stands_and_an_empty_one_begins(cast, state):
    review = review_in(cast, state)
    if state in ("self_review", "manager_review"):
        ground(cast)
        answer_all(review, Part.MANAGER, cast.fresh("morag"))
        save_summary(review, Part.MANAGER, "A good year.", by=person(cast.fresh("morag")))
    old = review.parts.get(part=Part.MANAGER)
    before = (
        list(old.ratings.order_by("pk").values()),
        list(old.ratings.order_by("pk").values_list("examples")),
        old.summary,
    )

    review = hand_over(cast, review)

    old.refresh_from_db()
    assert before == (
        list(old.ratings.order_by("pk").values()),
        list(old.ratings.order_by("pk").values_list("examples")),
        old.summary,
    )
    assert (old.author, old.closed_at is not None) == (cast.morag, True)
    new = review.parts.get(part=Part.MANAGER, closed_at=None)
    assert (new.author, new.summary, new.ratings.count()) == (cast.donald, "", 5)
    assert not any(row.is_answered for row in new.ratings.all())
    assert review.state == ("self_review" if state == "self_review" else "manager_review")
    assert (review.manager, review.second_manager) == (cast.donald, cast.fergus)
    assert review.parts.get(part=Part.SELF).closed_at is None  # hers goes on


def test_the_second_manager_follows(cast):
    Post.objects.filter(person=cast.donald).update(line_manager=cast.priya)

    review = hand_over(cast, review_in(cast, "answered"))

    assert review.second_manager == cast.priya
    assert not AppraisalReview.objects.readable_by(cast.fresh("fergus")).exists()


def test_where_the_new_manager_has_none_the_cycle_names_the_second_manager(cast):
    AppraisalCycle.objects.update(second_manager=cast.senga)

    assert hand_over(cast, review_in(cast, "manager_review"), to="fergus").second_manager == cast.senga


@pytest.mark.parametrize("state", UNDER_WAY)
def test_access_passes_on_in_that_moment(cast, state):
    review = hand_over(cast, review_in(cast, state))

    readers = {
        name for name, user in cast.people.items() if AppraisalReview.objects.readable_by(cast.fresh(name)).exists()
    }
    assert readers == {"ailsa", "donald"}
    with pytest.raises(Http404):
        save_rating(first(review), Part.MANAGER, {"words": "Once more"}, by=person(cast.fresh("morag")))
    with pytest.raises(Http404):
        move(review, "share", by=person(cast.fresh("morag")))
    assert ReviewPart.objects.visible_to(cast.fresh("morag")).count() == 0
    assert save_rating(first(review), Part.MANAGER, {"words": "New"}, by=person(cast.fresh("donald"))).version == 2


def test_the_closed_part_is_written_by_nobody(cast):
    review = hand_over(cast, review_in(cast, "manager_review"))
    closed = review.parts.get(closed_at__isnull=False)
    before = list(closed.ratings.order_by("pk").values())

    answer_all(review, Part.MANAGER, cast.fresh("donald"), words="Of the new one")
    with pytest.raises((PermissionDenied, Http404, WrongState)):
        save_rating(first(review), Part.SELF, {"words": "x"}, by=person(cast.fresh("donald")))

    assert list(closed.ratings.order_by("pk").values()) == before


def test_signatures_answers_and_the_talk_are_of_the_text_before(cast):
    review = review_in(cast, "shared")
    for name in ("morag", "ailsa"):
        review = move(review, "talk_held", by=person(cast.fresh(name)), data={"talk_on": days(0)})
    review = move(review, "answer", by=person(cast.fresh("ailsa")), data={"answer": "agree"})

    review = hand_over(cast, review)

    assert (review.text_version, review.shared_on, review.response) == (2, None, None)
    assert [row.stands for row in Signature.objects.select_related("review")] == [False, False]
    assert (review.talk_on, review.talk_is_confirmed) == (None, False)
    assert review.shared_versions.get().shared_by == cast.morag
    assert review.responses.get().answer == "agree"


def test_the_person_and_the_new_manager_are_told_with_the_reason_kept(cast):
    review = hand_over(cast, review_in(cast, "shared"))

    assert mails()[-2:] == [("reviews/reassigned", "staff@example.org"), ("reviews/reassigned", "lead@example.org")]
    row = audit.events_of(review).first()
    assert (row.move, row.reason, row.actor_label) == ("reassign_later", REASON["reason"], "Tom Baxter")


def test_pressed_twice_it_is_one_handover(cast):
    review = hand_over(cast, review_in(cast, "shared"))
    count = len(mails()), review.parts.count()

    again = hand_over(cast, review)

    assert again.version == review.version
    assert (len(mails()), review.parts.count()) == count


def test_handed_back_there_are_two_closed_parts_and_a_new_one(cast):
    review = hand_over(cast, review_in(cast, "manager_review"))

    review = hand_over(cast, review, to="morag")

    parts = review.parts.filter(part=Part.MANAGER).order_by("pk")
    assert [(part.author, part.closed_at is None) for part in parts] == [
        (cast.morag, False),
        (cast.donald, False),
        (cast.morag, True),
    ]


# ---- levels without ground do not slip through ------------------------------------------------------------------


def test_a_draft_hands_over_its_words_and_only_the_levels_that_rest_on_something(cast):
    review = review_in(cast, "manager_review")
    morag = person(cast.fresh("morag"))
    answer_all(review, Part.MANAGER, cast.fresh("morag"))
    save_rating(first(review), Part.MANAGER, {"mark": 1, "words": "She was late."}, by=morag)  # no concern was raised
    save_rating(review.behaviours.get(number=2), Part.MANAGER, {"mark": 2, "examples": []}, by=morag)
    save_rating(review.behaviours.get(number=3), Part.MANAGER, {"mark": "no_opportunity", "examples": []}, by=morag)

    review = hand_over(cast, review)

    closed = review.parts.get(closed_at__isnull=False).ratings.order_by("behaviour__number")
    assert [(row.status, row.level) for row in closed] == [
        (RatingStatus.UNANSWERED, None),
        (RatingStatus.UNANSWERED, None),
        (RatingStatus.NO_OPPORTUNITY, None),
        (RatingStatus.RATED, 2),
        (RatingStatus.RATED, 1),
    ]
    assert closed[0].words == "She was late."


def test_what_was_shared_was_allowed_and_stays_whole(cast):
    """Below the expected level with a proper concern, shared; a later handover takes nothing out."""
    review = review_in(cast, "manager_review")
    entry, note = shared_example(cast.ailsa), note_seen(cast)
    answer_all(review, Part.MANAGER, cast.fresh("morag"))
    data = {"mark": 1, "words": "Late.", "examples": [entry], "notes": [note]}
    save_rating(first(review), Part.MANAGER, data, by=person(cast.fresh("morag")))
    review = move(review, "share", by=person(cast.fresh("morag")))
    ManagerNote.objects.filter(pk=note.pk).update(seen_on=days(-4000))  # it would not count today

    review = hand_over(cast, review)

    assert review.parts.get(closed_at__isnull=False).ratings.get(behaviour=first(review)).level == 1


def test_taken_back_and_changed_it_is_a_draft_again(cast):
    review = move(review_in(cast, "shared"), "take_back", by=person(cast.fresh("morag")))
    save_rating(
        first(review), Part.MANAGER, {"mark": 4, "words": "So good.", "examples": []}, by=person(cast.fresh("morag"))
    )

    review = hand_over(cast, review)

    assert review.parts.get(closed_at__isnull=False).ratings.get(behaviour=first(review)).level is None


# ---- what passes on ---------------------------------------------------------------------------------------------


def test_what_the_old_manager_promised_passes_to_the_new_one(cast):
    review = review_in(cast, "manager_review")
    steps = [
        {"what": "Find her a day a month", "owner": cast.morag, "due_on": days(30)},
        {"what": "Walk the bank", "owner": cast.ailsa, "due_on": days(30)},
    ]
    save_summary(review, Part.MANAGER, "Sum", by=person(cast.fresh("morag")), steps=steps)

    hand_over(cast, review)

    assert list(NextStep.objects.values_list("owner", flat=True)) == [cast.donald.pk, cast.ailsa.pk]


def test_notes_about_the_post_go_on_to_count(cast):
    note = note_seen(cast)

    review = hand_over(cast, review_in(cast, "self_review"))

    assert list(offered_notes(review)) == [note]
    assert ManagerNote.objects.visible_to(cast.fresh("donald")).get() == note
    assert not ManagerNote.objects.visible_to(cast.fresh("morag")).exists()


def test_the_record_names_both_managers_and_whose_part_is_whose(cast):
    review = review_in(cast, "manager_review")
    answer_all(review, Part.MANAGER, cast.fresh("morag"), words="Morag's words")
    review = hand_over(cast, review)
    answer_all(review, Part.MANAGER, cast.fresh("donald"), words="Donald's words")

    review = move(review, "share", by=person(cast.fresh("donald")))
    review = move(review, "answer", by=person(cast.fresh("ailsa")), data={"answer": "agree"})
    review = move(review, "confirm_fair", by=person(cast.fresh("fergus")))

    data = ReviewRecord.objects.get().data
    assert (data["manager"], data["manager_part"]["ratings"]["PB1"]["words"]) == ("Donald Iqbal", "Donald's words")
    (earlier,) = data["earlier_managers"]
    assert (earlier["author"], earlier["ratings"]["PB1"]["words"]) == ("Morag Sinclair", "Morag's words")


def test_before_the_handover_nobody_goes_on(cast):
    """The post has gone to Donald: the old manager may no more, the new one not yet."""
    review = review_in(cast, "manager_review")
    answer_all(review, Part.MANAGER, cast.fresh("morag"))
    Post.objects.filter(person=cast.ailsa).update(line_manager=cast.donald)

    for name in ("morag", "donald"):
        actor = person(cast.fresh(name))
        assert moves_for(AppraisalReview.objects.get(), actor) == []
        with pytest.raises(Http404):
            move(review, "share", by=actor)
        with pytest.raises(Http404):
            save_rating(first(review), Part.MANAGER, {"words": "x"}, by=actor)
