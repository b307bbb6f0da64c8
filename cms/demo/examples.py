"""The examples of the demo that no review began with, and the questions about them. Those of reviews: reviews.py."""

from appraisal.asking import ask, prepare_request
from appraisal.enums import Answer
from appraisal.evidence import keep_entry
from appraisal.models import EvidenceConfirmation, EvidenceEntry
from cms.demo.days import before
from cms.demo.pages import read
from cms.demo.people import CARERS, HOST, UNION
from partnerships.models import Behaviour, Engagement
from people.models import Organisation
from people.transitions import move, person

DOUGIES_WORDS = (
    "It was as Ailsa writes. I would add that the six o'clock test worked because our members had chosen the hour. "
    "They still ask me whether it will be so next time."
)


def load_examples(people, group) -> dict[str, EvidenceEntry]:
    """Keep every example of the file for its owner, some shared; ask three people how it was, and one has answered.

    Returns them by the id of the file.
    """
    by_email = {user.email: user for user in people.values()}
    of = {row["id"]: _keep(row, by_email[row["owner"]], group) for row in read("examples.yaml")}
    _ask(of["call-list"], people["partner"], CARERS)
    _ask(of["audit-visit"], people["staff"], HOST)
    dougie = people["union"]
    asked = _ask(of["test-date"], dougie, UNION)
    if asked is not None:
        move(asked, "answer", by=person(dougie), data={"answer": Answer.YES_AND, "words": DOUGIES_WORDS})
    return of


def _keep(row, owner, group) -> EvidenceEntry:
    found = EvidenceEntry.objects.of_owner(owner).filter(title=row["title"]).first()
    if found is not None:
        return found
    day = before(row["happened_days_ago"])
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
        organisation=Organisation.objects.named(organisation),
        show=("partnership", "names"),
    )
    return ask(request, by=entry.owner)
