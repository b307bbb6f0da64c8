"""Who reads what of a review: the table of DOMAIN D as DESIGN amends it, for everybody and in every state, row by row.

One word for each thing that somebody can see: the `page` and, without a page, the `envelope` (that there is a review,
its state, its people); what the person wrote (`self`), what the manager wrote (`manager`), the part of an earlier
manager (`closed`), the next `steps`, the frozen `record`; and of what lies beside it the `notes`, the `ticked`
examples on the page, the shared `example` and a `draft` of one. Partners, strangers and superusers see nothing.
"""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from appraisal.enums import Part, ReviewState
from appraisal.models import (
    AppraisalCycle,
    AppraisalReview,
    BehaviourRating,
    EvidenceEntry,
    ManagerNote,
    NextStep,
    ReviewPart,
    ReviewRecord,
)
from appraisal.ratings import save_summary, self_level_is_hidden
from people.models import Post
from people.transitions import move, person
from tests.factories.appraisal import example
from tests.factories.review_people import PEOPLE, become, undone
from tests.factories.reviews import answer_all, days, draft_cycle, ground, note_seen, open_cycle, walked

pytestmark = pytest.mark.django_db

THEIR_OWN = "notes example draft"  # what Ailsa keeps of hers whatever becomes of the review
BESIDE = "notes example"  # what the manager of her post reads in any case
NOTHING = {  # in no situation at all
    "rhona", "dougie", "priya", "senga", "stranger", "superuser",
    "ailsa deactivated", "morag deactivated", "fergus deactivated", "morag who left", "fergus who left",
    "morag as the former manager", "morag when ailsa left", "tom no longer in HR",
}  # fmt: skip
TABLE = {  # situation -> person -> what they see; who is not named sees nothing
    "being opened": {
        "ailsa": THEIR_OWN, "ailsa covering": THEIR_OWN, "ailsa who left": THEIR_OWN,
        "ailsa in HR": f"envelope {THEIR_OWN}",
        "morag": BESIDE, "morag in HR": f"envelope {BESIDE}",
        "donald covering": BESIDE, "donald as the coming manager": BESIDE,
        "fergus covering": BESIDE, "fergus in HR": "envelope",
        "tom": "envelope", "tom covering": f"envelope {BESIDE}",
        "tom with a reason": "envelope", "tom whose reason ran out": "envelope",
    },
    "self_review": {
        "ailsa": f"page self ticked {THEIR_OWN}", "ailsa covering": f"page self ticked {THEIR_OWN}",
        "ailsa who left": f"page self ticked {THEIR_OWN}", "ailsa in HR": f"page self ticked {THEIR_OWN}",
        "morag": f"page manager steps ticked {BESIDE}", "morag in HR": f"page manager steps ticked {BESIDE}",
        "donald covering": f"page manager steps ticked {BESIDE}", "donald as the coming manager": BESIDE,
        "fergus covering": BESIDE, "fergus in HR": "envelope",
        "tom": "envelope", "tom covering": f"page manager steps ticked {BESIDE}",
        "tom with a reason": "envelope", "tom whose reason ran out": "envelope",
    },
    "manager_review": {
        "ailsa": f"page self ticked {THEIR_OWN}", "ailsa covering": f"page self ticked {THEIR_OWN}",
        "ailsa who left": f"page self ticked {THEIR_OWN}", "ailsa in HR": f"page self ticked {THEIR_OWN}",
        "morag": f"page self manager steps ticked {BESIDE}", "morag in HR": f"page self manager steps ticked {BESIDE}",
        "donald covering": f"page self manager steps ticked {BESIDE}", "donald as the coming manager": BESIDE,
        "fergus covering": BESIDE, "fergus in HR": "envelope",
        "tom": "envelope", "tom covering": f"page self manager steps ticked {BESIDE}",
        "tom with a reason": "envelope", "tom whose reason ran out": "envelope",
    },
    "shared": {
        "ailsa": f"page self manager steps ticked {THEIR_OWN}",
        "ailsa covering": f"page self manager steps ticked {THEIR_OWN}",
        "ailsa who left": f"page self manager steps ticked {THEIR_OWN}",
        "ailsa in HR": f"page self manager steps ticked {THEIR_OWN}",
        "morag": f"page self manager steps ticked {BESIDE}", "morag in HR": f"page self manager steps ticked {BESIDE}",
        "donald covering": f"page self manager steps ticked {BESIDE}", "donald as the coming manager": BESIDE,
        "fergus": "page self manager steps ticked", "fergus in HR": "page self manager steps ticked",
        "fergus covering": f"page self manager steps ticked {BESIDE}",
        "tom": "envelope", "tom covering": f"page self manager steps ticked {BESIDE}",
        "tom with a reason": "page self manager steps ticked", "tom whose reason ran out": "envelope",
    },
    "closed": {
        "ailsa": f"page self manager steps record ticked {THEIR_OWN}",
        "ailsa covering": f"page self manager steps record ticked {THEIR_OWN}",
        "ailsa who left": f"page self manager steps record ticked {THEIR_OWN}",
        "ailsa in HR": f"page self manager steps record ticked {THEIR_OWN}",
        "morag": f"page self manager steps record ticked {BESIDE}",
        "morag in HR": f"page self manager steps record ticked {BESIDE}",
        "donald covering": f"page self manager steps record ticked {BESIDE}",
        "donald as the coming manager": f"page self manager steps record ticked {BESIDE}",
        "fergus covering": BESIDE, "fergus in HR": "envelope",  # the second manager keeps no copy
        "tom": "envelope", "tom covering": f"page self manager steps record ticked {BESIDE}",
        "tom with a reason": "page self manager steps record ticked", "tom whose reason ran out": "envelope",
    },
    "opened again": {
        "ailsa": f"page self record ticked {THEIR_OWN}", "ailsa covering": f"page self record ticked {THEIR_OWN}",
        "ailsa who left": f"page self record ticked {THEIR_OWN}", "ailsa in HR": f"page self record ticked {THEIR_OWN}",
        "morag": f"page self manager steps record ticked {BESIDE}",
        "morag in HR": f"page self manager steps record ticked {BESIDE}",
        "donald covering": f"page self manager steps record ticked {BESIDE}",
        "donald as the coming manager": f"record {BESIDE}",
        "fergus covering": BESIDE, "fergus in HR": "envelope",
        "tom": "envelope", "tom covering": f"page self manager steps record ticked {BESIDE}",
        "tom with a reason": "envelope", "tom whose reason ran out": "envelope",
    },
    "handed over to donald": {
        "ailsa": f"page self closed ticked {THEIR_OWN}", "ailsa covering": f"page self closed ticked {THEIR_OWN}",
        "ailsa who left": f"page self closed ticked {THEIR_OWN}", "ailsa in HR": f"page self closed ticked {THEIR_OWN}",
        "donald": f"page self manager closed steps ticked {BESIDE}",
        "donald as the coming manager": f"page self manager closed steps ticked {BESIDE}",
        "donald covering": f"page self manager closed steps ticked {BESIDE}",
        "donald who covered": f"page self manager closed steps ticked {BESIDE}",
        "morag in HR": "envelope", "fergus in HR": "envelope",
        "tom": "envelope", "tom covering": "envelope",
        "tom with a reason": "envelope", "tom whose reason ran out": "envelope",
    },
    "void": {
        "ailsa": f"page self ticked {THEIR_OWN}", "ailsa covering": f"page self ticked {THEIR_OWN}",
        "ailsa who left": f"page self ticked {THEIR_OWN}", "ailsa in HR": f"page self ticked {THEIR_OWN}",
        "morag": BESIDE, "morag in HR": f"envelope {BESIDE}",
        "donald covering": BESIDE, "donald as the coming manager": BESIDE,
        "fergus covering": BESIDE, "fergus in HR": "envelope",
        "tom": "envelope", "tom covering": f"envelope {BESIDE}",
        "tom with a reason": "envelope", "tom whose reason ran out": "envelope",
    },
}  # fmt: skip
TABLE["answered"] = TABLE["shared"]
TABLE["taken back"] = TABLE["manager_review"]


