"""The shape of one line of My work. Each app fills its own in todo_for(actor); cms puts them together."""

import datetime
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Task:
    """One thing on somebody's page: a dated duty, something to continue, something coming, or waiting for others."""

    title: str
    url: str
    hint: str = ""
    due: datetime.date | None = None
    status: str = ""
    kind: Literal["duty", "continue", "coming", "waiting"] = "duty"
