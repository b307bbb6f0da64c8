"""Who was there and what it counts for, as plain data (RULES B3). No models, no queries.

One presence a date, in the order of the dates; None where nobody has said.
"""

import datetime
from collections.abc import Iterable, Sequence

from training.enums import CAME, AttendanceRule, Presence

Presences = Sequence[str | None]


def attended(rule: str, presences: Presences) -> bool:
    """True when somebody attended by the rule of the session; a session without dates was attended by nobody."""
    if not presences:
        return False
    if rule == AttendanceRule.WHOLE:
        return all(presence == Presence.FULL for presence in presences)
    if rule == AttendanceRule.EVERY_DATE:
        return all(presence in CAME for presence in presences)
    return any(presence in CAME for presence in presences)


def minutes_there(lengths: Iterable[datetime.timedelta], presences: Presences, part_percent: int) -> int:
    """How long somebody was there: whole dates in full, a date of which they saw a part by the share agreed."""
    shares = {Presence.FULL.value: 100, Presence.PART.value: part_percent}
    total = sum(
        int(length.total_seconds()) // 60 * shares.get(presence or "", 0)
        for length, presence in zip(lengths, presences, strict=True)
    )
    return total // 100
