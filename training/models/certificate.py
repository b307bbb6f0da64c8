"""The certificate: what somebody has completed, frozen as it then read. How it is issued stands in certificates.py."""

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from people.lib.dates import today
from people.models import Stateful
from training.enums import CertificateState, RenewalMoment, WithdrawalReason
from training.models.session import private_storage
from training.querysets import CertificateQuerySet

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O or U
CODE_LENGTH = 16  # five random bits each: 80
AS_TYPED = str.maketrans("OIL", "011", " -–—\t\n\r")


def make_code() -> str:
    """A code that nobody can guess: 80 random bits."""
    return "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))


def clean_code(typed: str) -> str:
    """The code as stored, from the way a person typed it: any case, spaces, hyphens, O for 0, I or L for 1.

    Empty when it holds anything that no code has.
    """
    code = typed.upper().translate(AS_TYPED)
    return code if set(code) <= set(ALPHABET) else ""


def group_code(code: str) -> str:
    """The code in groups of four, for people."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def pdf_name(certificate: "Certificate", _name: str) -> str:
    """A random name, so that neither a person nor a code can be read from a file listing."""
    return f"certificates/{secrets.token_hex(16)}.pdf"


class Certificate(Stateful):
    """Somebody completed something. It belongs to the person, outlives course and employer, and is never deleted (S62).

    What it says is frozen at issue. Expired is computed. It is about learning and says nothing of a level.
    """

    state = models.CharField(max_length=20, choices=CertificateState)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    completion = models.ForeignKey(
        "training.Completion", null=True, on_delete=models.PROTECT, related_name="certificates", editable=False
    )
    place = models.ForeignKey(
        "training.Place", null=True, on_delete=models.PROTECT, related_name="certificates", editable=False
    )
    code = models.CharField(_("code"), max_length=CODE_LENGTH, unique=True, default=make_code, editable=False)
    holder_name = models.CharField(_("name"), max_length=200, editable=False)
    title = models.CharField(_("title"), max_length=255, editable=False)
    edition = models.PositiveIntegerField(default=1, editable=False)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0, editable=False)
    behaviours = models.JSONField(default=list, editable=False)  # frozen words: [{"code": …, "name": …}]
    led_by = models.JSONField(default=list, editable=False)  # frozen names of those who led a session
    issuer = models.CharField(_("issued by"), max_length=120, editable=False)
    completed_on = models.DateField(_("completed on"), editable=False)
    issued_on = models.DateField(_("issued on"), default=today, editable=False)
    expires_on = models.DateField(_("valid until"), null=True, editable=False)
    replaced_by = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaces", editable=False
    )
    withdrawn_reason = models.CharField(
        _("reason"), max_length=20, choices=WithdrawalReason, blank=True, editable=False
    )
    pdf = models.FileField(storage=private_storage, upload_to=pdf_name, blank=True, editable=False)
    pdf_sha256 = models.CharField(max_length=64, blank=True, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["completion"],
                condition=models.Q(state=CertificateState.ISSUED),
                name="training_one_issued_certificate_each",
            ),
            models.UniqueConstraint(
                fields=["place"],
                condition=models.Q(state=CertificateState.ISSUED),
                name="training_one_issued_certificate_a_place",
            ),
            models.CheckConstraint(
                condition=models.Q(completion=None) | models.Q(place=None), name="training_certificate_has_one_source"
            ),
            models.CheckConstraint(
                condition=models.Q(replaced_by=None) | models.Q(state=CertificateState.REPLACED),
                name="training_only_replaced_has_newer",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_reason="") ^ models.Q(state=CertificateState.WITHDRAWN),
                name="training_withdrawn_has_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_on=None) | models.Q(expires_on__gte=models.F("completed_on")),
                name="training_certificate_days_in_order",
            ),
        ]
        indexes = [models.Index(fields=["holder", "-issued_on"], name="training_certificate_holder")]

    def __str__(self) -> str:
        return f"{self.title}, {self.holder_name}"

    def get_absolute_url(self) -> str:
        """The holder's page."""
        return reverse("certificates:detail", args=[self.code])

    @property
    def source(self) -> models.Model | None:
        """What it rests on, a completion or a place: locked before it, so that one act waits for the other."""
        return self.completion if self.completion_id else self.place

    @source.setter
    def source(self, fresh: models.Model) -> None:
        setattr(self, "completion" if self.completion_id else "place", fresh)

    @property
    def is_of_session(self) -> bool:
        """True when it was earned in a joint session."""
        return self.place_id is not None

    @property
    def subject_id(self) -> int:
        """Whom it is about."""
        return self.holder_id

    @property
    def grouped_code(self) -> str:
        """The code in groups of four."""
        return group_code(self.code)

    @property
    def is_expired(self) -> bool:
        """True from the day after the last valid day, as long as it was neither replaced nor withdrawn."""
        return self.state == CertificateState.ISSUED and self.expires_on is not None and self.expires_on < today()

    @property
    def is_valid(self) -> bool:
        """True when it stands and its time is not over."""
        return self.state == CertificateState.ISSUED and not self.is_expired

    @property
    def status(self) -> str:
        """valid, expired, replaced or withdrawn: what a page shows."""
        if self.state != CertificateState.ISSUED:
            return self.state
        return "expired" if self.is_expired else "valid"

    @property
    def time_words(self) -> str:
        """How long it took, in hours and minutes."""
        hours, minutes = divmod(self.minutes, 60)
        words = [ngettext("%d hour", "%d hours", hours) % hours] if hours else []
        if minutes or not hours:
            words.append(ngettext("%d minute", "%d minutes", minutes) % minutes)
        return " ".join(words)

    @property
    def behaviour_names(self) -> list[str]:
        """What it was about, in the words of the day of issue."""
        return [row["name"] for row in self.behaviours]

    def frozen_for_copy(self) -> dict[str, Any]:
        """Everything a replacement takes over: all but code, name, day of issue and file."""
        kept = (
            "holder",
            "completion",
            "place",
            "title",
            "edition",
            "minutes",
            "behaviours",
            "led_by",
            "completed_on",
            "expires_on",
        )
        return {name: getattr(self, name) for name in kept}


class RenewalReminder(models.Model):
    """Somebody was reminded that a certificate lapses: once for each moment, whoever runs the clock and how often."""

    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="reminders")
    moment = models.CharField(max_length=10, choices=RenewalMoment)
    sent_on = models.DateField(default=today)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["certificate", "moment"], name="training_reminded_once_a_moment")
        ]

    def __str__(self) -> str:
        return f"{self.moment} of {self.certificate_id}"
