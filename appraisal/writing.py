"""One side of a review as its writer has it in hand: whose it is, its steps, what is open, and handing it in.

What lies beside the form stands in beside.py, saving in ratings.py, what a level rests on in ground.py.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from appraisal.enums import Part, ReviewState
from appraisal.ground import missing
from appraisal.models import AppraisalReview, BehaviourRating, ReviewPart
from appraisal.permissions import can_write_for_manager, is_job_holder
from appraisal.ratings import can_write
from people import transitions
from people.lib.dates import today
from people.models import User
from people.transitions import Actor, ChangedSince, NotVisible, NotYours, WrongState

HANDS_IN = {Part.SELF: "send", Part.MANAGER: "share"}


@dataclass(frozen=True)
class Step:
    """One page of writing: a behaviour, the summary, or the check before handing in."""

    label: str
    url: str
    state: str = ""
    done: bool = False
    current: bool = False
    number: int | None = None  # of a behaviour

    def now(self) -> "Step":
        """The same step, as the page that is open."""
        return replace(self, current=True, done=False, state=_("Now"))


@dataclass
class Draft:
    """One side of a review with all its answers; and the other side's, when it is the person's own and was sent."""

    review: AppraisalReview
    part: ReviewPart
    ratings: list[BehaviourRating]
    own_view: dict[int, BehaviourRating]
    by: User
    stand_in: str = ""  # who covers for the manager today

    @property
    def is_self(self) -> bool:
        """True when the person writes about themselves."""
        return self.part.is_self

    @property
    def is_open(self) -> bool:
        """True while this side is written in."""
        return can_write(self.review, self.part.part, transitions.person(self.by))

    def rating(self, number: int) -> BehaviourRating | None:
        """The answer for the behaviour of this number."""
        return next((row for row in self.ratings if row.behaviour.number == number), None)


def side_of(review: AppraisalReview, user: User) -> Part | None:
    """The side that this person writes, by who they are and not by the state; None for readers."""
    actor = transitions.person(user)
    if is_job_holder(review, actor):
        return Part.SELF
    return Part.MANAGER if can_write_for_manager(review, actor) else None


def open_draft(user: User, pk: int) -> Draft:
    """The side of the review that is this person's to write, in one query; NotVisible or NotYours when there is none.

    It is given in every state: whoever calls asks `is_open`.
    """
    reviews = AppraisalReview.objects.of_two_sides(user).filter(pk=pk)
    rows = list(BehaviourRating.objects.filter(part__review__in=reviews, part__closed_at=None).for_writing())
    if not rows:
        raise NotYours if AppraisalReview.objects.readable_by(user).filter(pk=pk).exists() else NotVisible
    review, parts = _joined(rows)
    side = side_of(review, user)
    if side is None:
        raise NotYours
    was_sent = side == Part.MANAGER and parts[Part.SELF].sent_at is not None
    return Draft(
        review=review,
        part=parts[side],
        ratings=[row for row in rows if row.part.part == side],
        own_view={row.behaviour_id: row for row in rows if was_sent and row.part.is_self},
        by=user,
        stand_in=rows[0].stand_in or "",
    )


def ask_open(draft: Draft) -> None:
    """Raise WrongState when this side is not written in (any more)."""
    if not draft.is_open:
        state = draft.review.get_state_display()
        raise WrongState(_("This can no longer be changed: it is now “%(state)s”.") % {"state": state})


def steps_of(
    review: AppraisalReview,
    part: ReviewPart,
    current: int | str | None = None,
    ratings: Sequence[BehaviourRating] | None = None,
) -> list[Step]:
    """The steps of one side from ratings that were read already."""
    rows = list(part.ratings.all()) if ratings is None else ratings
    steps = [_behaviour_step(review, row) for row in rows]
    steps.append(summary_step(review, part))
    return [step.now() if current == (step.number or "summary") else step for step in steps]


def next_step(review: AppraisalReview, part: ReviewPart, ratings: Sequence[BehaviourRating], after: int = 0) -> Step:
    """The next behaviour that lacks something, from one on and round; else an unseen summary; else the check."""
    numbers = [*range(after + 1, len(ratings) + 1), *range(1, after)]
    by_number = {row.behaviour.number: row for row in ratings}
    found = next((by_number[n] for n in numbers if n in by_number and missing(by_number[n])), None)
    if found is not None:
        return _behaviour_step(review, found)
    return summary_step(review, part) if part.version == 1 else check_step(review)


def summary_step(review: AppraisalReview, part: ReviewPart) -> Step:
    """The page after the behaviours. Nobody has to write there, so it is optional and not to do."""
    label = _("In your own words") if part.is_self else _("Summary and next steps")
    saved = part.version > 1
    return Step(label, reverse("reviews:summary", args=[review.pk]), _("Saved") if saved else _("Optional"), saved)


def check_step(review: AppraisalReview) -> Step:
    """The page on which everything is looked at before it goes out."""
    return Step(_("Check your answers"), reverse("reviews:check", args=[review.pk]))


def saved_words(draft: Draft) -> str:
    """When this side was last saved, and who can see it now."""
    at = draft.part.saved_at
    if at is None:
        return f"{_('It saves itself while you write.')} {who_sees_draft(draft)}"
    local = timezone.localtime(at)
    clock = time_format(local, "H:i")
    if local.date() == today():
        saved = _("Draft saved at %(time)s.") % {"time": clock}
    else:
        saved = _("Draft saved on %(day)s at %(time)s.") % {"day": date_format(local, "j F"), "time": clock}
    return f"{saved} {who_sees_draft(draft)}"


def who_sees_draft(draft: Draft) -> str:
    """Who can read this side before it is handed in: its writer; for the manager's side also whoever stands in."""
    if draft.is_self:
        return _("Only you can see it.")
    if draft.by.pk != draft.review.manager_id:
        return _("Only you and %(name)s can see it.") % {"name": draft.review.manager.name}
    if draft.stand_in:
        return _("Only you and %(name)s, who stands in for you, can see it.") % {"name": draft.stand_in}
    return _("Only you can see it.")


