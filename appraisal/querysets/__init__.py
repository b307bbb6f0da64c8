"""Sets of appraisal records, and the one rule of who sees which rows. Fields are named by string; no models here."""

from appraisal.querysets.cycle import CycleQuerySet
from appraisal.querysets.evidence import EvidenceConfirmationQuerySet, EvidenceEntryQuerySet
from appraisal.querysets.review import (
    ManagerNoteQuerySet,
    NextStepQuerySet,
    ReviewPartQuerySet,
    ReviewQuerySet,
    ReviewRecordQuerySet,
)

__all__ = [
    "CycleQuerySet",
    "EvidenceConfirmationQuerySet",
    "EvidenceEntryQuerySet",
    "ManagerNoteQuerySet",
    "NextStepQuerySet",
    "ReviewPartQuerySet",
    "ReviewQuerySet",
    "ReviewRecordQuerySet",
]
