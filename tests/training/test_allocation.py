"""The rule of seats: who fits, who is next. Plain numbers, and hypothesis for what must never happen."""

from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from training.allocation import NEW, Room, Seat, in_order, next_one

# a busy machine is no fault of the rule
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SECTORS = ("council", "business", "union", "community")
seats = st.builds(Seat, st.sampled_from(SECTORS), st.booleans())
rooms = st.integers(1, 12).flatmap(
    lambda places: st.builds(
        Room,
        st.just(places),
        st.dictionaries(st.sampled_from([*SECTORS, NEW]), st.integers(1, 3), max_size=3).map(
            lambda held: held if sum(held.values()) <= places else {}
        ),
        st.none() | st.integers(1, 6),
    )
)


@dataclass(frozen=True)
class Waiter:
    sector: str
    is_new: bool
    number: int

    @property
    def queue(self):
        return (self.number,)


def fill(room, arrivals):
    taken = []
    for one in arrivals:
        if room.fits(taken, one):
            taken.append(one)
    return taken


def test_places_held_for_a_sector_are_not_given_to_another():
    room = Room(3, {"union": 1})

    taken = fill(room, [Seat("council")] * 5)

    assert len(taken) == 2
    assert room.fits(taken, Seat("union"))


def test_somebody_takes_the_place_of_their_sector_before_an_open_one():
    room = Room(2, {"union": 1})

    assert fill(room, [Seat("union"), Seat("council"), Seat("council")]) == [Seat("union"), Seat("council")]


def test_newcomers_find_the_places_held_for_them():
    room = Room(2, {NEW: 1})
    taken = fill(room, [Seat("council"), Seat("council")])

    assert taken == [Seat("council")]
    assert room.fits(taken, Seat("business", is_new=True))


def test_known_people_fill_their_sector_so_that_newcomers_fill_the_common_places():
    room = Room(2, {"union": 1, NEW: 1})

    assert len(fill(room, [Seat("union", is_new=True), Seat("union")])) == 2


def test_a_limit_on_one_sector_holds_though_places_are_free():
    room = Room(10, sector_limit=4)

    assert len(fill(room, [Seat("council")] * 9)) == 4
    assert room.fits([Seat("council")] * 4, Seat("union"))


def test_no_capacity_means_no_limit():
    assert Room(None).fits([Seat("council")] * 500, Seat("council"))


def test_the_waiting_list_is_asked_by_sector_then_newness_then_time():
    taken = [Seat("council"), Seat("council"), Seat("union")]
    waiting = [
        Waiter("council", True, 1),
        Waiter("union", False, 2),
        Waiter("union", True, 4),
        Waiter("business", False, 9),
    ]

    assert [one.number for one in in_order(waiting, taken)] == [9, 4, 2, 1]


def test_the_next_is_the_first_who_fits():
    room = Room(2, {"union": 1})
    waiting = [Waiter("council", True, 1), Waiter("union", False, 2)]

    assert next_one(room, waiting, [Seat("council")]) == waiting[1]


@PATIENT
@given(rooms, st.lists(seats, max_size=30))
def test_a_session_is_never_oversold(room, arrivals):
    taken = fill(room, arrivals)

    assert len(taken) <= room.capacity
    if room.sector_limit is not None:
        assert all(sum(seat.sector == sector for seat in taken) <= room.sector_limit for sector in SECTORS)


@PATIENT
@given(rooms, st.lists(seats, max_size=30))
def test_held_places_are_there_for_those_they_are_held_for(room, arrivals):
    if room.sector_limit is not None:
        return
    taken = fill(room, [seat for seat in arrivals if seat.sector != "union" and not seat.is_new])

    for _place in range(room.held.get("union", 0)):
        assert room.fits(taken, Seat("union"))
        taken.append(Seat("union"))
    for _place in range(room.held.get(NEW, 0)):
        assert room.fits(taken, Seat("business", is_new=True))
        taken.append(Seat("business", is_new=True))


@PATIENT
@given(rooms, st.lists(seats, max_size=20), st.randoms())
def test_in_which_order_people_came_does_not_change_who_fits_next(room, arrivals, random):
    taken = fill(room, arrivals)
    shuffled = list(taken)
    random.shuffle(shuffled)

    assert all(room.fits(taken, Seat(s, n)) == room.fits(shuffled, Seat(s, n)) for s in SECTORS for n in (True, False))
