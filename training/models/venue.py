"""Places to meet, kept and used again, and what is known about each (S37, S63; DOMAIN E.3). Facts are never guessed."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.lib.dates import add_months, today
from people.models import Organisation
from people.policy import policy
from training.enums import FactAnswer


class Venue(models.Model):
    """A room or a piece of ground where people meet; its facts are rows, and each says who checked it and when."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    address = models.CharField(_("address"), max_length=300)
    host = models.ForeignKey(
        Organisation, verbose_name=_("whose it is"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    contact = models.CharField(_("who lets people in"), max_length=200, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class VenueFact(models.Model):
    """What is known about one point of the checklist (venues.FACTS): yes, no, in words, or known by a day."""

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="facts")
    code = models.SlugField(max_length=40)
    answer = models.CharField(_("answer"), max_length=20, choices=FactAnswer, default=FactAnswer.NOT_CHECKED)
    words = models.CharField(_("in words"), max_length=300, blank=True)
    known_by = models.DateField(_("known by"), null=True, blank=True)
    checked_by = models.CharField(_("who checked"), max_length=200, blank=True)  # a name: a host need have no account
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["venue", "code"], name="training_venue_fact_once"),
            models.CheckConstraint(
                condition=models.Q(answer=FactAnswer.NOT_CHECKED)
                | models.Q(checked_on__isnull=False) & ~models.Q(checked_by=""),
                name="training_known_fact_was_checked",
            ),
            models.CheckConstraint(
                condition=~models.Q(answer=FactAnswer.DESCRIBED) | ~models.Q(words=""),
                name="training_described_fact_has_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.get_answer_display()}"

    @property
    def is_known(self) -> bool:
        return self.answer != FactAnswer.NOT_CHECKED

    @property
    def stale_from(self) -> datetime.date | None:
        """The first day on which the fact is too old to rely on; None when it was never checked."""
        return add_months(self.checked_on, policy("venue_fact_months")) if self.checked_on else None

    @property
    def is_stale(self) -> bool:
        return self.stale_from is not None and self.stale_from <= today()
