"""The append-only record of who did what, and the pass that lets retention remove old rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.enums import ActorKind


class AuditEvent(models.Model):
    """One move or one reading. No foreign keys, so it outlives what it speaks of (DESIGN 4.7, 5.4).

    Triggers on both databases refuse every change and removal unless a RetentionPass row
    exists in the same transaction.
    """

    at = models.DateTimeField(_("when"), null=True)  # empty for anonymous answers: the hour could name a person
    record_type = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    move = models.CharField(max_length=40)
    frm = models.CharField(max_length=20, blank=True)
    to = models.CharField(max_length=20, blank=True)
    subject_id = models.BigIntegerField(null=True)
    actor_kind = models.CharField(max_length=10, choices=ActorKind)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200, blank=True)
    acting_for_id = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["record_type", "record_id"], name="people_audit_record"),
            models.Index(fields=["subject_id"], name="people_audit_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.move} {self.record_type} {self.record_id}"


class RetentionPass(models.Model):
    """While a row exists in a transaction, append-only tables let old rows go. Never outlives its transaction."""

    reason = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.reason
