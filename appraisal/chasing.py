"""Reminding people of what a review waits for: by hand, by the calendar, and what follows when nobody answers.

Nobody is reminded twice within the hours of the policy, whoever presses and whatever the calendar says. A reminder is
a row first; tasks.py makes one mail for each person from the rows that wait. Whose turn it is: cycle_status.py.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appraisal.cycle_status import (
    SHARING,
    STAGES,
    Stage,
    active,
    can_be_reminded,
    due_of,
    stage_of,
    turn_id,
    turn_name,
    turn_of,
)
from appraisal.enums import ReminderKind, ReviewState, ReviewStep
from appraisal.models import AppraisalCycle, AppraisalReview, Reminder
from appraisal.permissions import can_keep_cycles
from appraisal.responding import answer_due
from appraisal.review_notifications import reminder_context
from appraisal.tasks import order_telling
from people import audit
from people.lib.dates import midnight, today
from people.mail import render
from people.policy import policy
from people.transitions import SYSTEM, Actor, NotYours, Refused, move_many

# Days from the last day of a step. The kinds carry these days in their names (UX H2).
CALENDAR = ((-7, ReminderKind.WEEK_BEFORE), (-1, ReminderKind.DAY_BEFORE), (3, ReminderKind.LATE))
# Answers have days of their own, see below. A manager may share without a self-assessment whose date has passed.
CHASED = (
    (ReviewState.SELF_REVIEW, STAGES[ReviewState.SELF_REVIEW]),
    (ReviewState.SELF_REVIEW, SHARING),
    (ReviewState.MANAGER_REVIEW, SHARING),
    (ReviewState.ANSWERED, STAGES[ReviewState.ANSWERED]),
)
REMINDERS_BEFORE_SILENCE = 2  # a rule of the design, not a number that bodies set


@dataclass(frozen=True)
class Waiting:
    """One review that waits for one person, and the reminder that is due."""

    review_id: int
    cycle_id: int
    person_id: int
    step: ReviewStep
    text_version: int
    kind: ReminderKind = ReminderKind.BY_HAND
    name: str = ""  # of the person, where a page names them


@dataclass(frozen=True)
class Receiver:
    """Somebody for whom reviews wait, and when they were reminded last if that is too short ago."""

    person_id: int
    name: str
    reviews: int
    reminded_at: datetime.datetime | None = None


@dataclass(frozen=True)
class Plan:
    """What a press on Send would do: who gets a mail, who is left out; both by name."""

    reminded: list[Receiver]
    paused: list[Receiver]
    nobody: int  # reviews that wait for nobody who could be reminded


# --- By hand ---


def plan_reminders(cycle: AppraisalCycle, reviews: QuerySet[AppraisalReview]) -> Plan:
    """Who would be reminded now, and who was reminded a short while ago."""
    return _plan(_waiting_by_hand(cycle, reviews), reviews.count())


def remind_by_hand(cycle: AppraisalCycle, reviews: QuerySet[AppraisalReview], *, by: Actor) -> Plan:
    """Remind everybody whom one of these reviews waits for, once each; gives back what was done.

    Raises NotYours, or Refused when the cycle is not open.
    """
    if by.user is None or not can_keep_cycles(cycle, by):
        raise NotYours
    with transaction.atomic():
        fresh = next((row for row in _lock_cycles() if row.pk == cycle.pk), None)
        if fresh is None:
            raise Refused(_("No review of this cycle is under way, so there is nobody to remind."))
        found = _waiting_by_hand(fresh, reviews)
        plan = _plan(found, reviews.count())
        if plan.reminded:
            chosen = {each.person_id for each in plan.reminded}
            people = _keep([each for each in found if each.person_id in chosen])
            words = ngettext("%d person", "%d people", people) % people
            audit.record_change(fresh, "remind", by=by.user, reason=words)
    return plan


def reminded_lately() -> dict[int, datetime.datetime]:
    """Person -> when they were last reminded, of those whose pause is not over. That reviews open is no reminder."""
    rows = Reminder.objects.filter(sent_at__gt=_pause_began()).exclude(kind=ReminderKind.OPENED)
    return dict(rows.order_by().values_list("person_id").annotate(Max("sent_at")))


def last_reminders(reviews: Iterable[AppraisalReview]) -> dict[tuple[int, int], datetime.datetime]:
    """(review, person) -> when they were last reminded of it."""
    rows = Reminder.objects.filter(review__in=[review.pk for review in reviews]).exclude(kind=ReminderKind.OPENED)
    return {
        (review, person): at
        for review, person, at in rows.order_by("sent_at").values_list("review_id", "person_id", "sent_at")
    }


def preview(cycle: AppraisalCycle, reviews: QuerySet[AppraisalReview], plan: Plan) -> tuple[str, str] | None:
    """Subject and text of the mail that the first receiver would get; None when nobody gets one."""
    if not plan.reminded:
        return None
    day, person_id = today(), plan.reminded[0].person_id
    rows = reviews.filter(can_be_reminded(cycle, day)).annotate(turn=turn_id(cycle, day)).filter(turn=person_id)
    turns = [(row, turn) for row in rows.with_people().order_by("pk") if (turn := turn_of(row, day)) is not None]
    context = reminder_context(turns[0][1].person, [(row, turn.step) for row, turn in turns])
    subject, text, _html = render("reviews/reminder", context)
    return subject, text


def _waiting_by_hand(cycle: AppraisalCycle, reviews: QuerySet[AppraisalReview]) -> list[Waiting]:
    day = today()
    rows = reviews.filter(can_be_reminded(cycle, day)).order_by("pk")
    rows = rows.annotate(turn=turn_id(cycle, day), turn_name=turn_name(cycle, day))
    return [
        Waiting(pk, cycle.pk, person_id, stage.step, text_version, name=name)
        for pk, person_id, name, state, text_version in rows.values_list(
            "pk", "turn", "turn_name", "state", "text_version"
        )
        if (stage := stage_of(state, cycle, day)) is not None
    ]


def _plan(found: list[Waiting], total: int) -> Plan:
    lately, count = reminded_lately(), Counter(each.person_id for each in found)
    names = {each.person_id: each.name for each in found}
    people = [Receiver(pk, names[pk], count[pk], lately.get(pk)) for pk in sorted(names, key=lambda pk: names[pk])]
    reminded = [each for each in people if each.reminded_at is None]
    return Plan(reminded, [each for each in people if each.reminded_at], total - len(found))


# --- By the calendar ---


def send_due(day: datetime.date | None = None) -> int:
    """For tick: remind people by the calendar of every cycle; returns how many people that were.

    When days were missed only the last reminder goes out; for an answer, whose absence is recorded, each in its turn.
    """
    day = day or today()
    with transaction.atomic():
        found = [each for cycle in _lock_cycles() for each in due_reminders(cycle, day)]
        paused = reminded_lately()
        return _keep([each for each in found if each.person_id not in paused])


def due_reminders(cycle: AppraisalCycle, day: datetime.date) -> list[Waiting]:
    """The reminders of a cycle that the calendar asks for on this day and that did not go out yet."""
    found: list[Waiting] = []
    for state, stage in CHASED:
        kind, edge = _last_kind(getattr(cycle, stage.due), day)
        if kind is None:
            continue
        if state == ReviewState.SELF_REVIEW and stage is SHARING and cycle.self_due_on >= edge:
            continue  # the manager had to wait for the self-assessment then
        waits = Q(state=state, state_since__lt=midnight(edge))
        found += _unsent(cycle, day, stage, kind, waits)
    return found + _due_answers(cycle, day)


def next_automatic(cycle: AppraisalCycle, day: datetime.date | None = None) -> datetime.date | None:
    """The next day on which the calendar of this cycle reminds somebody; None after the last one."""
    day = day or today()
    dates = [getattr(cycle, stage.due) for stage in STAGES.values() if stage.due]
    days = [date + datetime.timedelta(days=after) for date in dates for after, _kind in CALENDAR]
    return min((each for each in days if each > day), default=None)


def record_silence(day: datetime.date | None = None) -> int:
    """For tick: record "no response" where the days are over and two reminders came before, the last not just now."""
    day = day or today()
    this_text = Q(reminders__step=ReviewStep.ANSWER, reminders__text_version=F("text_version"))
    this_text &= ~Q(reminders__kind=ReminderKind.OPENED)
    silent = (
        AppraisalReview.objects.filter(state=ReviewState.SHARED)
        .select_related("cycle")
        .annotate(sent=Count("reminders", filter=this_text), last=Max("reminders__sent_at", filter=this_text))
        .filter(sent__gte=REMINDERS_BEFORE_SILENCE, last__lte=_pause_began())
    )
    over = [review for review in silent if due_of(review, ReviewStep.ANSWER) < day]
    return sum(refusal is None for _review, refusal in move_many(over, "no_response", by=SYSTEM))


def _last_kind(due_on: datetime.date, day: datetime.date) -> tuple[ReminderKind | None, datetime.date]:
    """The last reminder that has come due, if any, and the day before which the turn must have begun.

    Whoever got their turn after the day of a reminder was told just then; they are late after three days of their own.
    """
    for after, kind in reversed(CALENDAR):
        starts = due_on + datetime.timedelta(days=after)
        if starts <= day:
            return kind, day - datetime.timedelta(days=after - 1) if kind == ReminderKind.LATE else starts
    return None, day


def _due_answers(cycle: AppraisalCycle, day: datetime.date) -> list[Waiting]:
    """Reminders to answer, each after the one before and at the earliest the day after sharing.

    They open the way to "no response", so two come however few days the policy gives.
    """
    shared = cycle.reviews.filter(state=ReviewState.SHARED).order_by().values_list("shared_on", flat=True).distinct()
    due_on = {shared_on: answer_due(shared_on) for shared_on in shared if shared_on and shared_on < day}
    found: list[Waiting] = []
    before = None
    for after, kind in CALENDAR:
        days = [each for each, due in due_on.items() if due + datetime.timedelta(days=after) <= day]
        waits = Q(state=ReviewState.SHARED, shared_on__in=days)
        found += _unsent(cycle, day, STAGES[ReviewState.SHARED], kind, waits, before)
        before = kind
    return found


# --- Rows ---


def _unsent(
    cycle: AppraisalCycle,
    day: datetime.date,
    stage: Stage,
    kind: ReminderKind,
    waits: Q,
    before: ReminderKind | None = None,
) -> list[Waiting]:
    """Reviews that wait for this step and whose reminder of this kind did not go out, though the one before did."""
    sent = Reminder.objects.filter(
        review=OuterRef("pk"),
        person=OuterRef(stage.person),
        step=stage.step,
        text_version=OuterRef("text_version"),
    )
    rows = cycle.reviews.filter(waits & active(day)[stage.person]).exclude(Exists(sent.filter(kind=kind)))
    if before:
        rows = rows.filter(Exists(sent.filter(kind=before)))
    found = rows.order_by("pk").values_list("pk", f"{stage.person}_id", "text_version")
    return [Waiting(pk, cycle.pk, person_id, stage.step, text_version, kind) for pk, person_id, text_version in found]


def _lock_cycles() -> list[AppraisalCycle]:
    """Every cycle with reviews under way, locked in order of its key: one person may be in several.

    So whoever reminds, by hand or by the calendar, waits for whoever reminds already. A closed cycle is among them
    when one of its reviews was opened again.
    """
    under_way = AppraisalReview.objects.filter(cycle=OuterRef("pk")).under_way()
    return list(AppraisalCycle.objects.filter(Exists(under_way)).select_for_update(no_key=True).order_by("pk"))


def _keep(waiting: list[Waiting]) -> int:
    """Write the reminders and have the mails made after the commit; returns how many people they are for."""
    Reminder.objects.bulk_create(
        (
            Reminder(
                cycle_id=each.cycle_id,
                review_id=each.review_id,
                person_id=each.person_id,
                step=each.step,
                kind=each.kind,
                text_version=each.text_version,
            )
            for each in waiting
        ),
        batch_size=1000,
    )
    if waiting:
        order_telling()
    return len({each.person_id for each in waiting})


def _pause_began() -> datetime.datetime:
    return timezone.now() - datetime.timedelta(hours=policy("reminder_pause_hours"))
