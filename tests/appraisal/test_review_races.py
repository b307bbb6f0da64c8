"""Several people at one review in the same moment: one story comes of it, on both databases."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import Http404

from appraisal import tasks
from appraisal.enums import Part, ReviewState
from appraisal.models import (
    AppraisalCycle,
    AppraisalReview,
    BehaviourRating,
    DisputedPoint,
    EvidenceEntry,
    JobHolderResponse,
    ReviewPart,
    ReviewRecord,
    SharedVersion,
    Signature,
)
from appraisal.ratings import save_rating
from appraisal.records import part_content
from appraisal.responding import reply_to_point
from people import audit
from people.lib.dates import today
from people.models import AuditEvent, ManagerCover, OutgoingMail, Post
from people.transitions import Refused, move, person
from tests.factories.reviews import answer_all, days, draft_cycle, ground, review_in

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
REASON = {"reason": "In the same moment"}


@pytest.fixture(autouse=True)
def no_pdf(monkeypatch):
    """These races are about rows; drawing pages would only make them rarer."""
    monkeypatch.setattr(tasks, "record_pdf", lambda record: b"%PDF-1.7 test")


def at_once(actions) -> list:
    """Run the actions in threads that begin together; gives back what each came to."""
    gate = threading.Barrier(len(actions))

    def run(action):
        gate.wait()
        try:
            return action()
        except (Refused, PermissionDenied, Http404) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


@pytest.fixture
def act(committed_cast):
    """An action: this person makes this move."""

    def make(review, name, who, **more):
        return lambda: move(review, name, by=person(committed_cast.fresh(who)), **more)

    return make


@pytest.fixture
def saves(committed_cast):
    """An action: this person writes these words about one behaviour."""

    def make(behaviour, who, words, part=Part.MANAGER, **more):
        return lambda: save_rating(behaviour, part, {"words": words, **more}, by=person(committed_cast.fresh(who)))

    return make


def moved(review) -> list[str]:
    """The moves of the review in their order."""
    return list(audit.events_of(review).exclude(move=audit.READ).order_by("pk").values_list("move", flat=True))


def ready_to_share(cast) -> AppraisalReview:
    review = review_in(cast, "manager_review")
    answer_all(review, Part.MANAGER, cast.fresh("morag"))
    return review


def test_race_sharing_many_times_shares_once(committed_cast, act):
    review = ready_to_share(committed_cast)

    at_once([act(review, "share", "morag")] * 8)

    assert moved(review) == ["open", "send", "share"]
    assert (SharedVersion.objects.count(), Signature.objects.count()) == (1, 1)
    assert OutgoingMail.objects.filter(template="reviews/shared").count() == 1


def test_race_sharing_while_the_cover_saves_freezes_what_stands(committed_cast, act, saves):
    """Whatever was saved before is shared, whatever comes after is refused: never a text that nobody shared."""
    review = ready_to_share(committed_cast)
    ManagerCover.objects.create(
        manager=committed_cast.morag, cover=committed_cast.donald, starts_on=today(), ends_on=today()
    )
    behaviours = list(review.behaviours.all())

    at_once(
        [act(review, "share", "morag")] * 2
        + [saves(behaviour, "donald", f"Of the cover {behaviour.number}") for behaviour in behaviours]
    )

    review = AppraisalReview.objects.get()
    assert review.state == ReviewState.SHARED
    assert SharedVersion.objects.get().content["manager"] == part_content(review.manager_part)


def test_race_signing_while_it_goes_back_ends_in_one_story(committed_cast, act):
    review = review_in(committed_cast, "answered")

    at_once(
        [
            act(review, "confirm_fair", "fergus"),
            act(review, "return_to_manager", "fergus", data=REASON),
            act(review, "take_back_answer", "ailsa"),
        ]
        * 3
    )

    review = AppraisalReview.objects.get()
    last = moved(review)[4:]
    standing = set(review.signatures.filter(text_version=review.text_version).values_list("role", flat=True))
    stories = {
        ReviewState.CLOSED: (["confirm_fair"], {"manager", "job_holder", "second_manager"}, 1),
        ReviewState.MANAGER_REVIEW: (["return_to_manager"], set(), 0),
        ReviewState.SHARED: (["take_back_answer"], {"manager"}, 0),
    }
    assert (last, standing, ReviewRecord.objects.count()) == stories[review.state]
    assert all(record.hash_holds for record in ReviewRecord.objects.all())


def test_race_closing_many_times_writes_one_record(committed_cast, act):
    review = review_in(committed_cast, "answered")

    at_once([act(review, "confirm_fair", "fergus")] * 8)

    assert ReviewRecord.objects.get().hash_holds
    assert moved(review)[-1:] == ["confirm_fair"]
    assert Signature.objects.filter(role="second_manager").count() == 1
    assert OutgoingMail.objects.filter(template="reviews/closed").count() == 2


def test_race_a_handover_while_the_draft_saves_itself(committed_cast, saves):
    """What was saved before stands in the closed part; nothing of the old manager's gets into the new one."""
    cast, review = committed_cast, ready_to_share(committed_cast)
    behaviours = list(review.behaviours.all())

    def hand_over():
        with transaction.atomic():
            Post.objects.filter(person=cast.ailsa).update(line_manager=cast.donald)
            return move(review, "reassign_later", by=person(cast.fresh("tom")), data={**REASON, "manager": cast.donald})

    results = at_once(
        [saves(behaviour, "morag", f"Draft {behaviour.number}") for behaviour in behaviours] + [hand_over, hand_over]
    )

    closed, new = ReviewPart.objects.filter(part=Part.MANAGER).order_by("pk")
    assert (closed.author, new.author) == (cast.morag, cast.donald)
    assert closed.saved_at <= closed.closed_at
    assert {row.words for row in new.ratings.all()} == {""}
    kept = {row.words for row in closed.ratings.all()}
    assert {row.words for row in results[:5] if isinstance(row, BehaviourRating)} <= kept
    assert moved(review) == ["open", "send", "reassign_later"]


