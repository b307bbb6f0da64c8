"""How often something may be tried, counted in the shared cache. No models; the numbers stand in the policy."""

import ipaddress
import time

from django.core.cache import cache


def within(what: str, limit: int, seconds: int) -> bool:
    """Count one try of this; False when the window has had its number of them."""
    key = f"{what}:{int(time.time() // seconds)}"
    cache.add(key, 0, timeout=seconds * 2)
    try:
        count = cache.incr(key)
    except ValueError:  # the entry went between the two lines
        return True
    return count <= limit


def network(text: str) -> str:
    """The address, or for IPv6 the /64 that one customer has."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)