def waits_for_self_until(review: AppraisalReview) -> datetime.date | None:
    """The last day for which sharing waits for the self-assessment; None once it is there or the day has passed."""
    waits = review.state == ReviewState.SELF_REVIEW and review.cycle.self_due_on >= today()
    return review.cycle.self_due_on if waits else None


def hand_in(review: AppraisalReview, part: str, *, by: Actor, seen: int | None, text_seen: str) -> AppraisalReview:
    """Send or share what was looked at; raises what the move raises, and ChangedSince, which takes the move back, when
    this side was saved again after the page was opened: nobody signs what they have not read. Empty asks nothing."""
    with transaction.atomic():
        moved = transitions.move(review, HANDS_IN[Part(part)], by=by, seen=seen)
        text = text_of(moved, part)
        if text_seen and text_seen != text_mark(text):
            raise ChangedSince(text)
    return moved


def text_mark(part: ReviewPart) -> str:
    """Which text of a part somebody was looking at."""
    return part.saved_at.isoformat() if part.saved_at else "never"


def text_of(review: AppraisalReview, part: str) -> ReviewPart:
    """The open part of one side with all that it rests on."""
    return review.self_part if part == Part.SELF else review.manager_part


def _behaviour_step(review: AppraisalReview, rating: BehaviourRating) -> Step:
    number, lacking = rating.behaviour.number, missing(rating)
    begun = rating.is_answered or rating.words.strip()
    state = _("Answered") if not lacking else _("Begun") if begun else _("To do")
    url = reverse("reviews:write", args=[review.pk, number])
    return Step(rating.behaviour.text.short_name, url, state, not lacking, number=number)


def _joined(rows: Sequence[BehaviourRating]) -> tuple[AppraisalReview, dict[str, ReviewPart]]:
    """One review and two parts for all rows, so that what is learnt on one is known on the others."""
    review, parts = rows[0].part.review, {}
    for row in rows:
        row.part = parts.setdefault(row.part.part, row.part)
        row.part.review = row.behaviour.review = review
    return review, parts
