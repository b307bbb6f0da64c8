"""What is asked about every venue (DOMAIN E.3), what must be known before publishing, and keeping the answers.

Nothing is written over unseen: whoever saves says what stood there when their form was drawn (`seen`, marks by code).
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from people import audit
from people.lib.dates import today
from people.models import User
from people.transitions import Refused
from training.enums import FactAnswer
from training.models import Venue, VenueFact

NOT_ACCESSIBLE = "not_accessible"
DETAILS = ("name", "address", "host", "contact")
Answers = Mapping[str, Mapping[str, Any]]


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
    Fact(NOT_ACCESSIBLE, _("What is not accessible"), _("Said plainly, so that nobody finds out at the door")),
)
BY_CODE = {fact.code: fact for fact in FACTS}


@dataclass(frozen=True)
class Known:
    """How much is known about a venue: the number of facts, those too old to rely on, and the core ones that lack."""

    count: int
    stale: list[str]
    missing: list[str]


@dataclass(frozen=True)
class Told:
    """A venue as people read it: what is known or will be, what nobody has checked, and what is not accessible."""

    rows: list[tuple[Fact, VenueFact]]
    unknown: list[str]
    not_accessible: VenueFact | None


class ChangedMeanwhile(Refused):
    """Somebody else changed these points, or the venue itself, after the form was drawn."""

    def __init__(self, rows: list[VenueFact], *, details: bool = False):
        names = [str(BY_CODE[row.code].label) for row in rows] + ([_now("the name and address")] if details else [])
        super().__init__(
            _now("Somebody changed this meanwhile: %(names)s. Look at it and save again.") % {"names": ", ".join(names)}
        )
        self.rows, self.details = rows, details


def facts_of(venue: Venue) -> list[tuple[Fact, VenueFact]]:
    """Every point of the checklist with what is known about it, in the order of the list."""
    known = {row.code: row for row in venue.facts.all()}
    return [(fact, known.get(fact.code) or VenueFact(venue=venue, code=fact.code)) for fact in FACTS]


def missing_core(venue: Venue) -> list[str]:
    """The words of core facts that nobody has checked, or not for so long that they are stale."""
    return known_of(venue).missing


def known_of(venue: Venue) -> Known:
    """How much is known about a venue; no query when its facts are prefetched."""
    rows = facts_of(venue)
    return Known(
        count=sum(row.is_known for _fact, row in rows),
        stale=[str(fact.label) for fact, row in rows if row.is_stale],
        missing=[str(fact.label) for fact, row in rows if fact.core and (not row.is_known or row.is_stale)],
    )


def told_of(venue: Venue) -> Told:
    """What people read about a venue on the page of a session there."""
    rows = [(fact, row) for fact, row in facts_of(venue) if row.is_known or row.words or row.known_by]
    barrier = next((row for fact, row in rows if fact.code == NOT_ACCESSIBLE and row.is_known), None)
    told = {fact.code for fact, _row in rows}
    return Told(
        rows=[(fact, row) for fact, row in rows if row is not barrier],
        unknown=[str(fact.label) for fact in FACTS if fact.code not in told],
        not_accessible=barrier,
    )


def fact_words(row: VenueFact) -> str:
    """What is known about one point, as people read it."""
    label = str(row.get_answer_display())
    if row.known_by and not row.is_known:
        known = _now("known by %(day)s") if row.known_by >= today() else _now("was to be known by %(day)s")
        label = f"{label}, {known % {'day': date_format(row.known_by, 'j F Y')}}"
    if not row.words:
        return label
    return row.words if row.answer == FactAnswer.DESCRIBED else f"{label}. {row.words}"


def mark_of(row: VenueFact) -> str:
    """A short mark of what an answer says now: two marks differ when the answers do."""
    return _mark(row.answer, row.words, row.known_by)


def details_mark(venue: Venue) -> str:
    """The same for what a venue is called and where it is."""
    return _mark(venue.name, venue.address, venue.host_id, venue.contact)


def save_facts(
    venue: Venue, answers: Answers, *, checked_by: str, seen: Mapping[str, str] | None = None
) -> list[VenueFact]:
    """Keep answers by code (answer, words, known_by); who checked and today's date go with each that changed.

    Returns the rows that changed. A fact that stays the same but is confirmed gets today's date when `again` is set.
    With `seen` what was not touched in the form stays as it is now, and raises ChangedMeanwhile for what was touched
    on both sides.
    """
    with transaction.atomic():
        Venue.objects.select_for_update().get(pk=venue.pk)  # two forms for a new fact come one after the other
        known = {row.code: row for row in venue.facts.select_for_update()}
        changed, refused = [], []
        for code, values in answers.items():
            row = known.get(code) or VenueFact(venue=venue, code=BY_CODE[code].code)
            wanted, stands = _values(values), mark_of(row)
            drawn, confirmed = (seen or {}).get(code, stands), bool(values.get("again"))
            if _mark(*wanted) == drawn and not confirmed:
                continue  # not touched in this form
            if stands not in (drawn, _mark(*wanted)):
                refused.append(row)
            elif stands != _mark(*wanted) or confirmed:
                row.answer, row.words, row.known_by = wanted
                row.checked_by, row.checked_on = (checked_by, today()) if row.is_known else ("", None)
                changed.append(row)
        if refused:
            raise ChangedMeanwhile(refused)
        for row in changed:
            row.save()
    return changed


def says_nothing_new(venue: Venue, answers: Answers, *, checked_by: str) -> bool:
    """True when these answers stand already and were confirmed today by the same one: the same form sent twice."""
    known = {row.code: row for row in venue.facts.all()}
    for code, values in answers.items():
        row = known.get(code) or VenueFact(venue=venue, code=code)
        fresh = (row.checked_by, row.checked_on) == (checked_by, today())
        if _mark(*_values(values)) != mark_of(row) or (values.get("again") and row.is_known and not fresh):
            return False
    return True


def add_venue(details: Mapping[str, Any], *, by: User) -> Venue:
    """Keep a new venue; nothing is known about it yet."""
    with transaction.atomic():
        venue = Venue.objects.create(**details)
        audit.record_change(venue, "add", by=by)
    return venue


def change_venue(
    venue: Venue, details: Mapping[str, Any], answers: Answers, *, seen: Mapping[str, str], checked_by: str, by: User
) -> Venue:
    """Keep what a co-ordinator changed on the page of a venue; `seen["details"]` is the mark of name and address."""
    with transaction.atomic():
        fresh = Venue.objects.select_for_update().get(pk=venue.pk)
        stands, wanted = details_mark(fresh), _mark(*(_plain(details[name]) for name in DETAILS))
        if wanted not in (seen["details"], stands) and stands != seen["details"]:
            raise ChangedMeanwhile([], details=True)
        changed = save_facts(fresh, answers, checked_by=checked_by, seen=seen)
        if wanted not in (seen["details"], stands):
            for name in DETAILS:
                setattr(fresh, name, details[name])
            fresh.save()
            audit.record_change(fresh, "change", by=by)
        if changed:
            audit.record_change(fresh, "check", by=by, reason=", ".join(row.code for row in changed))
    return fresh


def check_again(venue: Venue, seen: Mapping[str, str], *, checked_by: str, by: User) -> list[VenueFact]:
    """Somebody looked again at these facts today and they are as they were seen; raises ChangedMeanwhile if not."""
    rows = {row.code: row for row in venue.facts.all() if row.code in seen and row.is_known}
    others = [row for code, row in rows.items() if mark_of(row) != seen[code]]
    if others:
        raise ChangedMeanwhile(others)
    changed = save_facts(venue, again(rows.values()), checked_by=checked_by, seen=seen)
    if changed:
        audit.record_change(venue, "check_again", by=by, reason=", ".join(row.code for row in changed))
    return changed


def again(rows: Iterable[VenueFact]) -> dict[str, dict[str, Any]]:
    """These answers as they stand, to be confirmed with today's date."""
    return {
        row.code: {"answer": row.answer, "words": row.words, "known_by": row.known_by, "again": True} for row in rows
    }


def _values(values: Mapping[str, Any]) -> tuple[str, str, Any]:
    """An answer as it is kept: only what is not checked yet has a day by which it will be known."""
    answer = values["answer"]
    return answer, values.get("words", ""), values.get("known_by") if answer == FactAnswer.NOT_CHECKED else None


def _plain(value: Any) -> Any:
    return getattr(value, "pk", value)


def _mark(*values: Any) -> str:
    told = "\x1f".join("" if value is None else str(value) for value in values)
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]
