"""Joint sessions and places, as their pages show them. The link to join is only for those who hold a place."""

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from people.enums import Sector
from people.rest.moves import MovesField
from people.serializers import PersonSerializer
from people.transitions import person
from training.booking.places import standing
from training.booking.session_words import SessionPage, when_words, where_words
from training.enums import PlaceState, SessionState
from training.models import JointSession, Place, SessionDate
from training.permissions import can_plan_session, can_take_attendance
from training.planning.thinking_time import papers_of, published_words
from training.planning.venues import told_of
from training.serializers.content import whole
from training.workflow.places import why_closed

STATES = "One of " + ", ".join(f"`{state}`" for state in PlaceState.values) + "."


class SessionDateSerializer(serializers.ModelSerializer):
    """One date of a session."""

    words = serializers.SerializerMethodField()

    class Meta:
        model = SessionDate
        fields = ["id", "starts_at", "ends_at", "words"]

    def get_words(self, date) -> str:
        """As people read it."""
        return when_words(date.starts_at, date.ends_at)


class SessionRowSerializer(serializers.ModelSerializer):
    """A joint session in a list."""

    state = serializers.CharField(help_text="`draft`, `published` or `cancelled`.")
    format = serializers.CharField(help_text="`in_person`, `online` or `hybrid`.")
    dates = SessionDateSerializer(many=True)
    where = serializers.SerializerMethodField()
    my_place = serializers.SerializerMethodField()

    class Meta:
        model = JointSession
        fields = ["id", "title", "state", "format", "dates", "where", "my_place"]

    def get_where(self, session) -> str:
        """The venue, online, or both."""
        return where_words(session)

    def get_my_place(self, session) -> str | None:
        """The state of the caller's place; null when they have not asked to come."""
        own = self.context["view"].own_places.get(session.pk)
        return own.state if own else None


class FacilitatorSerializer(serializers.Serializer):
    """Who leads the session."""

    name = serializers.CharField()
    organisation = serializers.SerializerMethodField()

    def get_organisation(self, row) -> str | None:
        """Whom they belong to."""
        return row.organisation.name if row.organisation else None


class PaperRowSerializer(serializers.Serializer):
    """Something to read before."""

    title = serializers.CharField()
    published_on = serializers.DateField()
    words = serializers.CharField(help_text="When it was published, and whether that was late.")
    page = serializers.CharField(help_text="Where it is read on the site.")


class FactSerializer(serializers.Serializer):
    """Something that is known about the venue."""

    name = serializers.CharField()
    answer = serializers.CharField(help_text="`yes`, `no`, `described` or `not_checked`.")
    words = serializers.CharField()
    checked_on = serializers.DateField(allow_null=True)


class VenueSerializer(serializers.Serializer):
    """Where people meet, and what they find there."""

    name = serializers.CharField()
    address = serializers.CharField()
    not_accessible = serializers.CharField(help_text="What is not accessible; empty when nobody has said.")
    facts = FactSerializer(many=True)
    not_checked = serializers.ListField(child=serializers.CharField(), help_text="What nobody has checked yet.")


class HeardItemSerializer(serializers.Serializer):
    """What was heard, what is done about it, and why."""

    heard = serializers.CharField()
    doing = serializers.CharField()
    why = serializers.CharField()


class HeardSerializer(serializers.Serializer):
    """The answer to those who came."""

    given_on = serializers.DateField(allow_null=True)
    due_on = serializers.DateField()
    is_late = serializers.BooleanField()
    items = HeardItemSerializer(many=True)


class PlaceSerializer(serializers.ModelSerializer):
    """The caller's place in a session."""

    session = serializers.IntegerField(source="session_id")
    title = serializers.CharField(source="session.title")
    starts_at = serializers.DateTimeField(source="session.starts_at", allow_null=True)
    state = serializers.CharField(help_text=STATES)
    words = serializers.SerializerMethodField()
    organisation = serializers.CharField(source="organisation_label", help_text="For whom one comes.")
    offer_lapsed = serializers.BooleanField(help_text="True once the time of an offer is over.")

    class Meta:
        model = Place
        fields = ["id", "session", "title", "starts_at", "state", "words", "organisation", "asked_at"]
        fields += ["offered_until", "offer_lapsed"]

    def get_words(self, place) -> str:
        """Where one stands, as people read it."""
        return str(place.get_state_display())


class PlacePageSerializer(PlaceSerializer):
    """The same with what one can do, and what only those get who hold a place."""

    reason = serializers.CharField(help_text="What the co-ordinator said.")
    standing = serializers.SerializerMethodField()
    join_link = serializers.SerializerMethodField()
    dial_in = serializers.SerializerMethodField()
    dates = SessionDateSerializer(many=True, source="session.dates")
    moves = MovesField()

    class Meta(PlaceSerializer.Meta):
        fields = [*PlaceSerializer.Meta.fields, "reason", "standing", "join_link", "dial_in", "dates", "moves"]

    def get_standing(self, place) -> int | None:
        """Which one in the waiting list, in the order in which it would be asked now."""
        return standing(place)

    def get_join_link(self, place) -> str | None:
        """The link to join online, for those who hold a place."""
        return (place.session.join_link or None) if self._comes(place) else None

    def get_dial_in(self, place) -> str | None:
        """The telephone number to join, for those who hold a place."""
        return (place.session.dial_in or None) if self._comes(place) else None

    def _comes(self, place) -> bool:
        return place.is_booked and place.session.state != SessionState.CANCELLED


