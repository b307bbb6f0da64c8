"""Modules and units, progress and certificates; one subject a file."""

from training.models.pages import LearningIndexPage, ModulePage, UnitPage
from training.models.progress import (
    CheckAttempt,
    Completion,
    Confidence,
    ModuleStart,
    Reflection,
    RequiredUnit,
    TryItNote,
    UnitFinish,
)

__all__ = [
    "CheckAttempt",
    "Completion",
    "Confidence",
    "LearningIndexPage",
    "ModulePage",
    "ModuleStart",
    "Reflection",
    "RequiredUnit",
    "TryItNote",
    "UnitFinish",
    "UnitPage",
]