@pytest.fixture
def cast(opened_cast):
    """Everybody, with Ailsa's review opened."""
    return opened_cast


def make(cast, situation) -> AppraisalReview:
    """The review, with something of everything in it that could leak."""
    if situation == "being opened":
        cycle = move(draft_cycle(cast, name="Another year"), "open", by=person(cast.tom))
        review = AppraisalReview.objects.get(cycle=cycle)
        ground(cast)
    else:
        review = brought_to(cast, situation)
    note_seen(cast)
    example(cast.ailsa, title="Mine alone")
    return review


def brought_to(cast, situation) -> AppraisalReview:
    ailsa, morag, tom = (person(cast.fresh(name)) for name in ("ailsa", "morag", "tom"))
    review = AppraisalReview.objects.get()
    ground(cast)
    answer_all(review, Part.SELF, cast.fresh("ailsa"))
    answer_all(review, Part.MANAGER, cast.fresh("morag"))
    step = {"what": "Walk the bank", "owner": cast.ailsa, "due_on": days(30)}
    save_summary(review, Part.MANAGER, "A good year.", by=morag, steps=[step])
    if situation == "self_review":
        return review
    review = move(review, "send", by=ailsa)
    reason = {"reason": "For this test"}
    if situation == "manager_review":
        return review
    if situation == "void":
        return move(review, "void", by=tom, data=reason)
    review = move(review, "share", by=morag)
    if situation == "shared":
        return review
    if situation == "taken back":
        return move(review, "take_back", by=morag)
    if situation == "handed over to donald":
        Post.objects.filter(person=cast.ailsa).update(line_manager=cast.donald)
        return move(review, "reassign_later", by=tom, data={**reason, "manager": cast.donald})
    review = move(review, "answer", by=ailsa, data={"answer": "agree"})
    if situation == "answered":
        return review
    review = move(review, "confirm_fair", by=person(cast.fresh("fergus")))
    return move(review, "reopen", by=tom, data=reason) if situation == "opened again" else review


