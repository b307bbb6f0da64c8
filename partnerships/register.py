"""Keeping the register of partnerships: whatever changes in who is in one stands in the audit afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.db import transaction

from partnerships.models import Partnership
from people import audit
from people.models import User

TEXTS = ("name", "slug", "purpose", "started_on")
LEADS = ("lead", "co_lead")


class Fact(NamedTuple):
    """One thing that is so: what, about whom, and in which words."""

    what: str
    subject_id: int
    words: str = ""


@contextmanager
def changes_kept(partnership: Partnership, *, by: User) -> Iterator[None]:
    """Save within this, all or nothing: what became different goes to the audit, a row for each person it is about."""
    with transaction.atomic():
        texts, facts = _texts(partnership), _facts(partnership)
        yield
        now = _texts(partnership)
        changed = [name for name in TEXTS if texts and texts[name] != now[name]]
        if changed or not texts:
            audit.record_change(partnership, "changed" if texts else "added", by=by, reason=", ".join(changed))
        still = _facts(partnership)
        for ending, rows in (("ends", facts - still), ("begins", still - facts)):
            for fact in sorted(rows):
                name, whom = f"{fact.what}_{ending}", fact.subject_id or None
                audit.record_change(partnership, name, by=by, subject_id=whom, reason=fact.words)


def _texts(partnership: Partnership) -> dict:
    return Partnership.objects.filter(pk=partnership.pk).values(*TEXTS).first() or {}


def _facts(partnership: Partnership) -> set[Fact]:
    """Leads, organisations and people as the database has them; a new partnership has none."""
    row = Partnership.objects.filter(pk=partnership.pk).first()
    if row is None:
        return set()
    leads = {Fact(name, pk) for name in LEADS if (pk := getattr(row, f"{name}_id"))}
    organisations = row.organisations.values_list("organisation__name", "brings")
    people = row.people.values_list("person_id", "organisation__name", "role")
    return (
        leads
        | {Fact("organisation", 0, _words(*parts)) for parts in organisations}
        | {Fact("person", pk, _words(*parts)) for pk, *parts in people}
    )


def _words(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
