"""Fixed choices of examples and answers. No models here."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EvidenceState(models.TextChoices):
    """Where an example stands."""

    DRAFT = "draft", _("Private")
    SHARED = "shared", _("Shared")


class EvidenceKind(models.TextChoices):
    """What sort of example it is (RULES B7: few)."""

    EXAMPLE = "example", _("Something I did")
    FEEDBACK = "feedback", _("Something I was told")
    TRAINING = "training", _("Something I learned and used")
    JOINT_REVIEW = "joint_review", _("A joint review")
    PRODUCT = "product", _("Something we made")


class ConfirmationState(models.TextChoices):
    """Where a request stands. Nothing here tells "would rather not say" from no answer (DESIGN 5.3)."""

    FOR_MANAGER = "for_manager", _("Waiting for the line manager")
    NOT_SENT = "not_sent", _("Not sent")
    ASKED = "asked", _("No answer")
    ANSWERED = "answered", _("Answered")
    TAKEN_BACK = "taken_back", _("Answer taken back")
    WITHDRAWN = "withdrawn", _("No longer asked")


SENT = (ConfirmationState.ASKED, ConfirmationState.ANSWERED, ConfirmationState.TAKEN_BACK)
OPEN = (ConfirmationState.FOR_MANAGER, ConfirmationState.ASKED)
OPEN_TO_ANSWER = (ConfirmationState.ASKED, ConfirmationState.TAKEN_BACK)


class Answer(models.TextChoices):
    """What somebody says of an example, in the words of the page."""

    YES = "yes", _("Yes, so it was")
    YES_AND = "yes_and", _("Yes, and I would add something")
    NOT_SO = "not_so", _("Not as I saw it")


class QuietAnswer(models.TextChoices):
    """Answers that nobody but the person who gave them ever learns of."""

    RATHER_NOT = "rather_not", _("I would rather not say")
    NOT_FOR_ME = "not_for_me", _("This is not for me")
