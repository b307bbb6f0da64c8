"""The one guard of pages that are for training co-ordinators. Finer rights stand in permissions.py."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.views.decorators.cache import never_cache

from people.enums import Role


def coordinators_only(view):
    """Refuse everybody else, whatever they ask for."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.has_role(Role.COORDINATOR):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return never_cache(guarded)
