"""Modules and units: reading them, and what somebody does in them. Every write is the function that the page calls."""

from functools import cached_property

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.decorators import action

from partnerships.framework import behaviour_choices
from people.enums import ApiArea
from people.rest.once import once
from people.rest.params import one_of, words_of
from people.rest.views import Listed, Resource
from training.blocks import pieces
from training.catalogue import found_modules
from training.completion import complete_if_done
from training.enums import Length, Moment, Status
from training.models import ModulePage, ModuleStart, UnitPage
from training.outline import outline
from training.progress import (
    begin,
    finish_unit,
    note_try,
    own_texts,
    say_confidence,
    start_module,
    write_reflection,
)
from training.renewal import renew
from training.serializers.content import CheckedQuestionSerializer
from training.serializers.learning import (
    AnswersSerializer,
    ConfidenceSerializer,
    KeptTextSerializer,
    ModuleRowSerializer,
    ModuleSerializer,
    ReflectionTextSerializer,
    StartSerializer,
    TryTextSerializer,
    UnitSerializer,
)

ANSWERS = OpenApiExample("One question", {"answers": {"6f0c1a7e": ["b2"]}}, request_only=True)
TEXT = OpenApiExample("A few words", {"text": "She said that she would rather be asked earlier."}, request_only=True)


class OfModule(Resource):
    """What belongs to one published module; `module` of the address is its slug."""

    area = ApiArea.LEARNING

    @cached_property
    def module(self) -> ModulePage:
        """The published module; 404 for a draft as for none."""
        return get_object_or_404(ModulePage.objects.live(), slug=self.kwargs["module"])

    @cached_property
    def behaviours(self):
        """The behaviours in force, each with its words."""
        return behaviour_choices()

    @property
    def behaviour_names(self) -> dict[int, str]:
        """Short names of the behaviours in force, by key."""
        return {behaviour.pk: text.short_name for behaviour, text in self.behaviours}

    def read(self, serializer_class):
        """What the body says, checked."""
        reader = serializer_class(data=self.request.data, context=self.get_serializer_context())
        reader.is_valid(raise_exception=True)
        return reader.validated_data

    def module_as_it_stands(self):
        """The module with where the caller stands now."""
        where = outline(self.module, self.request.user)
        return self.answer(ModuleSerializer(where, context=self.get_serializer_context()))


class ModuleViewSet(Listed, OfModule):
    """Modules that staff and partners learn with."""

    serializer_class = ModuleRowSerializer
    lookup_field = "slug"
    lookup_url_kwarg = "module"
    lookup_value_converter = "slug"
    list_order = ("title", "pk")

    def get_queryset(self):
        """The catalogue, as its page shows it."""
        slugs = {behaviour.slug for behaviour, _text in self.behaviours}
        chosen = {
            "q": words_of(self.request),
            "behaviour": one_of(self.request, "behaviour", slugs),
            "length": one_of(self.request, "length", Length.values),
            "status": one_of(self.request, "status", Status.values),
        }
        return found_modules(self.request.user, chosen)

    @extend_schema(
        operation_id="modules_list",
        parameters=[
            OpenApiParameter("q", str, description="Words in the title, the summary or the outcomes."),
            OpenApiParameter("behaviour", str, description="Slug of a behaviour that it is about."),
            OpenApiParameter("length", str, enum=Length.values, description="Up to 20 minutes, 21 to 40, or more."),
            OpenApiParameter("status", str, enum=Status.values, description="Where the caller stands."),
        ],
    )
    def list(self, request, *args, **kwargs):
        """Modules, with my progress

        Everything that is published, by title. Nobody but the caller sees the progress that is shown here.
        """
        return super().list(request, *args, **kwargs)

    @extend_schema(operation_id="module_read", responses=ModuleSerializer)
    def retrieve(self, request, *args, **kwargs):
        """One module, with its units and where I stand

        What it is about, its units in order, what is still to do before it is completed, and what comes next.
        """
        return self.module_as_it_stands()

    @extend_schema(
        operation_id="module_start",
        request=StartSerializer,
        responses=ModuleSerializer,
        examples=[OpenApiExample("How sure I am", {"confidence": 2}, request_only=True)],
    )
    @action(detail=True, methods=["post"])
    @once
    def start(self, request, *args, **kwargs):
        """Start a module, or go on

        Freezes the list of units that count for the caller. Started before, it stays as it was begun.
        """
        begin(self.module, by=request.user, confidence=self.read(StartSerializer).get("confidence"))
        return self.module_as_it_stands()

    @extend_schema(operation_id="module_renew", request=None, responses=ModuleSerializer)
    @action(detail=True, methods=["post"], url_path="renewal")
    @once
    def renewal(self, request, *args, **kwargs):
        """Begin to renew a module

        A round of its own beside what was completed: nothing is wiped. Possible once `renewal.is_open` of the module.
        """
        complete_if_done(renew(self.module, by=request.user))
        return self.module_as_it_stands()

    @extend_schema(operation_id="module_confidence", request=ConfidenceSerializer, responses=ConfidenceSerializer)
    @action(detail=True, methods=["put"])
    def confidence(self, request, *args, **kwargs):
        """Say how sure I feel after the module

        Kept for the caller alone; saying it again replaces it. 404 before the module is started.
        """
        started = get_object_or_404(ModuleStart.objects.visible_to(request.user).current(), module=self.module)
        said = self.read(ConfidenceSerializer)
        say_confidence(started, Moment.AFTER, said["confidence"], by=request.user)
        return self.answer(ConfidenceSerializer(said))


