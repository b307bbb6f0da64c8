"""What somebody could learn of a review in passing: from a refusal, a list of ticks, a handover, a post."""

import pytest
from django.urls import reverse

from appraisal.enums import Part
from appraisal.models import AppraisalReview, DisputedPoint, EvidenceEntry
from appraisal.steps import steps_of_last_review
from people.models import Post
from people.transitions import Refused, move, person
from tests.factories import secrets
from tests.factories.appraisal import example
from tests.factories.review_people import covering, leaves
from tests.factories.reviews import answer_all, days, ground, next_step, open_cycle, review_in, review_of
from tests.factories.secrets import REPLY, secret_review, seen_in

PRIVATE = "heading-written-after-it-was-private"
BY_MANAGER = {secrets.MANAGER, secrets.MANAGER_SUMMARY, secrets.STEP}
BY_PERSON = {secrets.SELF, secrets.HELP, secrets.SELF_SUMMARY, secrets.TITLE}


def test_the_manager_reads_nothing_of_a_ticked_example_that_is_private_again(cast, client_for):
    """Closed, made private, rewritten, and then the review is opened again: the tick is still there."""
    review = review_in(cast, "closed")
    entry = EvidenceEntry.objects.get()
    move(entry, "unshare", by=person(cast.fresh("ailsa")))
    EvidenceEntry.objects.filter(pk=entry.pk).update(title=PRIVATE, situation=PRIVATE)
    move(review, "reopen", by=person(cast.fresh("tom")), data={"reason": "A wrong word"})
    client = client_for(cast.morag)
    pages = [client.get(reverse(f"reviews:{name}", args=[review.pk])) for name in ("detail", "check", "whole")]
    write = reverse("reviews:write", args=[review.pk, 1])
    pages += [client.get(write), client.post(write, {"mark": "1", "words": "Less", "seen": "0"})]

    assert [page.status_code for page in pages] == [200, 200, 200, 200, 409]
    assert [PRIVATE in page.content.decode() for page in pages] == [False] * 5
    assert "An example that is private again" in pages[1].content.decode()
    assert "An example that is private again" in pages[4].content.decode()


def test_making_an_example_private_does_not_tell_what_the_managers_draft_rests_on(cast, client_for):
    """Nothing of her own rests on it, so nothing stands in the way; and the draft cannot be shared on it."""
    review, entry = review_in(cast, "self_review", self_due_on=days(-1)), ground(cast)
    answer_all(review, Part.MANAGER, cast.fresh("morag"))

    assert "rests on this example" not in client_for(cast.ailsa).get(entry.get_absolute_url()).content.decode()

    move(entry, "unshare", by=person(cast.fresh("ailsa")))
    with pytest.raises(Refused, match="A level rests on at least one example of the period"):
        move(review, "share", by=person(cast.fresh("morag")))


@pytest.mark.parametrize("state", ["manager_review", "shared", "answered"])
def test_an_example_stays_shared_under_what_its_owner_can_read(cast, state):
    review_in(cast, state)

    with pytest.raises(Refused, match="rests on this example"):
        move(EvidenceEntry.objects.get(), "unshare", by=person(cast.fresh("ailsa")))


def test_an_example_made_private_in_the_moment_of_sharing_is_asked_after_again(cast, monkeypatch):
    """Between the questions and the lock its owner was quicker."""
    from appraisal.workflow import review_effects

    review, entry = review_in(cast, "self_review", self_due_on=days(-1)), ground(cast)
    answer_all(review, Part.MANAGER, cast.fresh("morag"))
    hold = review_effects._hold_examples

    def later(fresh):
        move(entry, "unshare", by=person(cast.fresh("ailsa")))
        hold(fresh)

    monkeypatch.setattr(review_effects, "_hold_examples", later)
    with pytest.raises(Refused, match="A level rests on at least one example of the period"):
        move(review, "share", by=person(cast.fresh("morag")))

    assert not review.shared_versions.exists()


@pytest.mark.parametrize(
    ("name", "data"), [("reassign_later", {"manager": "donald"}), ("name_second_manager", {"second_manager": "donald"})]
)
def test_answers_that_a_second_manager_only_saved_are_read_by_nobody_after_them(cast, client_for, name, data):
    review = secret_review(cast, "answered")
    if name == "reassign_later":
        Post.objects.filter(person=cast.ailsa).update(line_manager=cast.donald)
    chosen = {key: cast.people[value] for key, value in data.items()}

    move(review, name, by=person(cast.fresh("tom")), data={"reason": "Fergus is away", **chosen})

    pages = [client_for(who).get(review.get_absolute_url()) for who in (cast.ailsa, cast.donald)]
    assert [(page.status_code, REPLY in page.content.decode()) for page in pages] == [(200, False)] * 2
    assert list(DisputedPoint.objects.values_list("reply", "replied_by", "replied_at")) == [("", None, None)]


