"""What we expect of each other: versions, behaviours and their words, role profiles, and the private look at oneself.

A behaviour is a stable identity that modules and examples point to; its words belong to a version. Words of a
published version never change: triggers in the database refuse it (partnerships/triggers.py).
"""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnerships.enums import FrameworkState, Level, Polarity
from partnerships.querysets import (
    BehaviourTextQuerySet,
    FrameworkVersionQuerySet,
    IndicatorQuerySet,
    SelfLookQuerySet,
)
from people.enums import Side
from people.models import JobFamily, Stateful


class FrameworkVersion(Stateful):
    """One version of the whole text. Both sides agree to it before it is published (S56, S73)."""

    state = models.CharField(max_length=20, choices=FrameworkState, default=FrameworkState.DRAFT, editable=False)
    number = models.PositiveSmallIntegerField(_("version"), unique=True)
    title = models.CharField(_("title"), max_length=120)
    introduction = models.TextField(_("introduction"), blank=True)
    published_on = models.DateField(_("published"), null=True, blank=True, editable=False)

    objects = FrameworkVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state=FrameworkState.DRAFT), name="partnerships_one_draft_version"
            ),
            models.CheckConstraint(
                condition=models.Q(state=FrameworkState.DRAFT, published_on__isnull=True)
                | models.Q(state=FrameworkState.PUBLISHED, published_on__isnull=False),
                name="partnerships_published_version_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    @property
    def subject_id(self) -> None:
        """A version is about nobody."""
        return None

    @property
    def is_draft(self) -> bool:
        return self.state == FrameworkState.DRAFT


class Principle(models.Model):
    """One of the four principles behind the behaviours, as worded in a version (S74)."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="principles")
    code = models.SlugField(max_length=40)
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=80)
    text = models.TextField(_("text"))

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="partnerships_principle_once")]

    def __str__(self) -> str:
        return self.name


class ProficiencyLevel(models.Model):
    """One of the four levels, as named in a version; each contains the ones before it."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="levels")
    number = models.PositiveSmallIntegerField(choices=Level)
    name = models.CharField(_("name"), max_length=60)
    text = models.TextField(_("text"))

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="partnerships_level_once"),
            models.CheckConstraint(condition=models.Q(number__range=(1, 4)), name="partnerships_four_levels"),
        ]

    def __str__(self) -> str:
        return self.name


class Behaviour(models.Model):
    """The lasting identity of a behaviour; its code is for the team and never shown on a screen."""

    code = models.CharField(max_length=10, unique=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("framework:behaviour", args=[self.slug])


class BehaviourText(models.Model):
    """The words of a behaviour in one version; reviews rate against these."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="behaviour_texts")
    behaviour = models.ForeignKey(Behaviour, on_delete=models.PROTECT, related_name="texts")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=60)
    definition = models.TextField(_("what it means"))
    why = models.TextField(_("why it matters"))
    principles = models.ManyToManyField(Principle, verbose_name=_("principles"), related_name="behaviour_texts")

    objects = BehaviourTextQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["version", "behaviour"], name="partnerships_text_once")]

    def __str__(self) -> str:
        return self.name


class LevelText(models.Model):
    """What one level of a behaviour means for one side."""

    behaviour_text = models.ForeignKey(BehaviourText, on_delete=models.CASCADE, related_name="level_texts")
    level = models.PositiveSmallIntegerField(choices=Level)
    side = models.CharField(max_length=10, choices=Side)
    text = models.TextField(_("text"))

    class Meta:
        ordering = ["level", "side"]
        constraints = [
            models.UniqueConstraint(fields=["behaviour_text", "level", "side"], name="partnerships_level_text_once")
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Indicator(models.Model):
    """An act that anyone present could see: what a level looks like, or what gets in the way (S20)."""

    behaviour_text = models.ForeignKey(BehaviourText, on_delete=models.CASCADE, related_name="indicators")
    level = models.PositiveSmallIntegerField(choices=Level, null=True, blank=True)
    side = models.CharField(max_length=10, choices=Side)
    polarity = models.CharField(max_length=10, choices=Polarity)
    number = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("text"), max_length=400)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["polarity", "level", "side", "number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(polarity=Polarity.HELPS, level__isnull=False)
                | models.Q(polarity=Polarity.HINDERS, level__isnull=True),
                name="partnerships_only_what_helps_has_a_level",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class RoleProfile(models.Model):
    """What is expected in a family of jobs: at most five behaviours, the level from the role and never the person."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="profiles")
    job_family = models.ForeignKey(JobFamily, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    number = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["number", "name"]
        constraints = [models.UniqueConstraint(fields=["version", "job_family"], name="partnerships_profile_once")]

    def __str__(self) -> str:
        return self.name


class ProfileItem(models.Model):
    """The level expected of a behaviour in a role profile."""

    profile = models.ForeignKey(RoleProfile, on_delete=models.CASCADE, related_name="items")
    behaviour_text = models.ForeignKey(BehaviourText, on_delete=models.CASCADE, related_name="profile_items")
    level = models.PositiveSmallIntegerField(choices=Level)

    class Meta:
        ordering = ["behaviour_text__number"]
        constraints = [models.UniqueConstraint(fields=["profile", "behaviour_text"], name="partnerships_item_once")]

    def __str__(self) -> str:
        return f"{self.behaviour_text_id}: {self.level}"


class SponsorAgreement(models.Model):
    """A sponsor of one side agreed to the text as it then stood; an edit after that needs their word again."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="agreements")
    side = models.CharField(max_length=10, choices=Side)
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=120)
    organisation = models.CharField(_("organisation"), max_length=200)
    agreed_on = models.DateField(_("agreed on"))
    text_version = models.PositiveIntegerField(editable=False)

    class Meta:
        ordering = ["-side"]  # staff, then partner
        constraints = [models.UniqueConstraint(fields=["version", "side"], name="partnerships_one_sponsor_a_side")]

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation}"


class SelfLook(models.Model):
    """What somebody thinks of their own part, for themselves alone; never a rating and never evidence."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    behaviour = models.ForeignKey(Behaviour, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = SelfLookQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "behaviour"], name="partnerships_one_look_each")]

    def __str__(self) -> str:
        return f"look {self.pk}"
