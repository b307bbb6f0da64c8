"""Which organisation a name means that people typed. How it is decided stands in organisations.py."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Organisation


class OrganisationName(models.Model):
    """A name as it was typed, and the organisation that it means; from then on the same name is known."""

    name = models.CharField(_("name"), max_length=200)  # as it was typed first
    key = models.CharField(max_length=200, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    is_new = models.BooleanField(default=False, editable=False)  # the organisation was added for it
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-decided_at", "-pk"]
        verbose_name = _("name of an organisation")
        verbose_name_plural = _("names of organisations")

    def __str__(self) -> str:
        return f"{self.name}: {self.organisation}"

    @property
    def subject_id(self) -> None:
        """It is about nobody."""
        return None
