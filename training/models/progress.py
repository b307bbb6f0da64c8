"""What one person did with one module. What follows from it stands in progress.py and its neighbours."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training import querysets
from training.enums import CompletionRule, Moment


class ModuleStart(models.Model):
    """Somebody has begun a module, or begun to renew it. Required units and rule are as they were on that day."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    module = models.ForeignKey("training.ModulePage", on_delete=models.PROTECT, related_name="starts")
    rule = models.CharField(max_length=30, choices=CompletionRule.choices)
    edition = models.PositiveIntegerField()
    started_at = models.DateTimeField(default=timezone.now)
    round = models.PositiveSmallIntegerField(
        default=1
    )  # each renewal is a round of its own; earlier ones stay as they were
    is_current = models.BooleanField(default=True)
    counts_from = models.DateField(null=True)  # of a renewal: sessions attended since the window opened count

    objects = querysets.ModuleStartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "module"], condition=models.Q(is_current=True), name="training_one_current_start_each"
            ),
            models.UniqueConstraint(fields=["person", "module", "round"], name="training_one_start_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in module {self.module_id}"

    @property
    def completion_rule(self) -> CompletionRule:
        """The rule as it was when the module was started."""
        return CompletionRule(self.rule)

    @property
    def asks_check(self) -> bool:
        """True when the check counts: it did at the start, and editors have not dropped it since."""
        return self.completion_rule.asks_check and self.module.rule.asks_check

    @property
    def asks_try(self) -> bool:
        """True when the try-it step counts: it did at the start, and editors have not dropped it since."""
        return self.completion_rule.asks_try and self.module.rule.asks_try

    @property
    def asks_session(self) -> bool:
        """True when a joint session counts: it did at the start, and editors have not dropped it since."""
        return self.completion_rule.asks_session and self.module.rule.asks_session


class RequiredUnit(models.Model):
    """One unit of the list that was frozen when the module was started."""

    start = models.ForeignKey(ModuleStart, on_delete=models.CASCADE, related_name="required_units")
    unit = models.ForeignKey("training.UnitPage", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=255)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["start", "unit"], name="training_unit_required_once")]

    def __str__(self) -> str:
        return self.title


class UnitFinish(models.Model):
    """Somebody said that they have finished a unit; which text they had read is kept."""

    start = models.ForeignKey(ModuleStart, on_delete=models.CASCADE, related_name="finishes")
    unit = models.ForeignKey("training.UnitPage", on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    edition = models.PositiveIntegerField()
    finished_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["start", "unit"], name="training_unit_finished_once")]

    def __str__(self) -> str:
        return f"unit {self.unit_id}, edition {self.edition}"


class CheckAttempt(models.Model):
    """One try at the final check: the paper as handed out, the answers, what they came to. Seen by nobody else."""

    start = models.ForeignKey(ModuleStart, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    paper = models.JSONField()
    answers = models.JSONField(default=dict)
    opened_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    score = models.PositiveSmallIntegerField(null=True)
    passed = models.BooleanField(null=True)

    objects = querysets.CheckAttemptQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["start", "number"], name="training_attempt_number_once"),
            models.UniqueConstraint(
                fields=["start"], condition=models.Q(submitted_at=None), name="training_one_open_attempt"
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_at=None, score=None, passed=None)
                | models.Q(submitted_at__isnull=False, score__isnull=False, passed__isnull=False),
                name="training_attempt_marked_when_submitted",
            ),
        ]

    def __str__(self) -> str:
        return f"try {self.number}"

    @property
    def questions(self) -> list[dict]:
        """The questions of the frozen paper."""
        return self.paper["questions"]


class ExtraTry(models.Model):
    """A co-ordinator gave somebody one more try at a final check, and why. Counted when the others are used up."""

    start = models.ForeignKey(ModuleStart, on_delete=models.CASCADE, related_name="extra_tries")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(_("reason"), max_length=300)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["start", "number"], name="training_extra_try_number_once")]

    def __str__(self) -> str:
        return f"extra try {self.number}"


class Completion(models.Model):
    """A module was completed. Once earned it stays, whatever becomes of the module's text."""

    start = models.OneToOneField(ModuleStart, on_delete=models.PROTECT, related_name="completion")
    revision = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    edition = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    minutes = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    objects = querysets.CompletionQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.title

    @property
    def person(self):
        """Who completed it."""
        return self.start.person

    @property
    def module(self):
        """The module as it is today."""
        return self.start.module

    @property
    def is_on_earlier_edition(self) -> bool:
        """True when the module has changed materially since."""
        return self.edition < self.start.module.edition


class TryItNote(models.Model):
    """What somebody wrote after trying it with a person from the other side. Private, like a reflection."""

    start = models.ForeignKey(ModuleStart, on_delete=models.CASCADE, related_name="try_notes")
    unit = models.ForeignKey("training.UnitPage", on_delete=models.PROTECT, related_name="+")
    block_id = models.CharField(max_length=64)
    text = models.TextField(_("note"), max_length=4000)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["start", "block_id"], name="training_one_try_note_each")]

    def __str__(self) -> str:
        return f"note on {self.block_id}"


class Reflection(models.Model):
    """A private answer to a prompt in a unit. Only its owner reads it, and may copy it into an example."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("training.UnitPage", on_delete=models.PROTECT, related_name="+")
    block_id = models.CharField(max_length=64)
    prompt = models.CharField(max_length=300)
    text = models.TextField(_("reflection"), max_length=4000)
    written_at = models.DateTimeField(default=timezone.now)

    objects = querysets.ReflectionQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at"]
        constraints = [
            models.UniqueConstraint(fields=["person", "unit", "block_id"], name="training_one_reflection_each")
        ]

    def __str__(self) -> str:
        return self.prompt


class Confidence(models.Model):
    """How sure somebody felt, 1 to 5, before or after. Kept apart from knowledge and shown to nobody else."""

    start = models.ForeignKey(ModuleStart, on_delete=models.CASCADE, related_name="confidences")
    moment = models.CharField(max_length=6, choices=Moment.choices)
    value = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["start", "moment"], name="training_confidence_once_each"),
            models.CheckConstraint(condition=models.Q(value__range=(1, 5)), name="training_confidence_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.moment}: {self.value}"
