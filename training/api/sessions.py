"""Joint sessions and places: reading them, asking for a place, taking and cancelling it, by the pages' functions."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.decorators import action

from people.enums import ApiArea
from people.rest.forms import cleaned
from people.rest.moved import MovedSerializer, MovesWithoutWords, without_words
from people.rest.moves import takes_move
from people.rest.once import once
from people.rest.params import one_of
from people.rest.views import Listed, Read, Resource
from people.transitions import person
from training.booking import calendars, places
from training.booking.session_words import session_page
from training.forms.guests import OrganisationFields
from training.models import JointSession, Place
from training.serializers.sessions import (
    BookingSerializer,
    PlacePageSerializer,
    PlaceSerializer,
    SessionRowSerializer,
    SessionSerializer,
)

OTHER = {"come_for": "other", "organisation": "Skerrafin Creel Circle", "sector": "community"}


class SessionViewSet(Listed, Resource):
    """Joint sessions, in which staff and partners learn in one room."""

    area = ApiArea.SESSIONS

    @property
    def list_order(self):
        """The soonest first; of what is over, the latest."""
        return ("-last_end", "-pk") if self._past else ("first_start", "pk")

    @property
    def _past(self) -> bool:
        return one_of(self.request, "view", ("coming", "past")) == "past"

    def get_queryset(self):
        """Published and cancelled ones; drafts for co-ordinators. The list as its page shows it."""
        rows = JointSession.objects.visible_to(self.request.user)
        if self.action != "list":
            return rows.for_page()
        return (rows.past() if self._past else rows.coming()).for_list()

    def get_serializer_class(self):
        """The whole page for one, a row for many."""
        return SessionRowSerializer if self.action == "list" else SessionSerializer

    def paginate_queryset(self, queryset):
        """One page, with where the caller stands in each."""
        page = super().paginate_queryset(queryset)
        own = Place.objects.of_person(self.request.user).filter(session__in=page)
        self.own_places = {row.session_id: row for row in own}
        return page

    @extend_schema(
        operation_id="sessions_list",
        parameters=[OpenApiParameter("view", str, enum=["coming", "past"], description="`coming` unless said.")],
    )
    def list(self, request, *args, **kwargs):
        """Joint sessions

        What comes, the soonest first; with `view=past` what is over, the latest first.
        """
        return super().list(request, *args, **kwargs)

    @extend_schema(operation_id="session_read")
    def retrieve(self, request, *args, **kwargs):
        """One joint session, and where I stand

        What it is for, when and where, who leads it, who gets a place by which rule, and what the caller can do. The
        link to join is not here: it comes with a place.
        """
        return self._as_it_stands(self.get_object())

    @extend_schema(
        operation_id="place_book",
        request=BookingSerializer,
        responses={201: MovedSerializer},
        examples=[
            OpenApiExample("For my own organisation", {}, request_only=True),
            OpenApiExample("For another group", OTHER, request_only=True),
        ],
    )
    @action(detail=True, methods=["post"])
    @once
    def bookings(self, request, *args, **kwargs):
        """Ask for a place

        It is booked, waits or is asked for, whichever is possible now. Asked again, the place stays as it is. After it
        ended, the caller asks anew. 409 says why nobody can ask now. The rest, with the link to join, is read at the
        address of the place.
        """
        session, user = self.get_object(), request.user
        reader = BookingSerializer(data=request.data)
        reader.is_valid(raise_exception=True)
        hats = places.hats_of(user)
        asker = None if "come_for" in reader.validated_data else places.asker_for(user, hats)
        if asker is None:
            form = cleaned(OrganisationFields(reader.validated_data, hats=hats))
            asker = places.asker_for(user, hats, form.said())
        place = places.ask_for_place(session, asker, by=person(user))
        place = get_object_or_404(Place.objects.of_person(user).with_session(), pk=place.pk)
        return without_words(place, place_context(self), 201)

    confirm_attendance = extend_schema(operation_id="session_confirm_attendance")(
        takes_move("confirm_attendance", "Confirm attendance and issue certificates", role="training co-ordinators")
    )

    def shown(self, record, status: int = 200):
        """The session after a move."""
        return self._as_it_stands(self.get_queryset().get(pk=record.pk))

    def _as_it_stands(self, session):
        self.page = session_page(session, self.request.user)
        return super().shown(session)


def place_context(view) -> dict:
    """For showing a place from another view: its moves are those that have an address of a place."""
    return {**view.get_serializer_context(), "view": PlaceViewSet()}


class OwnPlaces(Resource):
    """Places of the caller, in whatever session."""

    area = ApiArea.SESSIONS
    role = "whoever the place is for"

    def get_queryset(self):
        """The caller's own, by account or by the address they sign in with."""
        return Place.objects.of_person(self.request.user).with_session()


class PlaceViewSet(Listed, Read, MovesWithoutWords, OwnPlaces):
    """The caller's places in joint sessions."""

    serializer_class = PlacePageSerializer
    list_order = ("-asked_at", "-pk")

    def get_serializer_class(self):
        """A row for many."""
        return PlaceSerializer if self.action == "list" else super().get_serializer_class()

    def shown(self, record, status: int = 200):
        """The place as it now is."""
        return super().shown(self.get_queryset().get(pk=record.pk), status)

    @extend_schema(operation_id="places_list")
    def list(self, request, *args, **kwargs):
        """My places

        In every session the caller ever asked to come to, the latest first.
        """
        return super().list(request, *args, **kwargs)

    @extend_schema(operation_id="place_read")
    def retrieve(self, request, *args, **kwargs):
        """One of my places

        Where the caller stands, what they can do now, and for whoever holds a place the link to join.
        """
        return super().retrieve(request, *args, **kwargs)

    take = extend_schema(operation_id="place_take")(
        takes_move("take", "Take the place that is offered", role="whoever the place is for")
    )
    cancel = extend_schema(operation_id="place_cancel")(
        takes_move("cancel", "Say that I cannot come", role="whoever the place is for")
    )

    @extend_schema(operation_id="place_calendar", responses={(200, "text/calendar"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"], url_path="calendar/<int:date>")
    def calendar(self, request, *args, **kwargs):
        """The calendar file of one date

        For whoever holds a place. It keeps its name in the calendar when the date is moved.
        """
        place = self.get_object()
        row = next((each for each in place.session.dates.all() if each.pk == kwargs["date"]), None)
        if row is None or not place.is_booked:
            raise Http404
        response = HttpResponse(calendars.entry(place, row), content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="session-{row.pk}.ics"'
        return response
