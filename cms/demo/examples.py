"""The examples of the demo, and the request that waits for Rhona's answer."""

import datetime

from appraisal.asking import ask, prepare_request
from appraisal.evidence import keep_entry
from appraisal.models import EvidenceEntry
from cms.demo.pages import read
from cms.demo.people import CARERS
from partnerships.models import Behaviour, Engagement
from people.lib.dates import today
from people.models import Organisation


def load_examples(people, group) -> None:
    """Keep every example of the file for its owner; then Ailsa asks Rhona about the newest one."""
    by_email = {user.email: user for user in people.values()}
    entries = [_keep(row, by_email[row["owner"]], group) for row in read("examples.yaml")]
    _ask_rhona(entries[0], people)


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
    return keep_entry(owner, data)


def _ask_rhona(entry, people) -> None:
    """Ailsa asks Rhona once whether that is how it happened; her answer is for the visitor of the demo to give."""
    if entry.confirmations.exists():
        return
    rhona = people["partner"]
    request = prepare_request(
        entry,
        name=rhona.name,
        email=rhona.email,
        decides=False,
        organisation=Organisation.objects.get(name=CARERS),
        show=("partnership", "names"),
    )
    ask(request, by=people["staff"])
