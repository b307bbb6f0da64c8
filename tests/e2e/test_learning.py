"""Learn, be checked, be certified, be believed: with script, without it, and by keyboard alone."""

import re

import pytest

from tests.e2e.hands import Hands
from training.models import Certificate, CheckAttempt

WAYS = [
    pytest.param({}, id="with-script"),
    pytest.param({"script": False}, id="without-script"),
    pytest.param({"keys": True}, id="keyboard"),
]
MODULE = "/learning/why-we-work-in-partnership/"


@pytest.mark.parametrize("way", WAYS)
def test_from_the_first_unit_to_a_certificate_that_anyone_can_check(visit, way):
    rhona = visit("partner@example.org", **way)
    rhona.go(MODULE)
    rhona.press("Resume", "link")
    read_all_units(rhona)
    pass_the_check(rhona)

    rhona.go("/certificates/")
    code = Certificate.objects.get(holder__email="partner@example.org").code
    rhona.go(f"/certificates/{code}/")
    rhona.sees("Rhona MacBain")

    anyone = visit(**way)
    anyone.go("/verify/")
    anyone.write(anyone.page.get_by_label("Code", exact=True), f" {code[:4].lower()} {code[4:8]}-{code[8:].lower()} ")
    anyone.press("Check", exact=True)
    anyone.sees("This certificate is valid")
    anyone.sees("Rhona MacBain")


def read_all_units(hands: Hands) -> None:
    """Read on from where the person stands, doing the step away from the screen on the way."""
    for _ in range(8):
        steps = hands.page.get_by_role("button", name="I tried it")
        if steps.count():
            box = hands.page.locator("form", has=steps.first).get_by_role("textbox")
            hands.write(box, "I rang the farm and asked what they would change.")
            hands.press("I tried it")
            hands.sees("Kept. Only you can see what you wrote")
        button = hands.page.get_by_role("button", name="Finish unit")
        last = "final check" in button.inner_text() or "go to unit" not in button.inner_text()
        hands.press("Finish unit")
        if last:
            hands.page.wait_for_url("**/check/")
            return


def pass_the_check(hands: Hands) -> None:
    """Start the check and give the right answer to every question."""
    hands.press("Start the check")
    hands.sees("Hand in my answers")
    paper = CheckAttempt.objects.get(start__person__email="partner@example.org", submitted_at=None)
    told = [o["explanation"] for q in paper.questions for o in q["options"] if o["explanation"] in hands.page.content()]
    assert told == []
    for question in paper.questions:
        for option in question["options"]:
            if option["right"]:
                hands.choose(hands.page.locator(f"[id='q-{question['id']}-{option['id']}']"))
    hands.press("Hand in my answers")
    hands.page.wait_for_url("**/result/")


@pytest.mark.parametrize("way", WAYS)
def test_signing_in_with_a_password(visit, way):
    somebody = visit(**way)
    somebody.go("/my-work/")
    somebody.write(somebody.page.locator("input[name=login]"), "staff@example.org")
    somebody.write(somebody.page.locator("input[type=password]"), "common-ground")
    somebody.page.keyboard.press("Enter")
    somebody.page.wait_for_url(re.compile(r"^[^?]*/my-work/$"))
    assert somebody.heading()
