"""Example, question, answer without an account, superseded: in a real browser, with and without script."""

import re

import pytest
from django.urls import reverse

from appraisal.models import EvidenceConfirmation, EvidenceEntry
from people.models import OutgoingMail
from tests.factories.appraisal import asked, asked_through_manager, example, shared_example

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (390, 1280)


@pytest.fixture
def example_site(live_server, settings, committed_cast, client_for):
    """The running site, and a function that opens a browser page signed in as somebody."""
    settings.SITE_URL = live_server.url
    settings.KEEP_SENT_MAIL = True
    return live_server


@pytest.fixture
def page_for(browser, example_site, client_for):
    """A browser page for a person, or for nobody; script=False turns JavaScript off."""
    contexts = []

    def make(user=None, *, script=True):
        context = browser.new_context(java_script_enabled=script, base_url=example_site.url)
        contexts.append(context)
        if user is not None:
            session = client_for(user).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": example_site.url}])
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


def link_in_mail():
    mail = OutgoingMail.objects.filter(template="appraisal/asked").latest("pk")
    return re.search(r"https?://\S+/answer/[\w-]+/", mail.text).group(0)


@pytest.mark.parametrize("script", [True, False])
def test_example_ask_answer_without_account_superseded(committed_cast, page_for, script):
    ailsa = page_for(committed_cast.ailsa, script=script)
    ailsa.goto("/evidence/")
    ailsa.get_by_role("link", name="Add an example").first.click()
    ailsa.get_by_label("What happened?").fill("I rang Rhona MacBain before I wrote the list.")
    ailsa.get_by_role("button", name="Save example").click()
    ailsa.get_by_role("button", name="Share with Morag Sinclair").click()
    ailsa.get_by_role("link", name="Ask somebody who was there").click()
    ailsa.get_by_label("Their name").fill("Rhona MacBain")
    ailsa.get_by_label("Their e-mail address").fill("partner@example.org")
    ailsa.get_by_label("No", exact=True).check()
    ailsa.get_by_role("button", name="See what will be sent").click()
    assert EvidenceConfirmation.objects.count() == 0
    ailsa.get_by_role("button", name="Send to Rhona MacBain").click()
    ailsa.get_by_text("Rhona MacBain has been asked").first.wait_for()

    rhona = page_for(script=script)
    rhona.goto(link_in_mail())
    rhona.get_by_label("Yes, and I would add something").check()
    rhona.get_by_label("In your words").fill("She rang in the evening.")
    rhona.get_by_role("button", name="Send answer").click()
    rhona.get_by_text("Thank you. Your answer is kept").wait_for()

    ailsa.goto(EvidenceEntry.objects.get().get_absolute_url())
    ailsa.get_by_role("link", name="Change this example").click()
    ailsa.get_by_label("What happened?").fill("I rang everybody.")
    ailsa.get_by_role("button", name="Save example").click()
    ailsa.get_by_text("Changed since Rhona answered").wait_for()
    morag = page_for(committed_cast.morag, script=script)
    morag.goto(EvidenceEntry.objects.get().get_absolute_url())
    morag.get_by_text("She rang in the evening.").wait_for()


def test_answer_by_keyboard_alone(committed_cast, page_for):
    asked(example(committed_cast.ailsa))
    rhona = page_for()
    rhona.goto(link_in_mail())
    for _press in range(30):
        rhona.keyboard.press("Tab")
        if rhona.evaluate("document.activeElement.name") == "answer":
            break
    rhona.keyboard.press("Space")
    rhona.keyboard.press("Tab")
    rhona.keyboard.type("So it was.")
    rhona.keyboard.press("Tab")
    rhona.keyboard.press("Enter")
    rhona.get_by_text("Thank you. Your answer is kept").wait_for()

    assert EvidenceConfirmation.objects.get().words == "So it was."


def test_draft_saves_itself_while_typing(committed_cast, page_for):
    ailsa = page_for(committed_cast.ailsa)
    ailsa.goto(reverse("evidence:add"))
    ailsa.get_by_label("What happened?").fill("Half a thou")
    ailsa.get_by_text("Draft saved at").wait_for()
    ailsa.get_by_label("What happened?").fill("Half a thought, finished.")
    ailsa.get_by_role("button", name="Save example").click()
    ailsa.wait_for_url(re.compile(r"/evidence/\d+/$"))

    assert EvidenceEntry.objects.get().situation == "Half a thought, finished."


def test_pages_of_examples_have_no_barrier_and_fit(committed_cast, page_for):
    from axe_playwright_python.sync_playwright import Axe  # heavy: only here

    entry = shared_example(committed_cast.ailsa)
    asked(entry)
    link = link_in_mail()
    waiting = asked_through_manager(shared_example(committed_cast.ailsa), email="farm@example.net", name="Farmer Boyd")
    visits = [
        ("ailsa", reverse("evidence:list")),
        ("ailsa", reverse("evidence:add")),
        ("ailsa", entry.get_absolute_url()),
        ("ailsa", reverse("evidence:ask", args=[entry.pk])),
        ("morag", entry.get_absolute_url()),
        ("morag", reverse("evidence:send", args=[waiting.pk])),
        ("rhona", reverse("evidence:list")),
        (None, link),
        (None, "/answer/unknown/"),
    ]
    pages = {name: page_for(getattr(committed_cast, name) if name else None) for name in {name for name, _at in visits}}

    for name, address in visits:
        page = pages[name]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            found = Axe().run(page)
            assert found.violations_count == 0, f"{address} at {width}: {found.generate_report()}"
        page.set_viewport_size({"width": 320, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
