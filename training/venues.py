"""What is asked about every venue (DOMAIN E.3), what must be known before publishing, and keeping the answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.lib.dates import today
from training.enums import FactAnswer
from training.models import Venue, VenueFact


@dataclass(frozen=True)
class Fact:
    """One point of the checklist: its code, the words people read, and whether publishing needs it."""

    code: str
    label: str | Promise
    hint: str | Promise = ""
    core: bool = False


FACTS = (
    Fact(
        "transport",
        _("Bus, train or ferry"),
        _("Which stop, how far, and does the last one leave after the end?"),
        True,
    ),
    Fact("parking", _("Parking"), _("How many places for badge holders, level, and how many metres from the door?")),
    Fact("step_free", _("Way in without steps"), _("From the street to the room, with a ramp or a lift"), True),
    Fact("doors", _("Doors at least 80 cm wide"), core=True),
    Fact("turning", _("Room to turn a wheelchair (1.5 m)")),
    Fact("toilet", _("Accessible toilet"), _("On the same floor?"), True),
    Fact("loop", _("Hearing loop"), _("Tried, and who switches it on"), True),
    Fact("lighting", _("Lighting"), _("Daylight or lamps without flicker, a face can be seen")),
    Fact("acoustics", _("Acoustics"), _("Can people talk in small groups at the same time?")),
    Fact("seating", _("Seating"), _("Chairs with and without arms, room to stand")),
    Fact("quiet_room", _("A quiet room"), core=True),
    Fact("food", _("Food and drink"), _("Diets that the kitchen can serve")),
    Fact("private_room", _("A room to pray or to express milk")),
    Fact("evacuation", _("Getting everybody out"), _("Alarm that can be seen and heard, who helps"), True),
    Fact("contact", _("Somebody on the spot"), _("Name and telephone number on the day"), True),
    Fact("photos", _("Photos of the place"), _("Where they can be seen")),
    Fact("not_accessible", _("What is not accessible"), _("Said plainly, so that nobody finds out at the door")),
)
BY_CODE = {fact.code: fact for fact in FACTS}


def facts_of(venue: Venue) -> list[tuple[Fact, VenueFact]]:
    """Every point of the checklist with what is known about it, in the order of the list."""
    known = {row.code: row for row in venue.facts.all()}
    return [(fact, known.get(fact.code) or VenueFact(venue=venue, code=fact.code)) for fact in FACTS]


def missing_core(venue: Venue) -> list[str]:
    """The words of core facts that nobody has checked, or not for so long that they are stale."""
    return [str(fact.label) for fact, row in facts_of(venue) if fact.core and (not row.is_known or row.is_stale)]


@transaction.atomic
def save_facts(venue: Venue, answers: Mapping[str, Mapping[str, Any]], *, checked_by: str) -> int:
    """Keep answers by code (answer, words, known_by); who checked and today's date go with each that changed.

    Returns how many changed. A fact that stays the same but is confirmed again gets today's date when `again` is set.
    """
    known = {row.code: row for row in VenueFact.objects.select_for_update().filter(venue=venue)}
    changed = 0
    for code, values in answers.items():
        row = known.get(code) or VenueFact(venue=venue, code=BY_CODE[code].code)
        before = (row.answer, row.words, row.known_by)
        row.answer, row.words = values["answer"], values.get("words", "")
        row.known_by = values.get("known_by") if row.answer == FactAnswer.NOT_CHECKED else None
        if row.pk and before == (row.answer, row.words, row.known_by) and not values.get("again"):
            continue
        row.checked_by, row.checked_on = (checked_by, today()) if row.is_known else ("", None)
        row.save()
        changed += 1
    return changed
