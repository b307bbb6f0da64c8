"""Partnerships, who is in them, and what they do together. Charters, checks and decisions come later."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnerships.querysets import PartnershipPersonQuerySet, PartnershipQuerySet
from people.models import Organisation


class Partnership(models.Model):
    """A group in which staff and people from other organisations work on something together (S14, S17)."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    purpose = models.TextField(_("what it is for"))
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lead"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    co_lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("co-lead"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    started_on = models.DateField(_("started"), null=True, blank=True)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lead__isnull=True)
                | models.Q(co_lead__isnull=True)
                | ~models.Q(lead=models.F("co_lead")),
                name="partnerships_two_leads_are_two_people",
                violation_error_message=_("The lead and the co-lead must be two people."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partnerships:detail", args=[self.slug])

    def member_rows(self) -> list[tuple[Organisation, str, "PartnershipPerson | None"]]:
        """Organisation, what it brings, one of its people; the host body first (queries unless prefetched).

        An organisation for which nobody is named has one row.
        """
        brings = {row.organisation: row.brings for row in self.organisations.all()}
        rows: list[tuple[Organisation, str, PartnershipPerson | None]] = [
            (row.organisation, brings.get(row.organisation, ""), row) for row in self.people.all()
        ]
        named = {organisation for organisation, _brings, _person in rows}
        rows += [(organisation, words, None) for organisation, words in brings.items() if organisation not in named]
        return sorted(rows, key=lambda row: (not row[0].is_host, row[0].name))


class PartnershipOrganisation(models.Model):
    """An organisation takes part, and says what it brings (S17, S21)."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="organisations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    brings = models.CharField(_("what it brings"), max_length=300, blank=True)

    class Meta:
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "organisation"], name="partnerships_organisation_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.partnership}"


class PartnershipPerson(models.Model):
    """A person takes part for an organisation; the same person may come for two."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=120, blank=True)

    objects = PartnershipPersonQuerySet.as_manager()

    class Meta:
        ordering = ["person__name", "pk"]
        verbose_name_plural = "partnership people"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "person", "organisation"], name="partnerships_person_once_for_each_organisation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.partnership}"


class Engagement(models.Model):
    """Something people did together on a day; sessions, examples and answers point to it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="engagements")
    title = models.CharField(_("what it was"), max_length=160)
    happened_on = models.DateField(_("when"))
    place = models.CharField(_("where"), max_length=160, blank=True)

    class Meta:
        ordering = ["-happened_on", "-pk"]

    def __str__(self) -> str:
        return self.title
