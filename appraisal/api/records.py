"""The frozen record of a closed review in the API: read it, fetch its PDF, put something beside it."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from appraisal.additions import add_to_record, kinds_open_to
from appraisal.api.drafts import ID
from appraisal.forms.records import AdditionForm
from appraisal.reading import note_reading, versions_of, who_can_read_record
from appraisal.record_reader import read
from appraisal.serializers.fields import checked
from appraisal.serializers.records import AddedSerializer, AdditionInputSerializer, RecordSerializer
from people.enums import ApiArea
from people.rest.once import once
from people.rest.views import Resource
from people.transitions import NotYours, Refused, person

VERSION = OpenApiParameter("version", OpenApiTypes.INT, description="An earlier version; the newest unless said.")


class RecordView(Resource):
    """What was signed, word for word."""

    area = ApiArea.REVIEWS
    role = "the person reviewed; whoever manages the post today; an administrator while a reason they gave opens it"
    serializer_class = RecordSerializer
    pagination_class = None
    may_be_missing = True

    @extend_schema(operation_id="review_record", parameters=[ID, VERSION])
    def retrieve(self, request, *args, **kwargs):
        """The record of a closed review

        Text, levels, examples, answers and signatures as they stood on the day; what was added later stands beside
        it. Reading it is kept, and the person sees who did. The second manager keeps no copy.
        """
        versions = versions_of(request.user, kwargs["pk"])
        chosen = self._chosen(versions)
        note_reading(chosen.review, request.user)
        page = {
            "record": chosen,
            "versions": [row.version for row in versions],
            "has_pdf": getattr(chosen, "pdf", None) is not None,
            "who_sees": who_can_read_record(chosen.review, request.user),
            "document": read(chosen.data),
            "additions": chosen.additions.select_related("by"),
            "may_add": kinds_open_to(chosen.review, person(request.user)) if chosen == versions[0] else [],
        }
        return self.answer(RecordSerializer(page))

    @extend_schema(
        operation_id="review_record_pdf",
        parameters=[ID, VERSION],
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    def pdf(self, request, *args, **kwargs):
        """The record as PDF

        Made once when the review was closed. 404 while it is being made; the record itself is complete meanwhile.
        """
        chosen = self._chosen(versions_of(request.user, kwargs["pk"]))
        row = getattr(chosen, "pdf", None)
        if row is None:
            raise Http404
        try:
            with row.file.open("rb") as file:
                response = HttpResponse(file.read(), content_type="application/pdf")
        except FileNotFoundError as missing:
            raise Http404 from missing
        note_reading(chosen.review, request.user)
        response["Content-Disposition"] = f'attachment; filename="record-{chosen.number}-{chosen.version}.pdf"'
        return response

    @extend_schema(
        operation_id="review_record_add",
        parameters=[ID],
        request=AdditionInputSerializer,
        responses={201: AddedSerializer},
    )
    @once
    def add(self, request, *args, **kwargs):
        """Put something beside the record

        The person a statement, an administrator (who has opened it for a reason) a correction or the outcome of an
        appeal. It stands there for good, with name and day; the record itself stays as it was signed.
        """
        newest = versions_of(request.user, kwargs["pk"])[0]
        kinds = kinds_open_to(newest.review, person(request.user))
        if not kinds:
            raise NotYours
        reader = AdditionInputSerializer(data=request.data)
        reader.is_valid(raise_exception=True)
        form = AdditionForm(reader.validated_data, kinds=kinds)
        checked(form)
        if reader.validated_data["version"] != newest.version:
            raise Refused(_("A newer version of this record was written meanwhile. Read it first."))
        data = form.cleaned_data
        added = add_to_record(newest, data["kind"], data["words"], by=person(request.user))
        return Response(AddedSerializer(added).data, status=201)

    def _chosen(self, versions):
        """The version of ?version=, or the newest."""
        said = self.request.query_params.get("version")
        if said is None:
            return versions[0]
        if not (said.isascii() and said.isdigit() and len(said) < 6):
            raise ValidationError({"?version": [_("Say a whole number from 1 on.")]})
        found = next((row for row in versions if row.version == int(said)), None)
        if found is None:
            raise Http404
        return found
