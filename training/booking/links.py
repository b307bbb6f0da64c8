"""The mailed link of a place or an invitation, for whoever comes without an account. Views say what it opens.

The token is made from the server's key, so that every mail about one row carries the same link, and only its hash is
stored: whoever reads the database holds no link. `link_number` makes another one when the earlier have to end.
"""

import base64
import datetime
from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from people.transitions import AT_ONCE
from training.models import JointSession, Place, SessionInvitation

LINK_DAYS = 60  # how long after the session a link still opens what it leads to
PAGES = {Place: "sessions:place", SessionInvitation: "invitations:answer"}
Linked = Place | SessionInvitation


def token_of(row: Linked) -> str:
    """The raw token (256 bits), for mails and for the person's own pages."""
    digest = salted_hmac(row.LINK_PURPOSE, row.link_key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def link_path(row: Linked) -> str:
    """Where the link leads."""
    return reverse(PAGES[type(row)], args=[token_of(row)])


def path_of(place: Place) -> str:
    """Where the person finds their place: signed in by their account, else by the link."""
    return place.get_absolute_url() if place.person_id else link_path(place)


def name_path(place: Place) -> str:
    """Where whoever booked for a colleague names them."""
    return reverse("sessions:place-name", args=[token_of(place)])


def mailed_address(row: Linked) -> str:
    """The address as it stands in a mail; from then on the link opens it."""
    if isinstance(row, Place) and row.person_id:
        return settings.SITE_URL + row.get_absolute_url()
    return settings.SITE_URL + open_link(row)


def mailed_addresses(rows: Sequence[SessionInvitation]) -> list[str]:
    """The same for many invitations to one session at once, in their order."""
    if not rows:
        return []
    end = link_end(rows[0].session)
    for row in rows:
        row.token_hash, row.expires_at = row.hash_of(token_of(row)), end
    SessionInvitation.objects.bulk_update(rows, ["token_hash", "expires_at"], batch_size=AT_ONCE)
    return [settings.SITE_URL + link_path(row) for row in rows]


def open_link(row: Linked) -> str:
    """Let the token open it from now on; returns the path."""
    row.token_hash, row.expires_at = row.hash_of(token_of(row)), link_end(row.session)
    type(row).objects.filter(pk=row.pk).update(token_hash=row.token_hash, expires_at=row.expires_at)
    return link_path(row)


def link_end(session: JointSession) -> datetime.datetime:
    """Until when links open: some weeks after the last date."""
    return (session.ends_at or timezone.now()) + datetime.timedelta(days=LINK_DAYS)


def renew(place: Place) -> None:
    """End the links that were mailed so far; the caller locks the session and mails the new one."""
    place.link_number += 1
    Place.objects.filter(pk=place.pk).update(link_number=place.link_number)
