"""Modules and units, progress and certificates, joint sessions and who comes; one subject a file."""

from training.models.attendance import Attendance, SignInSheet
from training.models.certificate import Certificate, RenewalReminder
from training.models.feedback import FeedbackLink, FeedbackLoopItem, FeedbackRound, SessionFeedback
from training.models.invitation import SessionInvitation
from training.models.need import AccessNeed
from training.models.organisation_name import OrganisationName
from training.models.pages import LearningIndexPage, ModulePage, UnitPage
from training.models.place import Place
from training.models.progress import (
    CheckAttempt,
    Completion,
    Confidence,
    ExtraTry,
    ModuleStart,
    Reflection,
    RequiredUnit,
    TryItNote,
    UnitFinish,
)
from training.models.proposal import SessionProposal
from training.models.record_file import LearningRecordFile
from training.models.reminder import SessionReminder
from training.models.requirement import LearningException, RequiredLearning, RequiredNotice
from training.models.session import Facilitator, HeldPlaces, JointSession, SessionDate, SessionPaper
from training.models.venue import Venue, VenueFact, VenueQuestion

__all__ = [
    "AccessNeed",
    "Attendance",
    "Certificate",
    "CheckAttempt",
    "Completion",
    "Confidence",
    "ExtraTry",
    "Facilitator",
    "FeedbackLink",
    "FeedbackLoopItem",
    "FeedbackRound",
    "HeldPlaces",
    "JointSession",
    "LearningException",
    "LearningIndexPage",
    "LearningRecordFile",
    "ModulePage",
    "ModuleStart",
    "OrganisationName",
    "Place",
    "Reflection",
    "RenewalReminder",
    "RequiredLearning",
    "RequiredNotice",
    "RequiredUnit",
    "SessionDate",
    "SessionFeedback",
    "SessionInvitation",
    "SessionPaper",
    "SessionProposal",
    "SessionReminder",
    "SignInSheet",
    "TryItNote",
    "UnitFinish",
    "UnitPage",
    "Venue",
    "VenueFact",
    "VenueQuestion",
]
