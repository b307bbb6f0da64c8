"""Keeping the plan of a session: a new one, changes to a draft or to what is published, a copy, throwing a draft away.

A draft is nobody's business yet, so it changes without a move; a published session changes by its move, and people
are told.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit, transitions
from people.models import User
from people.transitions import ChangedSince, NotVisible, NotYours, WrongState, person
from training.booking import invitations
from training.booking.invitations import Invitee, Outcome
from training.enums import SessionState
from training.models import JointSession
from training.permissions import can_plan_session
from training.planning import papers, session_changes, sessions

SAME_PRESS = datetime.timedelta(minutes=1)  # a second press on the same button makes no second draft
# What a copy does not take over: it happened to the earlier one, or is counted from its dates
NOT_COPIED = {
    "id", "state", "state_since", "changed_at", "version", "coordinator", "goes_ahead", "decide_on", "release_on",
    "sign_up_from", "sign_up_until", "decided_on", "short_notice_reason", "published_on", "calendar_sequence",
    "cancel_reason", "interpreter", "join_link",
}  # fmt: skip


def start(answers: Mapping[str, Any], *, by: User) -> JointSession:
    """A draft from the six answers and the recipe."""
    return _once(str(answers["title"]), lambda: sessions.plan_session(answers, by=by), by=by)


def copy(earlier: JointSession, *, by: User) -> JointSession:
    """A draft like an earlier session, without its dates and without anybody who came."""
    return _once(earlier.title, lambda: _copy(earlier, by), by=by)


def save(session: JointSession, values: Mapping[str, Any], *, by: User, seen: int | None) -> JointSession:
    """Keep new values; once it is published everybody concerned hears of them in one mail."""
    if not session.is_draft:
        return transitions.move(session, "change", by=person(by), data={"changes": values}, seen=seen)
    with transaction.atomic():
        draft = _locked_draft(session, by=by, seen=seen)
        changes = session_changes.what_changes(draft, values)
        if changes:
            session_changes.write(draft, changes)
            _keep(draft, "changed", by=by, reason=", ".join(changes))
    return draft


@transaction.atomic
def publish(session: JointSession, who: Iterable[Invitee], *, by: User, seen: int | None) -> Outcome:
    """Publish a session and invite these people; both happen, or neither."""
    published = transitions.move(session, "publish", by=person(by), seen=seen)
    return invitations.invite(published, who, by=by)


@transaction.atomic
def throw_away(session: JointSession, *, by: User) -> None:
    """Delete a draft for good; the audit keeps that it was there."""
    draft = _locked_draft(session, by=by, seen=None)
    for paper in draft.papers.select_related("session"):
        papers.withdraw(paper, by=by)  # its file goes too
    audit.record_change(draft, "deleted", by=by, reason=draft.title)
    draft.delete()


def _once(title: str, make: Callable[[], JointSession], *, by: User) -> JointSession:
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two presses stand in line
        rows = JointSession.objects.filter(coordinator=by, title=title, state_since__gte=timezone.now() - SAME_PRESS)
        return rows.filter(state=SessionState.DRAFT, version=1).first() or make()


def _copy(earlier: JointSession, by: User) -> JointSession:
    fields = [field.name for field in JointSession._meta.concrete_fields if field.name not in NOT_COPIED]
    values = {name: getattr(earlier, name) for name in fields}
    session = transitions.create(JointSession(coordinator=by, **values), "plan", by=person(by))
    for name in ("held", "facilitators", "behaviours"):
        session_changes.write(session, {name: session_changes.current(earlier, name)})
    return session


def _locked_draft(session: JointSession, *, by: User, seen: int | None) -> JointSession:
    draft = JointSession.objects.select_for_update().filter(pk=session.pk).first()
    if draft is None:
        raise NotVisible
    if not can_plan_session(draft, person(by)):
        raise NotYours
    if not draft.is_draft:
        raise WrongState(_("This session is no draft any more. Open it again and change it there."))
    if seen is not None and seen != draft.version:
        raise ChangedSince(draft)
    return draft


def _keep(draft: JointSession, name: str, *, by: User, reason: str) -> None:
    draft.touch()
    draft.save()
    audit.record_change(draft, name, by=by, reason=reason)
