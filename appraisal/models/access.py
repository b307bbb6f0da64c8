"""Content of a review opened for a reason. Opening it stands in administration.py."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from appraisal.models.review import AppraisalReview
from people.models import Stateful


class ReasonedAccess(Stateful):
    """An administrator opened the content of a review, for a reason that the person sees, until an hour."""

    state = models.CharField(max_length=20, default="open", editable=False)
    review = models.ForeignKey(AppraisalReview, on_delete=models.CASCADE, related_name="accesses")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    until = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["reader", "until"], name="appraisal_access_of_reader")]

    def __str__(self) -> str:
        return f"{self.reader}: {self.reason}"

    @property
    def subject_id(self) -> int:
        """The person whose review was opened."""
        return self.review.job_holder_id
