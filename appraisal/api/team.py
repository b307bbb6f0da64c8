"""A line manager's people in the API, what was noted about somebody, and what was agreed. As My team shows it."""

import uuid

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from appraisal import notes
from appraisal.forms.notes import NoteAnswerForm, NoteForm
from appraisal.models import ManagerNote, NextStep
from appraisal.serializers.fields import checked
from appraisal.serializers.team import (
    NoteAnswerInputSerializer,
    NoteInputSerializer,
    NoteKeptSerializer,
    NoteSerializer,
    StepMarkSerializer,
    StepSerializer,
    TeamPersonSerializer,
    TeamRowSerializer,
)
from appraisal.steps import agreed_steps, mark_step
from appraisal.team import (
    add_required,
    add_steps,
    completed_learning,
    covers_of,
    managed_post,
    managed_posts,
    reviews_of_post,
    rows_of,
)
from partnerships.framework import behaviour_choices
from people import audit
from people.enums import ApiArea
from people.rest.once import once
from people.rest.params import one_of
from people.rest.views import Listed, Resource
from training.required.requirements import owed_by
from training.required.words import said_of

MANAGER = "the line manager of the post today, or whoever stands in"
NOTED = OpenApiExample(
    "Something good",
    {
        "kind": "good",
        "behaviour": "closing-the-loop",
        "seen_on": "2026-05-12",
        "text": "Told the farms the same evening what had become of their question.",
    },
    request_only=True,
)


class TeamViewSet(Listed, Resource):
    """The people somebody manages or stands in for today."""

    area = ApiArea.REVIEWS
    role = MANAGER
    serializer_class = TeamRowSerializer
    list_order = ("pk",)

    def get_queryset(self):
        """Posts, in the order of their keys."""
        return managed_posts(self.request.user)

    @extend_schema(operation_id="team_list")
    def list(self, request, *args, **kwargs):
        """My team

        Everybody whose line manager the caller is today, or stands in for, with what comes next for each. A person
        with two posts has two rows.
        """
        posts = self.paginate_queryset(self.get_queryset())
        rows = rows_of(posts, request.user)
        add_steps(rows, request.user)
        add_required(rows)
        covers = {cover.manager_id: cover for cover in covers_of(request.user)}
        page = [self._row(post, [row for row in rows if row.post.pk == post.pk], covers) for post in posts]
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(operation_id="team_person", responses=TeamPersonSerializer)
    def retrieve(self, request, *args, **kwargs):
        """One person of my team

        By post: reviews of the years that are open, what was agreed, what was completed. Never answers, scores or
        tries.
        """
        post, user = managed_post(request.user, kwargs["pk"]), request.user
        rows, earlier = reviews_of_post(post, user)
        owed = owed_by([post.person_id]).get(post.person_id, [])
        page = {
            "post": post,
            "reviews": rows,
            "earlier_reviews": [review.pk for review in earlier],
            "agreed": agreed_steps([post.pk], viewer=user).get(post.pk, []),
            "required_learning": [{"title": one.required.title, "said": said_of(one).words} for one in owed],
            "completed_learning": completed_learning(post.person),
        }
        return Response(TeamPersonSerializer(page, context=self.get_serializer_context()).data)

    @extend_schema(
        operation_id="team_note",
        request=NoteInputSerializer,
        responses={201: NoteKeptSerializer},
        examples=[NOTED],
    )
    @action(detail=True, methods=["post"], url_path="notes")
    @once
    def note(self, request, *args, **kwargs):
        """Note something I saw

        The person reads it at once and can answer beside it. It cannot be changed or taken away; a concern counts
        from the day it is noted.
        """
        post = managed_post(request.user, kwargs["pk"])
        reader = NoteInputSerializer(data=request.data)
        reader.is_valid(raise_exception=True)
        keys = {row.slug: row.pk for row, _text in behaviour_choices()}
        sent = reader.validated_data
        form = NoteForm({**sent, "behaviour": keys.get(sent["behaviour"], sent["behaviour"]), "form_key": uuid.uuid4()})
        checked(form)
        key = form.cleaned_data["form_key"]
        note = notes.write_note(post, form.values(), form_key=key, by=request.user)
        return Response(NoteKeptSerializer(note).data, status=201)

    @extend_schema(operation_id="team_notes", responses=NoteSerializer(many=True))
    @note.mapping.get
    def notes(self, request, *args, **kwargs):
        """What was noted about somebody of my team

        The latest first, with the person's answers.
        """
        post = managed_post(request.user, kwargs["pk"])
        self.list_order = NoteViewSet.list_order
        page = self.paginate_queryset(ManagerNote.objects.visible_to(request.user).of_post(post).for_reading())
        return self.get_paginated_response(NoteSerializer(page, many=True).data)

    def _row(self, post, rows, covers):
        own = post.line_manager_id == self.request.user.pk
        return {"post": post, "rows": rows, "cover": None if own else covers.get(post.line_manager_id)}


