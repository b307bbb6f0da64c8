"""Configuration of the training app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    """Learning together: modules and units, progress, checks, completions and certificates."""

    name = "training"
    verbose_name = _("Learning")
