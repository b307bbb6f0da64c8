"""Who fits into a session, and who is next: seats as plain numbers (S32, S35; RULES B2, D9). No models, no queries.

A session may hold places for a sector or for organisations that come for the first time, until a release date. A
person takes a held place of their own sector first, then one held for first-timers, then an open one. After the
release date all places are open. A limit on one sector's share holds before and after. No capacity means unlimited.

The waiting list is asked in this order: the sector with the fewest people in the room, then first-timers, then time.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

NEW = "new"  # the key under which places for first-time organisations are held


@dataclass(frozen=True)
class Seat:
    """Somebody in the room or at the door: their sector and whether their organisation comes for the first time."""

    sector: str
    is_new: bool = False


class Waiting(Protocol):
    """Somebody on the waiting list; `queue` sorts by the time they asked."""

    sector: str
    is_new: bool

    @property
    def queue(self) -> tuple: ...


Waiter = TypeVar("Waiter", bound=Waiting)


@dataclass(frozen=True)
class Room:
    """The rule of one session at one moment. `held` says how many places for which sector, or for NEW."""

    capacity: int | None
    held: Mapping[str, int] = field(default_factory=dict)
    sector_limit: int | None = None  # most people of one sector, already in people and not in per cent

    def fits(self, taken: Iterable[Seat], one: Seat) -> bool:
        """True when one more may come in beside those who have a place."""
        seats = [*taken, one]
        if self.sector_limit is not None and sum(seat.sector == one.sector for seat in seats) > self.sector_limit:
            return False
        return self.capacity is None or self._open_needed(seats) <= self._open_places

    @property
    def _open_places(self) -> int:
        return (self.capacity or 0) - sum(self.held.values())

    def _open_needed(self, seats: Sequence[Seat]) -> int:
        """Open places that these people need once the held ones are filled as well as they can be.

        People who are not new fill their sector's places first, so that newcomers find theirs in the common ones.
        """
        left_over, new_left_over = 0, 0
        known, new = Counter(s.sector for s in seats if not s.is_new), Counter(s.sector for s in seats if s.is_new)
        for sector in known.keys() | new.keys():
            held = self.held.get(sector, 0)
            left_over += max(0, known[sector] - held)
            new_left_over += max(0, new[sector] - max(0, held - known[sector]))
        return left_over + max(0, new_left_over - self.held.get(NEW, 0))


def in_order(waiting: Iterable[Waiter], taken: Iterable[Seat]) -> list[Waiter]:
    """The waiting list in the order in which it is asked."""
    present = Counter(seat.sector for seat in taken)
    return sorted(waiting, key=lambda one: (present[one.sector], not one.is_new, one.queue))


def next_one(room: Room, waiting: Iterable[Waiter], taken: Sequence[Seat]) -> Waiter | None:
    """The first of the waiting list for whom there is a place now."""
    return next((one for one in in_order(waiting, taken) if room.fits(taken, Seat(one.sector, one.is_new))), None)
