"""System checks of the roof: settings that run, and yet would not keep what they promise."""

from django.conf import settings
from django.core.checks import Error, register

LOCAL_ONLY = ("LocMemCache", "DummyCache")


@register(deploy=True)
def shared_cache_for_limits(app_configs, **kwargs):
    """Limits of sign-in and of certificate checks live in the default cache, so all processes must share it."""
    backend = settings.CACHES["default"]["BACKEND"]
    if settings.WEB_CONCURRENCY > 1 and backend.endswith(LOCAL_ONLY):
        return [
            Error(
                "Every web process would count sign-in attempts for itself.",
                hint="Set CACHE_URL to a shared cache, for example redis://127.0.0.1:6379/1, or WEB_CONCURRENCY to 1.",
                id="cms.E001",
            )
        ]
    return []
