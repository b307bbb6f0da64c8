"""What was written in a review, laid out for one reader: behaviour by behaviour, both sides beside each other.

Only parts that ReviewPartQuerySet.visible_to gives come in here, and what is laid out are copies: a level that is
hidden from a reader is not in what a template gets. Who is named as a reader stands in reading.py.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from appraisal.enums import AFTER_SHARING, Answer, Part, ReviewState, SignatureRole
from appraisal.models import (
    AppraisalReview,
    BehaviourRating,
    DisputedPoint,
    EvidenceConfirmation,
    EvidenceEntry,
    ExpectedBehaviour,
    JobHolderResponse,
    ManagerNote,
    NextStep,
    ReviewPart,
    SharedVersion,
    Signature,
)
from appraisal.ratings import self_level_is_hidden
from appraisal.responding import may_read_replies, read_responses
from people.models import User


@dataclass(frozen=True)
class ShownAnswer:
    """What somebody who was there said of an example; without a name for readers who were not promised to them."""

    words: str
    who: str
    is_other: bool  # not as they saw it
    is_superseded: bool


@dataclass(frozen=True)
class ShownExample:
    """An example under a level, as far as this reader may see it."""

    title: str
    happened_on: datetime.date
    url: str = ""  # its own page, where the reader may open it
    account: Sequence[tuple[str, str]] = ()  # else its words, while it is shared
    answers: Sequence[ShownAnswer] = ()
    is_private: bool = False
    id: int | None = None  # where the reader may open it


@dataclass(frozen=True)
class Side:
    """One side's answer for one behaviour."""

    is_answered: bool
    is_hidden: bool
    level: int | None
    mark_words: str
    words: str
    help: str
    examples: Sequence[ShownExample]
    notes: Sequence[ManagerNote]


@dataclass
class Row:
    """One behaviour with both sides, and what is disputed about it."""

    expected: ExpectedBehaviour
    own: Side | None = None
    manager: Side | None = None
    points: list["ShownPoint"] = field(default_factory=list)


@dataclass(frozen=True)
class ShownPoint:
    """A point of a disagreement; the reply only for those who may read it yet."""

    point: DisputedPoint
    about: str
    words: str
    reply: str
    replied_by: str


@dataclass(frozen=True)
class EarlierPart:
    """What an earlier manager had written when the review was handed over."""

    name: str
    closed_on: datetime.date
    summary: str
    rows: Sequence[tuple[str, Side]]


@dataclass(frozen=True)
class EarlierVersion:
    """What was shared before and then taken back, word for word, with the answer that was given to it."""

    number: int
    name: str
    shared_on: datetime.date
    summary: str
    rows: Sequence[Mapping[str, str]]
    steps: Sequence[Mapping[str, Any]]
    answer: JobHolderResponse | None
    points: Sequence[ShownPoint]


@dataclass
class Written:
    """All that this reader may read of a review."""

    review: AppraisalReview
    parts: list[ReviewPart]
    own: ReviewPart | None
    manager: ReviewPart | None
    rows: list[Row]
    earlier: list[EarlierPart]
    steps: list[NextStep]
    response: JobHolderResponse | None
    points: list[ShownPoint]  # of the disagreement in general, about no one behaviour
    confirmed: Signature | None  # the second manager's, with the words that go with it

    @property
    def words(self) -> str:
        """The words of the answer, where they are not one of its points anyway."""
        said = self.response.words if self.response else ""
        return "" if said in {each.words for each in self.points} else said


def read_written(review: AppraisalReview, viewer: User) -> Written:
    """Everything in a review that this person may read, in queries that do not grow with what was written."""
    parts = list(review.parts.visible_to(viewer).for_reading())
    own, manager = _open_part(parts, Part.SELF), _open_part(parts, Part.MANAGER)
    _remember(review, own, manager)
    response, points = _response(review, viewer)
    return Written(
        review=review,
        parts=parts,
        own=own,
        manager=manager,
        rows=_rows(own, manager, points, viewer),
        earlier=[_earlier_part(part, viewer) for part in parts if part.closed_at],
        steps=_next_steps(review, viewer),
        response=response,
        points=[each for each in points if each.point.behaviour_id is None],
        confirmed=_confirmed(review),
    )


def earlier_versions(
    review: AppraisalReview, viewer: User, behaviours: Iterable[ExpectedBehaviour]
) -> list[EarlierVersion]:
    """What was shared and taken back: for the person, who could read it, and for the manager who wrote it."""
    own = viewer.pk == review.job_holder_id
    if review.text_version == 1 or review.state == ReviewState.VOID or not (own or _is_its_manager(review, viewer)):
        return []
    rows = review.shared_versions.filter(text_version__lt=review.text_version).select_related("shared_by")
    readable = rows if own else rows.filter(shared_by_id=review.manager_id)
    names = {row.text.behaviour.code: row.text.short_name for row in behaviours}
    read_responses(review)
    said = {each.text_version: each for each in review.responses.all()}
    return [_earlier_version(row, names, said.get(row.text_version), viewer) for row in readable]


def shown_points(response: JobHolderResponse | None, review: AppraisalReview, viewer: User) -> list[ShownPoint]:
    """The points of a disagreement in order."""
    if response is None:
        return []
    with_reply = may_read_replies(review, response, viewer)
    return [
        ShownPoint(
            point=point,
            about=point.behaviour.text.short_name if point.behaviour else _("In general"),
            words=point.words,
            reply=point.reply if with_reply else "",
            replied_by=point.replied_by.name if with_reply and point.replied_by else "",
        )
        for point in response.points.all()
    ]


