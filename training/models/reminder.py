"""Who was reminded of which date. When it is due and what follows stand in reminders.py."""

from django.db import models
from django.utils import timezone

from training.enums import SessionReminderKind
from training.models.place import Place
from training.models.session import SessionDate


class SessionReminder(models.Model):
    """One reminder of one date to one person; the day is kept, so that a date that is moved is told again."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="reminders")
    date = models.ForeignKey(SessionDate, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=20, choices=SessionReminderKind)
    day = models.DateField()  # on which it takes place
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["place", "date", "kind", "day"], name="training_one_reminder_of_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.day}"
