"""The examples of the demo, and the questions about them."""

import datetime

from appraisal.asking import ask, prepare_request
from appraisal.enums import Answer
from appraisal.evidence import keep_entry
from appraisal.models import EvidenceConfirmation, EvidenceEntry
from cms.demo.pages import read
from cms.demo.people import CARERS, HOST, UNION
from partnerships.models import Behaviour, Engagement
from people.lib.dates import today
from people.models import Organisation
from people.transitions import move, person

DOUGIES_WORDS = (
    "It was as Ailsa writes. I would add that the six o'clock test worked because our members had chosen the hour. "
    "They still ask me whether it will be so next time."
)


def load_examples(people, group) -> None:
    """Keep every example of the file for its owner, some shared; ask three people how it was, and one has answered."""
    by_email = {user.email: user for user in people.values()}
    entries = [_keep(row, by_email[row["owner"]], group) for row in read("examples.yaml")]
    of = {entry.title: entry for entry in entries}
    _ask(of["Rang Rhona before drafting the call list"], people["partner"], CARERS)
    _ask(of["Kept a visit when the audit came"], people["staff"], HOST)
    dougie = people["union"]
    asked = _ask(of["Asked about the test after fixing the date"], dougie, UNION)
    if asked is not None:
        move(asked, "answer", by=person(dougie), data={"answer": Answer.YES_AND, "words": DOUGIES_WORDS})


def _keep(row, owner, group) -> EvidenceEntry:
    found = EvidenceEntry.objects.of_owner(owner).filter(title=row["title"]).first()
    if found is not None:
        return found
    day = today() - datetime.timedelta(days=row["happened_days_ago"])
    data = {name: row[name] for name in ("title", "situation", "task", "action", "result")}
    data |= {
        "happened_on": day,
        "partnership": group if row.get("partnership") else None,
        "engagement": Engagement.objects.filter(partnership=group, happened_on=day).first(),
        "behaviours": list(Behaviour.objects.filter(code__in=row["behaviours"])),
    }
    entry = keep_entry(owner, data)
    return move(entry, "share", by=person(owner)) if row.get("shared") else entry


def _ask(entry, somebody, organisation: str) -> EvidenceConfirmation | None:
    """Ask once whether that is how it happened; None when the question was asked before."""
    if entry.confirmations.exists():
        return None
    request = prepare_request(
        entry,
        name=somebody.name,
        email=somebody.email,
        decides=False,
        organisation=Organisation.objects.get(name=organisation),
        show=("partnership", "names"),
    )
    return ask(request, by=entry.owner)
