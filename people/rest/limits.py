"""How much may be asked for in a minute: by person, and by address for whoever is not known. Numbers: policy."""

import math

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle

from people.lib.rates import network
from people.policy import policy


class _Counted:
    """A limit whose number stands in the policy and whose state can be told to the caller."""

    policy_key = ""

    def get_rate(self):
        return f"{policy(self.policy_key)}/min"

    def headers(self) -> dict[str, str]:
        """The limit, what is left, and the seconds until something is free again; nothing where it did not count."""
        if not getattr(self, "key", None):
            return {}
        oldest = self.history[-1] if self.history else self.now
        return {
            "RateLimit-Limit": str(self.num_requests),
            "RateLimit-Remaining": str(max(0, self.num_requests - len(self.history))),
            "RateLimit-Reset": str(max(0, math.ceil(self.duration - (self.now - oldest)))),
        }


class PersonLimit(_Counted, UserRateThrottle):
    """By person, whatever number of tokens they have."""

    policy_key, scope = "api_requests_per_minute", "api-person"

    def get_cache_key(self, request, view):
        """None for strangers: the other limit counts them."""
        return super().get_cache_key(request, view) if request.user.is_authenticated else None


class AddressLimit(_Counted, AnonRateThrottle):
    """By address, for whoever is not known, a wrong token included."""

    policy_key, scope = "api_strangers_per_minute", "api-address"

    def get_ident(self, request):
        """The address that the site itself goes by; for IPv6 the network that one customer has."""
        try:
            return network(get_adapter().get_client_ip(request))
        except PermissionDenied:  # a server on a socket tells none
            return "unknown"
