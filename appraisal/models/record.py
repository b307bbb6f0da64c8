"""The frozen record of a closed review, its PDF, and what is put beside it later. Writing it stands in records.py."""

import hashlib
import json
import uuid

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appraisal.enums import AdditionKind
from appraisal.models.review import AppraisalReview
from appraisal.querysets import ReviewRecordPdfQuerySet, ReviewRecordQuerySet


def private_storage() -> Storage:
    """Files without an address of their own."""
    return storages["private"]


def random_name(row: "ReviewRecordPdf", name: str) -> str:
    """A path that tells nothing."""
    return f"records/{uuid.uuid4().hex}.pdf"


class ReviewRecord(models.Model):
    """What was signed, word for word (DESIGN 5.4). Append-only: triggers refuse every change and removal."""

    review = models.ForeignKey(AppraisalReview, on_delete=models.PROTECT, related_name="records")
    number = models.CharField(_("number"), max_length=20)
    version = models.PositiveSmallIntegerField(default=1)  # 2 when a reopened review was closed again
    created_at = models.DateTimeField(default=timezone.now)
    content = models.TextField()  # JSON, exactly the text that was hashed
    sha256 = models.CharField(max_length=64)

    objects = ReviewRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("review record")
        verbose_name_plural = _("review records")
        constraints = [
            models.UniqueConstraint(fields=["review", "version"], name="appraisal_record_version_once"),
            models.UniqueConstraint(fields=["number", "version"], name="appraisal_record_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.version}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:record", args=[self.review_id])

    @staticmethod
    def hash_of(content: str) -> str:
        """SHA-256 of the text."""
        return hashlib.sha256(content.encode()).hexdigest()

    @property
    def hash_holds(self) -> bool:
        """True when the text is the one that was hashed."""
        return self.hash_of(self.content) == self.sha256

    @property
    def data(self) -> dict:
        """The content read back."""
        return json.loads(self.content)


class ReviewRecordPdf(models.Model):
    """The printed form of a record, made once by a task and stored; beside the record, which itself never changes."""

    record = models.OneToOneField(ReviewRecord, on_delete=models.CASCADE, related_name="pdf")
    file = models.FileField(storage=private_storage, upload_to=random_name, max_length=100)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    objects = ReviewRecordPdfQuerySet.as_manager()

    def __str__(self) -> str:
        return f"PDF of {self.record}"


class RecordAddition(models.Model):
    """A later fact beside a record: dated, signed by name, append-only."""

    record = models.ForeignKey(ReviewRecord, on_delete=models.PROTECT, related_name="additions")
    kind = models.CharField(_("kind"), max_length=20, choices=AdditionKind)
    words = models.TextField(_("words"), max_length=4000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.words[:60]
