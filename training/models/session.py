"""Joint sessions: what is planned, when, for whom, and what is said about it. Who has a place stands in place.py."""

import datetime
import secrets
import uuid
from collections.abc import Sequence
from functools import cached_property

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.models import Behaviour, Partnership
from people.enums import Sector, Side
from people.lib.dates import today
from people.models import Organisation, Stateful
from training.allocation import NEW
from training.enums import AttendanceRule, Recipe, SessionFormat, SessionState
from training.models.pages import ModulePage
from training.models.venue import Venue
from training.querysets import SessionQuerySet

HELD_FOR = [(NEW, _("Organisations that come for the first time")), *Sector.choices]


def private_storage() -> Storage:
    """Where files without an address are kept."""
    return storages["private"]


def paper_name(paper: "SessionPaper", _name: str) -> str:
    """A random name: what a paper is called stands in its row."""
    return f"papers/{secrets.token_hex(16)}"


class JointSession(Stateful):
    """People from both sides learn in one room (S30-S45). Empty numbers mean no limit, never 0.

    Six questions are asked; the rest comes from the recipe and can be changed (recipes.py).
    """

    state = models.CharField(max_length=20, choices=SessionState, default=SessionState.DRAFT, editable=False)
    title = models.CharField(_("title"), max_length=160)
    purpose = models.TextField(_("purpose"), max_length=2000)
    recipe = models.CharField(_("recipe"), max_length=20, choices=Recipe, default=Recipe.HALF_DAY)
    format = models.CharField(_("where people meet"), max_length=20, choices=SessionFormat)
    host = models.ForeignKey(
        Organisation, verbose_name=_("host"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    module = models.ForeignKey(
        ModulePage, verbose_name=_("module"), on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    behaviours = models.ManyToManyField(Behaviour, verbose_name=_("how we work"), blank=True, related_name="+")
    coordinator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("deputy"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    join_link = models.URLField(_("link to join"), max_length=500, blank=True)  # only for those who hold a place
    dial_in = models.CharField(_("telephone number to join"), max_length=100, blank=True)
    has_captions = models.BooleanField(_("live captions"), default=False)
    camera_optional = models.BooleanField(_("cameras may stay off"), default=True)
    materials = models.CharField(_("forms in which papers come"), max_length=300, blank=True)

    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    minimum = models.PositiveIntegerField(_("smallest number that makes sense"), null=True, blank=True)
    decide_on = models.DateField(_("day on which it is decided whether it takes place"), null=True, blank=True)
    goes_ahead = models.BooleanField(default=False, editable=False)  # said on that day
    sector_limit_percent = models.PositiveSmallIntegerField(_("largest share of one sector"), null=True, blank=True)
    release_on = models.DateField(_("day on which held places open"), null=True, blank=True)
    needs_approval = models.BooleanField(_("the co-ordinator says yes to each"), default=False)
    sign_up_from = models.DateField(_("sign-up opens"), null=True, blank=True)
    sign_up_until = models.DateField(_("sign-up closes"), null=True, blank=True)
    cancel_days = models.PositiveSmallIntegerField(
        _("days before the start until which people can cancel"), null=True, blank=True
    )

    support = models.JSONField(_("support that is offered"), default=list, blank=True)  # values of enums.Support
    attendance_rule = models.CharField(
        _("what counts as having attended"), max_length=20, choices=AttendanceRule, default=AttendanceRule.EVERY_DATE
    )
    gives_certificate = models.BooleanField(_("who attends gets a certificate"), default=True)

    no_papers = models.BooleanField(_("there is nothing to read before"), default=False)
    interpreter = models.CharField(_("interpreter"), max_length=200, blank=True)  # who, or that nobody needs one

    fixed = models.TextField(_("what is fixed already"), max_length=1000, blank=True)
    still_open = models.TextField(_("what is still open"), max_length=1000, blank=True)
    decided_on = models.DateField(_("when it is decided"), null=True, blank=True)
    short_notice_reason = models.CharField(_("why there is less time than agreed"), max_length=300, blank=True)
    published_on = models.DateField(null=True, editable=False)
    attendance_confirmed_on = models.DateField(null=True, editable=False)  # what follows from attendance begins here
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)  # rises with every change sent out
    cancel_reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)

    dropped_dates: Sequence["SessionDate"] = ()  # dates that the change being made takes away, for calendars

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("joint session")
        verbose_name_plural = _("joint sessions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(capacity__isnull=True) | models.Q(capacity__gte=1),
                name="training_no_limit_is_empty_not_zero",
            ),
            models.CheckConstraint(
                condition=models.Q(minimum__isnull=True)
                | models.Q(minimum__gte=1, capacity__isnull=True)
                | models.Q(minimum__gte=1, minimum__lte=models.F("capacity")),
                name="training_minimum_fits_into_places",
            ),
            models.CheckConstraint(
                condition=models.Q(sector_limit_percent__isnull=True) | models.Q(sector_limit_percent__range=(1, 100)),
                name="training_sector_limit_is_a_share",
            ),
            models.CheckConstraint(
                condition=models.Q(sign_up_from__isnull=True)
                | models.Q(sign_up_until__isnull=True)
                | models.Q(sign_up_until__gte=models.F("sign_up_from")),
                name="training_sign_up_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("sessions:detail", args=[self.pk])

    @property
    def subject_id(self) -> None:
        """A session is about nobody in particular."""
        return None

    @property
    def is_draft(self) -> bool:
        return self.state == SessionState.DRAFT

    @property
    def is_published(self) -> bool:
        return self.state == SessionState.PUBLISHED

    @property
    def starts_at(self) -> datetime.datetime | None:
        """The beginning of the first date; None before there is one (queries unless dates are prefetched)."""
        return min((row.starts_at for row in self.dates.all()), default=None)

    @property
    def ends_at(self) -> datetime.datetime | None:
        """The end of the last date."""
        return max((row.ends_at for row in self.dates.all()), default=None)

    @property
    def has_started(self) -> bool:
        return self.starts_at is not None and self.starts_at <= timezone.now()

    @property
    def is_over(self) -> bool:
        return self.ends_at is not None and self.ends_at <= timezone.now()

    @cached_property
    def leader_ids(self) -> frozenset[int]:
        """Ids of the deputy and of those who lead it and have an account; queries once unless prefetched."""
        found = {row.person_id for row in self.facilitators.all()} | {self.deputy_id}
        return frozenset(pk for pk in found if pk is not None)

    @property
    def sector_limit(self) -> int | None:
        """Most people of one sector, in people; at least one, or nobody could come."""
        if self.sector_limit_percent is None or self.capacity is None:
            return None
        return max(1, self.capacity * self.sector_limit_percent // 100)


class SessionDate(models.Model):
    """One date of a session. Its uid stays when it is moved, so that calendars move it too."""

    session = models.ForeignKey(JointSession, on_delete=models.CASCADE, related_name="dates")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at"], name="training_session_date")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="training_date_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.starts_at):%d.%m.%Y %H:%M}"


class HeldPlaces(models.Model):
    """Places of a session that wait for one sector, or for organisations that come for the first time (S32)."""

    session = models.ForeignKey(JointSession, on_delete=models.CASCADE, related_name="held")
    held_for = models.CharField(_("for"), max_length=20, choices=HELD_FOR)
    places = models.PositiveSmallIntegerField(_("places"))

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["session", "held_for"], name="training_held_once")]

    def __str__(self) -> str:
        return f"{self.places} {self.get_held_for_display()}"


class Facilitator(models.Model):
    """Somebody who leads the session, from either side; a name, and a person when they have an account."""

    session = models.ForeignKey(JointSession, on_delete=models.CASCADE, related_name="facilitators")
    name = models.CharField(_("name"), max_length=200)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    side = models.CharField(_("side"), max_length=10, choices=Side)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["session", "name"], name="training_facilitator_once")]

    def __str__(self) -> str:
        return self.name


class SessionPaper(models.Model):
    """A paper to read before: a private file or an address. The day on which it was really published counts (S3)."""

    session = models.ForeignKey(JointSession, on_delete=models.CASCADE, related_name="papers")
    title = models.CharField(_("title"), max_length=160)
    file = models.FileField(_("file"), storage=private_storage, upload_to=paper_name, blank=True)
    file_name = models.CharField(max_length=160, blank=True, editable=False)
    file_type = models.CharField(max_length=100, blank=True, editable=False)
    link = models.URLField(_("address"), max_length=500, blank=True)
    published_on = models.DateField(default=today, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["published_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file="") ^ models.Q(link=""), name="training_paper_is_a_file_or_an_address"
            )
        ]

    def __str__(self) -> str:
        return self.title
