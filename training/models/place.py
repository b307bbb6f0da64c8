"""Who comes to a session, each in one row. The rule of seats stands in allocation.py, moves in workflow/places.py."""

import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import Sector, Side
from people.models import Organisation, Stateful, TokenLink
from training.allocation import Seat
from training.enums import ACTIVE_PLACES, PlaceState, Support
from training.models.session import JointSession
from training.querysets import PlaceQuerySet

UNNAMED = "colleague-"  # begins the key of a place whose person is not named yet, instead of an address


class Place(Stateful, TokenLink):
    """One person and one session: one row, moved back and forth. Sector, side and newness are frozen at asking.

    `person` is set when an account acts or an address is proved; name and address are as they were given.
    """

    state = models.CharField(max_length=20, choices=PlaceState, editable=False)
    session = models.ForeignKey(JointSession, on_delete=models.PROTECT, related_name="places")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    email_key = models.CharField(max_length=254, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)  # not confirmed yet
    sector = models.CharField(_("sector"), max_length=20, choices=Sector)
    side = models.CharField(_("side"), max_length=10, choices=Side)
    is_new = models.BooleanField(_("comes for the first time, or again after two years"), default=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    offered_until = models.DateTimeField(_("offered until"), null=True, editable=False)
    seat_number = models.PositiveIntegerField(null=True, editable=False)  # behind the lock, the limit's last guard
    reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)
    colleague_of = models.ForeignKey(  # booked by somebody for a colleague, who may be named later
        "self", on_delete=models.PROTECT, null=True, related_name="colleagues", editable=False
    )
    in_calendar = models.BooleanField(default=False, editable=False)  # an entry was sent and not taken back since
    link_number = models.PositiveIntegerField(default=1, editable=False)  # rises when earlier links end (links.py)
    is_walk_in = models.BooleanField(default=False, editable=False)  # came on the day without a place

    brings = models.CharField(_("what I bring"), max_length=300, blank=True)
    needs_from_others = models.CharField(_("what I need from the others"), max_length=300, blank=True)
    support = models.CharField(_("support"), max_length=20, choices=Support, blank=True)  # empty: not said

    LINK_PURPOSE = "training.place"
    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("place")
        verbose_name_plural = _("places")
        indexes = [
            models.Index(fields=["session", "state"], name="training_places_of_session"),
            models.Index(fields=["person", "state"], name="training_places_of_person"),
            models.Index(fields=["email_key"], name="training_places_of_address"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["session", "email_key"], name="training_one_place_an_address"),
            models.UniqueConstraint(
                fields=["session", "person"],
                condition=models.Q(person__isnull=False),
                name="training_one_place_a_person",
            ),
            models.UniqueConstraint(
                fields=["session", "seat_number"],
                condition=models.Q(seat_number__isnull=False),
                name="training_one_person_a_seat",
            ),
            models.CheckConstraint(
                condition=models.Q(state=PlaceState.OFFERED, offered_until__isnull=False)
                | ~models.Q(state=PlaceState.OFFERED) & models.Q(offered_until__isnull=True),
                name="training_offer_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.session}"

    def get_absolute_url(self) -> str:
        return reverse("sessions:detail", args=[self.session_id])

    @property
    def subject_id(self) -> int | None:
        """The person, once there is one."""
        return self.person_id

    @property
    def link_key(self) -> str:
        """What its mailed link is made from (booking/links.py)."""
        return f"{self.pk}:{self.link_number}"

    @property
    def organisation_label(self) -> str:
        """The organisation as it is shown."""
        return self.organisation.name if self.organisation_id else self.organisation_name

    @property
    def seat(self) -> Seat:
        """What the rule of seats knows of it."""
        return Seat(self.sector, self.is_new)

    @property
    def queue(self) -> tuple[datetime.datetime, int]:
        """Sorts the waiting list by time."""
        return self.asked_at, self.pk

    @property
    def is_unnamed(self) -> bool:
        """True while it is held for a colleague whom nobody has named."""
        return self.colleague_of_id is not None and self.email_key.startswith(UNNAMED)

    @property
    def has_ended(self) -> bool:
        """True when it is neither asked for, booked, waiting nor offered."""
        return self.state not in ACTIVE_PLACES

    @property
    def is_booked(self) -> bool:
        return self.state == PlaceState.BOOKED

    @property
    def offer_lapsed(self) -> bool:
        """True once the time of an offer is over; computed, never stored."""
        return self.offered_until is not None and self.offered_until <= timezone.now()
