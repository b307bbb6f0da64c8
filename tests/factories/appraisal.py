"""Minimal examples and requests for tests, made through the real functions."""

import datetime

from appraisal.asking import ask, prepare_request, send_for_another
from appraisal.evidence import keep_entry
from appraisal.models import EvidenceConfirmation, EvidenceEntry
from people.lib.dates import today
from people.models import OutgoingMail, User
from people.transitions import move, person

ACCOUNT = "I rang Rhona MacBain before I drafted the call list, and six carers said what it should hold."


def example(owner: User, **data) -> EvidenceEntry:
    """A private draft."""
    values = {
        "title": "Rang before drafting",
        "situation": ACCOUNT,
        "happened_on": today() - datetime.timedelta(days=3),
    }
    return keep_entry(owner, {**values, **data})


def shared_example(owner: User, **data) -> EvidenceEntry:
    """An example that the owner's line manager reads."""
    return move(example(owner, **data), "share", by=person(owner))


def prepared(entry: EvidenceEntry, **data) -> EvidenceConfirmation:
    """A request to Rhona that is not kept yet."""
    values = {"name": "Rhona MacBain", "email": "partner@example.org", "decides": False}
    return prepare_request(entry, **{**values, **data})


def asked(entry: EvidenceEntry, **data) -> EvidenceConfirmation:
    """A request to Rhona that went out; `raw_token` is what her mail holds."""
    return ask(prepared(entry, **data), by=entry.owner)


def asked_through_manager(entry: EvidenceEntry, manager: User | None = None, **data) -> EvidenceConfirmation:
    """A request that the manager may send; sent when a manager is given."""
    waiting = ask(prepared(entry, decides=True, **data), by=entry.owner)
    return send_for_another(waiting, by=manager) if manager else waiting


def answered(entry: EvidenceEntry, by: User, answer: str = "yes", words: str = "", **data) -> EvidenceConfirmation:
    """A request that its addressee answered, signed in."""
    request = asked(entry, **{"name": by.name, "email": by.email, **data})
    return move(request, "answer", by=person(by), data={"answer": answer, "words": words})


def mails() -> list[tuple[str, str]]:
    """Template and recipient of every mail written so far, in order."""
    return list(OutgoingMail.objects.order_by("pk").values_list("template", "to"))
