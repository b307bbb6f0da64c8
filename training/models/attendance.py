"""Who was there, date by date (RULES B3). What counts as having attended stands in presence.py."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.enums import Presence
from training.models.place import Place
from training.models.session import SessionDate, private_storage


def sheet_name(sheet: "SignInSheet", _name: str) -> str:
    """A random name: the file holds who comes."""
    return f"sheets/{secrets.token_hex(16)}.pdf"


class SignInSheet(models.Model):
    """The printed list of one date, as people had booked when it was ordered. A task makes the file; a newer one
    takes its place."""

    date = models.OneToOneField(SessionDate, on_delete=models.CASCADE, related_name="sign_in_sheet")
    names = models.PositiveIntegerField()
    ordered_at = models.DateTimeField(default=timezone.now)
    file = models.FileField(storage=private_storage, upload_to=sheet_name, blank=True)

    def __str__(self) -> str:
        return f"sign-in sheet of {self.date}"


class Attendance(models.Model):
    """Whether one person was there on one date. A fact that can be corrected; no row means that nobody has said."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="attendance")
    date = models.ForeignKey(SessionDate, on_delete=models.PROTECT, related_name="attendance")
    presence = models.CharField(_("presence"), max_length=20, choices=Presence)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["place", "date"], name="training_one_presence_a_date")]

    def __str__(self) -> str:
        return self.get_presence_display()
