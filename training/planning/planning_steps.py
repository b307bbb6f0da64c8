"""What a session needs next from whoever plans it, and by when: one row a step. Nothing is decided here.

Sessions come from `JointSession.objects.for_planning()`, which brings every fact a row reads in one query.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.lib.dates import add_working_days, today
from people.policy import policy
from people.transitions import Actor
from training.permissions import can_answer_those_who_came, can_plan_session, can_take_attendance

Session = Any  # a JointSession with the facts of for_planning


@dataclass(frozen=True)
class Step:
    """One thing to do, by a day or without one, and the page where it is done."""

    code: str
    words: str
    due: datetime.date | None
    url: str

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due < today()


@dataclass(frozen=True)
class StepRow:
    """When a step is there, until when it should be done, in which words, on which page, and who may do it."""

    code: str
    is_open: Callable[[Session], bool]
    due: Callable[[Session], datetime.date | None]
    words: Callable[[Session], str]
    url_name: str = "manage-sessions:detail"
    part: tuple[str, ...] = ()  # of the plan, when it is changed on a page of its own
    who: Callable[[Session, Actor], bool] = can_plan_session


def steps_of(session: Session, by: Actor | None = None) -> list[Step]:
    """Everything that is open, or what of it somebody may do, the most urgent first; what has no day comes last."""
    found = [
        Step(row.code, row.words(session), row.due(session), reverse(row.url_name, args=[session.pk, *row.part]))
        for row in ROWS
        if row.is_open(session) and (by is None or row.who(session, by))
    ]
    return sorted(found, key=lambda step: (step.due is None, step.due or today()))


def next_step(session: Session, by: Actor | None = None) -> Step | None:
    """The most urgent one; None when there is nothing to do."""
    return next(iter(steps_of(session, by)), None)


def _ahead(session: Session) -> bool:
    return session.is_published and (session.first_start is None or session.first_start > timezone.now())


def _begun(session: Session) -> bool:
    return session.is_published and session.first_start is not None and session.first_start <= timezone.now()


def _over(session: Session) -> bool:
    return session.is_published and session.last_end is not None and session.last_end <= timezone.now()


def _before_start(key: str) -> Callable[[Session], datetime.date | None]:
    """So many working days of this policy before the first date."""

    def day(session: Session) -> datetime.date | None:
        return session.first_start and add_working_days(timezone.localdate(session.first_start), -policy(key))

    return day


def _first_day(session: Session) -> datetime.date | None:
    return session.first_start and timezone.localdate(session.first_start)


def _last_day(session: Session) -> datetime.date | None:
    return session.last_end and timezone.localdate(session.last_end)


def _days_after(key: str) -> Callable[[Session], datetime.date | None]:
    def day(session: Session) -> datetime.date | None:
        return session.last_end and add_working_days(timezone.localdate(session.last_end), policy(key))

    return day


ROWS = (
    StepRow(
        "publish",
        lambda session: session.is_draft,
        _before_start("session_notice_working_days"),
        lambda session: _("Check it and publish it"),
        "manage-sessions:check",
    ),
    StepRow(
        "requests",
        lambda session: _ahead(session) and session.requested_count > 0,
        lambda session: session.sign_up_until,
        lambda session: (
            ngettext(
                "Decide about %(n)d person who asks for a place",
                "Decide about %(n)d people who ask for a place",
                session.requested_count,
            )
            % {"n": session.requested_count}
        ),
    ),
    StepRow(
        "interpreter",
        lambda session: _ahead(session) and not session.interpreter,
        _before_start("interpreter_working_days"),
        lambda session: _("Book an interpreter and note who it is, or note that nobody needs one"),
        "manage-sessions:part",
        ("ready",),
    ),
    StepRow(
        "papers",
        lambda session: _ahead(session) and not session.has_papers and not session.no_papers,
        _before_start("papers_working_days"),
        lambda session: _("Add the papers, or note that there are none"),
        "manage-sessions:papers",
    ),
    StepRow(
        "needs",
        lambda session: _ahead(session) and session.open_needs_count > 0,
        _before_start("needs_answer_working_days"),
        lambda session: (
            ngettext("Answer %(n)d access need", "Answer %(n)d access needs", session.open_needs_count)
            % {"n": session.open_needs_count}
        ),
        "needs:of-session",
        who=can_answer_those_who_came,
    ),
    StepRow(
        "go_ahead",
        lambda session: _ahead(session) and bool(session.minimum) and not session.goes_ahead,
        lambda session: session.decide_on,
        lambda session: (
            _("Decide whether it takes place: %(n)d of at least %(minimum)d have booked")
            % {"n": session.booked_count, "minimum": session.minimum}
        ),
        "manage-sessions:go-ahead",
    ),
    StepRow(
        "attendance",
        lambda session: _begun(session) and session.has_unmarked,
        _first_day,
        lambda session: _("Say who came"),
        "session-day:attendance",
        who=can_take_attendance,
    ),
    StepRow(
        "certificates",
        lambda session: _over(session) and session.somebody_came and session.attendance_confirmed_on is None,
        _last_day,
        lambda session: (
            _("Look through the certificates and issue them")
            if session.gives_certificate
            else _("Confirm who attended")
        ),
        "session-day:certificates",
    ),
    StepRow(
        "feedback",
        lambda session: _over(session) and session.somebody_came and not session.is_answered,
        _days_after("loop_working_days"),
        lambda session: _("Answer those who came: what was heard, what is done, and why"),
        "session-day:heard",
        who=can_answer_those_who_came,
    ),
)
