"""What follows an organisation that is merged into another one: the shape of the rows, and those of this app.

Each app lists its own rows, because nobody else knows what its records mean; cms/merging.py merges.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.translation import ngettext_lazy

from people.models import Affiliation, Organisation


@dataclass(frozen=True)
class Pointer:
    """One key to an organisation, what is said about so many of them, and how they follow.

    Without words its number is nobody's business: it is neither shown nor kept in the audit.
    """

    record: str
    field: str
    words: object = None  # lazy, by the number `n`
    follow: Callable[["Pointer", Organisation, Organisation], None] | None = None  # empty: only the key changes

    def rows(self, gone: Organisation) -> QuerySet:
        """The records that point to it, in a fixed order."""
        return apps.get_model(self.record)._base_manager.filter(**{self.field: gone}).order_by("pk")

    def move(self, gone: Organisation, kept: Organisation) -> None:
        """Let them point to the one that stays. Raises Refused when two records cannot become one."""
        if self.follow is None:
            self.rows(gone).update(**{self.field: kept})
        else:
            self.follow(self, gone, kept)

    def late(self) -> set[int]:
        """The organisations that were merged and are pointed to all the same: written in the moment of the merge."""
        found = apps.get_model(self.record)._base_manager.filter(**{f"{self.field}__merged_into__isnull": False})
        return set(found.order_by().values_list(self.field, flat=True).distinct())


def _affiliations_follow(pointer: Pointer, gone: Organisation, kept: Organisation) -> None:
    """Somebody who acted for both in the same role and at the same time acts for it once, from the first day on."""
    for row in pointer.rows(gone):
        both = Affiliation.objects.filter(person=row.person_id, organisation=kept, role__iexact=row.role)
        both = both.filter(Q(ends_on=None) | Q(ends_on__gte=row.starts_on))
        twin = (both.filter(starts_on__lte=row.ends_on) if row.ends_on else both).order_by("pk").first()
        if twin is None:
            Affiliation.objects.filter(pk=row.pk).update(organisation=kept)
            continue
        twin.starts_on = min(twin.starts_on, row.starts_on)
        twin.ends_on = max(twin.ends_on, row.ends_on) if twin.ends_on and row.ends_on else None
        twin.save(update_fields=["starts_on", "ends_on"])
        row.delete()


POINTERS = [
    Pointer(
        "people.Affiliation",
        "organisation",
        ngettext_lazy("%(n)d entry of who acts for it", "%(n)d entries of who acts for it", "n"),
        _affiliations_follow,
    ),
    Pointer(
        "people.Organisation",
        "merged_into",
        ngettext_lazy(
            "%(n)d organisation that was merged into it earlier",
            "%(n)d organisations that were merged into it earlier",
            "n",
        ),
    ),
]