def seen_by(user, review) -> set[str]:
    """The words of everything that this person's queries find."""
    parts = list(ReviewPart.objects.filter(review=review).visible_to(user))
    ticked = BehaviourRating.objects.filter(part__in=parts, examples__isnull=False) if parts else parts
    examples = set(EvidenceEntry.objects.visible_to(user).values_list("state", flat=True))
    sets = {
        "envelope": AppraisalReview.objects.filter(pk=review.pk).visible_to(user),
        "page": AppraisalReview.objects.filter(pk=review.pk).readable_by(user),
        "steps": NextStep.objects.filter(review=review).visible_to(user),
        "record": ReviewRecord.objects.filter(review=review).visible_to(user),
        "notes": ManagerNote.objects.visible_to(user),
    }
    found = {word for word, rows in sets.items() if rows.exists()}
    found |= {"closed" if part.closed_at else part.part for part in parts}
    found |= {{"shared": "example", "draft": "draft"}[state] for state in examples}
    return found | ({"ticked"} if ticked else set())


@pytest.mark.parametrize("situation", list(TABLE))
def test_who_reads_what(cast, situation):
    review = make(cast, situation)
    wrong = {}
    for who in PEOPLE:
        told = set(TABLE[situation].get(who, "").split())
        told |= {"envelope"} if "page" in told else set()  # who may open the page sees that there is one
        with undone():
            found = seen_by(become(who, cast, review).user, review)
        if found != told:
            wrong[who] = {"too much": found - told, "missing": told - found}

    assert wrong == {}


def test_the_table_names_everybody_and_every_state():
    assert set(PEOPLE) - set().union(*TABLE.values()) == NOTHING
    assert set().union(*TABLE.values()) <= set(PEOPLE)
    states = {"being opened": "setup", "taken back": "manager_review", "opened again": "manager_review"}
    covered = {states.get(situation, situation) for situation in TABLE if situation != "handed over to donald"}
    assert covered == set(ReviewState.values)


def test_a_table_of_rights_opens_nothing_that_is_not_on_a_page():
    for situation, rows in TABLE.items():
        for who, words in rows.items():
            parts = set(words.split()) & {"self", "manager", "closed", "steps", "ticked"}
            assert not parts or "page" in words.split(), (situation, who)


def test_nobody_signed_in_sees_nothing(cast):
    review = make(cast, "closed")

    assert seen_by(AnonymousUser(), review) == set()


def test_it_ends_with_the_day(cast):
    """The last day of a post still counts; the day after does not."""
    review = make(cast, "closed")
    for ends_on, sees in ((days(0), True), (days(-1), False)):
        with undone():
            Post.objects.filter(person=cast.ailsa).update(ends_on=ends_on)
            assert ("page" in seen_by(cast.fresh("morag"), review)) is sees


