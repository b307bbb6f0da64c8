"""Places to meet, kept and used again, and what is known about each (S37, S63; DOMAIN E.3). Facts are never guessed."""

import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.lib.dates import add_months, today
from people.models import Organisation, Stateful, TokenLink
from people.policy import policy
from training.enums import FactAnswer, QuestionState
from training.querysets import VenueQuerySet, VenueQuestionQuerySet


class Venue(models.Model):
    """A room or a piece of ground where people meet; its facts are rows, and each says who checked it and when."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    address = models.CharField(_("address"), max_length=300)
    host = models.ForeignKey(
        Organisation, verbose_name=_("whose it is"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    contact = models.CharField(_("who lets people in"), max_length=200, blank=True)

    objects = VenueQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("manage-venues:detail", args=[self.pk])


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
    def is_overdue(self) -> bool:
        """True when the day has passed by which it was to be known."""
        return not self.is_known and self.known_by is not None and self.known_by < today()

    @property
    def stale_from(self) -> datetime.date | None:
        """The first day on which the fact is too old to rely on; None when it was never checked."""
        return add_months(self.checked_on, policy("venue_fact_months")) if self.checked_on else None

    @property
    def is_stale(self) -> bool:
        return self.stale_from is not None and self.stale_from <= today()


class VenueQuestion(Stateful, TokenLink):
    """The host is asked by mail to fill in the checklist. The link works until its day and for several answers."""

    state = models.CharField(max_length=20, choices=QuestionState, editable=False)
    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="questions")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = VenueQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("question to a host")
        verbose_name_plural = _("questions to hosts")
        constraints = [
            models.UniqueConstraint(
                fields=["venue"],
                condition=models.Q(state__in=[QuestionState.ASKED, QuestionState.ANSWERED]),
                name="training_one_open_question_a_venue",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.venue}"

    def get_absolute_url(self) -> str:
        return self.venue.get_absolute_url()

    @property
    def subject_id(self) -> None:
        """It is about a place, not about a person."""
        return None
