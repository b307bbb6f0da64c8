"""One's examples, and those that one's team shared, in the API."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from appraisal import asking, evidence
from appraisal.api.base import Confidential
from appraisal.forms.evidence import AskForm, ExampleForm
from appraisal.models import EvidenceConfirmation, EvidenceEntry
from appraisal.permissions import can_edit_entry
from appraisal.serializers.examples import (
    AskInputSerializer,
    ExampleInputSerializer,
    ExampleRowSerializer,
    ExampleSerializer,
    PreviewSerializer,
)
from appraisal.serializers.fields import checked
from appraisal.views.examples import file_response
from partnerships.framework import behaviour_choices
from people import audit
from people.enums import ApiArea
from people.rest.moved import MovedSerializer
from people.rest.moves import IF_MATCH, seen_by, takes_move
from people.rest.once import once
from people.rest.params import one_of
from people.rest.views import Listed, Resource
from people.transitions import ChangedSince, NotYours, person

OWNER = "its owner"
WRITTEN = OpenApiExample(
    "An example",
    {
        "situation": "I rang the carers before I drafted the call list, and six of them said what it should hold.",
        "happened_on": "2026-05-12",
        "behaviours": ["closing-the-loop"],
        "partnership": "varrach",
    },
    request_only=True,
)
ASKED = OpenApiExample(
    "Somebody who was there",
    {"name": "Rhona MacBain", "email": "rhona@example.org", "decides": False, "show": ["partnership"]},
    request_only=True,
)


class ExampleViewSet(Listed, Confidential, Resource):
    """Dated accounts of how somebody worked with others."""

    area = ApiArea.EXAMPLES
    role = "its owner; once it is shared also the line manager, or whoever stands in"
    serializer_class = ExampleSerializer
    list_order = ("-happened_on", "-pk")

    def get_queryset(self):
        """The rule of the pages; a list is of one's own or of the team's."""
        rows = EvidenceEntry.objects.visible_to(self.request.user)
        if self.action != "list":
            return rows.for_reading(EvidenceConfirmation.objects.beside_examples_of(self.request.user))
        team = one_of(self.request, "view", ("own", "team")) == "team"
        rows = rows.shared().exclude(owner=self.request.user) if team else rows.of_owner(self.request.user)
        return rows.for_list()

    @extend_schema(
        operation_id="examples_list",
        responses=ExampleRowSerializer(many=True),
        parameters=[OpenApiParameter("view", str, enum=["own", "team"], description="`team`: those shared with you.")],
    )
    def list(self, request, *args, **kwargs):
        """Examples

        The caller's own, or with `view=team` those that people whose line manager they are today have shared. The
        latest first. A private example is seen by its owner alone.
        """
        return super().list(request, *args, **kwargs)

    def get_serializer_class(self):
        """A row in the list."""
        return ExampleRowSerializer if self.action == "list" else super().get_serializer_class()

    @extend_schema(operation_id="example_read")
    def retrieve(self, request, *args, **kwargs):
        """One example

        The account with the answers of those who were there. That somebody other than its owner read it is kept, as
        it is when they open the page.
        """
        entry = self.get_object()
        if not can_edit_entry(entry, person(request.user)):
            audit.record_read(entry, by=request.user)
        return self.shown(entry)

    @extend_schema(
        operation_id="example_write",
        request=ExampleInputSerializer,
        responses={201: MovedSerializer},
        examples=[WRITTEN],
    )
    @once
    def create(self, request, *args, **kwargs):
        """Write an example down

        It is private until its owner shares it. Files are added on the page.
        """
        form = self._form(self._sent(ExampleInputSerializer))
        return self.moved(evidence.keep_entry(request.user, form.values()), 201)

    @extend_schema(
        operation_id="example_change",
        request=ExampleInputSerializer(partial=True),
        examples=[OpenApiExample("A better title", {"title": "Asked before the path was closed"}, request_only=True)],
        responses=MovedSerializer,
        parameters=[IF_MATCH],
    )
    def partial_update(self, request, *args, **kwargs):
        """Change an example

        What is left out stays. Where others have answered already, their answers then read as given to an earlier
        text.
        """
        entry = self._own()
        seen, sent = seen_by(request), self._sent(ExampleInputSerializer, partial=True)
        values = self._form(sent, entry).values()
        changed = {name: values[name] for name in sent}
        return self.moved(evidence.change_entry(entry, changed, by=request.user, seen=seen))

    @extend_schema(operation_id="example_delete", parameters=[IF_MATCH], responses={204: None})
    def destroy(self, request, *args, **kwargs):
        """Delete a draft

        For good. A shared example, and one that somebody was asked about, is kept: `kept_because` says why.
        """
        entry = self._own()
        evidence.discard_entry(entry, by=request.user, seen=seen_by(request))
        return Response(status=204)

    @extend_schema(operation_id="example_file", responses={(200, "*/*"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"], url_path="file")
    def file(self, request, *args, **kwargs):
        """The file of an example

        As it was uploaded, for whoever may read the example. 404 where there is none.
        """
        entry = self.get_object()
        if not can_edit_entry(entry, person(request.user)):
            audit.record_read(entry, by=request.user)
        return file_response(entry)

    @extend_schema(
        operation_id="example_ask",
        request=AskInputSerializer,
        responses={201: MovedSerializer},
        parameters=[IF_MATCH],
        examples=[ASKED],
    )
    @action(detail=True, methods=["post"], url_path="requests", role=OWNER)
    @once
    def ask(self, request, *args, **kwargs):
        """Ask somebody who was there

        They get a mail with the account as it now stands and can say, without an account here, whether it was so. If
        the asker now decides something of theirs, the line manager asks instead. There are limits to how often
        somebody is asked.
        """
        prepared, _form = self._prepared()
        return self.moved(asking.ask(prepared, by=request.user), 201)

    @extend_schema(
        operation_id="example_ask_preview",
        request=AskInputSerializer,
        responses=PreviewSerializer,
        parameters=[IF_MATCH],
        examples=[ASKED],
    )
    @action(detail=True, methods=["post"], url_path="requests/preview", role=OWNER)
    def preview(self, request, *args, **kwargs):
        """See what would be sent

        The text as the person would read it, the names that are left out of it, and what stands in the way. Nothing
        is written or sent.
        """
        prepared, form = self._prepared()
        prepared.left_out = [] if "names" in form.cleaned_data["show"] else asking.other_names(prepared.entry, prepared)
        prepared.blocked_by = asking.why_not_asked(prepared, by=request.user)
        return self.answer(PreviewSerializer(prepared))

    share = extend_schema(operation_id="example_share")(
        takes_move("share", "Share an example with the line manager", role=OWNER)
    )
    unshare = extend_schema(operation_id="example_unshare")(
        takes_move("unshare", "Make an example private again", role=OWNER)
    )

    def _own(self) -> EvidenceEntry:
        """An example of the caller; readers are refused, others find nothing."""
        entry = self.get_object()
        if not can_edit_entry(entry, person(self.request.user)):
            raise NotYours
        return entry

    def _sent(self, serializer_class, **options):
        """The body, read."""
        reader = serializer_class(data=self.request.data, context=self.get_serializer_context(), **options)
        reader.is_valid(raise_exception=True)
        return dict(reader.validated_data)

    def _form(self, sent, entry=None) -> ExampleForm:
        """What was sent as the form of the page reads it, beside what stands there."""
        stands = ExampleForm.initial_of(entry) if entry else {}
        keys = {row.slug: row.pk for row, _text in behaviour_choices()}
        data = {**stands, **sent, "behaviours": [keys.get(slug, slug) for slug in sent.get("behaviours", [])]}
        if entry and "partnership" not in sent:
            data["partnership"] = entry.partnership.slug if entry.partnership else None
        form = ExampleForm(data, owner=self.request.user, entry=entry)
        form.fields["partnership"].to_field_name = "slug"
        checked(form)
        return form

    def _prepared(self) -> tuple[EvidenceConfirmation, AskForm]:
        """A request that is not kept yet, of the text that the caller has read."""
        entry, seen = self._own(), seen_by(self.request)
        if seen is not None and seen != entry.version:
            raise ChangedSince(entry)
        sent = self._sent(AskInputSerializer)
        form = AskForm({**sent, "decides": "yes" if sent["decides"] else "no"}, entry=entry)
        if sent.get("person"):
            people = AskForm(entry=entry).fields.get("person")
            row = people and people.queryset.filter(person_id=sent["person"]).first()
            form = AskForm({**form.data, "person": row.pk if row else "nobody"}, entry=entry)
        checked(form)
        return asking.prepare_request(entry, **form.values()), form
