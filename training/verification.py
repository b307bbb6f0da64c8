"""Checking a certificate's code from outside: how it is found, and how often one address may try."""

from people.lib.rates import network, within
from people.policy import policy
from training.models import Certificate
from training.models.certificate import clean_code

WINDOW = 60  # seconds


def find(typed: str) -> Certificate | None:
    """The certificate with this code, however it was typed; the same answer for a wrong code and an unknown one."""
    return Certificate.objects.filter(code=clean_code(typed[:200])).first()


def may_look(address: str) -> bool:
    """Count this look-up; False when the address has had its number for this minute."""
    return within(f"verify:{network(address)}", policy("verify_lookups_per_minute"), WINDOW)
