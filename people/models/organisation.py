"""Organisations and who acts for them. Posts of staff stand in team.py."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.enums import OrganisationSize, Sector
from people.querysets import DatedQuerySet


class OrganisationManager(models.Manager["Organisation"]):
    """The list: organisations as they are known today. Those that were merged stand in `everything` alone."""

    def get_queryset(self):
        return super().get_queryset().filter(merged_into=None)

    def named(self, name: str) -> "Organisation | None":
        """The organisation with exactly this name, or the one into which one of this name was merged."""
        rows = Organisation.everything.select_related("merged_into")
        found = rows.filter(name__iexact=" ".join(name.split()) or None).first()
        return found and (found.merged_into or found)


class Organisation(models.Model):
    """Any body or group that takes part; the host body is one too (S31, S33).

    Two that were one and the same are merged: the row of the one that went stays, says where it went and since when,
    and what pointed to it follows (people/merging.py).
    """

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector)
    size = models.CharField(_("size"), max_length=20, choices=OrganisationSize, blank=True)
    is_host = models.BooleanField(_("the host body"), default=False)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    merged_at = models.DateTimeField(null=True, editable=False)

    objects = OrganisationManager()
    everything: models.Manager = models.Manager()

    class Meta:
        ordering = ["name"]
        base_manager_name = "everything"
        constraints = [
            models.UniqueConstraint(fields=["is_host"], condition=models.Q(is_host=True), name="people_one_host_body"),
            models.CheckConstraint(
                condition=models.Q(merged_into=None, merged_at=None)
                | models.Q(merged_into__isnull=False, merged_at__isnull=False, is_host=False)
                & ~models.Q(merged_into=models.F("id")),
                name="people_merged_into_another_one",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Affiliation(models.Model):
    """A person acts for an organisation from one day to another; several may be current at once."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="affiliations")
    role = models.CharField(_("role"), max_length=120, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="people_affiliation_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.organisation}"
