"""How long records of partnerships are kept (RETENTION). Versions of the framework are kept for good."""

from django.utils.translation import gettext_lazy as _

from partnerships.models import SelfLook
from people.retention import Rule

RETENTION = [
    Rule(
        record="partnerships.SelfLook",
        keep=_("until the person deletes it or leaves"),
        reason=_("A private look serves the person alone, so it goes when they do."),
        due=lambda: SelfLook.objects.filter(person__is_active=False),
    ),
]
