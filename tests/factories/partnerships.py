"""Minimal records of the partnerships app for tests; the framework comes from its real file."""

import datetime

import factory

from partnerships.framework import record_partner_agreement, record_staff_agreement
from partnerships.framework_file import load_framework
from partnerships.models import Engagement, FrameworkVersion, Partnership, PartnershipOrganisation, PartnershipPerson
from people.transitions import SYSTEM, move

STAFF_SPONSOR = {"name": "Eilidh Ross", "role": "Chief executive", "organisation": "Scottish Rivers Authority"}
PARTNER_SPONSOR = {"name": "Iain Shaw", "role": "Chair", "organisation": "Varrach Carers' Voice"}


def agree(version: FrameworkVersion, on: datetime.date = datetime.date(2026, 1, 12)) -> FrameworkVersion:
    """Both sponsors agree to the version as it stands."""
    record_staff_agreement(version, by=SYSTEM, agreed_on=on, **STAFF_SPONSOR)
    record_partner_agreement(version, by=SYSTEM, agreed_on=on, **PARTNER_SPONSOR)
    return version


def published_framework() -> FrameworkVersion:
    """Version 1 from its file, agreed by both sides and in use."""
    return move(agree(load_framework()), "publish", by=SYSTEM)


class PartnershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Partnership

    name = factory.Sequence("Flood warning group {}".format)
    slug = factory.Sequence("flood-warning-group-{}".format)
    purpose = "A warning reaches everybody who cannot leave the house alone."


class PartnershipOrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PartnershipOrganisation


class PartnershipPersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PartnershipPerson


class EngagementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Engagement

    partnership = factory.SubFactory(PartnershipFactory)
    title = "Walk along the flood bank"
    happened_on = datetime.date(2026, 3, 2)
