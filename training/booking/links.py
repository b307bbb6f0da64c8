"""The mailed link of a place, for whoever comes without an account. What it opens stands in views/places.py.

The token is made from the server's key, so that every mail about a place carries the same link, and only its hash is
stored: whoever reads the database holds no link. `link_number` makes another one when the earlier have to end.
"""

import base64
import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from training.models import Place

LINK_DAYS = 60  # how long after the session the link of a place still opens it


def token_of(place: Place) -> str:
    """The raw token (256 bits), for mails and for the person's own pages."""
    digest = salted_hmac("training.place", f"{place.pk}:{place.link_number}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def path_of(place: Place) -> str:
    """Where the person finds their place: signed in by their account, else by the link."""
    if place.person_id:
        return place.get_absolute_url()
    return reverse("sessions:place", args=[token_of(place)])


def name_path(place: Place) -> str:
    """Where whoever booked for a colleague names them."""
    return reverse("sessions:place-name", args=[token_of(place)])


def mailed_address(place: Place) -> str:
    """The same as it stands in a mail; from then on the link opens the place."""
    if not place.person_id:
        open_link(place)
    return settings.SITE_URL + path_of(place)


def open_link(place: Place) -> str:
    """Let the token open the place from now on; returns the address."""
    token = token_of(place)
    place.token_hash, place.expires_at = place.hash_of(token), link_end(place)
    Place.objects.filter(pk=place.pk).update(token_hash=place.token_hash, expires_at=place.expires_at)
    return reverse("sessions:place", args=[token])


def link_end(place: Place) -> datetime.datetime:
    """Until when the link opens the place: some weeks after the last date."""
    return (place.session.ends_at or timezone.now()) + datetime.timedelta(days=LINK_DAYS)


def renew(place: Place) -> None:
    """End the links that were mailed so far; the caller locks the session and mails the new one."""
    place.link_number += 1
    Place.objects.filter(pk=place.pk).update(link_number=place.link_number)
