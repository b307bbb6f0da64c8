"""What a recipe fills in: places held by share, never more than there are."""

import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from people.enums import Sector
from training.allocation import NEW
from training.enums import Recipe
from training.planning import recipes

FIVE = (Sector.PUBLIC_BODY, Sector.COMMUNITY, Sector.THIRD_SECTOR, Sector.BUSINESS, Sector.UNION)


@pytest.mark.parametrize(
    ("recipe", "places", "held"),
    [
        (Recipe.HALF_DAY, 24, dict(zip(FIVE, (8, 4, 4, 4, 4), strict=True))),
        (Recipe.HALF_DAY, 10, dict(zip(FIVE, (3, 2, 2, 2, 1), strict=True))),
        (Recipe.HALF_DAY, 1, {Sector.PUBLIC_BODY: 1}),
        (Recipe.VISIT, 12, {NEW: 3}),
        (Recipe.VISIT, 3, {}),
        (Recipe.EVENING_PAIR, 20, {}),
        (Recipe.OPEN_DOOR, None, {}),
    ],
)
def test_places_are_held_by_share(recipe, places, held):
    assert recipes.held_of(recipe, places) == held


@pytest.mark.django_db
def test_an_open_door_is_open_until_it_begins():
    start = timezone.make_aware(datetime.datetime(2027, 2, 9, 10))

    assert recipes.days_of(Recipe.OPEN_DOOR, start, None)["sign_up_until"] is None
    assert recipes.days_of(Recipe.VISIT, start, 12)["sign_up_until"] == datetime.date(2027, 2, 8)


@given(recipe=st.sampled_from(list(Recipe)), places=st.integers(1, 500))
def test_never_more_are_held_than_there_are(recipe, places):
    held = recipes.held_of(recipe, places)

    assert sum(held.values()) <= places
    assert all(count > 0 for count in held.values())
