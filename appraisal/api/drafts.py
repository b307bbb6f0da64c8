"""One side of a review being written in the API: read it, save a behaviour, save the summary. As its pages do."""

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from appraisal import ground, ratings
from appraisal.beside import beside, offered_modules
from appraisal.forms.reviews import RatingForm, SummaryForms
from appraisal.reading import note_reading
from appraisal.serializers.drafts import (
    DraftSerializer,
    RatingInputSerializer,
    RatingSerializer,
    SummaryInputSerializer,
    SummarySerializer,
)
from appraisal.serializers.fields import checked
from appraisal.writing import ask_open, open_draft, text_mark, who_sees_draft
from people.enums import ApiArea
from people.rest.moves import IF_MATCH, seen_by
from people.rest.views import Resource
from people.transitions import person
from training.models import ModulePage

ID = OpenApiParameter("id", OpenApiTypes.INT, OpenApiParameter.PATH, description="The review.")
NUMBER = OpenApiParameter("number", OpenApiTypes.INT, OpenApiParameter.PATH, description="The behaviour, 1 to 5.")
WRITTEN = OpenApiExample(
    "A level with what it rests on",
    {"mark": "2", "words": "She rang before she drafted, and the carers noticed.", "examples": [12]},
    request_only=True,
)


class DraftResource(Resource):
    """The side of a review that is the caller's to write: their own, or as its manager."""

    area = ApiArea.REVIEWS
    role = "the person reviewed for their self-assessment; the line manager or whoever stands in for theirs"
    pagination_class = None
    may_be_missing = True

    def opened(self):
        """The caller's side; reading it as somebody else than the person is kept."""
        return open_draft(self.request.user, self.kwargs["pk"])

    def read(self, draft):
        """The same, kept as read."""
        note_reading(draft.review, self.request.user)
        return draft

    def sent(self, serializer_class):
        """The body, read."""
        reader = serializer_class(data=self.request.data, context=self.get_serializer_context())
        reader.is_valid(raise_exception=True)
        return reader.validated_data


class DraftView(DraftResource):
    """The whole side."""

    serializer_class = DraftSerializer

    @extend_schema(operation_id="review_draft", parameters=[ID])
    def retrieve(self, request, *args, **kwargs):
        """My side of a review

        What is written so far, what each behaviour still lacks, and what can be ticked. Before it is handed in only
        its writer reads it (and whoever stands in for a manager). The other side is in the review itself, as far as
        it may be read.
        """
        draft = self.read(self.opened())
        near = beside(draft, draft.ratings)
        first = next(iter(near.values()), None)
        page = {
            "side": draft.part.part,
            "is_open": draft.is_open,
            "who_sees": who_sees_draft(draft),
            "text": text_mark(draft.part),
            "behaviours": [_laid_out(row, near[row.behaviour.number]) for row in draft.ratings],
            "summary": draft.part.summary,
            "next_steps": _steps(draft),
            "version": draft.part.version,
            "examples": [*first.examples, *first.others] if first else [],
            "notes": [*first.notes, *first.other_notes] if first and not draft.is_self else [],
            "modules": _modules(draft),
        }
        return self.answer(DraftSerializer(page, context=self.get_serializer_context()))


