"""Configuration of the people app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Who works here and with whom; who did what; what every other app stands on."""

    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        """Register the system checks."""
        from people import checks  # noqa: F401  checks are registered when apps are ready
