"""Taking attendance: who is shown, what is kept, who was right when two people mark at once. Rules: presence.py.

A mark is a fact with who set it; changing or clearing one is a correction and stands in the audit.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from people.policy import policy
from people.transitions import NotYours, Refused, person
from training.booking import places
from training.enums import CAME, Presence
from training.models import Attendance, JointSession, Place, SessionDate
from training.permissions import can_take_attendance
from training.presence import Presences, attended, minutes_there

NOT_MARKED = ""  # what a form sends for a row of which nobody has said anything


@dataclass
class Kept:
    """What became of a form: how many rows were written, and the rows that somebody else had changed meanwhile."""

    written: int = 0
    changed_elsewhere: list[Place] = field(default_factory=list)
    now: dict[int, str] = field(default_factory=dict)  # place -> the mark that now stands


def rows_of(date: SessionDate) -> QuerySet[Place]:
    """Everybody whose attendance is taken, by name, with the mark of this date in `marks`."""
    marks = Prefetch("attendance", Attendance.objects.filter(date=date), to_attr="marks")
    booked = Place.objects.booked().filter(session_id=date.session_id)
    return booked.select_related("organisation").prefetch_related(marks).order_by("name", "pk")


def date_to_take(session: JointSession) -> SessionDate | None:
    """The date that is on the table: the last one that has begun, before that the first one."""
    dates = list(session.dates.all())
    begun = [date for date in dates if date.starts_at <= timezone.now()]
    return begun[-1] if begun else next(iter(dates), None)


def why_not_yet(session: JointSession, date: SessionDate) -> str:
    """Why attendance cannot be taken now, in a sentence; empty when it can."""
    if not session.is_published:
        return _("Attendance is taken of sessions that take place.")
    if date.starts_at > timezone.now():
        begins = date_format(timezone.localtime(date.starts_at), "j F Y, H:i")
        return _("Attendance opens when it begins: %(time)s.") % {"time": begins}
    return ""


def keep_marks(date: SessionDate, wanted: Mapping[int, tuple[str, str]], *, by: User) -> Kept:
    """Keep marks: place -> (the mark as the form showed it, the mark as it is wanted).

    A row that the person left alone is never written, so two phones do not undo each other. A row that both changed
    keeps the mark of whoever was first, and the other is told.
    """
    changed = {pk: pair for pk, pair in wanted.items() if pair[0] != pair[1]}
    with transaction.atomic():
        _begin(date, by)
        rows = list(rows_of(date).filter(pk__in=changed).select_for_update(of=("self",)))
        kept, due = Kept(), []
        for row in rows:
            seen, value = changed[row.pk]
            now = mark_of(row)
            if now not in (seen, value):
                kept.changed_elsewhere.append(row)
            elif now != value:
                due.append((row, value))
            kept.now[row.pk] = value if now in (seen, value) else now
        _write(date, due, by)
        kept.written = len(due)
    return kept


def mark_everyone(date: SessionDate, *, by: User) -> int:
    """Everybody of whom nobody has said anything is here; returns how many. Marks that stand are left alone."""
    with transaction.atomic():
        _begin(date, by)
        rows = [row for row in rows_of(date) if not row.marks]
        _write(date, [(row, Presence.FULL) for row in rows], by)
    return len(rows)


def add_walk_in(date: SessionDate, asker: places.Asker, *, by: User) -> Place:
    """Somebody came without a place: they get one and are here. An address that holds a place gets no second one."""
    with transaction.atomic():
        _begin(date, by)
        place = places.walk_in(date.session, asker, by=person(by))
        if not Attendance.objects.filter(place=place, date=date).exists():
            Attendance.objects.create(place=place, date=date, presence=Presence.FULL, marked_by=by)
    return place


def mark_of(row: Place) -> str:
    """The mark of a row of rows_of; empty when nobody has said."""
    return row.marks[0].presence if row.marks else NOT_MARKED  # type: ignore[attr-defined]


def counted(rows: Iterable[Place]) -> tuple[int, int]:
    """How many rows are of people who were there, and how many nobody has marked."""
    marks = [mark_of(row) for row in rows]
    return sum(mark in CAME for mark in marks), sum(mark == NOT_MARKED for mark in marks)


# --- What follows from the marks ---


def with_presences(rows: QuerySet[Place]) -> QuerySet[Place]:
    """Places with everything that presences_of asks, in two queries."""
    return rows.prefetch_related("attendance", "session__dates")


def presences_of(place: Place) -> Presences:
    """One presence a date, in the order of the dates."""
    marks = {row.date_id: row.presence for row in place.attendance.all()}
    return [marks.get(date.pk) for date in place.session.dates.all()]


def has_attended(place: Place) -> bool:
    """True when this person attended by the session's own rule. Without a place there is nothing to attend."""
    return place.is_booked and attended(place.session.attendance_rule, presences_of(place))


def came(place: Place) -> bool:
    """True when this person was there at all, also when that is not enough for the rule."""
    return place.is_booked and any(presence in CAME for presence in presences_of(place))


def minutes_of(place: Place) -> int:
    """How long this person was there, as a certificate says it."""
    lengths = [date.ends_at - date.starts_at for date in place.session.dates.all()]
    return minutes_there(lengths, presences_of(place), policy("part_presence_percent"))


# --- Inside ---


def _begin(date: SessionDate, by: User) -> None:
    """Lock the session, so that marks are written one after the other; refuse who may not and what is too early."""
    session = JointSession.objects.select_for_update().get(pk=date.session_id)
    if not can_take_attendance(session, person(by)):
        raise NotYours
    if sentence := why_not_yet(session, date):
        raise Refused(sentence)


def _write(date: SessionDate, due: list[tuple[Place, str]], by: User) -> None:
    """Write new marks at once; each that stood before is corrected or cleared, and the audit says from what to what."""
    new = [
        Attendance(place=row, date=date, presence=value, marked_by=by)
        for row, value in due
        if not row.marks  # type: ignore[attr-defined]
    ]
    Attendance.objects.bulk_create(new)
    for row, value in due:
        for mark in row.marks:  # type: ignore[attr-defined]
            _correct(mark, row, value, by)


def _correct(mark: Attendance, row: Place, value: str, by: User) -> None:
    reason = f"{mark.presence} -> {value or 'not marked'}"
    audit.record_change(mark, "correct" if value else "clear", by=by, subject_id=row.person_id, reason=reason)
    if not value:
        mark.delete()
        return
    mark.presence, mark.marked_by, mark.marked_at = value, by, timezone.now()
    mark.save()
