"""Reviews in every state for tests, made through the real functions: Ailsa is reviewed by Morag, Fergus confirms."""

import datetime
import uuid

from appraisal.enums import NoteKind, Part, ReviewState
from appraisal.models import AppraisalCycle, AppraisalReview, EvidenceEntry, ManagerNote, NextStep
from appraisal.ratings import Answer, save_ratings
from partnerships.models import Behaviour, FrameworkVersion, RoleProfile
from people.lib.dates import today
from people.models import JobFamily, Post, Team
from people.transitions import create, move, person
from tests.factories.appraisal import shared_example
from tests.factories.partnerships import published_framework

BEHAVIOURS = 5


def days(count: int) -> datetime.date:
    """The day so many days from today; negative before it."""
    return today() + datetime.timedelta(days=count)


def draft_cycle(cast, *, left_out=("morag", "fergus", "priya", "tom", "senga", "donald"), **values) -> AppraisalCycle:
    """A cycle over Ailsa's team that is still being prepared. Only Ailsa is in it unless told otherwise."""
    version = FrameworkVersion.objects.published().first() or published_framework()
    family = JobFamily.objects.get(code="catchment-officer")
    assert RoleProfile.objects.filter(version=version, job_family=family).exists()
    cycle = AppraisalCycle(
        **{
            "name": "Reviews 2026",
            "starts_on": days(-300),
            "ends_on": days(60),
            "framework_version": version,
            "self_due_on": days(10),
            "share_due_on": days(30),
            "close_due_on": days(50),
            **values,
        }
    )
    create(cycle, "prepare", by=person(cast.tom))
    cycle.teams.set(Team.objects.filter(posts__person=cast.ailsa).distinct())
    for name in left_out:
        post = Post.objects.get(person=cast.people[name])
        cycle.exclusions.create(post=post, reason="In another cycle")
    return cycle


def open_cycle(cast, **values) -> AppraisalCycle:
    """An open cycle; the task that opens its reviews runs at the end of the transaction, so tests call open_reviews."""
    from appraisal.tasks import open_reviews

    cycle = move(draft_cycle(cast, **values), "open", by=person(cast.tom))
    open_reviews.func(cycle.pk)
    return cycle


def review_of(cast, cycle: AppraisalCycle | None = None) -> AppraisalReview:
    """Ailsa's review, waiting for her self-assessment."""
    cycle = cycle or open_cycle(cast)
    return AppraisalReview.objects.get(cycle=cycle, job_holder=cast.ailsa)


def ground(cast) -> EvidenceEntry:
    """An example of Ailsa's that both sides may tick."""
    found = EvidenceEntry.objects.of_owner(cast.ailsa).shared().first()
    return found or shared_example(cast.ailsa)


def answer_all(review: AppraisalReview, part: str, by, *, words: str = "As the examples show.", **data) -> None:
    """One side answers every behaviour at the level that the role expects, each resting on one example."""
    example = EvidenceEntry.objects.of_owner(review.job_holder).shared().first()
    values = {"words": words, "examples": [example] if example else []}
    answers = [Answer(row, {"mark": row.level, **values, **data}) for row in review.behaviours.all()]
    save_ratings(review, part, answers, by=person(by))


def note_seen(cast, *, kind: str = NoteKind.CONCERN, days_ago: int = 60, code: str = "PB1") -> ManagerNote:
    """Something that Morag noted about Ailsa so many days ago."""
    note = ManagerNote.objects.create(
        post=Post.objects.get(person=cast.ailsa),
        person=cast.ailsa,
        author=cast.morag,
        kind=kind,
        behaviour=Behaviour.objects.get(code=code),
        seen_on=days(-days_ago),
        text="The farms heard of the closed road from the radio.",
        form_key=uuid.uuid4(),
    )
    written = note.written_at - datetime.timedelta(days=days_ago)
    ManagerNote.objects.filter(pk=note.pk).update(written_at=written)
    note.refresh_from_db()
    return note


def next_step(cast, review: AppraisalReview, *, owner=None, due: int = 30, number: int = 1, **values) -> NextStep:
    """Something agreed in this review, to do in so many days; Ailsa's unless said otherwise."""
    what = values.pop("what", "Take the call list through the next test")
    return NextStep.objects.create(
        review=review, number=number, what=what, owner=owner or cast.ailsa, due_on=days(due), **values
    )


def review_in(cast, state: str, *, answer: str = "agree", **cycle) -> AppraisalReview:
    """Ailsa's review in this state, walked there from the beginning; `answer` is what she says to it."""
    return walked(cast, review_of(cast, open_cycle(cast, **cycle)), state, answer=answer)


def walked(cast, review: AppraisalReview, state: str, *, answer: str = "agree") -> AppraisalReview:
    """The review, from the self-assessment on to this state."""
    if state == ReviewState.VOID:
        return move(review, "void", by=person(cast.tom), data={"reason": "Opened for the wrong post"})
    if state == ReviewState.SELF_REVIEW:
        return review
    ground(cast)
    answer_all(review, Part.SELF, cast.fresh("ailsa"))
    review = move(review, "send", by=person(cast.fresh("ailsa")))
    if state == ReviewState.MANAGER_REVIEW:
        return review
    answer_all(review, Part.MANAGER, cast.fresh("morag"))
    review = move(review, "share", by=person(cast.fresh("morag")))
    if state == ReviewState.SHARED:
        return review
    words = "" if answer == "agree" else "I see the second point differently."
    review = move(review, "answer", by=person(cast.fresh("ailsa")), data={"answer": answer, "words": words})
    if state == ReviewState.ANSWERED:
        return review
    return move(review, "confirm_fair", by=person(cast.fresh("fergus")))
