"""The day itself and what comes of it: marks of one date, somebody in the door, figures of who was in the room."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema

from people.enums import ApiArea, Role
from people.rest.forms import cleaned
from people.rest.once import once
from people.rest.params import one_of
from people.rest.views import Listed, Resource
from people.transitions import person
from training.afterwards import attendance
from training.afterwards.participation import figures_of, sessions_of_year, years
from training.afterwards.participation_tables import least, tables_of, tables_of_one
from training.forms.attendance import WalkInForm
from training.models import JointSession
from training.permissions import can_take_attendance
from training.serializers.attendance import (
    AttendanceRowSerializer,
    CountSerializer,
    KeptSerializer,
    MarksSerializer,
    ParticipationSerializer,
    WalkInSerializer,
    YearSerializer,
)

MARKS = {"marks": [{"place": 7, "seen": "", "presence": "full"}]}


class AttendanceViewSet(Listed, Resource):
    """Attendance of one date of a session, taken by whoever leads it."""

    area = ApiArea.SESSIONS
    role = "training co-ordinators, the deputy and those who lead the session"
    serializer_class = AttendanceRowSerializer
    list_order = ("name", "pk")

    def date(self):
        """The date, for whoever takes attendance: 404 when the session is not visible, 403 when it is not theirs."""
        rows = JointSession.objects.visible_to(self.request.user).prefetch_related("facilitators")
        session = get_object_or_404(rows, pk=self.kwargs["session"])
        date = get_object_or_404(session.dates.all(), pk=self.kwargs["date"])
        if not can_take_attendance(session, person(self.request.user)):
            raise PermissionDenied
        return date

    def get_queryset(self):
        """Everybody who holds a place, with the mark of this date; nobody before it begins."""
        date = self.date()
        rows = attendance.rows_of(date)
        return rows.none() if attendance.why_not_yet(date.session, date) else rows

    @extend_schema(operation_id="attendance_list")
    def list(self, request, *args, **kwargs):
        """Who is here

        Everybody who holds a place, by name, with the mark of this date. Empty before it begins.
        """
        return super().list(request, *args, **kwargs)

    @extend_schema(
        operation_id="attendance_mark",
        request=MarksSerializer,
        responses=KeptSerializer,
        examples=[OpenApiExample("Somebody is here", MARKS, request_only=True)],
    )
    def partial_update(self, request, *args, **kwargs):
        """Mark who is here

        Each row with the mark that was read (`seen`) and the one that is wanted. A row that somebody else has changed
        meanwhile keeps their mark and is told. Every change to a mark that stood is kept with the caller's name.
        """
        date = self.date()
        reader = MarksSerializer(data=request.data)
        reader.is_valid(raise_exception=True)
        wanted = {row["place"]: (row["seen"], row["presence"]) for row in reader.validated_data["marks"]}
        kept = attendance.keep_marks(date, wanted, by=request.user)
        here, not_marked = attendance.counted(attendance.rows_of(date))
        stands = [{"place": row.pk, "name": row.name, "presence": kept.now[row.pk]} for row in kept.changed_elsewhere]
        told = {"written": kept.written, "changed_elsewhere": stands, "here": here, "not_marked": not_marked}
        return self.answer(KeptSerializer(told))

    @extend_schema(operation_id="attendance_everyone", request=None, responses=CountSerializer)
    def everyone(self, request, *args, **kwargs):
        """Mark everybody as here

        All who are not marked yet. Marks that stand are left alone.
        """
        return self.answer(CountSerializer({"count": attendance.mark_everyone(self.date(), by=request.user)}))

    @extend_schema(
        operation_id="attendance_walk_in",
        request=WalkInSerializer,
        responses={201: AttendanceRowSerializer},
        examples=[OpenApiExample("A name is enough", {"name": "Pal Hamish"}, request_only=True)],
    )
    @once
    def walk_ins(self, request, *args, **kwargs):
        """Add somebody who came without a place

        They get a place and are here. An address that holds a place gets no second one.
        """
        date = self.date()
        reader = WalkInSerializer(data=request.data)
        reader.is_valid(raise_exception=True)
        form = cleaned(WalkInForm(reader.validated_data))
        place = attendance.add_walk_in(date, form.asker(), by=request.user)
        return self.answer(self.get_serializer(attendance.rows_of(date).get(pk=place.pk)), status=201)


class ParticipationView(Resource):
    """Who was in the room in a year."""

    area = ApiArea.SESSIONS
    role = "training co-ordinators"
    serializer_class = YearSerializer
    pagination_class = None

    def coordinators_only(self):
        """Refuse everybody else, whatever they ask for."""
        if not self.request.user.has_role(Role.COORDINATOR):
            raise PermissionDenied

    @extend_schema(
        operation_id="participation_year",
        parameters=[OpenApiParameter("year", str, description="One of `years`; this year unless said.")],
    )
    def retrieve(self, request, *args, **kwargs):
        """Who was in the room in a year

        Counts by sector, size, venue and more. Small groups are shown together, so that nobody can be told from them.
        """
        self.coordinators_only()
        found = years()
        year = int(one_of(request, "year", [str(each) for each in found]) or found[0])
        figures = figures_of(sessions_of_year(year))
        return self._told(figures, tables_of(figures), year=year, years=found)

    def _told(self, figures, tables, **more):
        rows = {"sessions": figures.sessions, "people": figures.people, "least": least(), "tables": tables}
        return self.answer(self.get_serializer(rows | more))


class RoomView(ParticipationView):
    """Who is in the room of one session."""

    serializer_class = ParticipationSerializer

    @extend_schema(operation_id="participation_session", parameters=[])
    def retrieve(self, request, *args, **kwargs):
        """Who is in the room of one session

        While it is planned and afterwards. Small groups are shown together.
        """
        session = get_object_or_404(JointSession.objects.visible_to(request.user), pk=kwargs["session"])
        self.coordinators_only()
        figures = figures_of(JointSession.objects.filter(pk=session.pk).order_by())
        return self._told(figures, tables_of_one(figures))
