"""Records of the demo whose values stand in addresses of the API: one's own, another's, in states that matter."""

from partnerships.framework import copy_version, current_version
from partnerships.models import Partnership
from people.models import Organisation
from people.transitions import person


def world_of(demo: dict) -> dict[str, dict]:
    """Values by name of the record; it writes what the demo has not got."""
    return _common(demo)


def _common(demo: dict) -> dict[str, dict]:
    version = current_version()
    draft = copy_version(version, by=person(demo["senga"]))
    return {
        "published version": {"number": version.number},
        "draft version": {"number": draft.number},
        "partnership": {"slug": Partnership.objects.first().slug},
        "organisation": {"id": Organisation.objects.get(is_host=True).pk},
    }
