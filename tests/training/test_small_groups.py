"""Counts by group that lead nobody back to a person: what is too small is shown with a neighbour, and adds up."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from training.small_groups import may_be_split, shown_groups

CASES = [
    ({"a": 8, "b": 8}, [("a", 8), ("b", 8)]),
    ({"a": 0, "b": 3}, [("a", 0), ("b", 3)]),
    ({"a": 1, "b": 1}, []),  # too few in all
    ({"a": 0, "b": 0}, []),
    ({"a": 8, "b": 1, "c": 5}, [("a", 8), ("b c", 6)]),  # one small group takes the smallest other
    ({"a": 8, "b": 1, "c": 2}, [("a", 8), ("b c", 3)]),  # two that are enough together
    ({"a": 8, "b": 1, "c": 1}, [("a b c", 10)]),  # two that are not
    ({"a": 2, "b": 0, "c": 20}, [("b", 0), ("a c", 22)]),
]


@pytest.mark.parametrize(("counts", "lines"), CASES, ids=str)
def test_what_is_shown_alone_and_together(counts, lines):
    assert [(" ".join(group.keys), group.count) for group in shown_groups(counts, 3)] == lines


COUNTS = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 9), min_size=1)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(COUNTS, st.integers(2, 5))
def test_no_line_is_small_and_all_of_them_add_up(counts, least):
    lines = shown_groups(counts, least)

    if sum(counts.values()) < least:
        assert lines == []
        return
    assert sum(line.count for line in lines) == sum(counts.values())
    assert sorted(key for line in lines for key in line.keys) == sorted(counts)
    for line in lines:
        assert line.count == 0 or line.count >= least
        assert len(line.keys) == 1 or all(counts[key] > 0 for key in line.keys)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(COUNTS, st.integers(2, 4))
def test_no_small_group_can_be_worked_out(counts, least):
    """Other counts that lead to the same lines always exist for a group that is small."""
    lines = shown_groups(counts, least)
    for line in lines:
        for key in line.keys:
            if 0 < counts[key] < least:
                assert len(line.keys) > 1
                assert line.count - counts[key] > 0


SPLITS = [((0, 0), False), ((5, 0), False), ((5, 2), False), ((2, 2), False), ((3, 3), True), ((40, 3), True)]


@pytest.mark.parametrize(("sizes", "may"), SPLITS)
def test_a_side_is_shown_beside_the_total_only_when_both_are_large(sizes, may):
    for order in itertools.permutations(sizes):
        assert may_be_split(order, 3) is may
