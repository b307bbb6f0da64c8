"""A new site has its first pages, says nothing that is not so, and leaves to editors what is theirs."""

import re

import pytest
from django.core.management import call_command
from wagtail.models import Page

from cms.models import HomePage, PracticeIndexPage, StandardPage
from people.models import Identity
from training.models import LearningIndexPage

pytestmark = pytest.mark.django_db
ADDRESSES = ("/", "/help/", "/accessibility/", "/privacy/", "/good-practice/")


def create_pages():
    call_command("create_pages", verbosity=0)


@pytest.mark.parametrize("address", ADDRESSES)
def test_strangers_read_the_first_pages(client_for, address):
    assert address == "/" or client_for().get(address).status_code == 404
    create_pages()

    page = client_for().get(address)

    assert page.status_code == 200
    assert "{" not in page.text.split("<main")[1].split("</main")[0]
    assert "Scottish Rivers" not in page.text


def test_every_link_of_the_first_pages_leads_somewhere(client_for):
    create_pages()
    client = client_for()
    for address in ADDRESSES:
        for link in set(re.findall(r'href="(/[^"#]*)"', client.get(address).text)):
            assert client.get(link, follow=True).status_code == 200 or link.startswith("/static/"), link


def test_name_and_address_of_the_body_stand_in_them_as_text(client_for):
    identity = Identity.load()
    identity.organisation_name, identity.contact_email = 'Harbour & <b>Coast</b> "Trust"', "ask@harbour.example"
    identity.save()

    create_pages()

    page = client_for().get("/privacy/").text
    assert "Harbour &amp; &lt;b&gt;Coast&lt;/b&gt;" in page
    assert "<b>Coast" not in page
    assert 'href="mailto:ask@harbour.example"' in page


def test_creating_them_again_changes_nothing_that_editors_wrote(client_for):
    create_pages()
    StandardPage.objects.get(slug="help").delete()
    privacy = StandardPage.objects.get(slug="privacy")
    privacy.body = "<p>Our own words.</p>"
    privacy.save_revision().publish()
    count = Page.objects.count()

    create_pages()
    create_pages()

    assert "Our own words." in client_for().get("/privacy/").text
    assert client_for().get("/help/").status_code == 200
    assert Page.objects.count() == count + 1
    assert (HomePage.objects.count(), PracticeIndexPage.objects.count(), LearningIndexPage.objects.count()) == (1, 1, 1)


def test_the_command_says_what_is_there(capsys):
    call_command("create_pages")
    told = capsys.readouterr().out

    assert "Help and contact, Accessibility statement, How we use your information, Good practice" in told
