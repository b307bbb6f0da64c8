"""The mailed link of an invitation, made like the link of a place (links.py): every mail about it carries the same."""

import base64

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from training.models import SessionInvitation


def token_of(invitation: SessionInvitation) -> str:
    """The raw token (256 bits), for mails alone; only its hash is stored."""
    digest = salted_hmac("training.invitation", str(invitation.pk), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def mailed_address(invitation: SessionInvitation) -> str:
    """The page of the invitation as it stands in a mail; from then on the link opens it."""
    token = token_of(invitation)
    invitation.token_hash = invitation.hash_of(token)
    SessionInvitation.objects.filter(pk=invitation.pk).update(token_hash=invitation.token_hash)
    return settings.SITE_URL + reverse("invitations:answer", args=[token])
