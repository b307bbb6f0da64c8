"""Sets of joint sessions, places and what goes with them. Fields are named by string; models are not imported."""

from django.db import models
from django.db.models import Case, Count, Exists, IntegerField, Max, Min, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from people.enums import Role
from people.querysets import TokenLinkQuerySet
from training.enums import ACTIVE_PLACES, CAME, AttendanceRule, NeedState, PlaceState, Presence, SessionState


def _signed_in(user) -> bool:
    return user.is_authenticated and user.is_active


def _own(user, to: str = "") -> Q:
    """Rows of the person, by account or by proved address; `to` leads to the rows."""
    by_address = {f"{to}person": None, f"{to}email_key": user.email.casefold()}
    return Q(**{f"{to}person_id": user.pk}) | Q(**by_address)


def _has_seat() -> Q:
    """Booked, or offered and still open: the people whom the rule of seats counts."""
    return Q(state=PlaceState.BOOKED) | Q(state=PlaceState.OFFERED, offered_until__gt=timezone.now())


class SessionQuerySet(models.QuerySet):
    """Joint sessions."""

    def visible_to(self, user):
        """Published and cancelled ones for everybody signed in; drafts for co-ordinators."""
        if not _signed_in(user):
            return self.none()
        return self.all() if user.has_role(Role.COORDINATOR) else self.exclude(state=SessionState.DRAFT)

    def published(self):
        """Sessions that take place as far as anybody knows."""
        return self.filter(state=SessionState.PUBLISHED)

    def with_times(self):
        """With the first beginning and the last end as `first_start` and `last_end`."""
        return self.annotate(first_start=Min("dates__starts_at"), last_end=Max("dates__ends_at"))

    def coming(self):
        """Sessions that are not over, the soonest first."""
        return self.with_times().filter(last_end__gt=timezone.now()).order_by("first_start", "pk")

    def past(self):
        """Sessions that are over, the latest first."""
        return self.with_times().filter(last_end__lte=timezone.now()).order_by("-last_end", "-pk")

    def for_list(self):
        """With what a row of a list shows, in a number of queries that does not grow."""
        return self.select_related("venue", "host", "partnership", "module").prefetch_related("dates")

    def for_page(self):
        """With what the page of a session shows."""
        rows = self.for_list().select_related("coordinator")
        return rows.prefetch_related("held", "facilitators__organisation", "venue__facts")

    def for_planning(self):
        """With what the next step is read from (planning_steps.py), each fact found by a query inside the one query."""
        place, paper, feedback_round = (
            self.model._meta.get_field(name).related_model for name in ("places", "papers", "feedback_round")
        )
        need = place._meta.get_field("access_needs").related_model
        here = {"session": OuterRef("pk")}
        booked = place.objects.filter(state=PlaceState.BOOKED, **here)
        asked = need.objects.filter(
            state=NeedState.ASKED, place__state__in=ACTIVE_PLACES, place__session=OuterRef("pk")
        )
        return self.with_times().annotate(
            has_papers=Exists(paper.objects.filter(**here)),
            is_answered=Exists(feedback_round.objects.filter(answered_on__isnull=False, **here)),
            has_unmarked=Exists(booked.not_marked()),
            somebody_came=Exists(booked.filter(attendance__presence__in=CAME)),
            booked_count=_number_of(booked, "session"),
            requested_count=_number_of(place.objects.filter(state=PlaceState.REQUESTED, **here), "session"),
            open_needs_count=_number_of(asked, "place__session"),
        )

    def led_by(self, user):
        """Those that a person plans, or stands in for."""
        return self.filter(Q(coordinator=user) | Q(deputy=user))

    def run_by(self, user):
        """Those that a person leads, or stands in for."""
        leads = self.model._meta.get_field("facilitators").related_model.objects.filter(person=user)
        return self.filter(Q(deputy=user) | Q(pk__in=leads.order_by().values("session_id")))

    def for_desk(self, view):
        """One tab of the co-ordinators' list, in its order."""
        now = timezone.now()
        if view == "drafts":
            return self.filter(state=SessionState.DRAFT).order_by("-state_since", "-pk")
        published = self.exclude(state=SessionState.DRAFT)
        if view == "past":
            return published.filter(last_end__lte=now).order_by("-last_end", "-pk")
        return published.filter(last_end__gt=now).order_by("first_start", "pk")


def _number_of(rows, group):
    """How many rows, as a part of another query."""
    counted = rows.order_by().values(group).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


