"""Counts by group that lead nobody back to a person. Plain data in, plain data out; no models, no queries.

A group below the smallest number is not left out, for then it could be worked out from the total: it is shown together
with its smallest neighbours, until the groups shown together are at least two and large enough. Nobody is a fact too:
an empty group is shown as empty.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """One line: a group, or several that are only shown together."""

    keys: tuple[str, ...]
    count: int


def shown_groups(counts: Mapping[str, int], least: int) -> list[Group]:
    """The lines in the order of the counts, those shown together last; none when all are fewer than least."""
    if sum(counts.values()) < least:
        return []
    together = [key for key in counts if 0 < counts[key] < least]
    others = sorted((key for key in counts if counts[key] >= least), key=lambda key: counts[key], reverse=True)
    while together and others and (len(together) < 2 or sum(counts[key] for key in together) < least):
        together.append(others.pop())
    lines = [Group((key,), counts[key]) for key in counts if key not in together]
    if together:
        in_order = tuple(key for key in counts if key in together)
        lines.append(Group(in_order, sum(counts[key] for key in together)))
    return lines


def may_be_split(sizes: Collection[int], least: int) -> bool:
    """True when answers may be shown by group beside their total: no group in it is so small that the total less the
    others gives it away."""
    present = [size for size in sizes if size]
    return len(present) > 1 and all(size >= least for size in present)
