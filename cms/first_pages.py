"""The pages that every site begins with: home, help, accessibility, privacy, good practice, and the place of modules.

Their editors go on from there: a page that is there already is never touched.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.html import escape
from wagtail.models import Page, Site

from cms.models import HomePage, PracticeIndexPage, StandardPage
from people.models import Identity, User
from training.module_file import learning_index

TEXTS = Path(__file__).parent / "data" / "first_pages.yaml"
PLAIN_PAGES = (
    ("help", "Help and contact"),
    ("accessibility", "Accessibility statement"),
    ("privacy", "How we use your information"),
)
PRACTICE_LEAD = (
    "Cases that people on both sides agreed to tell: the problem, what they did, what changed, and what failed."
)


def first_texts() -> dict[str, Any]:
    """The words for a body that has written none yet, with its own name and address in them."""
    identity = Identity.load()
    names = {"organisation": escape(identity.organisation_name), "email": escape(identity.contact_email)}
    return yaml.safe_load(TEXTS.read_text(encoding="utf-8").format_map(names))


@transaction.atomic
def create_first_pages(texts: Mapping[str, Any], *, by: User | None = None) -> HomePage:
    """Write and publish whichever of the first pages are not there yet."""
    home = HomePage.objects.first() or _home(texts["home"], by)
    for slug, title in PLAIN_PAGES:
        if not home.get_children().filter(slug=slug).exists():
            publish(home, StandardPage(title=title, slug=slug, body=texts[slug], show_in_menus=False), by)
    if not PracticeIndexPage.objects.exists():
        publish(home, PracticeIndexPage(title="Good practice", slug="good-practice", lead=PRACTICE_LEAD), by)
    learning_index(home)
    return home


def publish(parent: Page, page: Page, by: User | None) -> Page:
    """Add a page below another one and publish it."""
    parent.add_child(instance=page)
    page.save_revision(user=by).publish(user=by)
    page.refresh_from_db()
    return page


def _home(text: Mapping[str, Any], by: User | None) -> HomePage:
    """The home page takes the place of the welcome page that a new Wagtail site comes with."""
    root = Page.get_first_root_node()
    sections = [("section", {"heading": row["heading"], "text": row["html"]}) for row in text["sections"]]
    home = HomePage(title=text["title"], slug="common-ground", lead=text["lead"], sections=sections)
    publish(root, home, by)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True, hostname="localhost")
    welcome, site.root_page, site.site_name = site.root_page_id, home, "Common Ground"
    site.save()
    Page.objects.filter(pk=welcome, content_type__model="page", numchild=0, depth__gt=1).delete()
    return home
