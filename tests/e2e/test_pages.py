"""Every page state: no axe violation, light enough, and never wider than the screen."""

import gzip

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.e2e.demo_pages import FIRST, SECOND, address

WEIGHT, REQUESTS = 60 * 1024, 12
NOT_THERE = {
    "/feedback/no-such-link/",
    "/no-such-page/",
    "/sessions/place/no-such-link/",
    "/verify/0000-0000-0000-0000/",
}
PAGES = {
    "": [
        "/",
        "/framework/",
        "/good-practice/",
        "/verify/",
        "/verify/0000-0000-0000-0000/",
        "/accounts/login/",
        "/accounts/login/code/",
        "/accounts/signup/",
        "/sessions/my-place/",
        "/sessions/my-place/?sent=1",
        "/sessions/place/no-such-link/",
        "PLACE",
        "PLACE ready/",
        "COLLEAGUE name/",
        "/sessions/named/",
        "INVITED",
        "/no-such-page/",
        "HOW",
        "/feedback/no-such-link/",
        "HOST",
    ],
    "staff": [
        "/my-work/",
        "/thanks/",
        "THANKS",
        "/account/",
        "/learning/",
        "/learning/?q=nothing-like-this",
        "/learning/record/",
        f"/learning/{SECOND}/",
        f"/learning/{FIRST}/",
        "UNIT",
        f"/learning/{SECOND}/check/",
        f"/learning/{FIRST}/result/",
        "/certificates/",
        "CERTIFICATE",
        "/evidence/",
        "/evidence/add/",
        "EXAMPLE",
        "EXAMPLE ask/",
        "/partnerships/",
        "/framework/my-look/",
        "/reviews/",
        "/reviews/notes/",
        "NOTE answer/",
        "/reviews/steps/",
        "REVIEW self_review",
        "REVIEW self_review behaviours/2/",
        "REVIEW self_review whole/",
        "REVIEW self_review summary/",
        "REVIEW self_review check/",
        "REVIEW self_review behaviours/1/how/",
        "REVIEW closed",
        "REVIEW closed record/",
        "REVIEW closed record/add/",
        "REVIEW closed behaviours/1/how/",
    ],
    "isla.munro": ["/my-work/", "REVIEW manager_review"],
    "callum.drever": ["/my-work/", "REVIEW shared", "REVIEW shared answer/", "REVIEW shared behaviours/1/how/"],
    "rory.tulloch": ["REVIEW answered", "REVIEW answered behaviours/1/how/"],
    "manager": [
        "/my-work/",
        "/reviews/",
        "/team/",
        "/team/?show=closed",
        "PERSON",
        "PERSON talk/",
        "PERSON note/",
        "REVIEW self_review",
        "REVIEW manager_review",
        "REVIEW manager_review behaviours/1/",
        "REVIEW manager_review whole/",
        "REVIEW manager_review summary/",
        "REVIEW manager_review check/",
        "REVIEW shared",
        "REVIEW answered",
        "REVIEW closed",
        "REVIEW closed record/",
        "REVIEW closed behaviours/1/how/",
    ],
    "countersigner": [
        "/my-work/",
        "/reviews/",
        "/team/",
        "REVIEW shared",
        "REVIEW answered",
        "REVIEW answered fair/",
        "REVIEW answered behaviours/1/how/",
        "OWN",
        "OWN answer/",
    ],
    "hr": [
        "/my-work/",
        "/manage/",
        "/manage/policies/",
        "/manage/cycles/",
        "/manage/cycles/add/",
        "DRAFT people/",
        "DRAFT leave-out/",
        "DRAFT check/",
        "DRAFT delete/",
        "CYCLE",
        "CYCLE ?tab=shared",
        "CYCLE ?tab=late",
        "CYCLE progress/",
        "CYCLE remind/?ticked=all",
        "CYCLE show-levels/",
        "CYCLE close/",
        "ENVELOPE shared",
        "ENVELOPE shared hand-over/",
        "ENVELOPE shared second-manager/",
        "ENVELOPE shared void/",
        "ENVELOPE shared open/",
        "ENVELOPE closed",
        "ENVELOPE closed reopen/",
        "/manage/posts/",
        "/manage/posts/add/",
        "POST",
        "POST end/",
        "/manage/posts/teams/",
        "TEAM",
        "/manage/posts/families/",
        "/manage/posts/cover/",
    ],
    "partner": [
        "/my-work/",
        "/sessions/propose/",
        "/thanks/say/",
        "PROPOSAL",
        "/certificates/",
        "/sessions/",
        "/sessions/?view=past",
        "SESSION",
    ],
    "union": [f"/learning/{SECOND}/", "/evidence/"],
    "lead": ["/reviews/", "SESSION"],
    "coordinator": [
        "/my-work/",
        "/team/",
        "/manage/",
        "/manage/policies/",
        "/manage/certificates/",
        "/manage/needs/",
        "/manage/organisations/",
        "TYPED",
        "/manage/organisations/merge/",
        "TWICE",
        "SESSION prepare/",
        "/manage/sessions/",
        "/manage/sessions/?view=past",
        "/manage/sessions/add/",
        "DESK",
        "DESK change/",
        "DAY attendance/",
        "DAY certificates/",
        "DAY heard/",
        "AFTER attendance/",
        "AFTER certificates/",
        "AFTER heard/",
        "DESK change/leads/",
        "DESK invite/",
        "DESK message/",
        "DESK go-ahead/",
        "DESK cancel/",
        "DESK papers/",
        "/manage/proposals/",
        "PROPOSAL",
        "/manage/venues/",
        "/manage/venues/add/",
        "VENUE",
        "VENUE edit/",
        "/manage/participation/",
        "/manage/participation/sizes/",
        "ROOM",
        "/manage/required/",
        "/manage/required/?view=ended",
        "/manage/required/add/",
        "REQUIRED",
        "REQUIRED except/",
    ],
    "editor": ["/my-work/", "/manage/framework/"],
}


