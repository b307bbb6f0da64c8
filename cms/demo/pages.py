"""The public pages of the demo, written from the YAML files beside this module."""

import datetime
from pathlib import Path

import yaml
from wagtail.models import Page, Site

from cms.models import HomePage, PracticeCasePage, PracticeIndexPage, StandardPage
from partnerships.models import Behaviour
from people.lib.dates import today

HERE = Path(__file__).parent
PLAIN_PAGES = (
    ("help", "Help and contact"),
    ("accessibility", "Accessibility statement"),
    ("privacy", "How we use your information"),
)
PRACTICE_LEAD = (
    "Cases that people on both sides agreed to tell: the problem, what they did, what changed, and what failed."
)
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
    texts = read("pages.yaml")
    home = HomePage.objects.first() or _home(texts["home"], editor)
    for slug, title in PLAIN_PAGES:
        if not StandardPage.objects.child_of(home).filter(slug=slug).exists():
            _publish(home, StandardPage(title=title, slug=slug, body=texts[slug], show_in_menus=False), editor)
    library = PracticeIndexPage.objects.first()
    if library is None:
        library = _publish(
            home, PracticeIndexPage(title="Good practice", slug="good-practice", lead=PRACTICE_LEAD), editor
        )
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


def _publish(parent, page, editor):
    parent.add_child(instance=page)
    page.save_revision(user=editor).publish(user=editor)
    page.refresh_from_db()
    return page


def _home(text, editor) -> HomePage:
    """The home page takes the place of the welcome page that a new Wagtail site comes with."""
    root = Page.get_first_root_node()
    sections = [("section", {"heading": row["heading"], "text": row["html"]}) for row in text["sections"]]
    home = HomePage(title=text["title"], slug="common-ground", lead=text["lead"], sections=sections)
    _publish(root, home, editor)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True, hostname="localhost")
    welcome, site.root_page, site.site_name = site.root_page_id, home, "Common Ground"
    site.save()
    Page.objects.filter(pk=welcome, content_type__model="page", numchild=0, depth__gt=1).delete()
    return home


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
    return _publish(library, page, editor)
