"""The one engine that moves records from state to state (DESIGN 4). Rows of moves stand in each app's workflow.py.

Order of questions: may the person see it (404), is it their move (403), is the record in the right
state (409), is anything missing (409, all sentences together). Then the record is locked, changed,
audited and its notices queued, all in one transaction.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from people import audit
from people.enums import ActorKind
from people.models import Stateful, TokenLink, User

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Actor:
    """Who acts: a signed-in person, the holder of a mailed link, or the system."""

    user: User | None = None
    kind: str = ActorKind.PERSON
    label: str = ""
    acting_for: User | None = None
    link: TokenLink | None = None

    @property
    def user_id(self) -> int | None:
        """Id of the signed-in person, if any."""
        return self.user.pk if self.user else None

    def has_role(self, role: str) -> bool:
        """True when a signed-in person is in the group of this role."""
        return self.user is not None and self.user.has_role(role)

    def holds_link_to(self, record: TokenLink) -> bool:
        """True when the mailed link leads to exactly this record and still works."""
        return (
            self.link is not None and type(self.link) is type(record) and self.link.pk == record.pk and record.is_live
        )


SYSTEM = Actor(kind=ActorKind.SYSTEM, label="Common Ground")


def person(user: User, acting_for: User | None = None) -> Actor:
    """The actor for a signed-in person."""
    return Actor(user=user, label=user.name, acting_for=acting_for)


def link_actor(link: TokenLink) -> Actor:
    """The actor for whoever holds this mailed link."""
    return Actor(kind=ActorKind.LINK, label=link.name, link=link)


STEPPED = ("state", "state_since", "changed_at", "version")  # what a move writes by itself
AT_ONCE = 500  # rows in one statement

Need = Callable[[Any, Actor, Data], str | None]


@dataclass(frozen=True)
class Move:
    """One row of a workflow: what it is called, from where to where, who may, what must hold, what follows.

    `who(record, actor)` reads only ids on the record and the actor's roles. A need returns a sentence
    or None. `inputs` names the data it takes; `checks` are needs about these, asked only when the move is made.
    `notices_at_once` say the same as `notices` when many records are moved in one go (create_at_once, move_at_once).
    `lock` is the attribute of the parent to lock first.
    `settled` says of a move that ends where it starts that its work is done already: a success, nothing written.
    """

    name: str
    frm: tuple[str, ...]
    to: str
    who: Callable[[Any, Actor], bool]
    label: Any = ""
    needs: tuple[Need, ...] = ()
    inputs: tuple[str, ...] = ()
    checks: tuple[Need, ...] = ()
    effects: tuple[Callable[[Any, Actor, Data], None], ...] = ()
    notices: tuple[Callable[[Any, Actor, Data], None], ...] = ()
    notices_at_once: tuple[Callable[[Sequence[Any], Actor, Data], None], ...] = ()
    lock: str = ""
    done: Any = ""
    settled: Callable[[Any, Actor, Data], bool] | None = None
    anonymous: bool = False  # the audit row then holds neither actor nor hour


class NotVisible(Http404):
    """The record does not exist for this person."""


class NotYours(PermissionDenied):
    """The person may see the record but this is not their move."""


class Refused(Exception):
    """A move that cannot be made now; `sentences` say why, in the page's words (409)."""

    def __init__(self, *sentences: str):
        super().__init__(" ".join(sentences))
        self.sentences = list(sentences)


class WrongState(Refused):
    """The record is no longer in a state from which this move starts."""


class NeedsNotMet(Refused):
    """Something is missing; every missing thing has its sentence."""


class ChangedSince(Refused):
    """Somebody changed the record after the person opened it. `record` (anything with changed_at) is as it stands."""

    def __init__(self, record: Any):
        at = time_format(timezone.localtime(record.changed_at), "H:i")
        super().__init__(_("This was changed at %(time)s, after you opened it.") % {"time": at})
        self.record = record


@cache
def moves_of(model: type[Stateful]) -> dict[str, Move]:
    """The moves of a model, by name, from MOVES in its app's workflow.py."""
    workflow = import_module(f"{model._meta.app_config.name}.workflow")  # found by name: models never import upward
    return {row.name: row for row in workflow.MOVES[model]}


def create(record: Stateful, name: str, *, by: Actor, data: Data | None = None) -> Any:
    """Save a new record through its creating move; raises NotYours or NeedsNotMet."""
    row, data = _row(record, name), _checked(record, name, data)
    with transaction.atomic():
        _lock_parent(record, row)
        _ask_who(row, record, by)
        _ask_needs(row, record, by, data)
        _carry_out(row, record, by, data)
    return record


def move(record: Stateful, name: str, *, by: Actor, data: Data | None = None, seen: int | None = None) -> Any:
    """Move a record and return it fresh.

    Raises NotVisible, NotYours, WrongState, NeedsNotMet, or ChangedSince when `seen` is not the
    version that now stands. The same move again by the same actor is a success that writes nothing.
    """
    row, data = _row(record, name), _checked(record, name, data)
    with transaction.atomic():
        fresh = _locked(record, row)
        _ask_visible(fresh, by)
        _ask_who(row, fresh, by)
        if fresh.state not in row.frm:
            if fresh.state == row.to and audit.was_last(fresh, name, by):
                return fresh
            raise WrongState(_wrong_state(fresh))
        if row.settled is not None and row.settled(fresh, by, data):
            return fresh
        if seen is not None and int(seen) != fresh.version:
            raise ChangedSince(fresh)
        _ask_needs(row, fresh, by, data)
        _carry_out(row, fresh, by, data)
    return fresh


