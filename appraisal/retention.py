"""How long examples and answers are kept (DOMAIN D). One command in cms applies the rows, in this order."""

import datetime

from django.db.models import QuerySet
from django.utils import timezone

from appraisal.enums import ConfirmationState
from appraisal.models import EvidenceConfirmation, EvidenceEntry
from people.lib.dates import add_months
from people.policy import policy
from people.retention import Rule


def _before(months: int) -> datetime.datetime:
    day = add_months(timezone.localdate(), -months)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def unanswered() -> QuerySet:
    """Requests that brought no answer; what somebody chose for their own eyes goes with them."""
    rows = EvidenceConfirmation.objects.exclude(state=ConfirmationState.ANSWERED)
    return rows.filter(changed_at__lt=_before(policy("draft_example_keep_months")))


def answered() -> QuerySet:
    """Answers whose time is over and which no signed record holds."""
    rows = EvidenceConfirmation.objects.filter(state=ConfirmationState.ANSWERED, signed_at=None)
    return rows.filter(answered_at__lt=_before(12 * policy("example_keep_years")))


def drafts() -> QuerySet:
    """Private examples that nobody has touched and nobody was asked about."""
    rows = EvidenceEntry.objects.drafts().filter(confirmations=None)
    return rows.filter(changed_at__lt=_before(policy("draft_example_keep_months")))


def shared() -> QuerySet:
    """Shared examples whose time is over."""
    rows = EvidenceEntry.objects.shared().filter(confirmations=None)
    return rows.filter(changed_at__lt=_before(12 * policy("example_keep_years")))


RETENTION = [
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
