"""A thank you to a colleague at the time (DOMAIN S52): one line about one behaviour. It is no answer and no rating."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from appraisal.enums import RecognitionState
from appraisal.models.evidence import EvidenceEntry
from appraisal.querysets import RecognitionQuerySet
from partnerships.models import Behaviour
from people.lib.dates import today
from people.models import Stateful


class Recognition(Stateful):
    """Read by the two people alone. Whoever is thanked decides what becomes of it; nobody counts them."""

    state = models.CharField(max_length=20, choices=RecognitionState, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    behaviour = models.ForeignKey(Behaviour, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(_("what for"), max_length=200)
    given_on = models.DateField(default=today, editable=False)
    entry = models.ForeignKey(EvidenceEntry, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        ordering = ["-given_on", "-pk"]
        verbose_name = _("thank you")
        verbose_name_plural = _("thank yous")
        indexes = [models.Index(fields=["to", "state"], name="appraisal_thanks_to")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(by=models.F("to")), name="appraisal_nobody_thanks_themselves")
        ]

    def __str__(self) -> str:
        return f"thank you {self.pk}"  # never its words: this may reach a log

    def get_absolute_url(self) -> str:
        return reverse("thanks:detail", args=[self.pk])

    @property
    def subject_id(self) -> int:
        """Whoever is thanked."""
        return self.to_id

    @property
    def is_kept(self) -> bool:
        return self.state == RecognitionState.KEPT
