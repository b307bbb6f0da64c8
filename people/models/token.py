"""Tokens of the API, and the answers it has given to requests that must not be carried out twice."""

import hashlib
import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import ApiArea
from people.querysets import ApiTokenQuerySet


class ApiToken(models.Model):
    """A key to the API in the name of one person: shown once, kept as a hash, for some areas, until a day (SECURITY 4).

    `areas` are values of ApiArea; `writes` is False for a token that only reads. It never reaches more than the person
    may, and it ends with the person's account and with their password.
    """

    MARK = "cg_"  # so that a token found somewhere is known for what it is
    SHOWN = 8  # characters of it that its owner sees again

    person = models.ForeignKey("people.User", models.PROTECT, related_name="tokens", editable=False)
    name = models.CharField(_("name"), max_length=80, help_text=_("What it is for, so that you know it again."))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    start = models.CharField(max_length=20, editable=False)
    areas = models.JSONField(_("what it reaches"), default=list)
    writes = models.BooleanField(_("it may change things too"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.start}…)"

    @classmethod
    def make(cls) -> tuple[str, dict[str, str]]:
        """A new raw token (256 random bits, to be shown once) and what its row keeps of it."""
        raw = cls.MARK + secrets.token_urlsafe(32)
        return raw, {"digest": cls.digest_of(raw), "start": raw[: len(cls.MARK) + cls.SHOWN]}

    @staticmethod
    def digest_of(raw: str) -> str:
        """SHA-256 of a raw token; enough because it holds 256 random bits."""
        return hashlib.sha256(raw.encode("utf-8", "replace")).hexdigest()

    @property
    def area_labels(self) -> list[str]:
        """What it reaches, in words."""
        return [str(label) for value, label in ApiArea.choices if value in self.areas]

    @property
    def is_live(self) -> bool:
        """True while it opens anything."""
        return self.revoked_at is None and self.expires_at > timezone.now()


class GivenAnswer(models.Model):
    """What the API answered to a request with an Idempotency-Key, for the same person to be told again for a day."""

    person = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    key = models.CharField(max_length=100)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="one_answer_to_a_key")]

    def __str__(self) -> str:
        return self.key