def test_no_administrator_hands_a_review_to_themselves(cast):
    review = review_in(cast, "manager_review")
    Post.objects.filter(person=cast.ailsa).update(line_manager=cast.tom)

    with pytest.raises(Refused, match="You cannot hand a review to yourself"):
        move(review, "reassign_later", by=person(cast.fresh("tom")), data={"reason": "Mine", "manager": cast.tom})


def test_a_second_manager_who_left_is_not_named_as_a_reader(cast, client_for):
    """Not where the cycle names them either: whoever confirms holds a post."""
    review = review_in(cast, "answered", second_manager=cast.fergus)
    leaves("fergus")(cast, review)

    page = client_for(cast.ailsa).get(review.get_absolute_url())

    assert page.context["who_sees"][0] == "You and Morag Sinclair can see what is written here."
    assert client_for(cast.fergus).get(review.get_absolute_url()).status_code == 404


def test_sending_names_every_manager_who_then_reads_a_private_example(cast, client_for):
    """Somebody with two posts shares examples with both line managers."""
    review, entry = review_of(cast), example(cast.ailsa)
    post = Post.objects.get(person=cast.ailsa)
    Post.objects.create(
        person=cast.ailsa, team=post.team, title="Project officer", line_manager=cast.donald, starts_on=days(-20)
    )
    answer_all(review, Part.SELF, cast.fresh("ailsa"), examples=[entry])

    page = client_for(cast.ailsa).get(reverse("reviews:check", args=[review.pk])).content.decode()

    assert "Donald Iqbal and Morag Sinclair will be able to read this private example" in page


def test_a_second_manager_who_stands_in_keeps_no_next_steps_of_the_last_review(cast):
    older = review_in(cast, "closed", name="Reviews 2025", starts_on=days(-600), ends_on=days(10))
    step, review = next_step(cast, older), review_of(cast, open_cycle(cast))
    AppraisalReview.objects.filter(pk=review.pk).update(second_manager=cast.priya)
    covering("fergus")(cast, review)

    assert steps_of_last_review(review, viewer=cast.fresh("morag")) == [step]
    assert steps_of_last_review(review, viewer=cast.fresh("fergus")) == []


@pytest.mark.parametrize("name", ["summary", "whole", "write"])
@pytest.mark.parametrize(("who", "hidden"), [("ailsa", BY_MANAGER), ("morag", BY_PERSON)])
def test_two_windows_of_one_side_show_nothing_of_the_other(cast, client_for, name, who, hidden):
    """The page that keeps both texts showed the person the next steps that the manager had not shared."""
    review = secret_review(cast, "self_review")
    number = [1] if name == "write" else []
    prefix = "b1-" if name == "whole" else ""
    stale = {f"{prefix}seen": "0", f"{prefix}mark": "1", f"{prefix}words": "Less", "summary": "From the other window"}

    page = client_for(cast.people[who]).post(reverse(f"reviews:{name}", args=[review.pk, *number]), stale)

    assert (page.status_code, seen_in(page.content.decode()) & hidden) == (409, set())


def test_the_manager_of_another_post_learns_nothing_of_a_review_from_an_example(cast, client_for):
    """Both line managers read the example; who confirms the review that rests on it is for one of them."""
    review_in(cast, "shared")
    post = Post.objects.get(person=cast.ailsa)
    Post.objects.create(
        person=cast.ailsa, team=post.team, title="Project officer", line_manager=cast.donald, starts_on=days(-20)
    )
    address = EvidenceEntry.objects.get().get_absolute_url()

    pages = [client_for(who).get(address).content.decode() for who in (cast.ailsa, cast.morag, cast.donald)]

    assert ["in a review that rests on it" in page for page in pages] == [True, True, False]


def test_how_a_level_came_about_says_that_an_unsent_side_is_the_persons_alone(cast, client_for):
    review = review_in(cast, "self_review", self_due_on=days(-1))
    ground(cast)
    for part, who in ((Part.SELF, "ailsa"), (Part.MANAGER, "morag")):
        answer_all(review, part, cast.fresh(who))
    how = reverse("reviews:level", args=[review.pk, 1])
    before = client_for(cast.ailsa).get(how).context["origin"].who_sees
    move(review, "share", by=person(cast.fresh("morag")))

    after = client_for(cast.ailsa).get(how).context["origin"].who_sees

    assert before == "Only you."
    assert after.startswith("You, Morag Sinclair and Fergus Reid.")
    assert after.endswith("You did not send your self-assessment, so nobody else sees it.")
    assert "did not send" not in client_for(cast.morag).get(how).context["origin"].who_sees
