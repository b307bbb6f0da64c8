"""What every page's frame shows: name and mark, the navigation, and the demo notice. No page content here."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from cms import navigation
from people.models import Identity


def frame(request):
    """Lazy, so that a page which draws no frame (mail, PDF, fragment) asks the database nothing."""
    return {
        "identity": SimpleLazyObject(Identity.current),
        "navigation": SimpleLazyObject(lambda: navigation.for_request(request)),
        "demo_notice": settings.DEMO,
    }