class PlaceQuerySet(TokenLinkQuerySet):
    """Who has asked to come."""

    def visible_to(self, user):
        """One's own, by account or proved address; those of a session one leads; all for co-ordinators."""
        if not _signed_in(user):
            return self.none()
        return self.all() if user.has_role(Role.COORDINATOR) else self.filter(_own(user) | self._led(user))

    def of_person(self, user):
        """The person's own. Sign-in proves an address, so nothing else has to match."""
        return self.filter(_own(user))

    def _led(self, user):
        """Whoever takes attendance sees who comes; their page shows names, never addresses or support."""
        leads = self.model._meta.get_field("session").related_model._meta.get_field("facilitators").related_model
        led = leads.objects.filter(person_id=user.pk).order_by().values("session_id")
        return Q(session__deputy_id=user.pk) | Q(session_id__in=led)

    def active(self):
        """Asked for, booked, waiting or offered."""
        return self.filter(state__in=ACTIVE_PLACES)

    def booked(self):
        """Those who hold a place."""
        return self.filter(state=PlaceState.BOOKED)

    def with_seat(self):
        """Those whom the rule of seats counts: booked, or offered and still open."""
        return self.filter(_has_seat())

    def attended(self):
        """Those who came by their session's own rule: what presence.attended says of one of them."""
        whole = [Presence.FULL]
        by_rule = (
            Q(session__attendance_rule=AttendanceRule.ANY_DATE)
            | Q(session__attendance_rule=AttendanceRule.EVERY_DATE) & ~Exists(self._dates_without(CAME))
            | Q(session__attendance_rule=AttendanceRule.WHOLE) & ~Exists(self._dates_without(whole))
        )
        return self.booked().filter(by_rule, Exists(self._marks(CAME, place=OuterRef("pk"))))

    def not_marked(self):
        """Those of whom nobody has said, of a date that has begun, whether they were there."""
        dates = self.model._meta.get_field("session").related_model._meta.get_field("dates").related_model.objects
        marks = self._marks(Presence.values, date=OuterRef("pk"), place=OuterRef(OuterRef("pk")))
        begun = dates.filter(~Exists(marks), session=OuterRef("session"), starts_at__lte=timezone.now())
        return self.filter(Exists(begun))

    def in_the_room(self):
        """Booked, and not marked as absent throughout; before attendance is taken, everybody who is booked."""
        marked = Exists(self._marks(Presence.values, place=OuterRef("pk")))
        came = Exists(self._marks(CAME, place=OuterRef("pk")))
        return self.booked().filter(came | ~marked)  # in this order: most have come, and then it is not asked further

    def _marks(self, presences, **values):
        marks = self.model._meta.get_field("attendance").related_model.objects
        return marks.filter(presence__in=presences, **values)

    def _dates_without(self, presences):
        """The dates of the place's session on which it has none of these marks."""
        dates = self.model._meta.get_field("session").related_model._meta.get_field("dates").related_model.objects
        marks = self._marks(presences, date=OuterRef("pk"), place=OuterRef(OuterRef("pk")))
        return dates.filter(~Exists(marks), session=OuterRef("session"))

    def with_session(self):
        """With what the page of a place shows of its session."""
        return self.select_related("session__coordinator", "session__venue", "organisation").prefetch_related(
            "session__dates"
        )

    def waiting(self):
        """The waiting list, by time. In which order it is asked stands in allocation.py."""
        return self.filter(state=PlaceState.WAITING).order_by("asked_at", "pk")

    def with_something_said(self):
        """Those of people who said what they bring, need from the others, or would like as support."""
        return self.exclude(brings="", needs_from_others="", support="")

    def lapsed_offers(self):
        """Offers whose time is over."""
        return self.filter(state=PlaceState.OFFERED, offered_until__lte=timezone.now())


class InvitationQuerySet(TokenLinkQuerySet):
    """Who was invited."""

    def visible_to(self, user):
        """One's own, by account or proved address; all for co-ordinators."""
        if not _signed_in(user):
            return self.none()
        return self.all() if user.has_role(Role.COORDINATOR) else self.of_person(user)

    def of_person(self, user):
        """The person's own. Sign-in proves an address, so nothing else has to match."""
        return self.filter(_own(user))


class AccessNeedQuerySet(models.QuerySet):
    """Access needs. Nobody reads them for being a co-ordinator: only for this session, or when ticked."""

    def visible_to(self, user):
        """One's own; the session's co-ordinator and deputy; facilitators whom the person ticked."""
        if not _signed_in(user):
            return self.none()
        session = Q(place__session__coordinator_id=user.pk) | Q(place__session__deputy_id=user.pk)
        ticked = self.model.readers.through.objects.filter(facilitator__person_id=user.pk)
        return self.filter(_own(user, "place__") | session | Q(pk__in=ticked.values("accessneed_id")))

    def open(self):
        """Not answered yet."""
        return self.filter(state=NeedState.ASKED)

    def not_of(self, user):
        """Those of others."""
        return self.exclude(_own(user, "place__"))

    def to_answer(self):
        """Of people who come, to sessions that take place and are not over."""
        dates = "place__session__dates__"
        rows = self.filter(place__state__in=ACTIVE_PLACES, place__session__state=SessionState.PUBLISHED)
        rows = rows.annotate(first_start=Min(f"{dates}starts_at"), last_end=Max(f"{dates}ends_at"))
        return rows.filter(last_end__gt=timezone.now())

    def for_reading(self):
        """With the place and the session it belongs to."""
        return self.select_related("place__session", "place__organisation")

    def for_list(self):
        """To answer, the unanswered first, then by the session that comes next."""
        unanswered = Case(When(state=NeedState.ASKED, then=0), default=1)
        return self.to_answer().for_reading().order_by(unanswered, "first_start", "place__session_id", "pk")
