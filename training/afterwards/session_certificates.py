"""Certificates for those who attended a session: who gets one, and issuing them. What one says: certificates.py.

A certificate belongs to a person, so it is issued to an account. Whoever came without one gets theirs by themselves
when they sign in with the address they gave. Issuing is repeated safely: nobody gets a second one for the same place.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from people.models import User
from people.transitions import Actor, Data
from training.afterwards.attendance import has_attended, presences_of, with_presences
from training.booking.joining import join, person_of, waiting_to_be_joined
from training.certificates import FrozenSession, drafted_for_place, frozen_session, issue_for_place
from training.completion import complete_if_done
from training.enums import CertificateState
from training.models import Certificate, JointSession, ModuleStart, Place


@dataclass
class Review:
    """What the press on Issue would do, by name."""

    due: list[Place] = field(default_factory=list)  # each with `holder`
    held: list[Certificate] = field(default_factory=list)  # issued or replaced before
    withdrawn: list[Place] = field(default_factory=list)  # what was taken back is not given again
    no_account: list[Place] = field(default_factory=list)
    not_attended: list[Place] = field(default_factory=list)
    not_marked: int = 0  # people of whom nobody has said on at least one date
    anybody_marked: bool = False
    example: Certificate | None = None

    @property
    def attended(self) -> int:
        return len(self.due) + len(self.held) + len(self.withdrawn) + len(self.no_account)


def review(session: JointSession) -> Review:
    """Everybody who holds a place, sorted by what the press would do; a number of queries that does not grow."""
    found, rows = Review(), _rows(session)
    newest = _newest_certificates(session)
    people = person_of(row for row in rows if row.pk not in newest)
    for row in rows:
        presences = presences_of(row)
        found.anybody_marked |= any(presences)
        found.not_marked += not all(presences)
        if not has_attended(row):
            found.not_attended.append(row)
        elif row.pk in newest:
            old = newest[row.pk]
            (found.withdrawn if old.state == CertificateState.WITHDRAWN else found.held).append(
                row if old.state == CertificateState.WITHDRAWN else old  # type: ignore[arg-type]
            )
        elif row.pk in people:
            row.holder = people[row.pk]  # type: ignore[attr-defined]
            found.due.append(row)
        else:
            found.no_account.append(row)
    if found.due and session.gives_certificate:
        found.example = drafted_for_place(found.due[0], found.due[0].holder, frozen_session(session))  # type: ignore[attr-defined]
    return found


def give_what_is_due(session: JointSession, actor: Actor, data: Data) -> None:
    """After attendance was confirmed: certificates, and modules that waited for this session."""
    rows = _rows(session)
    join(rows)
    _give(session, rows)


def join_places(user: User | None = None) -> int:
    """For tick, and when somebody signs in: their places become theirs, with what they attended. Returns how many."""
    joined = join(with_presences(waiting_to_be_joined(user).select_related("session__module")))
    by_session: dict[int, list[Place]] = {}
    for row in joined:
        by_session.setdefault(row.session_id, []).append(row)
    for rows in by_session.values():
        if rows[0].session.attendance_confirmed_on:
            _give(rows[0].session, rows)
    return len(joined)


def _give(session: JointSession, rows: Iterable[Place]) -> None:
    frozen: FrozenSession | None = None
    for row in rows:
        if row.person is None or not has_attended(row):
            continue
        if session.gives_certificate:
            frozen = frozen or frozen_session(session)
            issue_for_place(row, row.person, frozen)
        if session.module_id:
            for start in ModuleStart.objects.current().filter(person=row.person, module_id=session.module_id):
                complete_if_done(start)


def _rows(session: JointSession) -> list[Place]:
    booked = session.places.booked().select_related("person", "organisation").order_by("name", "pk")
    return list(with_presences(booked))


def _newest_certificates(session: JointSession) -> dict[int, Certificate]:
    found = Certificate.objects.filter(place__session=session).order_by("pk")
    return {row.place_id: row for row in found if row.place_id is not None}
