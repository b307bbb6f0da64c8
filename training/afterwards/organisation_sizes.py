"""How large organisations are, as co-ordinators know it: needed to see whether only the large ones come (S31)."""

from collections.abc import Mapping

from django.db import transaction

from people import audit
from people.enums import OrganisationSize, Role
from people.models import Organisation, User
from people.transitions import NotYours


def keep_sizes(wanted: Mapping[int, str], *, by: User) -> int:
    """Keep a size for each of these organisations; empty is not known. Returns how many were changed."""
    if not by.has_role(Role.COORDINATOR):
        raise NotYours
    with transaction.atomic():
        known = {key: size for key, size in wanted.items() if size in ("", *OrganisationSize.values)}
        rows = Organisation.objects.select_for_update().filter(pk__in=known).order_by("pk")
        changed = [row for row in rows if row.size != known[row.pk]]
        for row in changed:
            before, row.size = row.size, known[row.pk]
            row.save(update_fields=["size"])
            audit.record_change(row, "size", by=by, reason=f"{before or '-'} -> {row.size or '-'}")
    return len(changed)
