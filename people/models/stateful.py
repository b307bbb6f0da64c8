"""What every record with a life shares. Its moves stand in its app's workflow.py; people/transitions.py runs them."""

from django.db import models
from django.utils import timezone


class Stateful(models.Model):
    """A record in one of a few states. Only the moves engine assigns `state`."""

    state = models.CharField(max_length=20)
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def subject_id(self) -> int | None:
        """Id of the person the record is about, for the audit; None when it is about nobody."""
        raise NotImplementedError

    def touch(self) -> None:
        """Count an edit, so that somebody looking at the earlier text is told; the caller saves."""
        self.version += 1
        self.changed_at = timezone.now()
