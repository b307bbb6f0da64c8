"""How long reviews, examples and answers are kept (DOMAIN D). One command in cms applies the rows, in this order.

What protects something else goes before it: additions and prints before records, records before reviews, reviews
before the answers that their records held.
"""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from appraisal.enums import ConfirmationState, CycleState, Part, RatingStatus, ReviewState
from appraisal.models import (
    AppraisalReview,
    BehaviourRating,
    CycleExclusion,
    EvidenceConfirmation,
    EvidenceEntry,
    ManagerNote,
    Recognition,
    RecordAddition,
    Reminder,
    ReviewPart,
    ReviewRecord,
    ReviewRecordPdf,
    SharedVersion,
)
from people.lib.dates import add_months, midnight, today
from people.policy import policy
from people.retention import Rule


def _before(months: int) -> datetime.datetime:
    return midnight(add_months(today(), -months))


def unanswered() -> QuerySet:
    """Requests that brought no answer; what somebody chose for their own eyes goes with them."""
    rows = EvidenceConfirmation.objects.exclude(state=ConfirmationState.ANSWERED)
    return rows.filter(changed_at__lt=_before(policy("draft_example_keep_months")))


def answered() -> QuerySet:
    """Answers whose time is over and which no signed record holds."""
    rows = EvidenceConfirmation.objects.filter(state=ConfirmationState.ANSWERED, signed_at=None)
    return rows.filter(answered_at__lt=_before(12 * policy("example_keep_years")))


def thanks() -> QuerySet:
    """Thank yous, whatever became of them: an example that was made of one stands by itself."""
    return Recognition.objects.filter(given_on__lt=add_months(today(), -policy("thanks_keep_months")))


def drafts() -> QuerySet:
    """Private examples that nobody has touched and nobody was asked about."""
    rows = EvidenceEntry.objects.drafts().filter(confirmations=None)
    return rows.filter(changed_at__lt=_before(policy("draft_example_keep_months")))


def shared() -> QuerySet:
    """Shared examples whose time is over."""
    rows = EvidenceEntry.objects.shared().filter(confirmations=None)
    return rows.filter(changed_at__lt=_before(12 * policy("example_keep_years")))


# --- Reviews ---

DONE = (ReviewState.CLOSED, ReviewState.VOID)
AT_ONCE = 200  # reviews removed in one go: each takes some thirty rows with it


def reviews() -> QuerySet:
    """Reviews that are done and whose year ended long enough ago; one under way is never removed."""
    edge = add_months(today(), -12 * policy("review_keep_years"))
    return AppraisalReview.objects.filter(state__in=DONE, cycle__ends_on__lt=edge)


def records() -> QuerySet:
    """The frozen records of these reviews."""
    return ReviewRecord.objects.filter(review__in=reviews())


def additions() -> QuerySet:
    """What was put beside these records."""
    return RecordAddition.objects.filter(record__review__in=reviews())


def prints() -> QuerySet:
    """The PDFs of these records, with their files."""
    return ReviewRecordPdf.objects.filter(record__review__in=reviews())


def unshared_drafts() -> QuerySet:
    """Parts of reviews that are done which nobody but their author ever read."""
    never_shared = ~Exists(SharedVersion.objects.filter(review=OuterRef("review")))
    drafts = Q(part=Part.SELF, sent_at=None) | Q(part=Part.MANAGER, review__state=ReviewState.VOID) & never_shared
    long_done = Q(review__state__in=DONE, review__state_since__lt=_notes_edge())
    return ReviewPart.objects.filter(long_done & drafts, saved_at__isnull=False)


def forget_drafts(parts: QuerySet) -> int:
    """Empty these parts; the rows stay, because a review that is opened again has two sides."""
    keys = list(parts.values_list("pk", flat=True))
    for through in (BehaviourRating.examples.through, BehaviourRating.notes.through):
        through.objects.filter(behaviourrating__part__in=keys).delete()
    ratings = BehaviourRating.objects.filter(part__in=keys)
    ratings.update(status=RatingStatus.UNANSWERED, level=None, words="", help="")
    return ReviewPart.objects.filter(pk__in=keys).update(summary="", saved_at=None)


