"""Where the reviews of a cycle stand: whose turn it is, by which day, who is late. Reminding people: chasing.py.

Only the envelope of reviews is read here, never a word of what somebody wrote.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from appraisal.enums import UNDER_WAY, ReviewState, ReviewStep
from appraisal.models import AppraisalCycle, AppraisalReview
from appraisal.responding import answer_due
from people import audit
from people.lib.dates import add_working_days, today
from people.models import AuditEvent, Post, User
from people.policy import policy


@dataclass(frozen=True)
class Stage:
    """What a state waits for: the step, the field of whose turn it is, the field of the cycle with its last day."""

    step: ReviewStep
    person: str
    due: str


SHARING = Stage(ReviewStep.SHARE, "manager", "share_due_on")
STAGES = {
    ReviewState.SELF_REVIEW: Stage(ReviewStep.SELF_ASSESSMENT, "job_holder", "self_due_on"),
    ReviewState.MANAGER_REVIEW: SHARING,
    ReviewState.SHARED: Stage(ReviewStep.ANSWER, "job_holder", ""),  # its last day is counted from sharing
    ReviewState.ANSWERED: Stage(ReviewStep.CONFIRM, "second_manager", "close_due_on"),
}


@dataclass(frozen=True)
class Turn:
    """Whose turn a review is, for what and by which day."""

    step: ReviewStep
    person: User
    due_on: datetime.date
    is_late: bool

    @property
    def late_since(self) -> datetime.date:
        """The first day after the last one."""
        return self.due_on + datetime.timedelta(days=1)


@dataclass(frozen=True)
class StageCount:
    """How many reviews stand in a state, and how many of them are late."""

    state: ReviewState
    count: int
    late: int


@dataclass(frozen=True)
class Counts:
    """The numbers of a cycle, by stage and all together."""

    stages: tuple[StageCount, ...]
    handover: int

    @property
    def total(self) -> int:
        """All reviews of the cycle."""
        return sum(row.count for row in self.stages)

    @property
    def late(self) -> int:
        """Reviews that wait longer than the step may take."""
        return sum(row.late for row in self.stages)

    @property
    def most(self) -> int:
        """The longest bar."""
        return max((row.count for row in self.stages), default=0)

    def of(self, state: str) -> int:
        """Reviews in one state."""
        return next(row.count for row in self.stages if row.state == state)


def stage_of(state: str, cycle: AppraisalCycle, day: datetime.date) -> Stage | None:
    """What a state waits for. After the day to share by, a manager goes on without the self-assessment."""
    if state == ReviewState.SELF_REVIEW and cycle.share_due_on < day:
        return SHARING
    return STAGES.get(ReviewState(state))


def turn_of(review: AppraisalReview, day: datetime.date | None = None) -> Turn | None:
    """Whose turn a review is on a day (today when not given); None when it waits for nobody."""
    day = day or today()
    stage = stage_of(review.state, review.cycle, day)
    if stage is None:
        return None
    due_on = due_of(review, stage.step)
    return Turn(stage.step, getattr(review, stage.person), due_on, due_on < day)


def due_of(review: AppraisalReview, step: str) -> datetime.date:
    """The last day of a step in this review."""
    due = next(stage.due for stage in STAGES.values() if stage.step == step)
    return getattr(review.cycle, due) if due else answer_due(review.shared_on or today())


def last_late_sharing(day: datetime.date) -> datetime.date:
    """The last day of sharing for which the time to answer is over on this day."""
    edge = add_working_days(day, -policy("review_answer_working_days"))
    while answer_due(edge) >= day:
        edge -= datetime.timedelta(days=1)
    return edge


def is_late(cycle: AppraisalCycle, day: datetime.date) -> Q:
    """Reviews of this cycle whose step should be over."""
    over = [state for state, stage in STAGES.items() if stage.due and getattr(cycle, stage.due) < day]
    return Q(state__in=over) | Q(state=ReviewState.SHARED, shared_on__lte=last_late_sharing(day))


def is_able(person: str, day: datetime.date) -> Q:
    """Reviews where whoever has this part works here and can sign in."""
    working = Post.objects.current(day).filter(person__is_active=True)
    return Q(**{f"{person}__in": working.order_by().values("person")})


def manager_stands(day: datetime.date) -> Q:
    """The manager named in the review still manages the post, and can act."""
    running = Q(post__ends_on=None) | Q(post__ends_on__gte=day)
    return Q(running, is_able("manager", day), post__starts_on__lte=day, post__line_manager=F("manager"))


def manager_gone(day: datetime.date) -> Q:
    """Under way, but the manager stopped managing the post: they cannot go on, and nobody else can."""
    moved = ~Q(post__line_manager=F("manager")) | Q(post__ends_on__lt=day) | Q(post__starts_on__gt=day)
    return Q(state__in=UNDER_WAY) & (moved | ~is_able("manager", day))


def second_manager_gone(day: datetime.date) -> Q:
    """Waiting to be confirmed by somebody who has left."""
    return Q(state=ReviewState.ANSWERED) & ~is_able("second_manager", day)


def needs_handover(day: datetime.date) -> Q:
    """Reviews in which somebody has to take over a part before they can go on."""
    return manager_gone(day) | second_manager_gone(day)


def active(day: datetime.date) -> dict[str, Q]:
    """For each part in a review: the reviews where whoever has it can do something about it."""
    return {
        "job_holder": Q(job_holder__is_active=True),
        "manager": manager_stands(day),
        "second_manager": is_able("second_manager", day),
    }


def can_be_reminded(cycle: AppraisalCycle, day: datetime.date) -> Q:
    """Reviews that wait for somebody who can do something about it."""
    found, can_act = Q(pk__in=[]), active(day)
    for state in STAGES:
        stage = stage_of(state, cycle, day)
        if stage is not None:
            found |= Q(state=state) & can_act[stage.person]
    return found


def turn_id(cycle: AppraisalCycle, day: datetime.date) -> Case:
    """The id of whose turn it is, as a column."""
    return _of_turn(cycle, day, "_id")


def turn_name(cycle: AppraisalCycle, day: datetime.date) -> Case:
    """The name of whose turn it is, as a column."""
    return _of_turn(cycle, day, "__name")


def _of_turn(cycle: AppraisalCycle, day: datetime.date, field: str) -> Case:
    stages = ((state, stage_of(state, cycle, day)) for state in STAGES)
    return Case(*(When(state=state, then=F(stage.person + field)) for state, stage in stages if stage is not None))


def count_stages(cycle: AppraisalCycle, day: datetime.date | None = None) -> Counts:
    """How many reviews stand where, in one query however many they are."""
    day = day or today()
    late = is_late(cycle, day)
    wanted = {f"all_{state}": Count("pk", filter=Q(state=state)) for state in ReviewState}
    wanted |= {f"late_{state}": Count("pk", filter=Q(state=state) & late) for state in STAGES}
    found = cycle.reviews.order_by().aggregate(**wanted, handover=Count("pk", filter=needs_handover(day)))
    rows = tuple(StageCount(state, found[f"all_{state}"], found.get(f"late_{state}", 0)) for state in ReviewState)
    return Counts(rows, found["handover"])


LATE, HANDOVER = "late", "handover"


def find_reviews(cycle: AppraisalCycle, *, tab: str = "", name: str = "", team: str = "") -> QuerySet[AppraisalReview]:
    """The reviews on a tab (late, handover, a state, or all), by part of a name and by team."""
    day = today()
    found = cycle.reviews.all()
    if tab == LATE:
        found = found.filter(is_late(cycle, day))
    elif tab == HANDOVER:
        found = found.filter(needs_handover(day))
    elif tab in ReviewState.values:
        found = found.filter(state=tab)
    if name:
        found = found.filter(job_holder__name__icontains=name)
    return found.filter(team_name=team) if team else found


def with_handover(reviews: QuerySet[AppraisalReview]) -> QuerySet[AppraisalReview]:
    """Each with `handover`: the part that somebody has to take over, manager before second manager, or nothing."""
    day = today()
    parts = (
        When(manager_gone(day), then=Value("manager")),
        When(second_manager_gone(day), then=Value("second_manager")),
    )
    return reviews.annotate(handover=Case(*parts, default=Value("")))


def rows_of(keys: Sequence[int]) -> list[AppraisalReview]:
    """These reviews with their people and their turn, by name: a page of a list, whose keys were found before."""
    rows = list(with_handover(AppraisalReview.objects.filter(pk__in=keys)).with_people())
    for row in rows:
        row.turn = turn_of(row)
    return rows


def teams_of(cycle: AppraisalCycle) -> list[str]:
    """The teams in a cycle, as they were called when it was opened."""
    return list(cycle.reviews.order_by("team_name").values_list("team_name", flat=True).distinct())


@dataclass(frozen=True)
class Event:
    """One thing that was done with a cycle or a review, in plain words."""

    words: str | Promise
    at: datetime.datetime | None
    by: str
    reason: str


CYCLE_WORDS = {
    "prepare": _("Prepared"),
    "open": _("Opened"),
    "levels_hidden": _("People's own levels hidden until managers have chosen"),
    "levels_shown": _("People's own levels shown to managers at once"),
    "show_levels": _("People's own levels shown to managers at once"),
    "close": _("Closed"),
    "remind": _("Reminders sent"),
    "export": _("Status downloaded"),
}


def events_of_cycle(cycle: AppraisalCycle, limit: int = 20) -> list[Event]:
    """What was done with a cycle, the latest first."""
    return [event_of(row, CYCLE_WORDS) for row in audit.events_of(cycle).filter(move__in=CYCLE_WORDS)[:limit]]


def why_levels_are_shown(cycle: AppraisalCycle) -> Event | None:
    """Since when, by whom and why managers see people's own levels at once; None while they do not."""
    if cycle.hide_self_levels:
        return None
    row = audit.events_of(cycle).filter(move__in=("show_levels", "levels_shown")).first()
    return event_of(row, CYCLE_WORDS) if row else None


def event_of(row: AuditEvent, words: dict) -> Event:
    """A row of the audit in the words of a page."""
    return Event(words[row.move], row.at, row.actor_label, row.reason)
