"""What a manager notes at the time. Levels and reviews stand in review.py."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appraisal.enums import NoteKind
from appraisal.querysets import ManagerNoteQuerySet
from partnerships.models import Behaviour
from people.models import Post


class ManagerNote(models.Model):
    """Something a manager saw, good or not: dated, tied to a behaviour, visible to the person at once (DESIGN 5.2).

    Its words never change; the person may answer beside it. There are no hidden notes (RULES B11).
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=NoteKind, default=NoteKind.GOOD)
    behaviour = models.ForeignKey(Behaviour, verbose_name=_("how we work"), on_delete=models.PROTECT, related_name="+")
    seen_on = models.DateField(_("when"), default=timezone.localdate)
    text = models.TextField(_("what you saw or heard"), max_length=2000)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    answer = models.TextField(_("your answer"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    form_key = models.UUIDField(unique=True, editable=False)  # one form makes one note

    objects = ManagerNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-seen_on", "-pk"]
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        indexes = [models.Index(fields=["post", "-seen_on"], name="appraisal_note_of_post")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(author=models.F("person")), name="appraisal_note_about_somebody_else"
            ),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True)
                | ~models.Q(answer="") & models.Q(answered_at__isnull=False),
                name="appraisal_note_answer_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def subject_id(self) -> int:
        """Whom it is about."""
        return self.person_id

    @property
    def is_concern(self) -> bool:
        return self.kind == NoteKind.CONCERN

    @property
    def raised_on(self):
        """The day from which the person could read it."""
        return timezone.localdate(self.written_at)