class RatingView(DraftResource):
    """One behaviour of it."""

    serializer_class = RatingSerializer

    @extend_schema(operation_id="review_draft_behaviour", parameters=[ID, NUMBER])
    def retrieve(self, request, *args, **kwargs):
        """One behaviour of my side"""
        draft, rating = self._rating()
        return self._answer(self.read(draft), rating)

    @extend_schema(
        operation_id="review_draft_behaviour_save",
        parameters=[ID, NUMBER, IF_MATCH],
        request=RatingInputSerializer,
        examples=[WRITTEN],
    )
    def partial_update(self, request, *args, **kwargs):
        """Save one behaviour of my side

        What is left out stays. A draft may be saved unfinished: `missing` says what it lacks to be handed in. What
        was shared, sent or handed over meanwhile is refused. The answer shows what stands there, so it is kept as
        read by whoever is not the person.
        """
        draft, rating = self._rating()
        ask_open(draft)
        seen, sent = seen_by(request), self.sent(RatingInputSerializer)
        form = RatingForm(sent, draft=draft, rating=rating)
        checked(form)
        data = {name: value for name, value in form.values().items() if name in sent}
        ratings.save_rating(rating.behaviour, draft.part.part, data, by=person(request.user), seen=seen)
        draft, rating = self._rating()
        return self._answer(self.read(draft), rating)

    def _rating(self):
        draft = self.opened()
        rating = draft.rating(self.kwargs["number"])
        if rating is None:
            raise Http404
        return draft, rating

    def _answer(self, draft, rating):
        row = _laid_out(rating, beside(draft, [rating])[rating.behaviour.number])
        return Response(RatingSerializer(row).data, headers={"ETag": f'"{rating.version}"'})


class SummaryView(DraftResource):
    """The words overall, and what follows."""

    serializer_class = SummarySerializer

    @extend_schema(operation_id="review_draft_summary", parameters=[ID])
    def retrieve(self, request, *args, **kwargs):
        """The words overall of my side, and next steps"""
        return self._answer(self.read(self.opened()))

    @extend_schema(operation_id="review_draft_summary_save", parameters=[ID, IF_MATCH], request=SummaryInputSerializer)
    def partial_update(self, request, *args, **kwargs):
        """Save the words overall, and next steps

        What is left out stays. Next steps are the manager's: at most three, and those that are sent take the place
        of those that stand.
        """
        draft = self.opened()
        ask_open(draft)
        seen, sent = seen_by(request), self.sent(SummaryInputSerializer)
        steps = sent.get("next_steps")
        if draft.is_self and steps:
            raise ValidationError({"next_steps": [_("Next steps belong to the manager's side.")]})
        forms = self._forms(draft, sent)
        if sent:
            ratings.save_summary(
                draft.review,
                draft.part.part,
                forms.words.cleaned_data["summary"],
                by=person(request.user),
                seen=seen,
                steps=None if steps is None else forms.steps_values(),
            )
        return self._answer(self.read(self.opened()))

    def _forms(self, draft, sent):
        """What was sent as the forms of the page read it."""
        keys = dict(ModulePage.objects.filter(slug__in=_slugs(sent)).values_list("slug", "pk"))
        data = {"summary": sent.get("summary", draft.part.summary)}
        for number, step in enumerate(sent.get("next_steps", []), start=1):
            module = step.get("module")
            values = {**step, "module": keys.get(module, "none") if module else ""}
            data |= {f"step{number}-{name}": value for name, value in values.items()}
        forms = SummaryForms(draft, offered_modules(draft), data)
        checked(forms.words)
        wrong = {}
        for form in forms.steps:
            try:
                checked(form)
            except ValidationError as error:
                wrong[form.number - 1] = error.detail
        if wrong:
            raise ValidationError({"next_steps": wrong})
        return forms

    def _answer(self, draft):
        page = {"summary": draft.part.summary, "next_steps": _steps(draft), "version": draft.part.version}
        serializer = SummarySerializer(page, context=self.get_serializer_context())
        return Response(serializer.data, headers={"ETag": f'"{draft.part.version}"'})


def _laid_out(rating, near):
    number = rating.behaviour.number
    return {
        "rating": rating,
        "examples": [row.pk for row in (*near.examples, *near.others) if number in row.ticked],
        "notes": [row.pk for row in (*near.notes, *near.other_notes) if number in row.ticked]
        if not rating.part.is_self
        else [],
        "missing": ground.missing(rating),
    }


def _steps(draft):
    return [] if draft.is_self else list(draft.review.next_steps.select_related("owner", "module"))


def _modules(draft):
    keys = [pk for _name, rows in offered_modules(draft) for pk, _title in rows]
    return [{"name": row.title, "slug": row.slug} for row in ModulePage.objects.filter(pk__in=keys).order_by("title")]


def _slugs(sent):
    return [step["module"] for step in sent.get("next_steps", []) if step.get("module")]