def test_the_second_manager_reads_the_ticked_examples_and_no_others(cast):
    review = make(cast, "answered")
    beside = example(cast.ailsa, title="Shared, but nobody ticked it")
    move(beside, "share", by=person(cast.fresh("ailsa")))
    parts = ReviewPart.objects.filter(review=review).visible_to(cast.fresh("fergus"))

    ticked = set(BehaviourRating.objects.filter(part__in=parts).values_list("examples__title", flat=True))

    assert ticked == {"Rang before drafting"}
    assert not EvidenceEntry.objects.visible_to(cast.fresh("fergus")).exists()


def test_a_self_assessment_that_was_never_sent_stays_the_persons_own(cast):
    """Neither sharing nor closing nor a reason opens it."""
    AppraisalCycle.objects.update(self_due_on=days(-1))
    review = AppraisalReview.objects.get()
    ground(cast)
    answer_all(review, Part.SELF, cast.fresh("ailsa"))
    answer_all(review, Part.MANAGER, cast.fresh("morag"))
    review = move(review, "share", by=person(cast.fresh("morag")))
    review = move(review, "answer", by=person(cast.fresh("ailsa")), data={"answer": "agree"})
    readers = {name: cast.fresh(name) for name in ("morag", "fergus")}
    assert all("self" not in seen_by(user, review) for user in readers.values())

    review = move(review, "confirm_fair", by=person(readers["fergus"]))

    with undone():
        assert "self" not in seen_by(become("tom with a reason", cast, review).user, review)
    assert "self" not in seen_by(cast.fresh("morag"), review)
    assert "self" in seen_by(cast.fresh("ailsa"), review)


def test_the_manager_of_one_post_reads_nothing_about_the_other(cast):
    """Somebody with two posts has two reviews under two managers."""
    post = Post.objects.get(person=cast.ailsa)
    Post.objects.create(
        person=cast.ailsa, team=post.team, job_family=post.job_family, title="Project officer",
        line_manager=cast.donald, starts_on=days(-20),
    )  # fmt: skip
    review, other = AppraisalReview.objects.filter(cycle=open_cycle(cast, name="Another year")).order_by("number")
    ground(cast)

    def of_donald(which):
        return seen_by(cast.fresh("donald"), which) - {"example"}  # what a person shares, both managers read

    assert (review.manager, other.manager) == (cast.morag, cast.donald)
    assert (of_donald(review), of_donald(other)) == (set(), {"envelope", "page", "manager"})
    assert seen_by(cast.fresh("morag"), other) - {"example"} == set()


@pytest.mark.parametrize(
    ("hidden", "state", "answered", "expected"),
    [
        (True, "manager_review", False, True),
        (True, "manager_review", True, False),
        (False, "manager_review", False, False),
        (True, "shared", True, False),
    ],
)
def test_the_own_level_stays_hidden_until_the_manager_has_chosen(cast, hidden, state, answered, expected):
    AppraisalCycle.objects.update(hide_self_levels=hidden)
    review = walked(cast, AppraisalReview.objects.get(), state)
    if answered and state == "manager_review":
        answer_all(review, Part.MANAGER, cast.fresh("morag"))
    own, managers = review.self_part.ratings.first(), review.manager_part.ratings.first()

    assert self_level_is_hidden(own, managers, cast.fresh("morag")) is expected
    assert self_level_is_hidden(own, managers, cast.fresh("ailsa")) is False


def test_an_example_made_private_again_is_not_in_the_next_record(cast):
    """After the closing its owner may make it private; opened again, it stays private."""
    review = walked(cast, AppraisalReview.objects.get(), "closed")
    kept = EvidenceEntry.objects.get()
    move(kept, "unshare", by=person(cast.fresh("ailsa")))
    review = move(review, "reopen", by=person(cast.fresh("tom")), data={"reason": "A wrong word"})
    other = example(cast.ailsa, title="Another one", happened_on=days(-1) - datetime.timedelta(days=1))
    move(other, "share", by=person(cast.fresh("ailsa")))
    answer_all(review, Part.MANAGER, cast.fresh("morag"))  # ticks the one that is shared

    review = move(review, "share", by=person(cast.fresh("morag")))
    review = move(review, "answer", by=person(cast.fresh("ailsa")), data={"answer": "agree"})
    review = move(review, "confirm_fair", by=person(cast.fresh("fergus")))

    first, second = review.records.order_by("version")
    assert [row["title"] for row in first.data["examples"]] == ["Rang before drafting"]
    assert [row["title"] for row in second.data["examples"]] == ["Another one"]
