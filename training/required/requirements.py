"""Required learning: setting and ending it, exceptions, and who owes what on a day. Who owes what is never stored.

A round ends on its day and begins the day after the one before; what was done inside it counts for it. What is required
once counts whenever it was done. Somebody who joins late, or whose exception ends, has some days from then on.
A session that is over can be done by nobody any more, so nobody owes it.
"""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from people import audit
from people.enums import Role
from people.lib.dates import add_months, today
from people.models import User
from people.policy import policy
from people.transitions import NotYours
from training.enums import RequiredState
from training.models import Completion, JointSession, LearningException, ModulePage, Place, RequiredLearning
from training.required.audiences import may_be_in, members_of, staff_among

ONE_DAY = datetime.timedelta(days=1)
STILL_OPEN = (RequiredState.DUE, RequiredState.OVERDUE)
Day = datetime.date
Done = dict[tuple[str, int | None, int], Day]  # ("module" or "session", its key, person) -> the last day


@dataclass(frozen=True)
class Round:
    """One round: what is done from its first day on counts for it (None: whenever it was done)."""

    opens: Day | None
    due: Day


@dataclass(frozen=True)
class Owed:
    """Where one person stands with one row of required learning."""

    required: RequiredLearning
    person_id: int
    state: RequiredState
    due: Day | None = None
    done_on: Day | None = None
    exception: LearningException | None = None
    is_staff: bool = True  # everybody else is asked and owes nothing

    @property
    def is_open(self) -> bool:
        """Still to be done."""
        return self.state in STILL_OPEN


# --- Who owes what ---


def owed_by(people: Collection[int], day: Day | None = None) -> dict[int, list[Owed]]:
    """What each of these people owes, has done or need not do, by person; those without anything are left out."""
    rows = list(RequiredLearning.objects.in_force(day or today()).possible().for_reading())
    return _by_person(standings(rows, people, day)) if rows and people else {}


def owed_by_one(user: User, day: Day | None = None) -> list[Owed]:
    """The same for one person, what comes first on top; a single query when nothing is required of them."""
    found = RequiredLearning.objects.in_force(day or today()).possible().filter(may_be_in(user))
    rows = list(found.for_reading())
    if not rows:
        return []
    staff = {user.pk} if user.is_staff_member else set()
    return _by_person(standings(rows, [user.pk], day, staff)).get(user.pk, [])


def standings(
    rows: Iterable[RequiredLearning],
    people: Collection[int] | None = None,
    day: Day | None = None,
    staff: set[int] | None = None,
) -> list[Owed]:
    """Where everybody in the audiences of these rows stands; the number of queries does not grow.

    `staff` are those of the people who hold a post here, when the caller knows them already.
    """
    rows, day = list(rows), day or today()
    members = members_of(rows, people)
    done, over = _done(rows, people), _over(rows)
    excepted = {(row.required_id, row.person_id): row for row in _exceptions(rows, people)}
    staff = staff_among(people) if staff is None else staff
    found = []
    for row in rows:
        window = rounds(row, day)
        for person, since in members.get((row.audience, row.audience_key), {}).items():
            exception, done_on = excepted.get((row.pk, person)), done.get((*row.what_key, person))
            state, due = standing(window, since=since, done_on=done_on, exception=exception, day=day)
            if row.session_id in over and state in STILL_OPEN:
                state, due = RequiredState.OVER, None
            found.append(Owed(row, person, state, due, done_on, exception, person in staff))
    return found


def asked_again_since(user: User, module: ModulePage) -> Day | None:
    """The first day of the round in which a module that was done before is to be done again; None without one."""
    rows = RequiredLearning.objects.in_force(today()).possible().filter(may_be_in(user), module=module)
    asked = [one for one in standings(rows, [user.pk]) if one.is_open and one.done_on]
    return min((opens for one in asked if (opens := _opens(one)) is not None), default=None)


def standing(
    window: tuple[Round | None, Round],
    *,
    since: Day,
    done_on: Day | None,
    exception: LearningException | None,
    day: Day,
) -> tuple[RequiredState, Day | None]:
    """The rule, as plain days: where somebody stands who is in the audience since a day, and by when it is due."""
    if exception is not None and exception.holds_on(day):
        return RequiredState.EXCEPTED, None
    if exception is not None and exception.until is not None:
        since = max(since, exception.until + ONE_DAY)
    before, now = window
    if done_on is not None and (now.opens is None or done_on >= now.opens):
        return RequiredState.DONE, None
    missed = before is not None and before.opens is not None and (done_on is None or done_on < before.opens)
    target = before.due if before is not None and missed else now.due
    due = max(target, since + datetime.timedelta(days=policy("required_joiner_days")))
    return (RequiredState.OVERDUE if due < day else RequiredState.DUE), due


