"""Reviews in the API: one's own, those of one's team, those one confirms; and their moves."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from appraisal.api.base import Confidential, ask_whose
from appraisal.enums import Part
from appraisal.forms.responding import FairForm, ResponseForm, TalkForm
from appraisal.models import AppraisalReview, DisputedPoint
from appraisal.opened import opened_review
from appraisal.permissions import is_second_manager
from appraisal.reading import readable_review
from appraisal.responding import reply_to_point
from appraisal.serializers.fields import checked
from appraisal.serializers.review_moves import (
    FairInputSerializer,
    HandInSerializer,
    LookAgainInputSerializer,
    PointReplyInputSerializer,
    PointReplySerializer,
    ReviewAnswerInputSerializer,
    TalkInputSerializer,
)
from appraisal.serializers.reviews import ReviewRowSerializer, ReviewSerializer
from appraisal.writing import hand_in
from appraisal.written import earlier_versions
from people.enums import ApiArea
from people.rest.moves import etag, takes_move
from people.rest.params import one_of
from people.rest.views import Listed, Resource
from people.transitions import NotYours, move, person

PERSON, MANAGER, SECOND = "the person reviewed", "the line manager", "the second manager"
LISTS = {
    "own": AppraisalReview.objects.of_job_holder,
    "team": AppraisalReview.objects.managed_by,
    "second": AppraisalReview.objects.for_second_manager,
}
DISAGREES = OpenApiExample(
    "A disagreement",
    {"answer": "disagree", "points": [{"behaviour": 1, "words": "The radio was quicker than any of us."}]},
    request_only=True,
)


def _hands_in(part):
    def carry_out(review, data, *, by, seen):
        return hand_in(review, part, by=person(by), seen=seen, text_seen=data["text"])

    return carry_out


def _talked(review, data, *, by, seen):
    ask_whose(review, "talk_held", by)
    form = TalkForm(data, review=review)
    checked(form)
    return move(review, "talk_held", by=person(by), data=form.cleaned_data, seen=seen)


def _answered(review, data, *, by, seen):
    ask_whose(review, "answer", by)
    behaviours = list(review.behaviours.select_related("text"))
    boxes = {f"point_{row['behaviour']}": row["words"] for row in data["points"]}
    form = ResponseForm({"answer": data["answer"], "words": data["words"], **boxes}, behaviours=behaviours)
    if set(boxes) - set(form.behaviours):
        raise ValidationError({"points": [_("Choose from what this review looks at.")]})
    checked(form, dict.fromkeys(form.behaviours, "points"))
    return move(review, "answer", by=person(by), data=form.values(), seen=seen)


def _ends(name, given):
    def carry_out(review, data, *, by, seen):
        ask_whose(review, name, by)
        form = FairForm({**data, name: "1"}, points=[])
        checked(form)
        return move(review, name, by=person(by), data={given: form.cleaned_data[given]}, seen=seen)

    return carry_out


class ReviewViewSet(Listed, Confidential, Resource):
    """Staff reviews. Nobody but those named on one reads anything of it."""

    area = ApiArea.REVIEWS
    role = (
        "the person reviewed; the line manager or whoever stands in; the second manager from sharing to closing; "
        "an administrator only while a reason they gave opens it"
    )
    serializer_class = ReviewSerializer

    def get_queryset(self):
        """Whose page may be opened; a list is of one part that the caller has."""
        if self.action != "list":
            return AppraisalReview.objects.readable_by(self.request.user).with_readers()
        part = one_of(self.request, "as", LISTS) or "own"
        return LISTS[part](self.request.user).with_people()

    def get_serializer_class(self):
        """A row in the list."""
        return ReviewRowSerializer if self.action == "list" else super().get_serializer_class()

    @extend_schema(
        operation_id="reviews_list",
        parameters=[OpenApiParameter("as", str, enum=list(LISTS), description="In which part; `own` unless said.")],
    )
    def list(self, request, *args, **kwargs):
        """Reviews

        The caller's own; with `as=team` those of the people they manage or stand in for; with `as=second` those they
        confirm. Nothing of the content stands in the list.
        """
        return super().list(request, *args, **kwargs)

    @extend_schema(operation_id="review_read")
    def retrieve(self, request, *args, **kwargs):
        """One review, as far as the caller may read it

        A draft belongs to its side. The manager's view, the next steps and the answer are here once they are shared
        with the caller; a level that the person chose is hidden from the manager until they have chosen one. Reading
        the review of somebody else is kept, and the person sees who did.
        """
        review = readable_review(request.user, kwargs["pk"])
        page = opened_review(review, request.user)
        behaviours = [row.expected for row in page["written"].rows]
        page["shared_before"] = earlier_versions(review, request.user, behaviours)
        context = {**self.get_serializer_context(), "answers_points": page["is_second_manager"]}
        return Response(ReviewSerializer(page, context=context).data, headers={"ETag": etag(review)})

    @extend_schema(operation_id="review_point_reply", request=PointReplyInputSerializer, responses=PointReplySerializer)
    @action(detail=True, methods=["put"], url_path="points/<int:point>", role=SECOND)
    def reply(self, request, *args, **kwargs):
        """Answer a point of a disagreement

        In words; every point needs an answer before the review can be confirmed. Only the second manager reads it
        until they confirm, or ask the manager to look again.
        """
        review, actor = self.get_object(), person(request.user)
        points = DisputedPoint.objects.filter(response__review=review, response__text_version=review.text_version)
        point = get_object_or_404(points.select_related("behaviour__text", "response"), pk=kwargs["point"])
        if not is_second_manager(review, actor):
            raise NotYours
        reader = PointReplyInputSerializer(data=request.data)
        reader.is_valid(raise_exception=True)
        name = f"reply_{point.pk}"
        form = FairForm({name: reader.validated_data["reply"]}, points=[point])
        checked(form, {name: "reply"})
        saved = reply_to_point(point, form.cleaned_data[name], by=actor, seen=reader.validated_data["seen"])
        return Response(PointReplySerializer(saved).data)

    send = extend_schema(operation_id="review_send")(
        takes_move(
            "send", "Send my self-assessment", role=PERSON, takes=HandInSerializer, carry_out=_hands_in(Part.SELF)
        )
    )
    take_back_self = extend_schema(operation_id="review_take_back_self")(
        takes_move("take_back_self", "Take my self-assessment back", role=PERSON)
    )
    share = extend_schema(operation_id="review_share")(
        takes_move(
            "share",
            "Share a review with the person, and sign it",
            role=MANAGER,
            takes=HandInSerializer,
            carry_out=_hands_in(Part.MANAGER),
        )
    )
    take_back = extend_schema(operation_id="review_take_back")(
        takes_move("take_back", "Take a shared review back", role=MANAGER)
    )
    talk_held = extend_schema(operation_id="review_talk_held")(
        takes_move(
            "talk_held",
            "Say on which day the two talked",
            role="the person reviewed and the line manager",
            takes=TalkInputSerializer,
            carry_out=_talked,
        )
    )
    change_after_talk = extend_schema(operation_id="review_change_after_talk")(
        takes_move("change_after_talk", "Open a review again after the talk", role=MANAGER)
    )
    say = extend_schema(operation_id="review_answer", examples=[DISAGREES])(
        takes_move(
            "answer",
            "Answer my review, and sign the answer",
            role=PERSON,
            takes=ReviewAnswerInputSerializer,
            carry_out=_answered,
            called="say",
        )
    )
    take_back_answer = extend_schema(operation_id="review_take_back_answer")(
        takes_move(
            "take_back_answer",
            "Take my answer back",
            role=PERSON,
            more=(
                "What was said goes with it, and is kept nowhere: to say it again in other words, read `answer` of the "
                "review first. The answer to this holds none of it."
            ),
        )
    )
    return_to_manager = extend_schema(operation_id="review_return_to_manager")(
        takes_move(
            "return_to_manager",
            "Ask the manager to look again",
            role=SECOND,
            takes=LookAgainInputSerializer,
            carry_out=_ends("return_to_manager", "reason"),
        )
    )
    confirm_fair = extend_schema(operation_id="review_confirm_fair")(
        takes_move(
            "confirm_fair",
            "Confirm that a review was fair, and close it",
            role=SECOND,
            takes=FairInputSerializer,
            carry_out=_ends("confirm_fair", "words"),
        )
    )
