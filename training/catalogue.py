"""Which modules somebody finds: all that are published, by words, behaviour, length and where they stand."""

from collections.abc import Mapping

from people.models import User
from training.models import ModulePage

SHOWN = ("title", "slug", "path", "depth", "summary", "minutes", "edition")


def found_modules(user: User, chosen: Mapping[str, str]):
    """The published modules that fit what was chosen, with the person's progress."""
    found = ModulePage.objects.live().with_progress(user).with_unit_count()
    if words := chosen.get("q"):
        found = found.search_words(words)
    if behaviour := chosen.get("behaviour"):
        found = found.about(behaviour)
    if length := chosen.get("length"):
        found = found.of_length(length)
    if status := chosen.get("status"):
        found = found.with_status(status)
    return found.only(*SHOWN).prefetch_related("behaviours").order_by("title", "pk")
