"""What happens to a review from sharing on: versions as they were read, answers to them, signatures."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appraisal.enums import ResponseAnswer, SignatureRole
from appraisal.models.review import AppraisalReview, ExpectedBehaviour


class SharedVersion(models.Model):
    """What the person could read from a day on, word for word. Text is versioned after sharing, never overwritten."""

    review = models.ForeignKey(AppraisalReview, on_delete=models.CASCADE, related_name="shared_versions")
    text_version = models.PositiveIntegerField()
    content = models.JSONField()
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-text_version"]
        constraints = [models.UniqueConstraint(fields=["review", "text_version"], name="appraisal_shared_version_once")]

    def __str__(self) -> str:
        return f"review {self.review_id}, version {self.text_version}"


class JobHolderResponse(models.Model):
    """What the person says to a shared review. Silence is recorded as no response and is not agreement (DESIGN 5.2)."""

    review = models.ForeignKey(AppraisalReview, on_delete=models.CASCADE, related_name="responses")
    text_version = models.PositiveIntegerField()
    answer = models.CharField(_("answer"), max_length=20, choices=ResponseAnswer)
    words = models.TextField(_("in your own words"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-text_version"]
        constraints = [models.UniqueConstraint(fields=["review", "text_version"], name="appraisal_one_response")]

    def __str__(self) -> str:
        return str(self.get_answer_display())


class DisputedPoint(models.Model):
    """One point that the person sees differently, and the second manager's answer to it in words."""

    response = models.ForeignKey(JobHolderResponse, on_delete=models.CASCADE, related_name="points")
    behaviour = models.ForeignKey(ExpectedBehaviour, on_delete=models.CASCADE, null=True, related_name="+")
    words = models.TextField(_("what you see differently"), max_length=3000)
    reply = models.TextField(_("your answer"), max_length=3000, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    replied_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def changed_at(self):
        """When the answer to it was last saved."""
        return self.replied_at

    @property
    def seen_mark(self) -> str:
        """Which answer somebody was looking at: its time, or nothing before there is one."""
        return self.replied_at.isoformat() if self.replied_at else ""


class Signature(models.Model):
    """Somebody stands by a statement about one version of the text; a later version makes it void (RULES B11)."""

    review = models.ForeignKey(AppraisalReview, on_delete=models.CASCADE, related_name="signatures")
    role = models.CharField(max_length=20, choices=SignatureRole)
    text_version = models.PositiveIntegerField()
    statement = models.TextField()  # the sentence as it was shown
    words = models.TextField(blank=True)  # what the second manager adds
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "role", "text_version"], name="appraisal_signed_once_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.statement}"

    @property
    def stands(self) -> bool:
        """False once the text was opened again after it."""
        return self.text_version == self.review.text_version