class UnitViewSet(OfModule):
    """Units of a module."""

    serializer_class = UnitSerializer
    lookup_field = "slug"
    lookup_url_kwarg = "unit"
    lookup_value_converter = "slug"
    pagination_class = None

    def get_object(self) -> UnitPage:
        """The published unit with its text."""
        return get_object_or_404(UnitPage.objects.live().child_of(self.module), slug=self.kwargs["unit"])

    @extend_schema(operation_id="unit_read")
    def retrieve(self, request, *args, **kwargs):
        """One unit with its text

        As one clean HTML text, and block by block. Practice questions do not say what is right: send an answer to
        `…/practice/`. What the caller wrote in it is shown to nobody else.
        """
        unit = self.get_object()
        where = outline(self.module, request.user)
        listed = next((row for row in where.units if row.pk == unit.pk), unit)
        before, after = where.before(listed), where.after(listed)
        unit.number, unit.finished_at = where.number(listed), listed.finished_at
        unit.before, unit.after = before and before.slug, after and after.slug
        unit.blocks = pieces(unit.body, saved=own_texts(request.user, where.start, unit))
        return self.answer(self.get_serializer(unit))

    @extend_schema(operation_id="unit_finish", request=None, responses=ModuleSerializer)
    @action(detail=True, methods=["post"])
    @once
    def finish(self, request, *args, **kwargs):
        """Finish a unit

        Starts the module if need be, and completes it when this was the last thing to do. Returns the module with what
        comes next. Finished before, nothing changes.
        """
        unit = self.get_object()
        finish_unit(start_module(self.module, by=request.user), unit, by=request.user)
        return self.module_as_it_stands()

    @extend_schema(
        operation_id="unit_practice",
        request=AnswersSerializer,
        responses=CheckedQuestionSerializer(many=True),
        examples=[ANSWERS],
    )
    @action(detail=True, methods=["post"])
    def practice(self, request, *args, **kwargs):
        """Check answers to practice questions

        Says of each question that was answered whether it is right, with the reasons for what was chosen. Nothing is
        kept, and it does not count.
        """
        unit = self.get_object()
        answers = self.read(AnswersSerializer)["answers"]
        found = pieces(unit.body, answers=answers, checked=set(answers))
        asked = [piece for piece in found if piece.kind == "question" and piece.id in answers]
        return self.answer(CheckedQuestionSerializer(asked, many=True))

    @extend_schema(
        operation_id="reflection_write",
        request=ReflectionTextSerializer,
        responses=KeptTextSerializer,
        examples=[TEXT],
    )
    @action(detail=True, methods=["put"], url_path="reflections/<slug:block>")
    def reflections(self, request, *args, **kwargs):
        """Keep what I think, for myself

        The text of a block of the kind `reflection`. Only the caller ever reads it. An empty text takes it away.
        """
        unit, block = self._unit_and_block("reflection")
        text = self.read(ReflectionTextSerializer)["text"]
        return self._kept(write_reflection(unit, block, text, by=request.user))

    @extend_schema(
        operation_id="try_note_write", request=TryTextSerializer, responses=KeptTextSerializer, examples=[TEXT]
    )
    @action(detail=True, methods=["put"], url_path="try-notes/<slug:block>")
    def try_notes(self, request, *args, **kwargs):
        """Keep what came of trying it

        The text of a block of the kind `try_it`. Only the caller reads it; keeping it counts the step as done.
        """
        unit, block = self._unit_and_block("try_it")
        text = self.read(TryTextSerializer)["text"]
        started = start_module(self.module, by=request.user)
        return self._kept(note_try(started, unit, block, text, by=request.user))

    def _unit_and_block(self, kind: str) -> tuple[UnitPage, str]:
        """The unit and one of its blocks; 404 when it has none of this kind."""
        unit, block = self.get_object(), self.kwargs["block"]
        if not any(row.id == block and row.block_type == kind for row in unit.body):
            raise Http404
        return unit, block

    def _kept(self, row):
        return self.answer(KeptTextSerializer(row or {"text": None, "written_at": None}))