def concern(hands) -> None:
    """A concern is looked at once more before it goes."""
    hands.go(address("PERSON note/"))
    hands.write(hands.page.get_by_label("What did you see or hear?"), "The farms heard it from the radio.")
    hands.choose(hands.page.get_by_label("A concern", exact=True))
    hands.choose(hands.page.get_by_label("Involve early"))
    hands.press("Send to Ailsa")
    hands.sees("Nothing has been sent yet")


def unfinished_note(hands) -> None:
    hands.go(address("PERSON note/"))
    hands.press("Send to Ailsa")
    hands.sees("There is a problem")


def disagreement(hands) -> None:
    """What will be signed and sent."""
    hands.go(address("REVIEW shared answer/"))
    hands.choose(hands.page.get_by_role("radio", name="I disagree"))
    hands.open(hands.page.get_by_text("If you disagree: what do you see differently?"))
    hands.write(hands.page.locator("[name=point_1]"), "I rang the farms that day.")
    hands.press("See what you will send")
    hands.sees("Nothing has been sent yet")


def unfinished_answer(hands) -> None:
    hands.go(address("REVIEW shared answer/"))
    hands.press("See what you will send")
    hands.sees("There is a problem")


def unanswered_points(hands) -> None:
    """Confirming is refused, and nothing is lost."""
    hands.go(address("REVIEW answered fair/"))
    hands.press("Confirm this review was fair")
    hands.sees("have no answer in words yet")


def addition(hands) -> None:
    """What will stand beside the record."""
    hands.go(address("REVIEW closed record/add/"))
    hands.write(hands.page.get_by_label("Your statement"), "The two who got my letter late have had a visit.")
    hands.press("See how it will stand")
    hands.sees("Check what will stand beside it")


