"""Days, working days, months and quarters."""

import datetime

import pytest
import time_machine

from people.lib.dates import add_months, add_working_days, quarter_label, today

D = datetime.date


def test_today_is_the_day_in_scotland_not_in_greenwich():
    with time_machine.travel(datetime.datetime(2026, 6, 30, 23, 30, tzinfo=datetime.UTC)):
        assert today() == D(2026, 7, 1)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (D(2026, 3, 2), 0, D(2026, 3, 2)),
        (D(2026, 3, 2), 1, D(2026, 3, 3)),
        (D(2026, 3, 6), 1, D(2026, 3, 9)),  # Friday to Monday
        (D(2026, 3, 7), 1, D(2026, 3, 9)),  # Saturday to Monday
        (D(2026, 3, 2), 20, D(2026, 3, 30)),
        (D(2026, 12, 24), 3, D(2026, 12, 31)),  # Christmas, and Boxing Day kept on the Monday
        (D(2026, 12, 31), 1, D(2027, 1, 5)),  # New Year, and 2 January kept on the Monday
        (D(2026, 11, 30), 1, D(2026, 12, 1)),  # St Andrew's Day is a Monday holiday
        (D(2027, 1, 6), -20, D(2026, 12, 3)),
    ],
)
def test_working_days_leave_out_weekends_and_bank_holidays(start, count, end):
    assert add_working_days(start, count) == end


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (D(2026, 1, 31), 1, D(2026, 2, 28)),
        (D(2028, 1, 31), 1, D(2028, 2, 29)),
        (D(2026, 11, 30), 1, D(2026, 12, 30)),
        (D(2026, 12, 31), 36, D(2029, 12, 31)),
        (D(2028, 2, 29), 12, D(2029, 2, 28)),
        (D(2026, 5, 5), 0, D(2026, 5, 5)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(start, months, end):
    assert add_months(start, months) == end


@pytest.mark.parametrize(
    ("day", "label"), [(D(2026, 1, 1), "2026-Q1"), (D(2026, 3, 31), "2026-Q1"), (D(2026, 10, 1), "2026-Q4")]
)
def test_quarters(day, label):
    assert quarter_label(day) == label
