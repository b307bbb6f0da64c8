"""Sets of training's records, one module a subject. Fields are named by string; no model is imported."""

from training.querysets.learning import (
    CertificateQuerySet,
    CheckAttemptQuerySet,
    CompletionQuerySet,
    ModuleManager,
    ModuleQuerySet,
    ModuleStartQuerySet,
    ReflectionQuerySet,
    UnitManager,
    UnitQuerySet,
)
from training.querysets.sessions import (
    PlaceQuerySet,
    SessionQuerySet,
)

__all__ = [
    "CertificateQuerySet",
    "CheckAttemptQuerySet",
    "CompletionQuerySet",
    "ModuleManager",
    "ModuleQuerySet",
    "ModuleStartQuerySet",
    "PlaceQuerySet",
    "ReflectionQuerySet",
    "SessionQuerySet",
    "UnitManager",
    "UnitQuerySet",
]
