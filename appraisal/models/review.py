"""One person's review in a cycle: the envelope, both parts, ratings and next steps.

The envelope (AppraisalReview) holds only what HR may count. Everything somebody wrote stands in the rows below it,
each behind the rule of querysets/review.py. What is said and signed after sharing stands in signing.py, the frozen
record in record.py.
"""

from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appraisal.enums import (
    Part,
    RatingStatus,
    ReviewState,
)
from appraisal.models.cycle import AppraisalCycle
from appraisal.models.evidence import EvidenceEntry
from appraisal.models.note import ManagerNote
from appraisal.querysets import BehaviourRatingQuerySet, NextStepQuerySet, ReviewPartQuerySet, ReviewQuerySet
from partnerships.enums import Level
from partnerships.models import BehaviourText
from people.lib.dates import today
from people.models import Post, Stateful
from training.models import ModulePage

if TYPE_CHECKING:
    from appraisal.models.signing import JobHolderResponse

MOST_NEXT_STEPS = 3  # a rule of the design, not a number that bodies set


class AppraisalReview(Stateful):
    """One person's review in one cycle for one post; people and titles are as they were when it was opened."""

    state = models.CharField(max_length=20, choices=ReviewState, default=ReviewState.SETUP, editable=False)
    cycle = models.ForeignKey(AppraisalCycle, on_delete=models.PROTECT, related_name="reviews")
    job_holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)  # the first post of a person, the second
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    job_title = models.CharField(_("job title"), max_length=120)
    team_name = models.CharField(_("team"), max_length=120)
    manager = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    second_manager = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text_version = models.PositiveIntegerField(default=1, editable=False)  # rises when shared text is opened again
    shared_on = models.DateField(null=True, editable=False)
    talk_on = models.DateField(_("we talked on"), null=True, editable=False)
    talk_said_by_manager = models.BooleanField(default=False, editable=False)
    talk_said_by_job_holder = models.BooleanField(default=False, editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["job_holder__name", "number"]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "job_holder", "number"], name="appraisal_review_once"),
            models.UniqueConstraint(fields=["cycle", "post"], name="appraisal_review_of_post_once"),
            models.CheckConstraint(
                condition=~models.Q(manager=models.F("job_holder"))
                & ~models.Q(second_manager=models.F("job_holder"))
                & ~models.Q(second_manager=models.F("manager")),
                name="appraisal_three_different_people",
            ),
            models.CheckConstraint(
                condition=models.Q(talk_on__isnull=False)
                | models.Q(talk_said_by_manager=False, talk_said_by_job_holder=False),
                name="appraisal_talk_has_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["manager", "state"], name="appraisal_review_manager"),
            models.Index(fields=["cycle", "state"], name="appraisal_review_cycle"),
        ]

    def __str__(self) -> str:
        return f"{self.job_holder}, {self.cycle}"

    @property
    def subject_id(self) -> int:
        """The person reviewed."""
        return self.job_holder_id

    def get_absolute_url(self) -> str:
        return reverse("reviews:detail", args=[self.pk])

    @cached_property
    def self_part(self) -> "ReviewPart":
        """The person's own part, with its ratings and what they rest on."""
        return self.parts.open_with_ratings().get(part=Part.SELF)

    @cached_property
    def manager_part(self) -> "ReviewPart":
        """The part of the present manager, with its ratings and what they rest on."""
        return self.parts.open_with_ratings().get(part=Part.MANAGER)

    @property
    def talk_is_confirmed(self) -> bool:
        """True when both have said that they talked on that day."""
        return self.talk_said_by_manager and self.talk_said_by_job_holder

    @property
    def response(self) -> "JobHolderResponse | None":
        """What the person said to the text as it now stands; no query when the responses were read already."""
        return next((row for row in self.responses.all() if row.text_version == self.text_version), None)


class ExpectedBehaviour(models.Model):
    """One of the at most five behaviours of a review, with the level that the role expects (from the role profile)."""

    review = models.ForeignKey(AppraisalReview, on_delete=models.CASCADE, related_name="behaviours")
    text = models.ForeignKey(BehaviourText, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Level)
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "text"], name="appraisal_behaviour_once"),
            models.UniqueConstraint(fields=["review", "number"], name="appraisal_behaviour_in_order"),
            models.CheckConstraint(condition=models.Q(number__range=(1, 5)), name="appraisal_at_most_five"),
        ]

    def __str__(self) -> str:
        return self.text.name


