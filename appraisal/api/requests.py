"""Requests to say how it happened, for whoever asked, and for the line manager who may ask instead."""

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action

from appraisal import asking, evidence
from appraisal.api.base import Confidential
from appraisal.forms.evidence import ReplyForm
from appraisal.models import EvidenceConfirmation
from appraisal.permissions import can_edit_entry
from appraisal.serializers.examples import (
    NotSendInputSerializer,
    ReplyInputSerializer,
    RequestPageSerializer,
    RequestRowSerializer,
)
from appraisal.serializers.fields import checked
from people import audit
from people.enums import ApiArea
from people.rest.moved import MovedSerializer
from people.rest.moves import takes_move
from people.rest.once import once
from people.rest.views import Listed, Resource
from people.transitions import person

MANAGER = "the line manager of whoever asked, or whoever stands in"


def _send(record, data, *, by, seen):
    return asking.send_for_another(record, by=by, seen=seen)


class RequestViewSet(Listed, Confidential, Resource):
    """Who was asked about an example, and what came of it."""

    area = ApiArea.EXAMPLES
    role = "whoever asked; the line manager, once the example is shared and as far as they may see it"
    serializer_class = RequestPageSerializer

    def get_queryset(self):
        """What stands beside the examples that the caller reads; never what was asked of them."""
        return EvidenceConfirmation.objects.beside_examples_of(self.request.user).for_reading()

    def get_serializer_class(self):
        """A row in the list."""
        return RequestRowSerializer if self.action == "list" else super().get_serializer_class()

    @extend_schema(operation_id="requests_list")
    def list(self, request, *args, **kwargs):
        """Requests that I made, or may send for somebody

        The latest first. A line manager sees the answers to shared examples and the requests that only they may
        send; who else was asked is for the asker alone. The account and what was said to it are read one by one.
        """
        return super().list(request, *args, **kwargs)

    @extend_schema(operation_id="request_read")
    def retrieve(self, request, *args, **kwargs):
        """One request

        What the person was shown, what they said, and what the asker replied. Whoever would rather not say looks
        like somebody who has not answered. That somebody other than its owner read of the example is kept, as it is
        when they read the example itself.
        """
        row = self.get_object()
        if not can_edit_entry(row.entry, person(request.user)):
            audit.record_read(row.entry, by=request.user)
        return self.shown(row)

    @extend_schema(operation_id="request_reply", request=ReplyInputSerializer, responses={201: MovedSerializer})
    @action(detail=True, methods=["post"], url_path="replies", role="whoever asked")
    @once
    def reply(self, request, *args, **kwargs):
        """Write a reply beside an answer

        It stands there with today's date and cannot be changed later. The answer itself stays as it is.
        """
        row = self.get_object()
        reader = ReplyInputSerializer(data=request.data)
        reader.is_valid(raise_exception=True)
        form = ReplyForm(reader.validated_data)
        checked(form)
        evidence.reply_to_answer(row, form.cleaned_data["text"], by=request.user)
        return self.moved(row, 201)

    withdraw = extend_schema(operation_id="request_withdraw")(
        takes_move("withdraw", "Withdraw a request", role="whoever asked")
    )
    send_by_manager = extend_schema(operation_id="request_send")(
        takes_move("send_by_manager", "Ask for somebody of one's team", role=MANAGER, carry_out=_send)
    )
    not_send = extend_schema(operation_id="request_not_send")(
        takes_move("not_send", "Do not ask for them", role=MANAGER, takes=NotSendInputSerializer)
    )