class SessionSerializer(serializers.Serializer):
    """A joint session as its page shows it to the caller."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    purpose = serializers.CharField()
    state = serializers.CharField(help_text="`draft`, `published` or `cancelled`.")
    cancel_reason = serializers.CharField(help_text="Empty unless it was cancelled.")
    format = serializers.CharField(help_text="`in_person`, `online` or `hybrid`.")
    dates = SessionDateSerializer(many=True)
    where = serializers.SerializerMethodField()
    venue = serializers.SerializerMethodField()
    module = serializers.SerializerMethodField()
    fixed = serializers.CharField(help_text="What is fixed already.")
    still_open = serializers.CharField(help_text="What is still open.")
    decided_on = serializers.DateField(allow_null=True)
    numbers = serializers.SerializerMethodField()
    rules = serializers.SerializerMethodField()
    short_notice = serializers.SerializerMethodField()
    facilitators = FacilitatorSerializer(many=True)
    coordinator = PersonSerializer()
    papers = serializers.SerializerMethodField()
    has_captions = serializers.BooleanField()
    camera_optional = serializers.BooleanField()
    materials = serializers.CharField()
    heard = serializers.SerializerMethodField()
    my_place = serializers.SerializerMethodField()
    booking_blocked_by = serializers.SerializerMethodField()
    i_plan = serializers.SerializerMethodField()
    i_take_attendance = serializers.SerializerMethodField()
    moves = MovesField()

    @property
    def page(self) -> SessionPage:
        """What the page says to the caller; read once."""
        return self.context["view"].page

    def get_where(self, session) -> str:
        """The venue, online, or both."""
        return self.page.where

    @extend_schema_field(VenueSerializer(allow_null=True))
    def get_venue(self, session):
        """Where people meet; null online."""
        if session.venue is None:
            return None
        told = told_of(session.venue)
        rows = {
            "name": session.venue.name,
            "address": session.venue.address,
            "not_accessible": _words(told.not_accessible) if told.not_accessible else "",
            "facts": [
                {"name": fact.label, "answer": row.answer, "words": row.words, "checked_on": row.checked_on}
                for fact, row in told.rows
            ],
            "not_checked": told.unknown,
        }
        return VenueSerializer(rows).data

    def get_module(self, session) -> str | None:
        """Slug of the module it belongs to."""
        return session.module.slug if session.module_id and session.module.live else None

    def get_numbers(self, session) -> str:
        """How many come, of how many, and how many wait."""
        return self.page.numbers

    def get_rules(self, session) -> list[str]:
        """The rule of seats in force today, as sentences."""
        return self.page.rules

    def get_short_notice(self, session) -> str:
        """Why there is less time than agreed; empty when there is enough."""
        return self.page.short_notice

    @extend_schema_field(PaperRowSerializer(many=True))
    def get_papers(self, session):
        """What to read before."""
        rows = [
            {
                "title": row.title,
                "published_on": row.published_on,
                "words": published_words(row),
                "page": whole(reverse("sessions:paper", args=[session.pk, row.pk])),
            }
            for row in papers_of(session)
        ]
        return PaperRowSerializer(rows, many=True).data

    @extend_schema_field(HeardSerializer(allow_null=True))
    def get_heard(self, session):
        """What people said and what becomes of it; null before it is over."""
        return HeardSerializer(self.page.heard).data if self.page.heard else None

    @extend_schema_field(PlaceSerializer(allow_null=True))
    def get_my_place(self, session):
        """Where the caller stands; null when they have not asked to come."""
        return PlaceSerializer(self.page.place).data if self.page.place else None

    def get_booking_blocked_by(self, session) -> list[str]:
        """Why nobody can ask for a place now; empty when one can."""
        return why_closed(session, person(self.context["request"].user), self.page.place)

    def get_i_plan(self, session) -> bool:
        """True when the caller plans it."""
        return can_plan_session(session, person(self.context["request"].user))

    def get_i_take_attendance(self, session) -> bool:
        """True when the caller takes attendance."""
        return session.is_published and can_take_attendance(session, person(self.context["request"].user))


def _words(row) -> str:
    return row.words or str(row.get_answer_display())


class BookingSerializer(serializers.Serializer):
    """For whom one comes. An empty body means the first of one's own organisations."""

    come_for = serializers.CharField(
        max_length=20,
        required=False,
        help_text="The id of one of one's own organisations, `other` for another one, `myself` for nobody else.",
    )
    organisation = serializers.CharField(
        max_length=200, required=False, allow_blank=True, help_text="With `other`: its name."
    )
    same_as = serializers.CharField(
        max_length=20,
        required=False,
        allow_blank=True,
        help_text="When the name is like some that are known: the id of the one that is meant, or `new`.",
    )
    sector = serializers.ChoiceField(
        Sector.choices, required=False, allow_blank=True, help_text="What one is part of, unless it is known."
    )
