"""An editor builds a unit in the content admin: previews it, is stopped, puts it right, publishes; others moderate.

The content admin is Wagtail's own and says at the top of every page that it needs script: its form for content is
drawn by script alone. So these journeys run with a pointer and by keyboard alone, and the one without script shows
what is left then: pages and drafts can be read, nothing can be written, and nothing is lost by trying.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group

from people.enums import Role
from people.models import User
from tests.cast import PASSWORD
from tests.e2e.hands import Hands
from training.models import UnitPage

WAYS = [pytest.param({}, id="pointer"), pytest.param({"keys": True}, id="keyboard")]
WIDE = {"width": 1280, "height": 900}
MODULE = "Why we work in partnership"
TITLE = "Ask before you plan"
ADDRESS = "/learning/why-we-work-in-partnership/ask-before-you-plan/"
QUESTION = "Whom do you ask before the plan is written?"
REASON = "They know what the plan will meet on the ground."
CORRECTION = "Small correction: nothing changes for people who have finished"


@pytest.mark.parametrize("way", WAYS)
def test_a_unit_is_built_previewed_refused_put_right_and_read(visit, way):
    senga = visit("editor@example.org", viewport=WIDE, **way)
    open_new_unit(senga)
    write_unit(senga)
    look_at_preview(senga)

    publish(senga)
    senga.sees("could not be")
    senga.sees("This field is required.")
    senga.write(field(senga, "Explanation", 1), "By then there is nothing left to shape.")
    publish(senga)
    senga.sees("Mark at least one answer as right.")
    assert not UnitPage.objects.live().filter(title=TITLE)
    senga.choose(senga.page.get_by_role("checkbox", name="This is a right answer").first)
    publish(senga)
    senga.sees(f"Page '{TITLE}' has been published")

    ailsa = visit("staff@example.org", **way)
    ailsa.go(ADDRESS)
    assert ailsa.heading().endswith(TITLE)
    ailsa.sees("We ask first, and we say why.")
    ailsa.sees(QUESTION)
    assert REASON not in ailsa.page.content()


@pytest.mark.parametrize("way", WAYS)
def test_a_later_change_is_published_only_when_its_kind_is_said(visit, way):
    unit = live_unit()
    senga = visit("editor@example.org", viewport=WIDE, **way)
    senga.go(f"/cms/pages/{unit.pk}/edit/")
    senga.write(field(senga, "Aim"), "By the end of this unit you can say whom to ask.")

    publish(senga)
    senga.sees("could not be")
    unit.refresh_from_db()
    assert "whom to ask" not in unit.aim
    assert violations(senga) == []
    senga.choose_from(kind_of_change(senga), CORRECTION)
    publish(senga)
    senga.sees("has been published")

    unit.refresh_from_db()
    assert "whom to ask" in unit.aim
    assert unit.edition == 1


@pytest.mark.parametrize("way", WAYS)
def test_what_an_editor_submits_is_read_by_a_moderator(visit, site, way):
    nuala = User.objects.create_user("second-editor@example.org", PASSWORD, name="Nuala Byrne")
    nuala.groups.add(Group.objects.get(name=Role.EDITOR.value))
    unit = live_unit()
    editor = visit(nuala.email, viewport=WIDE, **way)
    editor.go(f"/cms/pages/{unit.pk}/edit/")
    editor.write(field(editor, "Aim"), "By the end of this unit you can say whom to ask.")
    editor.choose_from(kind_of_change(editor), CORRECTION)
    editor.press("More actions")
    assert not editor.page.get_by_role("button", name="Publish", exact=True).count()
    editor.press("Submit to")
    editor.sees("has been submitted for moderation")
    unit.refresh_from_db()
    assert "whom to ask" not in unit.aim

    senga = visit("editor@example.org", viewport=WIDE, **way)
    senga.go("/cms/")
    senga.sees("Awaiting your review")
    senga.press(unit.title, "link")
    senga.press("More actions")
    senga.press("Approve", exact=True)
    senga.sees("has been updated")
    unit.refresh_from_db()
    assert "whom to ask" in unit.aim


def test_without_script_drafts_can_be_read_and_nothing_is_lost(visit):
    unit = live_unit()
    before = unit.revisions.count()
    senga = visit("editor@example.org", viewport=WIDE, script=False)
    senga.go(f"/cms/pages/{unit.pk}/edit/")
    assert "JavaScript is required to use Wagtail" in senga.page.locator("body").inner_text()
    assert not senga.page.get_by_role("textbox").count()

    senga.page.get_by_role("button", name="Save draft").press("Enter")
    senga.page.wait_for_load_state()
    assert unit.revisions.count() == before

    senga.go(f"/cms/pages/{unit.pk}/revisions/{unit.latest_revision_id}/view/")
    assert senga.heading().endswith(unit.title)


def live_unit() -> UnitPage:
    """A unit of the demo that people have read."""
    return UnitPage.objects.live().filter(url_path__contains="why-we-work-in-partnership").order_by("path").first()


def open_new_unit(hands: Hands) -> None:
    """From the dashboard through the menu of pages to the form of a new unit."""
    hands.go("/cms/")
    hands.press("Pages", exact=True)
    hands.press("View child pages of 'Common Ground'", "link")
    hands.press("View child pages of 'Learning'", "link")
    hands.press(MODULE, "link", exact=True)
    hands.press("Add child page", "link")
    hands.page.wait_for_url("**/add/training/unitpage/**")


def write_unit(hands: Hands) -> None:
    """Text and a question with two answers: the second has no explanation, and neither is marked as right."""
    hands.write(field(hands, "Title"), TITLE)
    hands.write(field(hands, "Aim"), "By the end of this unit you can say whom to ask.")
    insert(hands, "Text")
    hands.page.keyboard.type("We ask first, and we say why.")
    insert(hands, "Question")
    hands.write(field(hands, "Question"), QUESTION)
    hands.write(field(hands, "Answer"), "The people it is about")
    hands.write(field(hands, "Explanation"), REASON)
    hands.press("Add", exact=True, last=True)
    hands.write(field(hands, "Answer", 1), "Nobody until it is printed")


def insert(hands: Hands, block: str) -> None:
    """Add a block at the end; afterwards the cursor stands in its first field."""
    hands.press("Insert a block", last=True)
    hands.write(hands.page.get_by_role("combobox", name="Search options"), block)
    hands.page.keyboard.press("Enter")
    hands.page.locator("[aria-labelledby^=block]:focus-within").last.wait_for()


def look_at_preview(hands: Hands) -> None:
    """The reader's own page beside the form, with the question and without what is said after an answer."""
    hands.press("Toggle preview")
    shown = hands.page.frame_locator("iframe[title=Preview]").last  # the old one goes when the new one is there
    shown.get_by_text(QUESTION).wait_for()
    assert shown.get_by_role("heading", level=1).inner_text() == f"Unit 5 of 5\n{TITLE}"
    assert not shown.get_by_text(REASON).count()
    assert violations(hands) == []
    hands.press("Toggle preview")


def publish(hands: Hands) -> None:
    """The entry of the menu beside Save draft."""
    hands.press("More actions")
    hands.press("Publish", exact=True)
    hands.page.wait_for_load_state("networkidle")


def field(hands: Hands, label: str, number: int = 0):
    """A field of the form by its label."""
    return hands.page.get_by_role("textbox", name=label).nth(number)


def kind_of_change(hands: Hands):
    """The list that asks for the kind of change."""
    return hands.page.get_by_role("combobox", name="Small correction or material change?")


def violations(hands: Hands) -> list[str]:
    """What axe finds in the fields, which are ours; frame, text editor and headings of new blocks are Wagtail's."""
    fields = {"include": [[".w-field__wrapper"], [".w-field__input"]], "exclude": [[".Draftail-Editor__wrapper"]]}
    rules = {"rules": {"landmark-unique": {"enabled": False}}}  # new blocks of a kind are named alike until saved
    found = Axe().run(hands.page, context=fields, options=rules).response["violations"]
    return [f"{v['id']}: {node['html'][:160]}" for v in found for node in v["nodes"]]
