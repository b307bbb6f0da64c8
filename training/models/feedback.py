"""What people say after a session, and what the co-ordinator answers. Nothing here leads from an answer to a person."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.lib.dates import today
from people.models import TokenLink
from training.enums import FeedbackGroup, SaidIt
from training.models.place import Place
from training.models.session import JointSession

FROM_1_TO_5 = [MinValueValidator(1), MaxValueValidator(5)]


class FeedbackRound(models.Model):
    """What was promised when people were asked, frozen: until when they answer, and from which number on it is shown.

    One a session: it also says whether what was heard has been answered.
    """

    session = models.OneToOneField(JointSession, on_delete=models.CASCADE, related_name="feedback_round")
    asked_on = models.DateField(default=today)
    closes_on = models.DateField()  # the last day on which answers are taken; nothing is shown before it is over
    minimum_scores = models.PositiveSmallIntegerField()
    minimum_words = models.PositiveSmallIntegerField()
    answered_on = models.DateField(null=True)  # what we heard, what we do and why went to those who came

    def __str__(self) -> str:
        return f"feedback round of {self.session_id}"

    @property
    def is_open(self) -> bool:
        return today() <= self.closes_on


class FeedbackLink(TokenLink):
    """The link by which somebody who came is asked. It never says whether, when or what they answered."""

    place = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="feedback_link")

    def __str__(self) -> str:
        return f"feedback link {self.pk}"


class SessionFeedback(models.Model):
    """One person's answers, without person, hour or link: `answer_key` is a hash that only the mailed token gives.

    The key keeps one answer a link and lets whoever holds the token correct it; no other row holds it. It is the
    primary key, because a number that counts up would tell in which order people answered.
    """

    session = models.ForeignKey(JointSession, on_delete=models.CASCADE, related_name="feedback")
    answer_key = models.CharField(max_length=64, primary_key=True, editable=False)
    group = models.CharField(max_length=10, choices=FeedbackGroup)
    useful = models.PositiveSmallIntegerField(_("It was worth my time"), validators=FROM_1_TO_5)
    learnt = models.PositiveSmallIntegerField(_("I learnt something from the other side"), validators=FROM_1_TO_5)
    said_it = models.CharField(_("Could you say what you came to say?"), max_length=10, choices=SaidIt)
    words = models.TextField(_("What should we keep, and what should we change?"), max_length=1000, blank=True)

    class Meta:
        ordering = ["answer_key"]  # by a hash: not the order in which people answered
        constraints = [
            models.CheckConstraint(
                condition=models.Q(useful__range=(1, 5), learnt__range=(1, 5)), name="training_feedback_from_1_to_5"
            )
        ]

    def __str__(self) -> str:
        return f"feedback on {self.session_id}"


class FeedbackLoopItem(models.Model):
    """What we heard, what we do, and why: the co-ordinator's answer to those who came (S43)."""

    session = models.ForeignKey(JointSession, on_delete=models.CASCADE, related_name="loop_items")
    heard = models.CharField(_("what we heard"), max_length=300)
    doing = models.CharField(_("what we do"), max_length=300)
    why = models.CharField(_("why"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.heard
