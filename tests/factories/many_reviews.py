"""So many reviews, notes and next steps for a list, written at once. Each builder takes the cast and a number."""

import uuid

from django.utils import timezone

from appraisal.enums import Part, ReviewState
from appraisal.models import (
    AppraisalCycle,
    AppraisalReview,
    BehaviourRating,
    ExpectedBehaviour,
    ManagerNote,
    NextStep,
    ReviewPart,
)
from partnerships.framework import current_version
from partnerships.models import BehaviourText
from people.models import Post, Team, User
from tests.factories import many
from tests.factories.many import DAY
from tests.factories.reviews import days

BEHAVIOURS = 5


def _texts(cast) -> list[BehaviourText]:
    if current_version() is None:
        many.behaviours(cast, BEHAVIOURS)
    return list(BehaviourText.objects.select_related("behaviour").order_by("number")[:BEHAVIOURS])


def cycle(cast, name="Reviews 2026", *, state="open", starts=-300) -> AppraisalCycle:
    """A review year, written as it stands."""
    _texts(cast)
    values = {"self_due_on": days(5), "share_due_on": days(10), "close_due_on": days(20)}
    return AppraisalCycle.objects.create(
        name=name,
        state=state,
        framework_version=current_version(),
        starts_on=days(starts),
        ends_on=days(starts + 300),
        **values,
    )


def team(cast, count) -> list[Post]:
    """So many people under Morag, each in a post of their own."""
    people = User.objects.bulk_create(
        User(email=f"team-{number}@example.org", name=f"Person {number}") for number in range(count)
    )
    row = Team.objects.get()
    return Post.objects.bulk_create(
        Post(person=one, team=row, line_manager=cast.morag, title="Officer", starts_on=DAY) for one in people
    )


def reviews(cast, posts, year, state) -> list[AppraisalReview]:
    """A review of each post in this state, by its line manager, with empty ratings on both sides."""
    texts = _texts(cast)
    rows = AppraisalReview.objects.bulk_create(
        AppraisalReview(
            cycle=year,
            state=state,
            job_holder=post.person,
            post=post,
            job_title=post.title,
            team_name="Team",
            manager=cast.morag,
            second_manager=cast.fergus,
            shared_on=days(-1) if state == ReviewState.SHARED else None,
        )
        for post in posts
    )
    expected = ExpectedBehaviour.objects.bulk_create(
        ExpectedBehaviour(review=row, text=text, level=2, number=number)
        for row in rows
        for number, text in enumerate(texts, start=1)
    )
    sent = None if state == ReviewState.SELF_REVIEW else timezone.now()
    parts = ReviewPart.objects.bulk_create(
        ReviewPart(
            review=row,
            part=part,
            author=row.job_holder if part == Part.SELF else cast.morag,
            sent_at=sent if part == Part.SELF else None,
        )
        for row in rows
        for part in Part
    )
    of_review = _by_review(expected)
    BehaviourRating.objects.bulk_create(
        BehaviourRating(part=part, behaviour=one) for part in parts for one in of_review[part.review_id]
    )
    return rows


def _by_review(expected) -> dict[int, list[ExpectedBehaviour]]:
    found: dict[int, list[ExpectedBehaviour]] = {}
    for row in expected:
        found.setdefault(row.review_id, []).append(row)
    return found


def steps(rows, owner=None) -> None:
    """Three next steps in each review, owed by the job holder or by the one given."""
    NextStep.objects.bulk_create(
        NextStep(review=row, number=number, what=f"Ring first, {number}", owner=owner or row.job_holder, due_on=days(9))
        for row in rows
        for number in (1, 2, 3)
    )


def managers_steps(cast, count):
    """Next steps that Morag owes to so many people."""
    steps(reviews(cast, team(cast, count), cycle(cast, state="closed"), ReviewState.CLOSED), owner=cast.morag)


def notes(cast, count):
    """Notes of Morag about Ailsa; returns the key of her post."""
    texts, post = _texts(cast), Post.objects.get(person=cast.ailsa)
    ManagerNote.objects.bulk_create(
        ManagerNote(
            post=post,
            person=cast.ailsa,
            author=cast.morag,
            behaviour=texts[number % len(texts)].behaviour,
            seen_on=DAY,
            text=f"Rang first, for the {number}th time.",
            form_key=uuid.uuid4(),
        )
        for number in range(count)
    )
    return post.pk
