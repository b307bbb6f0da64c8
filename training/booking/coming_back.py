"""Sending people without an account the links to their places again, or a link of their own to somebody new.

What is said on the screen never depends on whether an address is known here.
"""

import hashlib

from django.db import transaction
from django.utils import timezone

from people import mail
from people.lib.rates import network, within
from people.policy import policy
from training.booking import links
from training.enums import InvitationState, SessionState
from training.models import JointSession, Place, SessionInvitation
from training.planning.sessions import when_words

HOUR = 3600  # seconds
MOST = 20  # links of one kind in a mail


def may_send(email: str, address: str) -> bool:
    """Count this try; False when this mail address or this network has had its number for the hour.

    The address is counted as a hash, so that the cache holds none.
    """
    key = hashlib.sha256(email.strip().casefold().encode()).hexdigest()[:32]
    from_here = within(f"link-network:{network(address)}", policy("links_per_network_hour"), HOUR)
    return from_here and within(f"link-mail:{key}", policy("links_per_address_hour"), HOUR)


@transaction.atomic
def send_links(email: str) -> int:
    """Mail the links to every place under this address, and to every invitation that is open; returns how many."""
    key = email.strip().casefold()
    places = [place for place in _places(key) if links.link_end(place.session) > timezone.now()]
    asked = [row for row in _invitations(key) if not row.session.is_over]
    rows = [(place.session.title, _first_date(place.session), links.mailed_address(place)) for place in places]
    rows += [(row.session.title, _first_date(row.session), links.mailed_address(row)) for row in asked]
    if rows:
        first = (places or asked)[0]
        mail.queue("sessions/come_back", first.email, {"name": first.name or first.email, "rows": rows})
    return len(rows)


def _places(key: str) -> list[Place]:
    rows = Place.objects.filter(email_key=key, revoked_at=None).select_related("session")
    return list(rows.prefetch_related("session__dates").order_by("-pk")[:MOST])


def _invitations(key: str) -> list[SessionInvitation]:
    rows = SessionInvitation.objects.filter(email_key=key, state=InvitationState.INVITED, revoked_at=None)
    rows = rows.filter(expires_at__gt=timezone.now(), session__state=SessionState.PUBLISHED).select_related("session")
    return list(rows.prefetch_related("session__dates").order_by("-pk")[:MOST])


def _first_date(session: JointSession) -> str:
    return next((when_words(row.starts_at, row.ends_at) for row in session.dates.all()), "")
