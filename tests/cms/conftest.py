"""Pages of the roof for its tests: a home page, the library, and one case."""

import datetime
from types import SimpleNamespace

import pytest
from wagtail.models import Page, Site

from cms.models import HomePage, PracticeCasePage, PracticeIndexPage, StandardPage


@pytest.fixture
def site_pages(db):
    home = HomePage(title="Common Ground", slug="common-ground", lead="Lead", sections=[])
    Page.get_first_root_node().add_child(instance=home)
    site = Site.objects.get(is_default_site=True)
    site.root_page = home
    site.save()
    public = home.add_child(instance=StandardPage(title="Help", slug="help", body="<p>Write to us.</p>"))
    closed = home.add_child(
        instance=StandardPage(title="House rules", slug="house", body="<p>For insiders</p>", is_public=False)
    )
    library = home.add_child(instance=PracticeIndexPage(title="Good practice", slug="good-practice"))
    case = library.add_child(instance=a_case("Officers went to sea", "sea"))
    return SimpleNamespace(home=home, public=public, closed=closed, library=library, case=case)


def a_case(title, slug, **fields):
    values = {
        "summary": "In short",
        "problem": "<p>Nobody asked.</p>",
        "what_we_did": "<p>We asked.</p>",
        "what_changed": "<p>Three options.</p>",
        "what_failed": "<p>Two boats are not a fleet.</p>",
        "try_this": "Ring one person.",
        "organisations": "Council\nCreel Circle",
        "agreed_organisation": "Creel Circle",
        "agreed_name": "Secretary",
        "agreed_on": datetime.date(2026, 1, 5),
    }
    return PracticeCasePage(title=title, slug=slug, **{**values, **fields})
