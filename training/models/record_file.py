"""The PDF of somebody's learning record, made when they ask for it. What it says stands in learning_record.py."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone

from training.models.session import private_storage


def record_file_name(record: "LearningRecordFile", _name: str) -> str:
    """A random name, so that nobody can be read from a file listing."""
    return f"learning-records/{secrets.token_hex(16)}.pdf"


class LearningRecordFile(models.Model):
    """One file a person, with or without what they wrote for themselves; asking again replaces it."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    with_words = models.BooleanField(default=False)  # reflections and notes, which are nobody else's business
    asked_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True)
    file = models.FileField(storage=private_storage, upload_to=record_file_name, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file="") ^ models.Q(made_at__isnull=False), name="training_record_file_was_made"
            )
        ]

    def __str__(self) -> str:
        return f"learning record {self.pk}"
