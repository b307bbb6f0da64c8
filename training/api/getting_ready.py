"""What somebody brings and needs, before the day: by choice, about their own place alone."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.response import Response

from people.enums import ApiArea
from people.rest.forms import cleaned
from people.rest.moved import MovedSerializer, MovesWithoutWords, without_words
from people.rest.moves import IF_MATCH, seen_by, takes_move
from people.rest.once import once
from people.rest.views import Listed, Read, Resource
from people.transitions import move, person
from training.api.sessions import OwnPlaces
from training.booking import getting_ready
from training.forms.getting_ready import AboutForm, NeedForm
from training.models import AccessNeed, Place
from training.serializers.getting_ready import (
    AboutSerializer,
    GettingReadySerializer,
    NeedSerializer,
    NeedTextSerializer,
)

NEED = OpenApiExample("Large print", {"words": "Large print by Monday", "readers": []}, request_only=True)


def said_of_need(place: Place, data) -> dict:
    """The words of a need and who may read it, by the form of the page."""
    form = NeedForm(
        {"words": data["words"], "readers": [str(pk) for pk in data.get("readers", [])]},
        readers=getting_ready.readers_of(place.session).may_be_ticked,
    )
    values = cleaned(form).cleaned_data
    return {"words": values["words"], "readers": values.get("readers", [])}


def ask_again(need: AccessNeed, data, *, by, seen):
    """Ask for it in other words, or let others read it."""
    return move(need, "ask_again", by=person(by), data=said_of_need(need.place, data), seen=seen)


class GettingReadyView(OwnPlaces):
    """What the caller brings to a session, and what they need."""

    serializer_class = GettingReadySerializer
    pagination_class = None

    @extend_schema(operation_id="getting_ready_read")
    def retrieve(self, request, *args, **kwargs):
        """What I bring and need

        All of it by choice, with who reads which part, and the support that the session offers.
        """
        return self.shown(self.get_object())

    @extend_schema(
        operation_id="getting_ready_say",
        request=AboutSerializer,
        parameters=[IF_MATCH],
        examples=[OpenApiExample("What I bring", {"brings": "The rota of our boats"}, request_only=True)],
    )
    def partial_update(self, request, *args, **kwargs):
        """Say what I bring and need

        What is left out stays. Takes the ETag of the place.
        """
        place, seen = self.get_object(), seen_by(request)
        reader = AboutSerializer(data=request.data)
        reader.is_valid(raise_exception=True)
        said = {name: getattr(place, name) for name in getting_ready.SAID} | reader.validated_data
        form = cleaned(AboutForm(said, support=getting_ready.support_choices(place.session)))
        values = {name: form.cleaned_data[name] for name in reader.validated_data if name in form.cleaned_data}
        getting_ready.say(place, values, by=person(request.user), seen=seen)
        return self.shown(self.get_object())

    @extend_schema(
        operation_id="access_need_ask", request=NeedTextSerializer, responses={201: MovedSerializer}, examples=[NEED]
    )
    @once
    def create(self, request, *args, **kwargs):
        """Ask for what I need to take part

        Read only by those who answer, and by whom the caller lets read it. The same words again are the same need.
        Its words are at its own address, until it is taken back.
        """
        place = self.get_object()
        reader = NeedTextSerializer(data=request.data)
        reader.is_valid(raise_exception=True)
        said = said_of_need(place, reader.validated_data)
        need = getting_ready.ask(place, said["words"], said["readers"], by=person(request.user))
        context = {**self.get_serializer_context(), "view": NeedViewSet()}
        return without_words(need, context, 201)


class NeedViewSet(Listed, Read, MovesWithoutWords, Resource):
    """Access needs of the caller."""

    area = ApiArea.SESSIONS
    role = "whoever needs it"
    serializer_class = NeedSerializer

    def get_queryset(self):
        """The caller's own, and nobody else's, whatever else they may read on the pages."""
        own = Place.objects.of_person(self.request.user).order_by().values("pk")
        rows = AccessNeed.objects.visible_to(self.request.user).filter(place__in=own)
        return rows.select_related("place__session").prefetch_related("readers", "place__session__dates")

    def shown(self, record, status: int = 200):
        """The need as it now is."""
        return super().shown(self.get_queryset().get(pk=record.pk), status)

    @extend_schema(operation_id="access_needs_list")
    def list(self, request, *args, **kwargs):
        """What I need to take part

        In every session, the newest first, with what became of it.
        """
        return super().list(request, *args, **kwargs)

    @extend_schema(operation_id="access_need_read")
    def retrieve(self, request, *args, **kwargs):
        """One of my access needs

        With the answer, once there is one.
        """
        return super().retrieve(request, *args, **kwargs)

    ask_again = extend_schema(operation_id="access_need_ask_again", examples=[NEED])(
        takes_move(
            "ask_again", "Change what I need", role="whoever needs it", takes=NeedTextSerializer, carry_out=ask_again
        )
    )

    @extend_schema(operation_id="access_need_withdraw")
    def destroy(self, request, *args, **kwargs):
        """Take an access need back

        Its words are gone at once; nobody can read them any more.
        """
        getting_ready.withdraw(self.get_object(), by=person(request.user))
        return Response(status=204)
