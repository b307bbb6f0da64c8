"""What somebody requires in order to take part, kept apart from the place because it has its own readers (DESIGN 6)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.models import Stateful
from training.enums import NeedState
from training.models.place import Place
from training.models.session import Facilitator
from training.querysets import AccessNeedQuerySet


class AccessNeed(Stateful):
    """One need of one person. Read by them, the session's co-ordinator, the deputy, and whom the person ticked."""

    state = models.CharField(max_length=20, choices=NeedState, editable=False)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="access_needs")
    words = models.CharField(_("what I need to take part"), max_length=300)
    readers = models.ManyToManyField(Facilitator, verbose_name=_("who may read it too"), blank=True, related_name="+")
    answer = models.CharField(_("what is arranged, or why not"), max_length=300, blank=True)

    objects = AccessNeedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("access need")
        verbose_name_plural = _("access needs")

    def __str__(self) -> str:
        return f"need {self.pk}"  # never its words: this may reach a log

    def get_absolute_url(self) -> str:
        return reverse("sessions:detail", args=[self.place.session_id])

    @property
    def subject_id(self) -> int | None:
        """Whose need it is."""
        return self.place.person_id
