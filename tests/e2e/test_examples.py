"""An example, a question, an answer without an account, and a later change that everybody can see."""

import re

import pytest
from django.core import mail

from tests.e2e.test_learning import WAYS


@pytest.mark.parametrize("way", WAYS)
def test_ask_answer_without_an_account_and_change_afterwards(visit, site, way):
    ailsa = visit("staff@example.org", **way)
    ailsa.go("/evidence/add/")
    ailsa.write(
        ailsa.page.get_by_label("What happened?"), "I walked the burn with two farmers and drew the map with them."
    )
    ailsa.press("Save example")
    ailsa.page.wait_for_url(re.compile(r"/evidence/\d+/$"))
    ailsa.sees("Only you")
    example = ailsa.page.url

    ailsa.press("Ask somebody who was there", "link")
    ailsa.write(ailsa.page.get_by_label("Their name"), "Una Kerr")
    ailsa.write(ailsa.page.get_by_label("Their e-mail address"), "una@example.org")
    ailsa.choose(ailsa.page.get_by_role("radio", name="No", exact=True))
    ailsa.press("See what will be sent")
    ailsa.sees("Nothing has been sent yet")
    assert not [m for m in mail.outbox if m.to == ["una@example.org"]]
    ailsa.press("Send to Una Kerr")
    ailsa.page.wait_for_url(example)

    (letter,) = [m for m in mail.outbox if m.to == ["una@example.org"]]
    link = re.search(r"/answer/[^/\s]+/", letter.body)[0]
    una = visit(**way)
    una.go(link)
    assert una.heading() == "Is this how it happened?"
    una.sees("I walked the burn with two farmers")
    una.choose(una.page.get_by_role("radio").first)
    una.press("Send answer")
    una.sees("Your answer is kept")

    ailsa.go(example)
    ailsa.press("Change this example", "link")
    ailsa.write(ailsa.page.get_by_label("What happened?"), "I walked the burn with three farmers.")
    ailsa.press("Save example")
    ailsa.page.wait_for_url(example)
    ailsa.sees("Changed since Una answered")