class ReviewPart(models.Model):
    """What one side wrote. At a handover the old manager's part closes as it stands and a new one begins (RULES B9)."""

    review = models.ForeignKey(AppraisalReview, on_delete=models.CASCADE, related_name="parts")
    part = models.CharField(max_length=10, choices=Part)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    summary = models.TextField(_("in your own words"), max_length=4000, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)  # of the summary and the next steps
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_at = models.DateTimeField(null=True, editable=False)  # when anything in this part was last saved
    sent_at = models.DateTimeField(null=True, editable=False)  # the self-assessment: when the manager could read it
    closed_at = models.DateTimeField(null=True, editable=False)  # set by a handover

    objects = ReviewPartQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "part"],
                condition=models.Q(closed_at__isnull=True),
                name="appraisal_one_open_part_a_side",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()} of review {self.review_id}"

    @property
    def is_self(self) -> bool:
        return self.part == Part.SELF


class BehaviourRating(models.Model):
    """What one side chose for one behaviour, why, and what it rests on. Never overwritten by the other side."""

    part = models.ForeignKey(ReviewPart, on_delete=models.CASCADE, related_name="ratings")
    behaviour = models.ForeignKey(ExpectedBehaviour, on_delete=models.CASCADE, related_name="ratings")
    status = models.CharField(max_length=20, choices=RatingStatus, default=RatingStatus.UNANSWERED, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, null=True, blank=True)
    words = models.TextField(_("in your own words"), max_length=3000, blank=True)
    help = models.TextField(_("help that you would like"), max_length=1000, blank=True)
    examples = models.ManyToManyField(EvidenceEntry, verbose_name=_("examples"), related_name="+", blank=True)
    notes = models.ManyToManyField(ManagerNote, verbose_name=_("notes"), related_name="+", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = BehaviourRatingQuerySet.as_manager()

    class Meta:
        ordering = ["behaviour__number"]
        constraints = [
            models.UniqueConstraint(fields=["part", "behaviour"], name="appraisal_rating_once"),
            models.CheckConstraint(
                condition=models.Q(status=RatingStatus.RATED, level__isnull=False, level__range=(1, 4))
                | ~models.Q(status=RatingStatus.RATED) & models.Q(level__isnull=True),
                name="appraisal_level_or_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"rating {self.pk}"

    @property
    def mark(self) -> str:
        """The one choice as the form sends it: 1 to 4, a reason why not, or empty."""
        return str(self.level) if self.level else self.status

    @property
    def mark_words(self) -> str:
        """The choice in words."""
        return str(self.get_level_display() if self.level else self.get_status_display())

    @property
    def is_answered(self) -> bool:
        return self.status != RatingStatus.UNANSWERED

    @property
    def needs_ground(self) -> bool:
        """True when a level was chosen, or said not to be seen: both rest on something."""
        return self.status in (RatingStatus.RATED, RatingStatus.NOT_SEEN)

    @property
    def is_below(self) -> bool:
        """True below the level that the role expects; "not yet seen" counts as below."""
        return self.status == RatingStatus.NOT_SEEN or (self.level is not None and self.level < self.behaviour.level)

    @property
    def is_off(self) -> bool:
        """True above or below the expected level: then words are needed."""
        return self.is_below or (self.level is not None and self.level > self.behaviour.level)


class NextStep(models.Model):
    """One of at most three things that follow from a review: what, who, when."""

    review = models.ForeignKey(AppraisalReview, on_delete=models.CASCADE, related_name="next_steps")
    number = models.PositiveSmallIntegerField()
    what = models.CharField(_("what"), max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(_("by when"))
    module = models.ForeignKey(
        ModulePage, verbose_name=_("module"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    done_on = models.DateField(null=True, editable=False)

    objects = NextStepQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="appraisal_step_in_order"),
            models.CheckConstraint(
                condition=models.Q(number__range=(1, MOST_NEXT_STEPS)), name="appraisal_at_most_three_steps"
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_done(self) -> bool:
        return self.done_on is not None

    @property
    def is_late(self) -> bool:
        """True when it is not done and its day has passed."""
        return self.done_on is None and self.due_on < today()
