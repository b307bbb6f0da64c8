"""The base of every view of the API: JSON in and out, tokens, limits, problems, versions."""

from rest_framework import mixins, viewsets
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import SAFE_METHODS
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from people.models import Stateful
from people.rest.access import BearerToken, WithinToken
from people.rest.limits import AddressLimit, PersonLimit
from people.rest.moves import etag
from people.rest.paging import Pages
from people.rest.parsers import StrictJSONParser
from people.rest.problems import handle
from people.rest.schema import Schema


class JSONOnly(DefaultContentNegotiation):
    """There is one format, so nobody is sent away for asking for another."""

    def select_renderer(self, request, renderers, format_suffix=None):
        """The first one, whatever Accept says."""
        return renderers[0], renderers[0].media_type


class Guarded:
    """Who is calling and how often, asked before anything is done for them; problems, and limits told."""

    authentication_classes = [BearerToken, SessionAuthentication]
    throttle_classes = [PersonLimit, AddressLimit]
    metadata_class = None  # the description says it all

    def get_exception_handler(self):
        """Problem details, for our views alone: Wagtail's own keep theirs."""
        return handle

    def get_throttles(self):
        """Made once a request, so that their state can be told in the headers."""
        if not hasattr(self, "_limits"):
            self._limits = super().get_throttles()
        return self._limits

    def perform_authentication(self, request):
        """Who is not known is counted too, and before anything is looked up for them.

        The body is read before: the CSRF check of a session would read it as a form, and leave nothing to read.
        """
        if request.method not in SAFE_METHODS:
            _ = request._request.body
        try:
            super().perform_authentication(request)
        except AuthenticationFailed:
            self.check_throttles(request)
            raise
        self.check_throttles(request)
        self._counted = True

    def check_throttles(self, request):
        """Once a request."""
        if not getattr(self, "_counted", False):
            super().check_throttles(request)

    def finalize_response(self, request, response, *args, **kwargs):
        """Nothing of it is kept by anybody on the way, and limits are told."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        for limit in getattr(self, "_limits", []):
            for name, value in limit.headers().items():
                response[name] = value
        return response


class Resource(Guarded, viewsets.GenericViewSet):
    """What all resources share. A subclass says its `area`, for whom it is (`role`) and by what a list is ordered.

    `get_queryset` is `visible_to(request.user)` of the model, and writes call the functions that pages call. Keys in
    the address are numbers unless the subclass says otherwise.
    """

    area = ""
    group = ""
    role = "everyone signed in"
    is_public = False
    may_be_missing = False
    list_order: tuple[str, ...] = ("-pk",)
    lookup_value_converter = "int"

    permission_classes = [WithinToken]
    parser_classes = [StrictJSONParser]
    renderer_classes = [JSONRenderer]
    content_negotiation_class = JSONOnly
    pagination_class: type[Pages] | None = Pages
    schema = Schema()

    @property
    def offered_moves(self) -> set[str]:
        """Names of the moves that have an address here."""
        return {row.moves for row in self.get_extra_actions() if hasattr(row, "moves")}

    def answer(self, serializer, status: int = 200) -> Response:
        """What a serializer says; for what is no record with a version."""
        return Response(serializer.data, status=status)

    def shown(self, record, status: int = 200) -> Response:
        """The record as the caller sees it now, with its version."""
        response = Response(self.get_serializer(record).data, status=status)
        if isinstance(record, Stateful):
            response["ETag"] = etag(record)
        return response


class Listed(mixins.ListModelMixin):
    """A resource with a list."""

    def list(self, request, *args, **kwargs):
        """All that the caller may see, a page at a time."""
        return super().list(request, *args, **kwargs)


class Read:
    """A resource whose records are read one by one."""

    def retrieve(self, request, *args, **kwargs):
        """One of them."""
        return self.shown(self.get_object())