def _open_part(parts: Iterable[ReviewPart], side: Part) -> ReviewPart | None:
    return next((part for part in parts if part.part == side and part.closed_at is None), None)


def _remember(review: AppraisalReview, own: ReviewPart | None, manager: ReviewPart | None) -> None:
    """The moves ask after the same parts; what was read already is not read again."""
    for name, part in (("self_part", own), ("manager_part", manager)):
        if part is not None:
            vars(review)[name] = part


def _response(review: AppraisalReview, viewer: User) -> tuple[JobHolderResponse | None, list[ShownPoint]]:
    """The answer to the text as it stands; before it is shared there is none, and none is looked for."""
    if review.state not in AFTER_SHARING:
        return None, []
    read_responses(review)
    return review.response, shown_points(review.response, review, viewer)


def _confirmed(review: AppraisalReview) -> Signature | None:
    """The second manager's signature under a review that is closed."""
    if review.state != ReviewState.CLOSED:
        return None
    signed = review.signatures.filter(role=SignatureRole.SECOND_MANAGER, text_version=review.text_version)
    return signed.select_related("by").first()


def _rows(own: ReviewPart | None, manager: ReviewPart | None, points: Iterable[ShownPoint], viewer: User) -> list[Row]:
    rows: dict[int, Row] = {}
    written = {rating.behaviour_id: rating for rating in manager.ratings.all()} if manager else {}
    for rating in own.ratings.all() if own else ():
        hidden = self_level_is_hidden(rating, written.get(rating.behaviour_id), viewer)
        rows[rating.behaviour_id] = Row(rating.behaviour, own=_side(rating, viewer, hidden=hidden))
    for key, rating in written.items():
        rows.setdefault(key, Row(rating.behaviour)).manager = _side(rating, viewer)
    for point in points:
        if point.point.behaviour_id in rows:
            rows[point.point.behaviour_id].points.append(point)
    return sorted(rows.values(), key=lambda row: row.expected.number)


def _side(rating: BehaviourRating, viewer: User, *, hidden: bool = False) -> Side:
    return Side(
        is_answered=rating.is_answered,
        is_hidden=hidden and rating.is_answered,
        level=None if hidden else rating.level,
        mark_words="" if hidden else rating.mark_words,
        words=rating.words,
        help=rating.help,
        examples=[_example(entry, viewer) for entry in rating.examples.all()],
        notes=list(rating.notes.all()),
    )


def _example(entry: EvidenceEntry, viewer: User) -> ShownExample:
    """The same rule as EvidenceEntryQuerySet.visible_to for its page. Whoever else reads the level reads what it
    rests on here, while it is shared; the name of somebody who answered is for those two alone, as they were told."""
    near = viewer.pk == entry.owner_id or (entry.is_shared and entry.owner_id in viewer.managed_person_ids)
    if not near and not entry.is_shared:
        return ShownExample(entry.heading_for(viewer), entry.happened_on, is_private=True)
    answers = [_answer(row, named=near) for row in entry.confirmations.all()]
    if near:
        return ShownExample(
            entry.heading, entry.happened_on, url=entry.get_absolute_url(), answers=answers, id=entry.pk
        )
    return ShownExample(entry.heading, entry.happened_on, account=entry.account, answers=answers)


def _answer(row: EvidenceConfirmation, *, named: bool) -> ShownAnswer:
    return ShownAnswer(
        words=str(row.get_answer_display()),
        who=row.name if named else _("Somebody who was there"),
        is_other=row.answer == Answer.NOT_SO,
        is_superseded=row.is_superseded,
    )


def _earlier_part(part: ReviewPart, viewer: User) -> EarlierPart:
    return EarlierPart(
        name=part.author.name,
        closed_on=timezone.localdate(part.closed_at),
        summary=part.summary,
        rows=[
            (rating.behaviour.text.short_name, _side(rating, viewer))
            for rating in part.ratings.all()
            if rating.is_answered or rating.words
        ],
    )


def _next_steps(review: AppraisalReview, viewer: User) -> list[NextStep]:
    return list(review.next_steps.visible_to(viewer).select_related("owner", "module"))


def _is_its_manager(review: AppraisalReview, viewer: User) -> bool:
    """True for the manager named in it and whoever stands in for them, while they manage the post."""
    named = review.manager_id in {viewer.pk, *viewer.covered_manager_ids}
    return named and review.post_id in viewer.managed_post_ids and viewer.pk != review.second_manager_id


def _earlier_version(
    row: SharedVersion, names: Mapping[str, str], said: JobHolderResponse | None, viewer: User
) -> EarlierVersion:
    written = row.content["manager"]
    return EarlierVersion(
        number=row.text_version,
        name=row.shared_by.name,
        shared_on=timezone.localdate(row.shared_at),
        summary=written["summary"],
        rows=[
            {"name": names[code], "level": said_of["mark_words"], "words": said_of["words"], "help": said_of["help"]}
            for code, said_of in written["ratings"].items()
            if code in names
        ],
        steps=[{**step, "by": parse_date(step["by"])} for step in row.content["next_steps"]],
        answer=said,
        points=shown_points(said, row.review, viewer),
    )