def test_race_two_windows_answer_differently(committed_cast, act):
    review = review_in(committed_cast, "shared")
    answers = [
        {"answer": "agree"},
        {"answer": "comments", "words": "Thank you."},
        {"answer": "disagree", "words": "No."},
    ]

    results = at_once([act(review, "answer", "ailsa", data=data, seen=review.version) for data in answers * 2])

    response = JobHolderResponse.objects.get()
    assert Signature.objects.filter(role="job_holder").count() == 1
    assert OutgoingMail.objects.filter(template="reviews/to_confirm").count() == 1
    done = [
        data["answer"] for data, result in zip(answers * 2, results, strict=True) if not isinstance(result, Exception)
    ]
    assert set(done) == {response.answer}  # whoever sent something else was told so
    assert DisputedPoint.objects.count() == (response.answer == "disagree")


def test_race_sending_while_the_manager_saves_keeps_both(committed_cast, act, saves):
    review = review_in(committed_cast, "self_review")
    ground(committed_cast)
    answer_all(review, Part.SELF, committed_cast.fresh("ailsa"))
    behaviours = list(review.behaviours.all())

    at_once(
        [act(review, "send", "ailsa")] * 3
        + [saves(behaviour, "morag", f"Words {behaviour.number}") for behaviour in behaviours]
    )

    review = AppraisalReview.objects.get()
    assert (review.state, moved(review)) == (ReviewState.MANAGER_REVIEW, ["open", "send"])
    assert [row.words for row in review.manager_part.ratings.all()] == [f"Words {number}" for number in range(1, 6)]
    assert OutgoingMail.objects.filter(template="reviews/self_sent").count() == 1


def test_race_taking_back_while_the_manager_saves(committed_cast, act, saves):
    """Either it came back before anything was saved, or it stays where it is."""
    review = review_in(committed_cast, "manager_review")
    sent_at = review.parts.get(part=Part.SELF).sent_at

    at_once(
        [act(review, "take_back_self", "ailsa")] * 3 + [saves(review.behaviours.get(number=1), "morag", "Words")] * 3
    )

    part = ReviewPart.objects.get(part=Part.MANAGER)
    taken_back = AuditEvent.objects.filter(move="take_back_self").first()
    assert part.ratings.get(behaviour__number=1).words == "Words"
    if taken_back is None:
        assert part.saved_at >= sent_at
    else:
        assert part.saved_at >= taken_back.at


