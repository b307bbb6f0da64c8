"""What we expect of each other, and the register of partnerships, in the API. Reading only."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema

from partnerships.framework import current_version
from partnerships.layout import layout
from partnerships.models import FrameworkVersion, Partnership
from partnerships.serializers import (
    FrameworkSerializer,
    PartnershipPageSerializer,
    PartnershipSerializer,
    VersionSerializer,
)
from people.enums import ApiArea
from people.rest.params import words_of
from people.rest.views import Listed, Read, Resource


class FrameworkViewSet(Listed, Resource):
    """What we expect of each other. Public, as its page is."""

    area = ApiArea.PARTNERSHIPS
    role = "everybody, also without a token; drafts for content editors"
    is_public = True
    serializer_class = VersionSerializer
    lookup_field = "number"
    list_order = ("-number",)

    def get_queryset(self):
        """What the page shows: published versions, and drafts for editors."""
        return FrameworkVersion.objects.visible_to(self.request.user)

    @extend_schema(operation_id="framework_versions")
    def list(self, request, *args, **kwargs):
        """Versions of what we expect of each other

        Newest first. The first one that is published is in force; `GET /api/v1/framework/current/` gives its words.
        """
        return super().list(request, *args, **kwargs)

    @extend_schema(operation_id="framework_version", responses=FrameworkSerializer)
    def retrieve(self, request, *args, **kwargs):
        """One version with all its words"""
        return self._words_of(self.get_object())

    def _words_of(self, version):
        return self.answer(FrameworkSerializer(layout(version)))


class CurrentFrameworkView(FrameworkViewSet):
    """The version in force."""

    may_be_missing = True

    @extend_schema(operation_id="framework_current", responses=FrameworkSerializer)
    def retrieve(self, request, *args, **kwargs):
        """The words in force

        Principles, behaviours with four levels for both sides, what gets in the way, and who agreed for each side.
        """
        version = current_version()
        return self._words_of(get_object_or_404(FrameworkVersion, pk=version and version.pk))


class PartnershipViewSet(Listed, Read, Resource):
    """The register of partnerships."""

    area = ApiArea.PARTNERSHIPS
    lookup_field = "slug"
    lookup_value_converter = "slug"
    list_order = ("name", "pk")

    def get_queryset(self):
        """The register as its page shows it."""
        rows = Partnership.objects.visible_to(self.request.user)
        if self.action == "retrieve":
            return rows.for_page()
        words = words_of(self.request)
        return (rows.matching(words) if words else rows).for_list()

    def get_serializer_class(self):
        """The whole page for one, a row for many."""
        return PartnershipPageSerializer if self.action == "retrieve" else PartnershipSerializer

    @extend_schema(
        operation_id="partnerships_list",
        parameters=[OpenApiParameter("q", str, description="Words in the name, the purpose or a member's name.")],
    )
    def list(self, request, *args, **kwargs):
        """Partnerships

        By name.
        """
        return super().list(request, *args, **kwargs)

    @extend_schema(operation_id="partnerships_read")
    def retrieve(self, request, *args, **kwargs):
        """One partnership with who is in it

        Organisations with what they bring and their people by name, and what was done together. No addresses.
        """
        return super().retrieve(request, *args, **kwargs)
