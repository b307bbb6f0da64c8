"""Examples, the requests to others to say how it happened, and the owner's replies. Ratings do not belong here."""

import re
import uuid
from textwrap import shorten

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from appraisal.enums import ACCOUNT, Answer, ConfirmationState, EvidenceKind, EvidenceState, QuietAnswer
from appraisal.querysets import EvidenceConfirmationQuerySet, EvidenceEntryQuerySet
from partnerships.models import Behaviour, Engagement, Partnership
from people.models import Organisation, Stateful, TokenLink


def private_storage() -> Storage:
    """Files without an address of their own."""
    return storages["private"]


def random_name(entry: "EvidenceEntry", name: str) -> str:
    """A path that tells nothing; the name the person gave stands in `file_name`."""
    return f"evidence/{uuid.uuid4().hex}"


class SharedHistory(HistoricalRecords):
    """Keeps every version of a shared text; drafts leave no trail (DESIGN 6)."""

    def post_save(self, instance, created, using=None, **kwargs) -> None:
        if instance.state != EvidenceState.DRAFT:
            super().post_save(instance, created, using=using, **kwargs)

    def post_delete(self, instance, using=None, **kwargs) -> None:
        """Only drafts can be removed, and they have no history."""


class EvidenceEntry(Stateful):
    """An example: a dated account of how somebody worked with others (S57). Private until its owner shares it."""

    state = models.CharField(max_length=20, choices=EvidenceState, default=EvidenceState.DRAFT, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=120, blank=True)
    happened_on = models.DateField(_("when"), default=timezone.localdate)
    situation = models.TextField(_("what happened"), max_length=6000, blank=True)
    task = models.TextField(_("what had to be done"), max_length=3000, blank=True)
    action = models.TextField(_("what you did"), max_length=3000, blank=True)
    result = models.TextField(_("what came of it"), max_length=3000, blank=True)
    behaviours = models.ManyToManyField(Behaviour, verbose_name=_("how we work"), blank=True, related_name="+")
    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=EvidenceKind, default=EvidenceKind.EXAMPLE)
    link = models.URLField(_("link"), max_length=500, blank=True)
    file = models.FileField(_("file"), storage=private_storage, upload_to=random_name, max_length=100, blank=True)
    file_name = models.CharField(max_length=150, blank=True, editable=False)
    file_type = models.CharField(max_length=100, blank=True, editable=False)
    text_version = models.PositiveIntegerField(default=1, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # one form makes one example
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = EvidenceEntryQuerySet.as_manager()
    history = SharedHistory(history_user_id_field=models.BigIntegerField(null=True), excluded_fields=["form_key"])

    class Meta:
        ordering = ["-happened_on", "-pk"]
        verbose_name = _("example")
        verbose_name_plural = _("examples")
        indexes = [models.Index(fields=["owner", "-happened_on"], name="appraisal_example_of_owner")]

    def __str__(self) -> str:
        return self.heading

    @property
    def subject_id(self) -> int:
        """The owner."""
        return self.owner_id

    @property
    def heading(self) -> str:
        """The title, or the first sentence of the account, or as much of it as fits."""
        if self.title:
            return self.title
        first = re.split(r"(?<=[.!?])\s|\n", self.situation.strip(), maxsplit=1)[0].rstrip(".")
        return shorten(" ".join(first.split()), 90, placeholder="…") or first[:90] or str(_("Untitled example"))

    def heading_for(self, reader) -> str:
        """The heading for somebody who reads a level that rests on it: nothing of one that is private again."""
        if self.is_shared or reader.pk == self.owner_id:
            return self.heading
        return gettext("An example that is private again")

    @property
    def account(self) -> list[tuple[str, str]]:
        """The steps that have a text, each with its name."""
        return [
            (str(self._meta.get_field(name).verbose_name), text) for name in ACCOUNT if (text := getattr(self, name))
        ]

    @property
    def account_text(self) -> str:
        """The account as one plain text; step names appear when there is more than one step."""
        steps = self.account
        if len(steps) == 1:
            return steps[0][1]
        return "\n\n".join(f"{name[:1].upper()}{name[1:]}\n{text}" for name, text in steps)

    @property
    def is_draft(self) -> bool:
        return self.state == EvidenceState.DRAFT

    @property
    def is_shared(self) -> bool:
        return self.state == EvidenceState.SHARED

    def get_absolute_url(self) -> str:
        return reverse("evidence:detail", args=[self.pk])


class EvidenceConfirmation(Stateful, TokenLink):
    """One person is asked whether an example is how it happened (DESIGN 5.3); never a rating.

    It keeps the text as shown. `quiet_answer` is for the eyes of the person asked alone: it changes no state,
    no time and no count, so that "would rather not say" and no answer look the same to everybody else.
    """

    state = models.CharField(max_length=20, choices=ConfirmationState, default=ConfirmationState.ASKED, editable=False)
    entry = models.ForeignKey(EvidenceEntry, on_delete=models.PROTECT, related_name="confirmations")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decides = models.BooleanField(_("the asker decides something of theirs"))
    asked_at = models.DateTimeField(null=True, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)  # why the manager did not send it

    text_version = models.PositiveIntegerField(editable=False)
    shown_title = models.CharField(max_length=120, editable=False)
    shown_on = models.DateField(editable=False)
    shown_text = models.TextField(editable=False)
    shown_partnership = models.CharField(max_length=160, blank=True, editable=False)
    shown_file = models.CharField(max_length=100, blank=True, editable=False)
    shown_link = models.CharField(max_length=500, blank=True, editable=False)

    answer = models.CharField(max_length=20, choices=Answer, blank=True, editable=False)
    words = models.TextField(_("your words"), max_length=3000, blank=True, editable=False)
    quiet_answer = models.CharField(max_length=20, choices=QuietAnswer, blank=True, editable=False)
    signed_at = models.DateTimeField(null=True, editable=False)  # set when a signed record holds the answer

    quarter = models.CharField(max_length=7, editable=False)
    email_key = models.CharField(max_length=254, editable=False)
    organisation_key = models.CharField(max_length=220, blank=True, editable=False)
    person_slot = models.PositiveSmallIntegerField(null=True, editable=False)
    organisation_slot = models.PositiveSmallIntegerField(null=True, editable=False)

    objects = EvidenceConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("request to say how it happened")
        verbose_name_plural = _("requests to say how it happened")
        indexes = [models.Index(fields=["email_key", "asked_at"], name="appraisal_asked_person")]
        constraints = [
            models.UniqueConstraint(fields=["email_key", "quarter", "person_slot"], name="appraisal_slot_of_person"),
            models.UniqueConstraint(
                fields=["organisation_key", "quarter", "organisation_slot"], name="appraisal_slot_of_organisation"
            ),
            models.UniqueConstraint(
                fields=["entry", "email_key"],
                condition=models.Q(state__in=[ConfirmationState.FOR_MANAGER, ConfirmationState.ASKED]),
                name="appraisal_one_open_request_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ConfirmationState.ANSWERED, answered_at__isnull=False) & ~models.Q(answer="")
                | ~models.Q(state=ConfirmationState.ANSWERED) & models.Q(answer="", words="", answered_at__isnull=True),
                name="appraisal_answer_goes_with_its_state",
            ),
            models.CheckConstraint(
                condition=models.Q(decides=False)
                | models.Q(state__in=[ConfirmationState.FOR_MANAGER, ConfirmationState.NOT_SENT])
                | models.Q(sent_by__isnull=False)
                | models.Q(state=ConfirmationState.WITHDRAWN),
                name="appraisal_only_manager_asks_those_decided_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.shown_title}"

    @property
    def subject_id(self) -> int:
        """The person whose example it is."""
        return self.asked_by_id

    @property
    def organisation_label(self) -> str:
        """The organisation as it is shown."""
        return self.organisation.name if self.organisation_id else self.organisation_name

    @property
    def first_name(self) -> str:
        """The first word of the name, for a sentence."""
        return self.name.split()[0] if self.name.split() else self.email

    @property
    def is_answered(self) -> bool:
        return self.state == ConfirmationState.ANSWERED

    @property
    def is_superseded(self) -> bool:
        """True when the account or its date changed after it was shown. Computed, never stored."""
        return self.text_version < self.entry.text_version

    @property
    def shows_file(self) -> bool:
        """True when the asker ticked the file and it is still the same one."""
        return bool(self.shown_file) and self.shown_file == self.entry.file.name

    @property
    def may_be_answered(self) -> bool:
        """True while an answer would be taken."""
        return self.is_live and self.state in (ConfirmationState.ASKED, ConfirmationState.TAKEN_BACK)


class EvidenceReply(models.Model):
    """The owner's dated words beside an answer. Never changed, and never instead of the answer."""

    confirmation = models.ForeignKey(EvidenceConfirmation, on_delete=models.CASCADE, related_name="replies")
    text = models.TextField(_("your reply"), max_length=2000)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("reply")
        verbose_name_plural = _("replies")

    def __str__(self) -> str:
        return Truncator(self.text).chars(60)
