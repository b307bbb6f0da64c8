"""Writing and reading the audit. What a row looks like stands in models/audit.py."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils import timezone

from people.models import AuditEvent, User

if TYPE_CHECKING:  # the engine uses this module
    from people.transitions import Actor

READ = "read"


def record(record, name: str, *, by: "Actor", frm: str = "", reason: str = "", anonymous: bool = False) -> AuditEvent:
    """Keep that a move was made; an anonymous answer leaves neither actor nor hour."""
    event = _move(record, name, by, frm, reason, anonymous=anonymous)
    event.save()
    return event


def record_all(records: Iterable, name: str, *, by: "Actor", frm: str = "") -> None:
    """The same for several records that made the same move, in one statement."""
    AuditEvent.objects.bulk_create(_move(record, name, by, frm) for record in records)


def record_change(record, name: str, *, by: User, subject_id: int | None = None, reason: str = "") -> AuditEvent:
    """Keep that somebody changed a record that has no states, or a setting; in the transaction of the change."""
    event = _change(record, name, by, subject_id, reason)
    event.save()
    return event


def record_read(record, *, by: User) -> None:
    """Keep that somebody opened another person's record; the only write a GET may cause (DESIGN 5.1)."""
    record_change(record, READ, by=by, subject_id=record.subject_id)


def record_reads(records: Iterable, *, by: User) -> None:
    """The same for several records at once, in one statement."""
    AuditEvent.objects.bulk_create(_change(record, READ, by, record.subject_id) for record in records)


def events_of(record):
    """The audit rows of one record, newest first."""
    return AuditEvent.objects.filter(record_type=record._meta.label_lower, record_id=record.pk)


def was_last(record, name: str, by: "Actor") -> bool:
    """True when the record's last move was this one by this actor: a repeated click, not a second act."""
    last = events_of(record).exclude(move=READ).first()
    return (
        last is not None
        and last.move == name
        and last.actor_kind == by.kind
        and last.actor_id == by.user_id
        and last.actor_label == by.label
    )


def _move(record, name: str, by: "Actor", frm: str, reason: str = "", *, anonymous: bool = False) -> AuditEvent:
    who = (
        {}
        if anonymous
        else {
            "at": timezone.now(),
            "actor_id": by.user_id,
            "actor_label": by.label,
            "acting_for_id": by.acting_for.pk if by.acting_for else None,
        }
    )
    return AuditEvent(
        record_type=record._meta.label_lower,
        record_id=record.pk,
        move=name,
        frm=frm,
        to=record.state,
        subject_id=record.subject_id,
        actor_kind=by.kind,
        reason=reason,
        **who,
    )


def _change(record, name: str, by: User, subject_id: int | None, reason: str = "") -> AuditEvent:
    return AuditEvent(
        at=timezone.now(),
        record_type=record._meta.label_lower,
        record_id=record.pk,
        move=name,
        subject_id=subject_id,
        actor_kind="person",
        actor_id=by.pk,
        actor_label=by.name,
        reason=reason,
    )
