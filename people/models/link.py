"""Links sent by mail. Each kind of link is a model that inherits from TokenLink; the class is the purpose."""

import hashlib
import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.querysets import TokenLinkQuerySet


class TokenLink(models.Model):
    """A link for one purpose and one person: the token is stored hashed, name and address as they were given."""

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=200)
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TokenLinkQuerySet.as_manager()

    class Meta:
        abstract = True

    @staticmethod
    def make_token() -> tuple[str, str]:
        """A new raw token (256 random bits, for the mail only) and its hash (for the row)."""
        raw = secrets.token_urlsafe(32)
        return raw, TokenLink.hash_of(raw)

    @staticmethod
    def hash_of(raw: str) -> str:
        """SHA-256 of a raw token; enough because tokens hold 256 random bits."""
        return hashlib.sha256(raw.encode("utf-8", "replace")).hexdigest()

    @property
    def is_live(self) -> bool:
        """True while the link may be used."""
        return self.revoked_at is None and self.expires_at > timezone.now()