def move_many(records: Iterable[Stateful], name: str, *, by: Actor) -> list[tuple[Stateful, Exception | None]]:
    """Move each record in order of its key, each in a transaction of its own; one refusal stops no other."""
    results: list[tuple[Stateful, Exception | None]] = []
    for record in sorted(records, key=lambda r: r.pk):
        try:
            results.append((move(record, name, by=by), None))
        except (Refused, PermissionDenied, Http404) as refusal:
            results.append((record, refusal))
    return results


def create_at_once(records: Sequence[Any], name: str, *, by: Actor) -> list[Any]:
    """Save many new records through their creating move, in as many statements as one takes; all of them, or none.

    They share one parent, which the caller has locked: what the needs read of it is then read once.
    """
    if not records:
        return []
    row = _row(records[0], name)
    with transaction.atomic():
        for record in records:
            _ask_who(row, record, by)
            _ask_needs(row, record, by, {})
            _step(row, record, by, {})
        made = type(records[0])._default_manager.bulk_create(records)
        _tell_at_once(row, made, "", by)
    return made


def move_at_once(records: Sequence[Any], name: str, *, by: Actor) -> list[tuple[Any, Refused | None]]:
    """Move many records that the caller has locked, with their one parent, in as many statements as one takes.

    For moves without data and without effects that stay in their state. One refusal stops no other.
    """
    if not records:
        return []
    row = _row(records[0], name)
    results = [(record, _refusal(row, record, by)) for record in records]
    if moved := [record for record, refusal in results if refusal is None]:
        with transaction.atomic():
            for record in moved:
                _step(row, record, by, {})
            type(moved[0])._default_manager.bulk_update(moved, STEPPED, batch_size=AT_ONCE)
            _tell_at_once(row, moved, row.to, by)
    return results


def moves_for(record: Stateful, by: Actor) -> list[tuple[Move, list[str]]]:
    """The moves this actor has from the record's state, each with the sentences that still block it."""
    rows = [row for row in moves_of(type(record)).values() if record.state in row.frm and row.who(record, by)]
    return [(row, _sentences(row.needs, record, by, {})) for row in rows]


def next_move(record: Stateful, by: Actor) -> Move | None:
    """The first move that is open to this actor now."""
    return next((row for row, sentences in moves_for(record, by) if not sentences), None)


def _row(record: Stateful, name: str) -> Move:
    return moves_of(type(record))[name]


def _checked(record: Stateful, name: str, data: Data | None) -> Data:
    """The data, refused as a programming error when it holds what the move does not take."""
    unknown = set(data or {}) - set(_row(record, name).inputs)
    if unknown:
        raise TypeError(f"{name} does not take {', '.join(sorted(unknown))}")
    return data or {}


def _lock_parent(record: Stateful, row: Move) -> None:
    """Lock the parent and let the record see it as it now stands, not as it was remembered."""
    parent = getattr(record, row.lock) if row.lock else None
    if parent is not None:
        setattr(record, row.lock, type(parent)._default_manager.select_for_update().get(pk=parent.pk))


def _locked(record: Stateful, row: Move) -> Any:
    """The record as it now stands, its parent locked before it."""
    _lock_parent(record, row)
    rows = type(record)._default_manager.select_for_update().order_by()  # an order by a relation would lock that too
    found = rows.filter(pk=record.pk).first()
    if found is None:
        raise NotVisible
    return found


def _ask_visible(record: Any, by: Actor) -> None:
    if by.kind == ActorKind.PERSON and by.user is not None:
        visible = type(record)._default_manager.visible_to(by.user)
        if not visible.filter(pk=record.pk).exists():
            raise NotVisible


def _ask_who(row: Move, record: Stateful, by: Actor) -> None:
    if not row.who(record, by):
        raise NotYours


def _sentences(needs: Iterable[Need], record: Stateful, by: Actor, data: Data) -> list[str]:
    return [sentence for need in needs if (sentence := need(record, by, data))]


def _ask_needs(row: Move, record: Stateful, by: Actor, data: Data) -> None:
    sentences = _sentences((*row.needs, *row.checks), record, by, data)
    if sentences:
        raise NeedsNotMet(*sentences)


def _carry_out(row: Move, record: Stateful, by: Actor, data: Data) -> None:
    """Write the new state, run the effects, keep the audit row and queue the notices."""
    frm = _step(row, record, by, data)
    record.save()
    audit.record(record, row.name, frm=frm, by=by, reason=str(data.get("reason", "")), anonymous=row.anonymous)
    for notice in row.notices:
        notice(record, by, data)


def _step(row: Move, record: Stateful, by: Actor, data: Data) -> str:
    """Let the record be in the new state, with the effects, and return the state before; the caller saves."""
    frm, now = ("" if record._state.adding else record.state), timezone.now()
    if frm != row.to:  # a move that stays where it is does not begin the state again
        record.state, record.state_since = row.to, now
    record.changed_at = now
    if not record._state.adding:
        record.version += 1
    for effect in row.effects:
        effect(record, by, data)
    return frm


def _refusal(row: Move, record: Stateful, by: Actor) -> Refused | None:
    """Why this record is not moved, if it is not; raises NotYours."""
    _ask_who(row, record, by)
    if record.state not in row.frm:
        return WrongState(_wrong_state(record))
    sentences = _sentences((*row.needs, *row.checks), record, by, {})
    return NeedsNotMet(*sentences) if sentences else None


def _tell_at_once(row: Move, records: Sequence[Any], frm: str, by: Actor) -> None:
    audit.record_all(records, row.name, frm=frm, by=by)
    for notice in row.notices_at_once:
        notice(records, by, {})


def _wrong_state(record: Stateful) -> str:
    label = getattr(record, "get_state_display", lambda: record.state)()
    return _("This cannot be done any more: it is now “%(state)s”.") % {"state": label}
