"""What is said to a shared review: the person's answer, the second manager's replies. The moves stand in workflow/."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appraisal.enums import ResponseAnswer, ReviewState, SignatureRole
from appraisal.models import AppraisalReview, DisputedPoint, ExpectedBehaviour, JobHolderResponse, Signature
from appraisal.permissions import is_second_manager
from people.lib.dates import add_working_days
from people.models import User
from people.policy import policy
from people.transitions import Actor, ChangedSince, NotVisible, NotYours, WrongState

Point = tuple[ExpectedBehaviour | None, str]  # one behaviour, or none for what is seen differently in general

GIVEN_ANSWERS = (ResponseAnswer.AGREE, ResponseAnswer.COMMENTS, ResponseAnswer.DISAGREE)
STATEMENTS = {
    SignatureRole.MANAGER: gettext_lazy(
        "This is my view of each behaviour. Each level rests on the examples named beside it."
    ),
    SignatureRole.SECOND_MANAGER: gettext_lazy("I have read this review and what was said to it, and it was fair."),
    ResponseAnswer.AGREE: gettext_lazy("I have read this review and I agree with it."),
    ResponseAnswer.COMMENTS: gettext_lazy("I have read this review. I agree with it and have added comments."),
    ResponseAnswer.DISAGREE: gettext_lazy("I have read this review and I disagree with it."),
}


def sign(review: AppraisalReview, role: str, statement: str, by: User, words: str = "") -> Signature:
    """Keep who stands by which sentence about which version of the text."""
    return Signature.objects.create(
        review=review, role=role, text_version=review.text_version, statement=statement, by=by, words=words
    )


def named_points(points: Sequence[Point]) -> list[Point]:
    """The points that say something."""
    return [(behaviour, text.strip()) for behaviour, text in points if text.strip()]


def keep_response(review: AppraisalReview, answer: str, words: str, points: Sequence[Point]) -> JobHolderResponse:
    """Keep the person's answer to the text as it stands; it takes the place of "no response", never of an answer."""
    JobHolderResponse.objects.filter(review=review, text_version=review.text_version).delete()
    response = JobHolderResponse.objects.create(
        review=review, text_version=review.text_version, answer=answer, words=words
    )
    DisputedPoint.objects.bulk_create(
        DisputedPoint(response=response, behaviour=behaviour, words=text)
        for behaviour, text in points_of(answer, words, points)
    )
    return response


def points_of(answer: str, words: str, points: Sequence[Point]) -> Sequence[Point]:
    """What the second manager has to answer: only a disagreement has points, its general words being one."""
    if answer != ResponseAnswer.DISAGREE:
        return []
    return named_points(points) or [(None, words)]


def forget_response(review: AppraisalReview) -> None:
    """Take the answer and its signature out again; the person is about to give another."""
    review.responses.filter(text_version=review.text_version).delete()
    review.signatures.filter(text_version=review.text_version, role=SignatureRole.JOB_HOLDER).delete()


def answer_due(shared_on: datetime.date) -> datetime.date:
    """The last day to answer a review that was shared on this day."""
    return add_working_days(shared_on, policy("review_answer_working_days"))


def forget_replies(review: AppraisalReview) -> None:
    """Take out what the second manager has saved and not decided on: it was for nobody else to read or to sign."""
    points = DisputedPoint.objects.filter(response__review=review, response__text_version=review.text_version)
    points.update(reply="", replied_by=None, replied_at=None)


def answer_due_on(review: AppraisalReview) -> datetime.date | None:
    """The last day to answer, counted from sharing."""
    return answer_due(review.shared_on) if review.shared_on else None


def read_responses(review: AppraisalReview) -> None:
    """Read once what was said to every version of the text, with the points; `review.response` then asks no more."""
    points = DisputedPoint.objects.select_related("behaviour__text", "replied_by")
    prefetch_related_objects([review], Prefetch("responses__points", queryset=points))


def open_points(review: AppraisalReview) -> int:
    """How many points of a disagreement the second manager has not answered yet."""
    response = review.response
    return sum(not point.reply for point in response.points.all()) if response else 0


def may_read_replies(review: AppraisalReview, response: JobHolderResponse, reader: User) -> bool:
    """The second manager's answers to the points are a draft of theirs until the review is closed or sent back."""
    written = review.state != ReviewState.ANSWERED or response.text_version != review.text_version
    return written or reader.pk == review.second_manager_id


def reply_to_point(point: DisputedPoint, words: str, *, by: Actor, seen: str | None = None) -> DisputedPoint:
    """The second manager's words to one point; they may be changed until the review is closed.

    `seen` is the point's seen_mark when the form was drawn. The same words again are a success that writes nothing.
    """
    words, over = words.strip(), WrongState(_("This review is no longer waiting for your answer."))
    try:
        response = point.response
    except JobHolderResponse.DoesNotExist:  # taken back in the same moment
        raise over from None
    with transaction.atomic():
        review = AppraisalReview.objects.select_for_update().get(pk=response.review_id)
        if by.user is None or not AppraisalReview.objects.readable_by(by.user).filter(pk=review.pk).exists():
            raise NotVisible
        if not is_second_manager(review, by):
            raise NotYours
        if review.state != ReviewState.ANSWERED or response.text_version != review.text_version:
            raise over
        fresh = DisputedPoint.objects.select_for_update().filter(pk=point.pk).first()
        if fresh is None:
            raise WrongState(_("%(name)s has changed this answer since.") % {"name": review.job_holder.name})
        if fresh.reply == words:
            return fresh
        if seen is not None and seen != fresh.seen_mark:
            raise ChangedSince(fresh)
        fresh.reply, fresh.replied_by, fresh.replied_at = words, by.user, timezone.now()
        fresh.save()
    return fresh
