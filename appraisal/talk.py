"""What a manager takes to a talk: the examples of the period, the last steps, the open questions. Page: views/team.py.

A sheet of paper is easily seen by others: the manager's own levels stand on it only once the review is shared.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Prefetch

from appraisal.enums import AFTER_SHARING, Part
from appraisal.models import (
    AppraisalReview,
    BehaviourRating,
    EvidenceConfirmation,
    EvidenceEntry,
    ManagerNote,
    NextStep,
    ReviewPart,
)
from appraisal.ratings import self_level_is_hidden
from appraisal.steps import agreed_steps
from people.lib.dates import add_months, today
from people.models import Post, User

MONTHS_WITHOUT_REVIEW = 12
MOST_EXAMPLES = 20  # more than anybody talks about in an hour


@dataclass(frozen=True)
class Question:
    """One behaviour to talk about: where the two see it differently, or help is wanted."""

    behaviour: str
    own: str  # the person's level in words, when the manager may see it
    managers: str  # the manager's, once shared
    differ: bool
    help: str


@dataclass
class TalkSheet:
    """Everything on the sheet."""

    post: Post
    review: AppraisalReview | None
    first: datetime.date
    last: datetime.date
    examples: list[EvidenceEntry]  # the latest
    has_more: bool
    notes: list[ManagerNote]
    steps: list[NextStep]
    questions: list[Question]

    @property
    def is_shared(self) -> bool:
        """True once the person can read the review."""
        return self.review is not None and self.review.state in AFTER_SHARING


def talk_sheet(post: Post, review: AppraisalReview | None, viewer: User) -> TalkSheet:
    """The sheet about the review of this post that is under way, or without one about the last twelve months."""
    first, last = _period(review)
    answers = EvidenceConfirmation.objects.visible_to(viewer).answered().select_related("organisation")
    examples = EvidenceEntry.objects.visible_to(viewer).of_owner(post.person).shared().select_related("partnership")
    notes = ManagerNote.objects.visible_to(viewer).of_post(post).between(first, last)
    of_period = examples.filter(happened_on__range=(first, last)).prefetch_related(Prefetch("confirmations", answers))
    found = list(of_period[: MOST_EXAMPLES + 1])
    return TalkSheet(
        post=post,
        review=review,
        first=first,
        last=last,
        examples=found[:MOST_EXAMPLES],
        has_more=len(found) > MOST_EXAMPLES,
        notes=list(notes.for_reading()),
        steps=agreed_steps([post.pk], viewer=viewer).get(post.pk, []),
        questions=open_questions(review, viewer) if review else [],
    )


def open_questions(review: AppraisalReview, viewer: User) -> list[Question]:
    """Behaviours on which the two differ or help is wanted, as far as this manager may see and nothing more."""
    parts = ReviewPart.objects.visible_to(viewer).filter(review=review, closed_at=None)
    rows = BehaviourRating.objects.filter(part__in=parts).select_related("part", "behaviour__text")
    sides: dict[str, dict[int, BehaviourRating]] = {part: {} for part in Part.values}
    for row in rows.order_by("behaviour__number"):
        row.part.review = review
        sides[row.part.part][row.behaviour_id] = row
    managers = sides[Part.MANAGER]
    found = [_question(review, row, managers.get(key), viewer) for key, row in sides[Part.SELF].items()]
    return [question for question in found if question.differ or question.help]


def _period(review: AppraisalReview | None) -> tuple[datetime.date, datetime.date]:
    if review is not None:
        return review.cycle.starts_on, review.cycle.ends_on
    return add_months(today(), -MONTHS_WITHOUT_REVIEW), today()


def _question(
    review: AppraisalReview, own: BehaviourRating, managers: BehaviourRating | None, viewer: User
) -> Question:
    hidden = self_level_is_hidden(own, managers, viewer)
    theirs = managers if managers is not None and managers.is_answered else None
    return Question(
        behaviour=own.behaviour.text.short_name,
        own="" if hidden else own.mark_words,
        managers=theirs.mark_words if theirs and review.state in AFTER_SHARING else "",
        differ=theirs is not None and not hidden and own.is_answered and own.mark != theirs.mark,
        help=own.help.strip(),
    )
