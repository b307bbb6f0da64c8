"""Kinds of sessions that have worked: what a recipe fills in, so that planning takes six answers. Plain data."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.enums import Sector
from people.lib.dates import add_working_days
from people.policy import policy
from training.allocation import NEW
from training.enums import Recipe, SessionFormat


@dataclass(frozen=True)
class RecipeRow:
    """What one recipe sets. Shares are per cent of the places; days count back from the start."""

    recipe: Recipe
    words: str | Promise
    format: SessionFormat
    hours: float
    dates: int = 1
    days_between: int = 0
    places: int | None = 24
    held: dict[str, int] = field(default_factory=dict)  # per cent of the places, by sector or NEW
    sector_limit_percent: int | None = 40
    needs_approval: bool = False
    minimum_percent: int | None = 40


RECIPES = {
    row.recipe: row
    for row in (
        RecipeRow(
            Recipe.HALF_DAY,
            _("Four hours in one room and on a screen. Two places in three wait for partners."),
            SessionFormat.HYBRID,
            hours=4,
            held={
                Sector.PUBLIC_BODY: 33,
                Sector.COMMUNITY: 17,
                Sector.THIRD_SECTOR: 17,
                Sector.BUSINESS: 17,
                Sector.UNION: 16,
            },
            sector_limit_percent=None,
        ),
        RecipeRow(
            Recipe.EVENING_PAIR,
            _("Twice 90 minutes in the evening, a week apart, online. Nobody fills more than four places in ten."),
            SessionFormat.ONLINE,
            hours=1.5,
            dates=2,
            days_between=7,
            places=20,
        ),
        RecipeRow(
            Recipe.VISIT,
            _("A day where a partner works. The host sets the agenda; a quarter of the places wait for newcomers."),
            SessionFormat.IN_PERSON,
            hours=5,
            places=12,
            held={NEW: 25},
        ),
        RecipeRow(
            Recipe.OPEN_DOOR,
            _("Two hours, three questions, come when you can. No list and no limit."),
            SessionFormat.IN_PERSON,
            hours=2,
            places=None,
            sector_limit_percent=None,
            minimum_percent=None,
        ),
    )
}


def defaults_of(recipe: str, first_start: datetime.datetime, places: int | None) -> dict[str, Any]:
    """What the recipe sets for a session that begins then and has so many places: fields of the session."""
    row = RECIPES[Recipe(recipe)]
    return {
        "format": row.format,
        "capacity": places,
        "sector_limit_percent": row.sector_limit_percent if places else None,
        "needs_approval": row.needs_approval,
        "cancel_days": 2,
        "minimum": max(1, places * row.minimum_percent // 100) if places and row.minimum_percent else None,
        **days_of(recipe, first_start, places),
    }


def days_of(recipe: str, first_start: datetime.datetime, places: int | None) -> dict[str, datetime.date | None]:
    """The days that are counted from the start."""
    row, day = RECIPES[Recipe(recipe)], timezone.localdate(first_start)
    held_until = add_working_days(day, -policy("held_places_working_days"))
    return {
        "release_on": held_until if row.held and places else None,
        "sign_up_until": day - datetime.timedelta(days=1) if row.places else None,  # come when you can
        "decide_on": add_working_days(day, -5) if places and row.minimum_percent else None,
    }


def dates_of(recipe: str, first_start: datetime.datetime) -> list[tuple[datetime.datetime, datetime.datetime]]:
    """Beginning and end of each date, at the same hour of the local day also across a change of clocks."""
    row = RECIPES[Recipe(recipe)]
    naive, zone = first_start.replace(tzinfo=None), first_start.tzinfo
    starts = [naive + datetime.timedelta(days=row.days_between * number) for number in range(row.dates)]
    length = datetime.timedelta(hours=row.hours)
    return [(start.replace(tzinfo=zone), (start + length).replace(tzinfo=zone)) for start in starts]


def held_of(recipe: str, places: int | None) -> dict[str, int]:
    """How many places wait for whom; never more than there are. What rounding leaves goes to the largest remainders."""
    row = RECIPES[Recipe(recipe)]
    if not places:
        return {}
    held = {key: places * share // 100 for key, share in row.held.items()}
    left = places * sum(row.held.values()) // 100 - sum(held.values())
    for key in sorted(row.held, key=lambda key: places * row.held[key] % 100, reverse=True)[:left]:
        held[key] += 1
    return {key: count for key, count in held.items() if count}
