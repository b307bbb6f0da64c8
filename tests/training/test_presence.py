"""What counts as having attended, and for how long: plain data in, plain data out."""

import datetime
import itertools

import pytest

from training.enums import AttendanceRule, Presence
from training.presence import attended, minutes_there

FULL, PART, AWAY, SORRY, NOBODY_SAID = Presence.FULL, Presence.PART, Presence.NO_SHOW, Presence.APOLOGIES, None
HOUR = datetime.timedelta(hours=1)

CASES = [  # presences -> whole, every date, any date
    ([], (False, False, False)),
    ([FULL], (True, True, True)),
    ([PART], (False, True, True)),
    ([AWAY], (False, False, False)),
    ([SORRY], (False, False, False)),
    ([NOBODY_SAID], (False, False, False)),
    ([FULL, FULL], (True, True, True)),
    ([FULL, PART], (False, True, True)),
    ([FULL, AWAY], (False, False, True)),
    ([NOBODY_SAID, PART], (False, False, True)),
    ([SORRY, NOBODY_SAID], (False, False, False)),
]


@pytest.mark.parametrize(("presences", "expected"), CASES, ids=str)
def test_each_rule_says_who_attended(presences, expected):
    rules = (AttendanceRule.WHOLE, AttendanceRule.EVERY_DATE, AttendanceRule.ANY_DATE)

    assert tuple(attended(rule, presences) for rule in rules) == expected


def test_a_stricter_rule_never_lets_in_more():
    for presences in itertools.product([*Presence, None], repeat=3):
        whole, every, any_date = (attended(rule, presences) for rule in AttendanceRule)
        assert whole <= every <= any_date


@pytest.mark.parametrize(
    ("presences", "minutes"),
    [([FULL, FULL], 150), ([FULL, PART], 105), ([PART, AWAY], 30), ([NOBODY_SAID, SORRY], 0), ([PART, PART], 75)],
    ids=str,
)
def test_hours_are_those_of_the_dates_attended(presences, minutes):
    assert minutes_there([HOUR, 1.5 * HOUR], presences, 50) == minutes


def test_a_body_may_count_a_part_in_full_or_not_at_all():
    assert [minutes_there([HOUR], [PART], percent) for percent in (0, 100)] == [0, 60]
