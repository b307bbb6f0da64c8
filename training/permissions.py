"""Who may do what with progress: nobody but its owner. Which rows somebody sees stands in querysets.py."""

from people.transitions import Actor, NotYours
from training.models import ModuleStart


def can_continue(start: ModuleStart, by: Actor) -> bool:
    """Only the person who started goes on."""
    return by.user_id is not None and by.user_id == start.person_id


def ask_own(start: ModuleStart, by: Actor) -> None:
    """Refuse anybody but the person who started."""
    if not can_continue(start, by):
        raise NotYours
