"""Sending people without an account the links to their places again, or a link of their own to somebody new.

What is said on the screen never depends on whether an address is known here.
"""

import hashlib

from django.db import transaction
from django.utils import timezone

from people import mail
from people.lib.rates import network, within
from people.policy import policy
from training import links
from training.models import Place
from training.sessions import when_words

HOUR = 3600  # seconds


def may_send(email: str, address: str) -> bool:
    """Count this try; False when this mail address or this network has had its number for the hour.

    The address is counted as a hash, so that the cache holds none.
    """
    key = hashlib.sha256(email.strip().casefold().encode()).hexdigest()[:32]
    from_here = within(f"link-network:{network(address)}", policy("links_per_network_hour"), HOUR)
    return from_here and within(f"link-mail:{key}", policy("links_per_address_hour"), HOUR)


@transaction.atomic
def send_links(email: str) -> int:
    """Mail the links to every place under this address whose session is not long over; returns how many."""
    key = email.strip().casefold()
    places = [place for place in _places(key) if place.session.ends_at is not None and not _is_old(place)]
    if places:
        rows = [(place.session.title, _first_date(place), links.mailed_address(place)) for place in places]
        mail.queue("sessions/come_back", places[0].email, {"name": places[0].name, "rows": rows})
    return len(places)


def _places(key: str) -> list[Place]:
    rows = Place.objects.filter(email_key=key, revoked_at=None).select_related("session")
    return list(rows.prefetch_related("session__dates").order_by("-pk")[:20])


def _is_old(place: Place) -> bool:
    return links.link_end(place) < timezone.now()


def _first_date(place: Place) -> str:
    return next((when_words(row.starts_at, row.ends_at) for row in place.session.dates.all()), "")
