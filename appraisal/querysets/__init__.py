"""Sets of appraisal records, and the one rule of who sees which rows. Fields are named by string; no models here."""

from appraisal.querysets.cycle import CycleQuerySet
from appraisal.querysets.evidence import EvidenceConfirmationQuerySet, EvidenceEntryQuerySet
from appraisal.querysets.recognition import RecognitionQuerySet
from appraisal.querysets.review import (
    BehaviourRatingQuerySet,
    ManagerNoteQuerySet,
    NextStepQuerySet,
    ReviewPartQuerySet,
    ReviewQuerySet,
    ReviewRecordPdfQuerySet,
    ReviewRecordQuerySet,
)

__all__ = [
    "BehaviourRatingQuerySet",
    "CycleQuerySet",
    "EvidenceConfirmationQuerySet",
    "EvidenceEntryQuerySet",
    "ManagerNoteQuerySet",
    "NextStepQuerySet",
    "RecognitionQuerySet",
    "ReviewPartQuerySet",
    "ReviewQuerySet",
    "ReviewRecordPdfQuerySet",
    "ReviewRecordQuerySet",
]
