"""Fixed choices of the partnerships app. No models here. The two sides stand in people.enums."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.enums import Side


class FrameworkState(models.TextChoices):
    """A version is written, then agreed by both sides and published; after that it never changes."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class Level(models.IntegerChoices):
    """The four cumulative levels; the words of a version may be its own (ProficiencyLevel)."""

    PROMPTED = 1, _("With prompting")
    RELIABLE = 2, _("Reliably")
    HELPS_GROUP = 3, _("Helps the group")
    CHANGES_HOW = 4, _("Changes how we work")


# The two sides as groups of people; people.enums.Side names one of them
SIDES = {Side.STAFF: _("Staff"), Side.PARTNER: _("Partners")}


class Polarity(models.TextChoices):
    """What an act does to working together. Acts that hinder have no level: they are concerns, never a "level 0"."""

    HELPS = "helps", _("What it looks like")
    HINDERS = "hinders", _("What gets in the way")
