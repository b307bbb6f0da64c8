"""The final check of a module: what to expect, handing out a paper, saving, handing in, the result."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action

from people.rest.once import once
from training.api.modules import ANSWERS, OfModule
from training.certificates import certificate_of
from training.checks import ask_complete, hand_in, open_attempt, result_pieces, save_answers, topics_again, tries_left
from training.models import CheckAttempt, ModuleStart
from training.outline import outline
from training.serializers.check import CheckSerializer, PaperSerializer, ResultSerializer
from training.serializers.learning import AnswersSerializer


class CheckView(OfModule):
    """The final check of one module."""

    serializer_class = CheckSerializer
    pagination_class = None

    @extend_schema(operation_id="check_read")
    def retrieve(self, request, *args, **kwargs):
        """The final check, and the paper that is open

        What to expect, the tries so far, and the questions of an open paper with the answers that were saved. Nothing
        here says which answer is right. Nobody else sees it.
        """
        where = outline(self.module, request.user)
        attempts = list(where.start.attempts.all()) if where.start else []
        rows = {
            "module": self.module,
            "question_count": len(self.module.check_questions),
            "tries_left": tries_left(self.module, attempts),
            "is_open": where.standing.check_open,
            "is_passed": where.standing.check_passed,
            "attempts": attempts,
            "paper": next((attempt for attempt in attempts if attempt.submitted_at is None), None),
        }
        return self.answer(self.get_serializer(rows))


class ResultView(OfModule):
    """What the last paper came to."""

    serializer_class = ResultSerializer
    pagination_class = None

    @extend_schema(operation_id="check_result")
    def retrieve(self, request, *args, **kwargs):
        """The result of the last paper

        Score, the reasons for what was chosen, and what to look at again. Every reason once it is passed. 404 before
        the first paper was handed in. Nobody else sees it.
        """
        where = outline(self.module, request.user)
        attempts = list(where.start.attempts.all()) if where.start else []
        last = next((attempt for attempt in reversed(attempts) if attempt.submitted_at), None)
        if last is None:
            raise Http404
        return self.answer(self.get_serializer(_told(where, attempts, last)))


class PaperViewSet(OfModule):
    """Papers of the final check."""

    serializer_class = PaperSerializer
    lookup_field = "number"

    def get_object(self) -> CheckAttempt:
        """A paper of the caller's own, of the round that counts now."""
        own = CheckAttempt.objects.visible_to(self.request.user).current(self.module)
        return get_object_or_404(own.select_related("start"), number=min(self.kwargs["number"], 32767))

    @extend_schema(operation_id="paper_open", request=None)
    @once
    def create(self, request, *args, **kwargs):
        """Start the check

        Hands out a paper with all questions, or gives back the one that is open. 404 before the module is started.
        """
        own = ModuleStart.objects.visible_to(request.user).current().select_related("module")
        started = get_object_or_404(own, module=self.module)
        return self.answer(self.get_serializer(open_attempt(started, by=request.user)), status=201)

    @extend_schema(operation_id="paper_save", request=AnswersSerializer, examples=[ANSWERS])
    def partial_update(self, request, *args, **kwargs):
        """Save answers

        Of the questions that are sent; the others keep what they had. 409 once the paper was handed in.
        """
        paper = self.get_object()
        answers = self.read(AnswersSerializer)["answers"]
        return self.answer(self.get_serializer(save_answers(paper, answers, by=request.user)))

    @extend_schema(
        operation_id="paper_submit", request=AnswersSerializer, responses=ResultSerializer, examples=[ANSWERS]
    )
    @action(detail=True, methods=["post"])
    def submission(self, request, *args, **kwargs):
        """Hand the paper in

        Marks it with what is sent and what was saved before. While a question has no answer the answers are saved and
        409 says which are missing. Handed in before, nothing changes: it may be sent again.
        """
        paper = self.get_object()
        paper, empty = hand_in(paper, self.read(AnswersSerializer)["answers"], by=request.user)
        ask_complete(paper, empty)
        where = outline(self.module, request.user)
        told = _told(where, list(where.start.attempts.all()), paper)
        return self.answer(ResultSerializer(told, context=self.get_serializer_context()))


def _told(where, attempts, paper):
    """What a marked paper came to, as the page of the result tells it."""
    slugs = {unit.pk: unit.slug for unit in where.units}
    issued = certificate_of(where.completion) if where.completion else None
    return {
        "number": paper.number,
        "submitted_at": paper.submitted_at,
        "passed": paper.passed,
        "score": paper.score,
        "out_of": len(paper.questions),
        "pass_mark": paper.paper["pass_mark"],
        "tries_left": tries_left(where.module, attempts),
        "completed": where.completion is not None,
        "certificate": issued and issued.code,
        "again": [{"topic": topic, "unit": slugs.get(unit)} for topic, unit in topics_again(paper)],
        "questions": result_pieces(paper, tell_all=paper.passed),
    }