def half_a_step(hands) -> None:
    """A next step without a day."""
    hands.go(address("REVIEW manager_review summary/"))
    hands.write(hands.page.get_by_label("What", exact=True).first, "Meet the night carers")
    hands.press("Save and check your answers")
    hands.sees("There is a problem")


def two_windows(hands) -> None:
    """Both texts, beside the form."""
    page = address("REVIEW self_review behaviours/2/")
    hands.go(page)
    hands.page.evaluate("document.querySelector('[name=seen]').value = 1")
    other = hands.page.context.new_page()
    other.goto(page)
    other.get_by_label("In your own words").fill("From the other window.")
    other.get_by_role("button", name="Save and come back later").click()
    hands.press("Save and come back later")
    hands.sees("As it is saved now")


def empty_cycle(hands) -> None:
    hands.go("/manage/cycles/add/")
    hands.press("Save and go on")
    hands.sees("There is a problem")


def before_publishing(hands) -> None:
    """A copy of a session, its form for dates, its plan, and everything that blocks publishing."""
    hands.go("/manage/sessions/add/")
    hands.press("Starting early together")
    hands.sees("Say when it takes place.")
    look_at(hands.page)
    hands.press("Starting early together", "link")
    look_at(hands.page)
    hands.press("Check and publish", "link")
    hands.sees("is not possible yet")


BEHIND_A_PRESS = [
    ("coordinator", before_publishing),
    ("manager", concern),
    ("manager", unfinished_note),
    ("manager", half_a_step),
    ("callum.drever", disagreement),
    ("callum.drever", unfinished_answer),
    ("countersigner", unanswered_points),
    ("staff", addition),
    ("staff", two_windows),
    ("hr", empty_cycle),
]


def someone(visit, who: str, **options):
    """A window on a telephone, for somebody of the demo or for nobody."""
    email = f"{who}@example.org" if who else ""
    return visit(email, viewport={"width": 390, "height": 844}, reduced_motion="reduce", **options)


def violations(page, **options) -> list[str]:
    """What axe holds against the page. It is put into a page once, and hands over no more than that."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"]} | options
    found = page.evaluate("options => axe.run(options).then(results => results.violations)", options)
    return [f"{v['id']}: {node['html'][:160]}" for v in found for node in v["nodes"]]


def look_at(page) -> None:
    """Narrow and wide, light and dark; never wider than the narrowest screen; one heading of the first rank."""
    wrong = {"390 light": violations(page)}
    page.set_viewport_size({"width": 1280, "height": 900})
    wrong["1280 light"] = violations(page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(400)  # colours glide from one scheme to the other
    wrong["1280 dark"] = violations(page, runOnly=["color-contrast"])
    assert {name: found for name, found in wrong.items() if found} == {}

    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.get_by_role("heading", level=1).count() == 1


@pytest.mark.parametrize(
    ("who", "where"),
    [pytest.param(who, where, id=f"{who or 'nobody'} {where}") for who, found in PAGES.items() for where in found],
)
def test_a_page_state(visit, who, where):
    page, weights = someone(visit, who).page, []
    page.on("response", lambda response: weights.append(response))
    response = page.goto(address(where), wait_until="networkidle")
    assert response.status == (404 if where in NOT_THERE else 200)
    assert who == "" or "/accounts/login/" not in page.url

    sizes = {r.url: len(gzip.compress(r.body())) for r in weights if r.status == 200 or r is response}
    pictures = [url for url in sizes if url.endswith((".png", ".jpg", ".webp"))]
    assert sum(size for url, size in sizes.items() if url not in pictures) <= WEIGHT, sizes
    assert len(weights) <= REQUESTS, [r.url for r in weights]
    look_at(page)


@pytest.mark.parametrize(("who", "act"), BEHIND_A_PRESS, ids=[act.__name__ for _who, act in BEHIND_A_PRESS])
def test_a_page_state_behind_a_press(visit, who, act):
    hands = someone(visit, who)
    act(hands)
    look_at(hands.page)
