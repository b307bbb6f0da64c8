"""Who was reminded of what, and when. Whom to remind stands in chasing.py."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from appraisal.enums import BEFORE_SHARING, ReminderKind, ReviewState, ReviewStep
from appraisal.models.cycle import AppraisalCycle
from appraisal.models.review import AppraisalReview

REMINDED_IN = {  # the states in which a step is still to do
    ReviewStep.SELF_ASSESSMENT: (ReviewState.SELF_REVIEW,),
    ReviewStep.SHARE: BEFORE_SHARING,
    ReviewStep.ANSWER: (ReviewState.SHARED,),
    ReviewStep.CONFIRM: (ReviewState.ANSWERED,),
}


class Reminder(models.Model):
    """Somebody was reminded; nobody twice in a day, and the automatic ones once each (UX H2)."""

    cycle = models.ForeignKey(AppraisalCycle, on_delete=models.CASCADE, related_name="reminders")
    review = models.ForeignKey(AppraisalReview, on_delete=models.CASCADE, null=True, related_name="reminders")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=20, choices=ReviewStep, blank=True)
    kind = models.CharField(max_length=20, choices=ReminderKind)
    text_version = models.PositiveIntegerField(default=1)  # shared again, reminded again
    sent_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True, editable=False)  # when the mail was written; several make one mail

    class Meta:
        ordering = ["-sent_at"]
        indexes = [
            models.Index(fields=["person", "-sent_at"], name="appraisal_reminded_person"),
            models.Index(fields=["person"], condition=models.Q(told_at=None), name="appraisal_reminder_untold"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "person", "step", "kind", "text_version"],
                condition=~models.Q(kind=ReminderKind.BY_HAND),
                name="appraisal_automatic_reminder_once",
            ),
            models.UniqueConstraint(
                fields=["cycle", "person"],
                condition=models.Q(kind=ReminderKind.OPENED),
                name="appraisal_told_once_that_it_is_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person}"

    @property
    def still_holds(self) -> bool:
        """False when the step was done after the reminder was written down."""
        return self.review is not None and self.review.state in REMINDED_IN.get(ReviewStep(self.step), ())
