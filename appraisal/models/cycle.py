"""The review cycle: its purpose, dates and who is in it. Reviews of single people stand in review.py."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from appraisal.enums import CycleState, Purpose
from appraisal.querysets import CycleQuerySet
from partnerships.models import FrameworkVersion
from people.models import Post, Stateful, Team


class AppraisalCycle(Stateful):
    """One round of reviews (RULES B8). Purpose, framework and people are fixed once it is open."""

    state = models.CharField(max_length=20, choices=CycleState, default=CycleState.DRAFT, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)
    starts_on = models.DateField(_("first day looked at"))
    ends_on = models.DateField(_("last day looked at"))
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose, default=Purpose.DEVELOPMENT)
    framework_version = models.ForeignKey(
        FrameworkVersion, verbose_name=_("what we expect of each other"), on_delete=models.PROTECT, related_name="+"
    )
    self_due_on = models.DateField(_("self-assessments sent by"))
    share_due_on = models.DateField(_("reviews shared by"))
    close_due_on = models.DateField(_("confirmed and closed by"))
    hide_self_levels = models.BooleanField(
        _("own level hidden from the manager until they have chosen one"), default=True
    )
    teams = models.ManyToManyField(Team, verbose_name=_("teams"), related_name="+", blank=True)
    second_manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("second manager where a manager has none"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    opened_at = models.DateTimeField(null=True, editable=False)

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("review cycle")
        verbose_name_plural = _("review cycles")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on"))
                & models.Q(share_due_on__gte=models.F("self_due_on"))
                & models.Q(close_due_on__gte=models.F("share_due_on")),
                name="appraisal_cycle_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject_id(self) -> None:
        """A cycle is about nobody in particular."""
        return None

    @property
    def is_draft(self) -> bool:
        return self.state == CycleState.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state == CycleState.OPEN

    @property
    def purpose_sentence(self) -> str:
        """What its reviews are for, as every page of a review says it."""
        if self.purpose == Purpose.DEVELOPMENT:
            return gettext("These reviews are for development only. They do not inform pay, promotion or probation.")
        return gettext("These reviews may inform pay, promotion or probation.")

    @property
    def own_levels_sentence(self) -> str:
        """When managers see the levels that people chose for themselves; it stands on their pages too."""
        if self.hide_self_levels:
            return gettext("A manager sees the level that somebody chose for themselves only after choosing one.")
        return gettext("Managers see the levels that people chose for themselves at once, before choosing their own.")

    def get_absolute_url(self) -> str:
        return reverse("cycles:detail", args=[self.pk])


class CycleExclusion(models.Model):
    """Somebody of a chosen team who is left out, by name and with the reason."""

    cycle = models.ForeignKey(AppraisalCycle, on_delete=models.CASCADE, related_name="exclusions")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=200)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["cycle", "post"], name="appraisal_left_out_once")]

    def __str__(self) -> str:
        return f"{self.post}: {self.reason}"
