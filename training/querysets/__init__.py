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
from training.querysets.proposals import ProposalQuerySet
from training.querysets.required import LearningExceptionQuerySet, RequiredLearningQuerySet
from training.querysets.sessions import (
    AccessNeedQuerySet,
    InvitationQuerySet,
    PlaceQuerySet,
    SessionQuerySet,
)
from training.querysets.venues import VenueQuerySet, VenueQuestionQuerySet

__all__ = [
    "AccessNeedQuerySet",
    "CertificateQuerySet",
    "CheckAttemptQuerySet",
    "CompletionQuerySet",
    "InvitationQuerySet",
    "LearningExceptionQuerySet",
    "ModuleManager",
    "ModuleQuerySet",
    "ModuleStartQuerySet",
    "PlaceQuerySet",
    "ProposalQuerySet",
    "ReflectionQuerySet",
    "RequiredLearningQuerySet",
    "SessionQuerySet",
    "UnitManager",
    "UnitQuerySet",
    "VenueQuerySet",
    "VenueQuestionQuerySet",
]
