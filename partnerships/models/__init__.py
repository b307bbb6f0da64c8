"""The framework and the partnerships; one subject a file."""

from partnerships.models.framework import (
    Behaviour,
    BehaviourText,
    FrameworkVersion,
    Indicator,
    LevelText,
    Principle,
    ProficiencyLevel,
    ProfileItem,
    RoleProfile,
    SelfLook,
    SponsorAgreement,
)
from partnerships.models.partnership import Engagement, Partnership, PartnershipOrganisation, PartnershipPerson

__all__ = [
    "Behaviour",
    "BehaviourText",
    "Engagement",
    "FrameworkVersion",
    "Indicator",
    "LevelText",
    "Partnership",
    "PartnershipOrganisation",
    "PartnershipPerson",
    "Principle",
    "ProficiencyLevel",
    "ProfileItem",
    "RoleProfile",
    "SelfLook",
    "SponsorAgreement",
]
