"""Modules and units, progress and certificates; one subject a file."""

from training.models.certificate import Certificate
from training.models.pages import LearningIndexPage, ModulePage, UnitPage
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

__all__ = [
    "Certificate",
    "CheckAttempt",
    "Completion",
    "Confidence",
    "ExtraTry",
    "LearningIndexPage",
    "ModulePage",
    "ModuleStart",
    "Reflection",
    "RequiredUnit",
    "TryItNote",
    "UnitFinish",
    "UnitPage",
]