def notes() -> QuerySet:
    """Notes whose reviews are all done for long enough; without any review, as long as a review is kept."""
    of_person = AppraisalReview.objects.filter(
        job_holder=OuterRef("person"),
        cycle__starts_on__lte=OuterRef("seen_on"),
        cycle__ends_on__gte=OuterRef("seen_on"),
    )
    long_done = of_person.filter(state__in=DONE, state_since__lt=_notes_edge())
    needed = of_person.exclude(pk__in=AppraisalReview.objects.filter(state__in=DONE, state_since__lt=_notes_edge()))
    no_review = ~Exists(of_person) & Q(seen_on__lt=add_months(today(), -12 * policy("review_keep_years")))
    return ManagerNote.objects.filter(Exists(long_done) & ~Exists(needed) | no_review)


def reminders() -> QuerySet:
    """Who was reminded in a cycle that is closed for long enough."""
    return Reminder.objects.filter(cycle__state=CycleState.CLOSED, cycle__state_since__lt=_notes_edge())


def exclusions() -> QuerySet:
    """Who was left out of such a cycle, and why."""
    return CycleExclusion.objects.filter(cycle__state=CycleState.CLOSED, cycle__state_since__lt=_notes_edge())


def released() -> QuerySet:
    """Answers that a record held, after the last review that rested on their example is gone."""
    held = BehaviourRating.examples.through.objects.filter(evidenceentry=OuterRef("entry"))
    rows = EvidenceConfirmation.objects.filter(state=ConfirmationState.ANSWERED, signed_at__isnull=False)
    return rows.filter(~Exists(held), answered_at__lt=_before(12 * policy("example_keep_years")))


def few_at_a_time(rows: QuerySet) -> int:
    """Remove reviews with everything under them, so many at once, so that a large body needs no more memory."""
    removed = 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        removed += rows.model.objects.filter(pk__in=keys).delete()[0]
    return removed


def _notes_edge() -> datetime.datetime:
    return _before(policy("review_notes_keep_months"))


AS_REVIEWS = _("as many years as the policy says after the end of the review cycle")
AS_NOTES = _("as many months as the policy says after the review was closed")
AS_NOTES_OF_CYCLE = _("as many months as the policy says for notes, after the cycle was closed")
WITH_ITS_REVIEW = _("It belongs to the review and goes with it.")

RETENTION = [
    Rule(
        record="appraisal.Recognition",
        keep=_("as many months as the policy says"),
        reason=_("It was said at the time; what is worth keeping is an example by then."),
        due=thanks,
    ),
    Rule("appraisal.RecordAddition", AS_REVIEWS, WITH_ITS_REVIEW, additions, append_only=True),
    Rule("appraisal.ReviewRecordPdf", AS_REVIEWS, WITH_ITS_REVIEW, prints),
    Rule("appraisal.ReviewRecord", AS_REVIEWS, WITH_ITS_REVIEW, records, append_only=True),
    Rule(
        "appraisal.AppraisalReview",
        AS_REVIEWS,
        _("Shows what was agreed and signed, for as long as it can be challenged."),
        reviews,
        remove=few_at_a_time,
    ),
    Rule(
        "appraisal.ReviewPart",
        AS_NOTES,
        _("A draft that nobody else read serves nobody once the review is done."),
        unshared_drafts,
        remove=forget_drafts,
    ),
    Rule("appraisal.ManagerNote", AS_NOTES, _("What a review needed of it stands in its record."), notes),
    Rule("appraisal.Reminder", AS_NOTES_OF_CYCLE, _("Shows who was told, while they may still ask."), reminders),
    Rule("appraisal.CycleExclusion", AS_NOTES_OF_CYCLE, _("A reason may tell of somebody's health."), exclusions),
    Rule(
        "appraisal.EvidenceConfirmation",
        _("as shared examples, and no shorter than the record that holds it"),
        _("As told to whoever answered"),
        released,
    ),
    Rule("appraisal.EvidenceConfirmation", "As drafts (policy), without an answer", "Nothing was said", unanswered),
    Rule(
        "appraisal.EvidenceConfirmation",
        "As shared examples (policy), from the answer",
        "As told to whoever answered",
        answered,
    ),
    Rule(
        "appraisal.EvidenceEntry", "As the policy for drafts says, untouched", "Private notes that nobody uses", drafts
    ),
    Rule(
        "appraisal.EvidenceEntry",
        "As the policy for examples says, from the last change",
        "As a staff review that may rest on it",
        shared,
    ),
]
