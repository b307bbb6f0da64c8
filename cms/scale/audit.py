"""Audit rows of the large body, as the engine would have left them (people/audit.py)."""

import datetime

from people.enums import ActorKind
from people.models import AuditEvent, Stateful, User
from people.transitions import SYSTEM


def made_by(user: User, record: Stateful, move: str, at: datetime.datetime, frm: str = "", to: str = "") -> AuditEvent:
    """Somebody made this move; `to` is where the record stands now unless given."""
    return AuditEvent(
        at=at,
        record_type=record._meta.label_lower,
        record_id=record.pk,
        move=move,
        frm=frm,
        to=to or record.state,
        subject_id=record.subject_id,
        actor_kind=ActorKind.PERSON,
        actor_id=user.pk,
        actor_label=user.name,
    )


def made_by_system(record: Stateful, move: str, at: datetime.datetime, frm: str = "", to: str = "") -> AuditEvent:
    """The system made this move."""
    return AuditEvent(
        at=at,
        record_type=record._meta.label_lower,
        record_id=record.pk,
        move=move,
        frm=frm,
        to=to or record.state,
        subject_id=record.subject_id,
        actor_kind=ActorKind.SYSTEM,
        actor_label=SYSTEM.label,
    )
