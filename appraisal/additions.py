"""What is put beside a frozen record later: dated, by name, for good, and never inside it (DESIGN 5.4)."""

from django.db import transaction
from django.utils.translation import gettext as _

from appraisal.enums import AdditionKind
from appraisal.models import AppraisalReview, RecordAddition, ReviewRecord
from appraisal.permissions import can_administer_review, is_job_holder
from appraisal.review_notifications import tell_added
from people import audit
from people.transitions import Actor, NotVisible, NotYours, Refused

WRITERS = {
    AdditionKind.STATEMENT: is_job_holder,
    AdditionKind.CORRECTION: can_administer_review,
    AdditionKind.OUTCOME: can_administer_review,
}


def kinds_open_to(review: AppraisalReview, by: Actor) -> list[AdditionKind]:
    """What this person may put beside the review's record: the person a statement, an administrator the rest."""
    return [kind for kind, may in WRITERS.items() if may(review, by)]


def add_to_record(record: ReviewRecord, kind: str, words: str, *, by: Actor) -> RecordAddition:
    """Put a later fact beside the newest version of a record, and tell the others who read it.

    The same words by the same person are one addition. Raises NotVisible, NotYours, or Refused when a newer version
    was written meanwhile.
    """
    with transaction.atomic():
        review = AppraisalReview.objects.select_for_update().get(pk=record.review_id)
        if by.user is None or not ReviewRecord.objects.visible_to(by.user).filter(pk=record.pk).exists():
            raise NotVisible
        if kind not in kinds_open_to(review, by):
            raise NotYours
        if review.records.filter(version__gt=record.version).exists():
            raise Refused(_("A newer version of this record was written meanwhile. Read it first."))
        again = record.additions.filter(kind=kind, words=words, by=by.user).first()
        if again is not None:
            return again
        addition = RecordAddition.objects.create(record=record, kind=kind, words=words, by=by.user)
        audit.record_change(review, f"add_{kind}", by=by.user, subject_id=review.job_holder_id)
        tell_added(review, by.user)
    return addition
