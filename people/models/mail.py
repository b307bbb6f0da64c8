"""Mail on its way out. Texts and recipients are decided in each app's notifications.py."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutgoingMail(models.Model):
    """One message to one address, written in the transaction of the act it tells of, and kept until it is sent."""

    template = models.CharField(max_length=80)
    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(blank=True)
    files = models.JSONField(default=list, blank=True)  # attached texts: name, type and text of each
    created_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["next_try_at"], condition=models.Q(sent_at__isnull=True), name="people_mail_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.to})"
