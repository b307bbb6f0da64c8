"""An editor changes a unit in the content admin: is stopped by a sentence, puts it right, sends it on, previews it."""

import re

from training.models import UnitPage


def test_an_editor_is_stopped_by_a_sentence_and_puts_it_right(visit):
    unit = UnitPage.objects.live().filter(url_path__contains="why-we-work-in-partnership").order_by("path").first()
    question = next(block for block in unit.body if block.block_type == "question")
    explanation = question.value["options"][0]["explanation"]
    senga = visit("editor@example.org", viewport={"width": 1280, "height": 900})
    page = senga.page
    senga.go(f"/cms/pages/{unit.pk}/edit/")
    field = page.locator("[name^=body][name$=explanation]").first
    field.wait_for(state="attached")
    assert explanation in field.input_value()

    field.evaluate("(element) => { element.value = ''; element.dispatchEvent(new Event('input', {bubbles: true})); }")
    send_for_moderation(page)
    page.get_by_text(re.compile("explanation", re.I)).first.wait_for()
    assert "could not be" in page.content()
    unit.refresh_from_db()
    assert unit.latest_revision.as_object().body[0].block_type == unit.body[0].block_type

    field = page.locator("[name^=body][name$=explanation]").first
    field.evaluate(
        "(element, text) => { element.value = text; element.dispatchEvent(new Event('input', {bubbles: true})); }",
        explanation,
    )
    change = page.locator("select[name=change]")
    if change.count():
        change.select_option("correction")
    else:
        page.locator("input[name=change][value=correction]").check(force=True)
    send_for_moderation(page)
    page.get_by_text(re.compile("submitted for moderation", re.I)).first.wait_for()
    unit.refresh_from_db()
    assert unit.workflow_in_progress

    assert page.goto(f"/cms/pages/{unit.pk}/edit/").status == 200
    preview = page.request.get(f"/cms/pages/{unit.pk}/revisions/{unit.latest_revision_id}/view/")
    assert preview.status == 200
    assert unit.title in preview.text()


def send_for_moderation(page) -> None:
    """The last entry of the menu beside Save."""
    page.locator(
        "footer [data-w-dropdown-target=toggle], footer .w-dropdown__toggle, footer button[aria-label*=Actions]"
    ).first.click()
    page.locator("button[name=action-submit]").first.click()
    page.wait_for_load_state("networkidle")
