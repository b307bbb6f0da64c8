"""What we expect of each other, version 1, published with both sponsors' agreement."""

import datetime

from cms.demo.days import on_day, review_year
from partnerships.framework import record_partner_agreement, record_staff_agreement
from partnerships.framework_file import load_framework
from people.transitions import SYSTEM, move


def load_published_framework():
    """Load version 1, record that both sponsors agreed, and publish it; a published version is left alone."""
    version = load_framework()
    if not version.is_draft:
        return version
    agreed_on = review_year().before.first - datetime.timedelta(days=60)  # in force when last year's reviews began
    record_staff_agreement(
        version,
        by=SYSTEM,
        name="Catriona Weir",
        role="Chief executive",
        organisation="Scottish Rivers Authority",
        agreed_on=agreed_on,
    )
    record_partner_agreement(
        version,
        by=SYSTEM,
        name="Rhona MacBain",
        role="Chair",
        organisation="Varrach Carers' Voice",
        agreed_on=agreed_on,
    )
    with on_day(agreed_on + datetime.timedelta(days=30)):
        return move(version, "publish", by=SYSTEM)