class NoteViewSet(Listed, Resource):
    """What was noted about the caller."""

    area = ApiArea.REVIEWS
    role = "whom the notes are about"
    serializer_class = NoteSerializer
    list_order = ("-seen_on", "-pk")

    def get_queryset(self):
        """There are no hidden notes."""
        return notes.notes_about(self.request.user)

    @extend_schema(operation_id="notes_list")
    def list(self, request, *args, **kwargs):
        """What was noted about me

        The latest first. What the caller was shown counts as read, as on the page.
        """
        page = self.paginate_queryset(self.get_queryset())
        audit.record_reads([note for note in page if not note.opened], by=request.user)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(operation_id="note_answer", request=NoteAnswerInputSerializer, responses={201: NoteKeptSerializer})
    @action(detail=True, methods=["post"], url_path="answer")
    @once
    def reply(self, request, *args, **kwargs):
        """Answer a note

        Once. It then stands beside the note with its date, and the line manager reads it.
        """
        note = self.get_object()
        reader = NoteAnswerInputSerializer(data=request.data)
        reader.is_valid(raise_exception=True)
        form = NoteAnswerForm(reader.validated_data)
        checked(form)
        kept = notes.answer_note(note, form.cleaned_data["answer"], by=request.user)
        return Response(NoteKeptSerializer(kept).data, status=201)


class StepViewSet(Listed, Resource):
    """What somebody said they would do after a review."""

    area = ApiArea.REVIEWS
    role = "whoever said they would do it; the line manager marks it too"
    serializer_class = StepSerializer
    list_order = ("due_on", "pk")

    def get_queryset(self):
        """Those the caller owes; for marking also those of the people they manage."""
        rows = NextStep.objects.visible_to(self.request.user)
        if self.action != "list":
            return rows
        if one_of(self.request, "done", ("yes", "no")) == "yes":
            return rows.filter(owner_id=self.request.user.pk, done_on__isnull=False).of_closed().for_list()
        return NextStep.objects.owed_by(self.request.user).for_list()

    @extend_schema(
        operation_id="steps_list",
        parameters=[OpenApiParameter("done", str, enum=["yes", "no"], description="`yes`: those that are done.")],
    )
    def list(self, request, *args, **kwargs):
        """My next steps

        What the caller said they would do in reviews that are closed; the earliest date first.
        """
        return super().list(request, *args, **kwargs)

    @extend_schema(operation_id="step_mark", request=StepMarkSerializer, responses=StepMarkSerializer)
    def partial_update(self, request, *args, **kwargs):
        """Say that a next step is done, or not after all

        The record of the review stays as it was signed. Saying it twice is one act.
        """
        step = self.get_object()
        reader = StepMarkSerializer(data=request.data)
        reader.is_valid(raise_exception=True)
        marked = mark_step(step, done=reader.validated_data["done"], by=request.user)
        return Response(StepMarkSerializer(marked).data)
