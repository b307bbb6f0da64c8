"""The public pages of the demo, written from the YAML files beside this module."""

import datetime
from pathlib import Path

import yaml

from cms.first_pages import create_first_pages, publish
from cms.models import HomePage, PracticeCasePage, PracticeIndexPage
from partnerships.models import Behaviour
from people.lib.dates import today

HERE = Path(__file__).parent
DRAFT = {
    "title": "The rest centre opens at five, before dark",
    "slug": "varrach-rest-centre",
    "place": "Varrach",
    "summary": "Nineteen calls, one question each, moved the opening of a rest centre to five o'clock.",
    "problem": "<p>The council wanted to open the rest centre whenever a warning came, at any hour of the night.</p>",
    "what_we_did": "<p>Carers rang nineteen people and asked one question: at what hour would you leave home?</p>",
    "what_changed": "<p>The centre opens at five in the afternoon, before medicines and before dark.</p>",
    "what_failed": "<p>Two people made all the calls. Next time a third will help.</p>",
    "try_this": "Ask one person at what hour your service is of use to them.",
    "organisations": "Varrach Council\nVarrach Carers' Voice",
}


def read(name: str):
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


def load_pages(editor) -> HomePage:
    """Home, help, accessibility, privacy and good practice; pages that are there stay as their editors left them."""
    home = create_first_pages(read("pages.yaml"), by=editor)
    library = PracticeIndexPage.objects.get()
    for case in read("practice_cases.yaml"):
        if not PracticeCasePage.objects.filter(slug=case["slug"]).exists():
            _case(library, case, editor)
    _draft_case(library, editor)
    return home


def _draft_case(library, editor) -> None:
    """A case that its editor is still writing: the partner has not agreed, so it cannot be published."""
    if PracticeCasePage.objects.filter(slug=DRAFT["slug"]).exists():
        return
    page = library.add_child(instance=PracticeCasePage(**DRAFT, live=False, year=today().year))
    page.behaviours = Behaviour.objects.filter(code="PB4")
    page.save_revision(user=editor)


def _case(library, row, editor) -> PracticeCasePage:
    agreement = row["agreement"]
    texts = ("title", "slug", "place", "year", "summary", "problem", "what_we_did", "what_changed", "what_failed")
    page = PracticeCasePage(
        **{name: row[name] for name in texts},
        try_this=row["try_this"],
        organisations="\n".join(row["organisations"]),
        agreed_organisation=agreement["organisation"],
        agreed_name=agreement["name"],
        agreed_on=today() - datetime.timedelta(days=agreement["days_ago"]),
    )
    page.behaviours = Behaviour.objects.filter(code__in=row["behaviours"])
    return publish(library, page, editor)
