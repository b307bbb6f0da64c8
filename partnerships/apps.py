"""Configuration of the partnerships app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnershipsConfig(AppConfig):
    """What we expect of each other, and who works together with whom."""

    name = "partnerships"
    verbose_name = _("Partnerships")
