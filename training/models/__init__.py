"""Modules and units, progress and certificates; one subject a file."""

from training.models.certificate import Certificate
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
from training.models.session import Facilitator, HeldPlaces, JointSession, SessionDate
from training.models.venue import Venue, VenueFact

__all__ = [
    "Certificate",
    "CheckAttempt",
    "Completion",
    "Confidence",
    "ExtraTry",
    "Facilitator",
    "HeldPlaces",
    "JointSession",
    "LearningIndexPage",
    "ModulePage",
    "ModuleStart",
    "Place",
    "Reflection",
    "RequiredUnit",
    "SessionDate",
    "TryItNote",
    "UnitFinish",
    "UnitPage",
    "Venue",
    "VenueFact",
]