def rounds(row: RequiredLearning, day: Day) -> tuple[Round | None, Round]:
    """The round before and the one that a day is in; what is required once has one round, open from the beginning."""
    months = row.repeat_months
    if months is None:
        return None, Round(None, row.due_on)
    number = 0
    while add_months(row.due_on, number * months) < day:
        number += 1
    return _round(row.due_on, number - 1, months) if number else None, _round(row.due_on, number, months)


def _opens(one: Owed) -> Day | None:
    """The first day of the earliest round that is still open: the one that was missed, or the one that runs."""
    before, now = rounds(one.required, today())
    missed = before is not None and one.done_on is not None and before.opens is not None and one.done_on < before.opens
    return before.opens if before is not None and missed else now.opens


def _round(first: Day, number: int, months: int) -> Round:
    return Round(add_months(first, (number - 1) * months) + ONE_DAY, add_months(first, number * months))


def _by_person(found: Iterable[Owed]) -> dict[int, list[Owed]]:
    """By person, what is late first, then by day, then what is done or excepted."""
    people: dict[int, list[Owed]] = {}
    for one in sorted(found, key=lambda one: (not one.is_open, one.due or datetime.date.max, one.required.pk)):
        people.setdefault(one.person_id, []).append(one)
    return people


def _done(rows: Collection[RequiredLearning], people: Collection[int] | None) -> Done:
    """The last day on which each person did each thing."""
    modules = {row.module_id for row in rows if row.module_id}
    sessions = {row.session_id for row in rows if row.session_id}
    found: Done = {}
    if modules:
        done = Completion.objects.filter(start__module__in=modules)
        done = done if people is None else done.filter(start__person__in=people)
        for module, person, at in done.order_by().values_list("start__module", "start__person").annotate(at=Max("at")):
            found["module", module, person] = timezone.localdate(at)
    if sessions:
        came = Place.objects.attended().filter(session__in=sessions, person__isnull=False)
        came = came if people is None else came.filter(person__in=people)
        for session, person, at in (
            came.order_by().values_list("session", "person").annotate(at=Max("session__dates__ends_at"))
        ):
            found["session", session, person] = timezone.localdate(at)
    return found


def _over(rows: Collection[RequiredLearning]) -> set[int]:
    """Which of the sessions in these rows are over."""
    sessions = {row.session_id for row in rows if row.session_id}
    if not sessions:
        return set()
    return set(JointSession.objects.past().filter(pk__in=sessions).values_list("pk", flat=True))


def _exceptions(rows: Collection[RequiredLearning], people: Collection[int] | None) -> Iterable[LearningException]:
    found = LearningException.objects.filter(required__in=[row.pk for row in rows])
    return found if people is None else found.filter(person__in=people)


# --- What co-ordinators do ---


@transaction.atomic
def set_required(row: RequiredLearning, *, by: User) -> RequiredLearning:
    """Require it from now on."""
    _coordinators_only(by)
    row.set_by = by
    row.save()
    audit.record_change(row, "require", by=by, reason=row.reason)
    return row


@transaction.atomic
def end_required(row: RequiredLearning, *, by: User) -> bool:
    """Require it no longer, from today; False when that was said before. What was done stays done."""
    _coordinators_only(by)
    if not RequiredLearning.objects.filter(pk=row.pk, ended_on=None).update(ended_on=today()):
        return False
    audit.record_change(row, "end", by=by)
    return True


@transaction.atomic
def make_exception(
    row: RequiredLearning, person: User, *, reason: str, until: Day | None, by: User
) -> LearningException:
    """Let somebody off, until a day or for good, with a reason that they read; a later one replaces it."""
    _coordinators_only(by)
    values = {"reason": reason, "until": until, "by": by}
    exception, _made = LearningException.objects.update_or_create(required=row, person=person, defaults=values)
    audit.record_change(exception, "except", by=by, subject_id=person.pk, reason=reason)
    return exception


@transaction.atomic
def end_exception(exception: LearningException, *, by: User) -> None:
    """The person is asked again, with some days from today on."""
    _coordinators_only(by)
    LearningException.objects.filter(pk=exception.pk).update(until=today() - ONE_DAY)
    audit.record_change(exception, "end", by=by, subject_id=exception.person_id)


def _coordinators_only(user: User) -> None:
    if not user.has_role(Role.COORDINATOR):
        raise NotYours
