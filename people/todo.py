"""The shape of one line of My work. Each app fills its own in todo_for(actor); cms puts them together."""

import datetime
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise


@dataclass(frozen=True)
class Task:
    """One thing on somebody's page: a dated duty, something to continue, something coming, or waiting for others."""

    title: str | Promise
    url: str
    hint: str | Promise = ""
    due: datetime.date | None = None
    status: str | Promise = ""
    kind: Literal["duty", "continue", "coming", "waiting"] = "duty"
