"""Examples and what others say of them; notes, cycles, reviews and their frozen records."""

from appraisal.models.access import ReasonedAccess
from appraisal.models.cycle import AppraisalCycle, CycleExclusion
from appraisal.models.evidence import EvidenceConfirmation, EvidenceEntry, EvidenceReply
from appraisal.models.note import ManagerNote
from appraisal.models.recognition import Recognition
from appraisal.models.record import RecordAddition, ReviewRecord, ReviewRecordPdf
from appraisal.models.reminder import Reminder
from appraisal.models.review import AppraisalReview, BehaviourRating, ExpectedBehaviour, NextStep, ReviewPart
from appraisal.models.signing import DisputedPoint, JobHolderResponse, SharedVersion, Signature

__all__ = [
    "AppraisalCycle",
    "AppraisalReview",
    "BehaviourRating",
    "CycleExclusion",
    "DisputedPoint",
    "EvidenceConfirmation",
    "EvidenceEntry",
    "EvidenceReply",
    "ExpectedBehaviour",
    "JobHolderResponse",
    "ManagerNote",
    "NextStep",
    "ReasonedAccess",
    "Recognition",
    "RecordAddition",
    "Reminder",
    "ReviewPart",
    "ReviewRecord",
    "ReviewRecordPdf",
    "SharedVersion",
    "Signature",
]
