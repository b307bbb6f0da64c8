"""Opening somebody's review: every reading by somebody else is kept and shown to the person (DESIGN 5.9, 12).

Which rows somebody sees stands in querysets/review.py; what they may do in workflow/reviews.py.
"""

from django.http import Http404

from appraisal.models import AppraisalReview
from people import audit
from people.models import AuditEvent, User


def readable_review(user: User, pk: int) -> AppraisalReview:
    """The review with everybody named on it; Http404 when its page is not theirs to open."""
    found = AppraisalReview.objects.readable_by(user).with_people().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def note_reading(review: AppraisalReview, by: User) -> None:
    """Keep that somebody other than the person opened the review; the only write that a GET causes."""
    if by.pk != review.job_holder_id:
        audit.record_read(review, by=by)


def readings_of(review: AppraisalReview):
    """Who else has opened the review, the latest first."""
    return AuditEvent.objects.filter(
        record_type=review._meta.label_lower, record_id=review.pk, move=audit.READ
    ).order_by("-at")