def test_race_hiding_an_example_while_the_review_is_shared(committed_cast, act):
    """No shared level rests on what its owner has made private; a draft may, and then it is not shared."""
    review, entry = review_in(committed_cast, "self_review", self_due_on=days(-1)), ground(committed_cast)
    answer_all(review, Part.MANAGER, committed_cast.fresh("morag"))

    at_once([act(entry, "unshare", "ailsa"), act(review, "share", "morag")] * 3)

    shared = AppraisalReview.objects.get().state == ReviewState.SHARED
    assert shared == EvidenceEntry.objects.get().is_shared


def test_race_a_reply_while_the_answer_is_taken_back(committed_cast, act):
    """A reply that was kept holds the answer; an answer that was taken back has no reply."""
    review = review_in(committed_cast, "answered", answer="disagree")
    point = DisputedPoint.objects.get()

    results = at_once(
        [lambda: reply_to_point(point, "Both are true.", by=person(committed_cast.fresh("fergus")))] * 3
        + [act(review, "take_back_answer", "ailsa")] * 3
    )

    kept = [result for result in results[:3] if isinstance(result, DisputedPoint)]
    review = AppraisalReview.objects.get()
    assert (review.state == ReviewState.ANSWERED) == bool(kept) == DisputedPoint.objects.exclude(reply="").exists()
    assert DisputedPoint.objects.exists() == bool(kept)


def test_race_closing_while_a_partner_takes_their_answer_back(committed_cast, act):
    """What stands in the record can no longer be taken back; what was taken back does not stand in it."""
    from tests.factories.appraisal import answered  # beside the only race that needs it

    review = review_in(committed_cast, "answered")
    request = answered(EvidenceEntry.objects.get(), committed_cast.rhona, words="And she rang again.")

    def take_back():
        return move(request, "take_back", by=person(committed_cast.fresh("rhona")))

    at_once([act(review, "confirm_fair", "fergus"), take_back] * 3)

    request.refresh_from_db()
    (row,) = ReviewRecord.objects.get().data["examples"]
    assert [answer["words"] for answer in row["answers"]] == ([] if request.state == "taken_back" else [request.words])
    assert (request.signed_at is not None) == bool(row["answers"])


def test_race_opening_a_cycle_and_its_reviews_happens_once(committed_cast):
    cycle = draft_cycle(committed_cast)

    at_once([lambda: move(cycle, "open", by=person(committed_cast.fresh("tom")))] * 4)
    at_once([lambda: tasks.open_reviews.func(cycle.pk)] * 6)

    assert AppraisalReview.objects.get().state == ReviewState.SELF_REVIEW
    assert ReviewPart.objects.count() == 2
    assert AuditEvent.objects.filter(record_type=AppraisalCycle._meta.label_lower, move="open").count() == 1
    told = OutgoingMail.objects.filter(template__in=["reviews/opened", "reviews/opened_manager"])
    assert sorted(told.values_list("to", flat=True)) == ["manager@example.org", "staff@example.org"]


def test_race_two_reviews_of_one_person_do_not_wait_for_each_other(committed_cast, act):
    """Both move at once: the lock of one takes nothing of the other's along."""
    post = Post.objects.get(person=committed_cast.ailsa)
    Post.objects.create(
        person=committed_cast.ailsa, team=post.team, job_family=post.job_family, line_manager=committed_cast.morag,
        title="Project officer", starts_on=days(-9),
    )  # fmt: skip
    cycle = move(draft_cycle(committed_cast), "open", by=person(committed_cast.fresh("tom")))
    tasks.open_reviews.func(cycle.pk)
    reviews = list(AppraisalReview.objects.all())
    ground(committed_cast)
    for review in reviews:
        answer_all(review, Part.SELF, committed_cast.fresh("ailsa"))

    results = at_once([act(review, "send", "ailsa") for review in reviews] * 3)

    assert not [result for result in results if isinstance(result, Exception)]
    assert {review.state for review in AppraisalReview.objects.all()} == {ReviewState.MANAGER_REVIEW}
