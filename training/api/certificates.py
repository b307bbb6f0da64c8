"""Certificates: one's own, their PDF, and checking a code from outside."""

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound, Throttled

from people.enums import ApiArea
from people.rest.views import Listed, Read, Resource
from training import certificates, verification
from training.models import Certificate
from training.models.certificate import clean_code
from training.serializers.certificates import CertificateSerializer, VerifiedSerializer


class CertificateViewSet(Listed, Read, Resource):
    """One's own certificates."""

    area = ApiArea.LEARNING
    role = "the holder"
    serializer_class = CertificateSerializer
    lookup_field = "code"
    lookup_value_converter = "str"
    list_order = ("-issued_on", "-pk")

    def get_queryset(self):
        """One's own, whatever else one is."""
        return Certificate.objects.held_by(self.request.user).with_newer()

    def get_object(self):
        """By its code, however it was typed."""
        return get_object_or_404(self.get_queryset(), code=clean_code(self.kwargs["code"]))

    @extend_schema(operation_id="certificates_list")
    def list(self, request, *args, **kwargs):
        """My certificates

        Newest first, also those that expired, were replaced or withdrawn.
        """
        return super().list(request, *args, **kwargs)

    @extend_schema(operation_id="certificate_read")
    def retrieve(self, request, *args, **kwargs):
        """One of my certificates

        Capitals, spaces and hyphens in the code do not matter.
        """
        return super().retrieve(request, *args, **kwargs)

    @extend_schema(operation_id="certificate_pdf", responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def pdf(self, request, *args, **kwargs):
        """The PDF of one of my certificates

        One page, A4. 404 while it is being made: the certificate itself is complete meanwhile.
        """
        certificate = self.get_object()
        try:
            response = HttpResponse(certificates.stored_pdf(certificate), content_type="application/pdf")
        except Http404 as missing:
            raise NotFound(str(missing)) from missing
        response["Content-Disposition"] = f'inline; filename="certificate-{certificate.grouped_code}.pdf"'
        return response


class VerifyViewSet(Resource):
    """Checking a certificate's code. Public, as its page is."""

    area = ApiArea.LEARNING
    role = "everybody, also without a token"
    is_public = True
    serializer_class = VerifiedSerializer
    lookup_field = "code"
    lookup_value_converter = "str"
    pagination_class = None

    @extend_schema(operation_id="certificate_verify")
    def retrieve(self, request, *args, **kwargs):
        """Check the code of a certificate

        The name, the title, the dates and the status; nothing else, and no record is kept of who asked. Some look-ups a
        minute from one address.
        """
        if not verification.may_look(get_adapter().get_client_ip(request)):
            raise Throttled(wait=verification.WINDOW)
        certificate = verification.find(kwargs["code"])
        if certificate is None:
            raise Http404
        return self.answer(self.get_serializer(certificate))
