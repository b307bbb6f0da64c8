"""Checking a certificate's code from outside: how it is found, and how often one address may try."""

import ipaddress
import time

from django.core.cache import cache

from people.policy import policy
from training.models import Certificate
from training.models.certificate import clean_code

WINDOW = 60  # seconds


def find(typed: str) -> Certificate | None:
    """The certificate with this code, however it was typed; the same answer for a wrong code and an unknown one."""
    return Certificate.objects.filter(code=clean_code(typed[:200])).first()


def may_look(address: str) -> bool:
    """Count this look-up; False when the address has had its number for this minute."""
    key = f"verify:{_network(address)}:{int(time.time() // WINDOW)}"
    cache.add(key, 0, timeout=WINDOW * 2)
    try:
        count = cache.incr(key)
    except ValueError:  # the entry went between the two lines
        return True
    return count <= policy("verify_lookups_per_minute")


def _network(text: str) -> str:
    """The address, or for IPv6 the /64 that one customer has."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)
