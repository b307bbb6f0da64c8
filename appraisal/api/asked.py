"""Requests to the caller: is this how it happened? The same as the page that their mail leads to."""

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.decorators import action

from appraisal import asking
from appraisal.api.base import Confidential
from appraisal.models import EvidenceConfirmation
from appraisal.serializers.examples import (
    AnswerInputSerializer,
    AskedPageSerializer,
    AskedSerializer,
    QuietAnswerInputSerializer,
)
from appraisal.views.examples import file_response
from people.enums import ApiArea
from people.rest.moved import MovedSerializer
from people.rest.moves import takes_move
from people.rest.views import Listed, Read, Resource
from people.transitions import person

SAID = OpenApiExample("An answer", {"answer": "yes_and", "words": "You rang again on the Friday."}, request_only=True)


class AskedViewSet(Listed, Read, Confidential, Resource):
    """What somebody asks the caller about."""

    area = ApiArea.EXAMPLES
    role = "whoever was asked, by the address they proved"
    serializer_class = AskedPageSerializer

    def get_queryset(self):
        """Sent to the caller's address and not closed."""
        return EvidenceConfirmation.objects.addressed_to(self.request.user).live().for_reading()

    def get_serializer_class(self):
        """A row in the list."""
        return AskedSerializer if self.action == "list" else super().get_serializer_class()

    @extend_schema(operation_id="asked_list")
    def list(self, request, *args, **kwargs):
        """What I am asked about

        The latest first, those answered already among them. Nobody has to answer.
        """
        return super().list(request, *args, **kwargs)

    @extend_schema(operation_id="asked_read")
    def retrieve(self, request, *args, **kwargs):
        """One question

        The account as it was shown, and who reads the answer.
        """
        return super().retrieve(request, *args, **kwargs)

    @extend_schema(operation_id="asked_file", responses={(200, "*/*"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"], url_path="file")
    def file(self, request, *args, **kwargs):
        """The file that goes with a question

        404 where the asker sent none, or has changed it since.
        """
        row = self.get_object()
        if not row.shows_file:
            raise Http404
        return file_response(row.entry)

    say = extend_schema(operation_id="asked_answer", examples=[SAID])(
        takes_move(
            "answer",
            "Say whether it happened so",
            role="whoever was asked",
            takes=AnswerInputSerializer,
            called="say",
        )
    )
    take_back = extend_schema(operation_id="asked_take_back")(
        takes_move("take_back", "Take my answer back", role="whoever was asked")
    )

    @extend_schema(operation_id="asked_answer_quietly", request=QuietAnswerInputSerializer, responses=MovedSerializer)
    @action(detail=True, methods=["post"], url_path="quiet-answer")
    def quiet_answer(self, request, *args, **kwargs):
        """Say that one would rather not say

        Or that it was not for oneself. Nobody is told: to everybody else it looks exactly like no answer, so nothing
        else changes, no version and no time.
        """
        row = self.get_object()
        reader = QuietAnswerInputSerializer(data=request.data)
        reader.is_valid(raise_exception=True)
        asking.keep_quiet(row, reader.validated_data["answer"], by=person(request.user))
        return self.moved(row)
