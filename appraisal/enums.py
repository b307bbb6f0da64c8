"""Fixed choices of examples, answers, cycles and reviews. No models here."""

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


ACCOUNT = ("situation", "task", "action", "result")  # the steps of an account, in order


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


class Answer(models.TextChoices):
    """What somebody says of an example, in the words of the page."""

    YES = "yes", _("Yes, so it was")
    YES_AND = "yes_and", _("Yes, and I would add something")
    NOT_SO = "not_so", _("Not as I saw it")


class QuietAnswer(models.TextChoices):
    """Answers that nobody but the person who gave them ever learns of."""

    RATHER_NOT = "rather_not", _("I would rather not say")
    NOT_FOR_ME = "not_for_me", _("This is not for me")


class CycleState(models.TextChoices):
    """Where a review cycle stands."""

    DRAFT = "draft", _("Being prepared")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class Purpose(models.TextChoices):
    """What the reviews of a cycle are for. It stands on every page and in the record."""

    DEVELOPMENT = "development", _("Development only")
    MAY_INFORM = "may_inform", _("May inform pay, promotion or probation")


class ReviewState(models.TextChoices):
    """Where one person's review stands (DOMAIN D). Objectives, mid-year, consistency check and appeal follow."""

    SETUP = "setup", _("Being opened")
    SELF_REVIEW = "self_review", _("Self-assessment")
    MANAGER_REVIEW = "manager_review", _("With the line manager")
    SHARED = "shared", _("Shared")
    ANSWERED = "answered", _("With the second manager")
    CLOSED = "closed", _("Closed")
    VOID = "void", _("Void")


BEFORE_SHARING = (ReviewState.SELF_REVIEW, ReviewState.MANAGER_REVIEW)
WITH_SECOND_MANAGER = (ReviewState.SHARED, ReviewState.ANSWERED)
AFTER_SHARING = (*WITH_SECOND_MANAGER, ReviewState.CLOSED)
UNDER_WAY = (*BEFORE_SHARING, *WITH_SECOND_MANAGER)


class Part(models.TextChoices):
    """Whose part of a review it is."""

    SELF = "self", _("Self-assessment")
    MANAGER = "manager", _("The manager's view")


class RatingStatus(models.TextChoices):
    """Whether a level was chosen, or why not."""

    UNANSWERED = "", _("Not answered yet")
    RATED = "rated", _("A level")
    NO_OPPORTUNITY = "no_opportunity", _("Not enough opportunity")
    NOT_SEEN = "not_seen", _("Had the chance, not yet seen")


class ResponseAnswer(models.TextChoices):
    """What the person says to a review. No response is recorded, and is not agreement."""

    AGREE = "agree", _("I agree")
    COMMENTS = "comments", _("I agree, with comments")
    DISAGREE = "disagree", _("I disagree")
    NO_RESPONSE = "no_response", _("No response")


class SignatureRole(models.TextChoices):
    """In which part somebody signs."""

    MANAGER = "manager", _("Line manager")
    JOB_HOLDER = "job_holder", _("Job holder")
    SECOND_MANAGER = "second_manager", _("Second manager")


class NoteKind(models.TextChoices):
    """What a manager noted at the time. A concern says that it is one."""

    GOOD = "good", _("Something good")
    CONCERN = "concern", _("A concern")


class Turn(models.TextChoices):
    """Who has to do something next with a review, as its manager sees it. The values stand in addresses."""

    ME = "me", _("Waiting for me")
    OTHERS = "others", _("Waiting for others")
    CLOSED = "closed", _("Closed")
    NOBODY = "", _("No review under way")


class ReminderKind(models.TextChoices):
    """Why somebody was reminded. The automatic ones go out once each."""

    OPENED = "opened", _("The reviews are open")
    WEEK_BEFORE = "week_before", _("A week before")
    DAY_BEFORE = "day_before", _("The day before")
    LATE = "late", _("Three days late")
    BY_HAND = "by_hand", _("Sent by hand")


class ReviewStep(models.TextChoices):
    """What a reminder asks for."""

    SELF_ASSESSMENT = "self_assessment", _("Self-assessment")
    SHARE = "share", _("Sharing the review")
    ANSWER = "answer", _("Answer")
    CONFIRM = "confirm", _("Confirming that it was fair")


class AdditionKind(models.TextChoices):
    """What is put beside a frozen record later, and never inside it."""

    CORRECTION = "correction", _("Correction")
    STATEMENT = "statement", _("Statement")
    OUTCOME = "outcome", _("Outcome of an appeal")


class RecognitionState(models.TextChoices):
    """What became of a thank you; only whoever is thanked sees it."""

    GIVEN = "given", _("Given")
    KEPT = "kept", _("Kept as an example")
    LET_GO = "let_go", _("Read")
