"""Fixed choices of the training app. No models here."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CompletionRule(models.TextChoices):
    """What has to be done before a module is completed."""

    UNITS = "units", _("All units")
    UNITS_AND_CHECK = "units_and_check", _("All units and the final check")
    UNITS_AND_TRY = "units_and_try", _("All units and the try-it step")
    UNITS_AND_CHECK_AND_TRY = "units_and_check_and_try", _("All units, the final check and the try-it step")

    @property
    def asks_check(self) -> bool:
        """True when the final check has to be passed."""
        return self in (CompletionRule.UNITS_AND_CHECK, CompletionRule.UNITS_AND_CHECK_AND_TRY)

    @property
    def asks_try(self) -> bool:
        """True when something has to be tried with someone from the other side."""
        return self in (CompletionRule.UNITS_AND_TRY, CompletionRule.UNITS_AND_CHECK_AND_TRY)


class Change(models.TextChoices):
    """What an editor says about a new text when it is published."""

    CORRECTION = "correction", _("Small correction: nothing changes for people who have finished")
    MATERIAL = "material", _("Material change: a new edition; people who have finished keep what they earned")


class Chair(models.TextChoices):
    """From whose chair a worked example is told."""

    STAFF = "staff", _("From a public body’s chair")
    PARTNER = "partner", _("From a partner’s chair")


class Moment(models.TextChoices):
    """When somebody said how sure they are."""

    BEFORE = "before", _("Before the module")
    AFTER = "after", _("After the module")


class Status(models.TextChoices):
    """Where one person stands with one module."""

    NOT_STARTED = "not-started", _("Not started")
    IN_PROGRESS = "in-progress", _("In progress")
    COMPLETED = "completed", _("Completed")


class Length(models.TextChoices):
    """Bands of the length filter; their minutes stand in querysets.LENGTHS."""

    SHORT = "short", _("Up to 20 minutes")
    MEDIUM = "medium", _("21 to 40 minutes")
    LONG = "long", _("More than 40 minutes")


class CertificateState(models.TextChoices):
    """Where a certificate stands. Expired is computed from its last day, never stored."""

    ISSUED = "issued", _("Issued")
    REPLACED = "replaced", _("Replaced by a newer one")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class WithdrawalReason(models.TextChoices):
    """Why a certificate was withdrawn; shown to its holder, not to whoever checks the code."""

    MISTAKE = "mistake", _("It was issued by mistake")
    NOT_OWN_WORK = "not_own_work", _("The work was not the holder’s own")
    ASKED = "asked", _("The holder asked for it")
    OTHER = "other", _("Another reason")
