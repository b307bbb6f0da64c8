"""Configuration of the appraisal app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppraisalConfig(AppConfig):
    """Examples of how people work with partners, and what the partners say of them; later cycles and reviews."""

    name = "appraisal"
    verbose_name = _("Examples and reviews")
