"""The same two merged at once, and somebody who books meanwhile."""

import pytest

from cms import merging
from people.enums import Sector
from people.models import AuditEvent, Organisation
from people.transitions import Refused, person
from tests.cms.test_merging import merge
from tests.factories.sessions import session_of
from tests.training.test_place_races import in_threads
from training.booking.places import Asker, ask_for_place
from training.models import Place

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
AT_ONCE = 8


def double() -> Organisation:
    return Organisation.objects.create(name="Care Trades Union", slug="double", sector=Sector.UNION)


def test_race_pressed_many_times_they_are_merged_once(committed_cast):
    cast, gone = committed_cast, double()
    seen = merging.mark_of(gone, cast.union, [])

    done = in_threads([lambda: merging.merge(gone, cast.union, by=cast.priya, seen=seen)] * AT_ONCE)

    assert sorted(done) == [False] * (AT_ONCE - 1) + [True]
    assert AuditEvent.objects.filter(move="merge").count() == 1


def test_race_each_into_the_other_leaves_one(committed_cast):
    cast, gone = committed_cast, double()

    def one(first, second):
        try:
            return merge(cast, first, second)
        except Refused:
            return False

    done = in_threads([lambda: one(gone, cast.union), lambda: one(cast.union, gone)])

    assert sorted(done) == [False, True]
    assert Organisation.objects.filter(name__in=["Care Trades Union", "Union of Care Trades"]).count() == 1


def test_race_a_place_booked_meanwhile_ends_with_the_one_that_stays(committed_cast):
    cast, gone = committed_cast, double()
    session = session_of(cast, places=None)

    def book(user):
        return ask_for_place(session, Asker(user.name, user.email, user, gone), by=person(user))

    def into():
        for _place_came_between in range(AT_ONCE):
            try:
                return merge(cast, gone, cast.union)
            except Refused:
                continue
        raise AssertionError

    in_threads([into, *[lambda user=user: book(user) for user in (cast.ailsa, cast.morag, cast.tom, cast.senga)]])
    merging.follow_late()

    assert set(Place.objects.values_list("organisation", flat=True)) == {cast.union.pk}
    assert Place.objects.count() == 4
