"""Learning that is required of an audience by a day. Who is in the audience now is a query (requirements.py)."""

import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.models import Partnership
from people.enums import Role
from people.lib.dates import today
from people.models import JobFamily, Team
from training.enums import Audience
from training.models.pages import ModulePage
from training.models.session import JointSession
from training.querysets import LearningExceptionQuerySet, RequiredLearningQuerySet

WHAT = {"module": models.Q(module__isnull=True), "session": models.Q(session__isnull=True)}


class RequiredLearning(models.Model):
    """An audience, a module or a session, a day, and after how many months it is due again (empty: once)."""

    audience = models.CharField(_("for whom"), max_length=20, choices=Audience)
    team = models.ForeignKey(
        Team, verbose_name=_("team"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    job_family = models.ForeignKey(
        JobFamily, verbose_name=_("job family"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.CharField(_("role"), max_length=40, choices=Role, blank=True)
    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    module = models.ForeignKey(
        ModulePage, verbose_name=_("module"), on_delete=models.PROTECT, null=True, blank=True, related_name="required"
    )
    session = models.ForeignKey(
        JointSession,
        verbose_name=_("joint session"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="required",
    )
    due_on = models.DateField(_("by"))
    repeat_months = models.PositiveSmallIntegerField(
        _("again after so many months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    reason = models.CharField(_("why it is required"), max_length=300)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    ended_on = models.DateField(null=True, editable=False)

    objects = RequiredLearningQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=WHAT["module"] ^ WHAT["session"], name="training_one_thing_is_required"),
            models.CheckConstraint(
                condition=models.Q(audience=Audience.TEAM) ^ models.Q(team=None), name="training_required_of_a_team"
            ),
            models.CheckConstraint(
                condition=models.Q(audience=Audience.JOB_FAMILY) ^ models.Q(job_family=None),
                name="training_required_of_a_job_family",
            ),
            models.CheckConstraint(
                condition=models.Q(audience=Audience.ROLE) ^ models.Q(role=""), name="training_required_of_a_role"
            ),
            models.CheckConstraint(
                condition=models.Q(audience=Audience.PARTNERSHIP) ^ models.Q(partnership=None),
                name="training_required_of_a_partnership",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.audience_words}"

    @property
    def title(self) -> str:
        """What is required, in its own words."""
        return (self.module or self.session).title

    @property
    def what_key(self) -> tuple[str, int | None]:
        """Which module or session it is, without reading it."""
        return ("module", self.module_id) if self.module_id else ("session", self.session_id)

    @property
    def audience_key(self) -> int | str | None:
        """Which team, job family, role or partnership; None for everybody on the staff."""
        return self.team_id or self.job_family_id or self.role or self.partnership_id or None

    @property
    def audience_words(self) -> str:
        """For whom, by name (queries unless read with for_reading)."""
        named = self.team or self.job_family or self.partnership or (self.get_role_display() if self.role else "")
        return str(named) if named else str(self.get_audience_display())

    @property
    def is_ended(self) -> bool:
        return self.ended_on is not None


class LearningException(models.Model):
    """Somebody need not do what is required, with a reason that they can read; until a day, or for good."""

    required = models.ForeignKey(RequiredLearning, on_delete=models.CASCADE, related_name="exceptions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    until = models.DateField(_("until"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = LearningExceptionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["required", "person"], name="training_one_exception_each")]

    def __str__(self) -> str:
        return f"exception {self.pk}"

    def holds_on(self, day: datetime.date) -> bool:
        """True up to and with its last day; without one, for good."""
        return self.until is None or self.until >= day


class RequiredNotice(models.Model):
    """Somebody was told that something is required of them: once, whoever runs the clock and how often."""

    required = models.ForeignKey(RequiredLearning, on_delete=models.CASCADE, related_name="notices")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField(default=today)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["required", "person"], name="training_told_once_of_required")]

    def __str__(self) -> str:
        return f"notice {self.pk}"
