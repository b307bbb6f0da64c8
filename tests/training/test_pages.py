"""Editing in Wagtail: what stops publishing, what makes a new edition, what cannot be deleted, what a preview shows."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from people.models import User
from people.transitions import Refused
from tests.factories.training import make_module, make_unit, publish, units_of
from training.enums import CompletionRule
from training.models import ModulePage, UnitPage
from training.progress import start_module, write_reflection

CHECKED = CompletionRule.UNITS_AND_CHECK


@pytest.fixture
def admin(db):
    client = Client()
    editor = User.objects.create_superuser("wagtail@example.org", "x" * 12, name="Editor")
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    return client


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def option(text, explanation, right=False):
    return {"text": text, "explanation": explanation} | ({"right": "on"} if right else {})


def posted_question(*options):
    items = {f"options-{n}-value-{key}": value for n, row in enumerate(options) for key, value in row.items()}
    items |= {
        f"options-{n}-{key}": value
        for n in range(len(options))
        for key, value in (("deleted", ""), ("order", n), ("id", f"o{n}"))
    }
    return {"text": "Which?", "options-count": len(options)} | items


def posted_unit(unit, blocks, **changed):
    data = {"title": unit.title, "slug": unit.slug, "aim": unit.aim, "minutes": 8, "body": streamfield(blocks)}
    return nested_form_data(data | changed)


GOOD = posted_question(option("Yes", "Because", right=True), option("No", "Since"))


def errors(response):
    return response.content.decode() if response.status_code == 200 else ""


def test_publishing_a_unit_asks_small_correction_or_material_change(admin):
    unit = units_of(make_module())[0]
    blocks = [("text", {"html": rich_text("<p>New words</p>")})]

    refused = admin.post(edit(unit), posted_unit(unit, blocks) | {"action-publish": "1"})
    assert refused.status_code == 200
    assert refused.context["form"].errors["change"] == ["This field is required."]

    admin.post(edit(unit), posted_unit(unit, blocks, change="correction") | {"action-publish": "1"})
    unit.refresh_from_db()
    assert (unit.edition, str(unit.body[0].value["html"]).count("New words")) == (1, 1)


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        (
            ("question", posted_question(option("Yes", "", right=True), option("No", "Since"))),
            "This field is required.",
        ),
        (
            ("question", posted_question(option("Yes", "Because"), option("No", "Since"))),
            "Mark at least one answer as right.",
        ),
        (
            ("question", posted_question(option("Yes", "Because", True), option("No", "Since", True))),
            "Only one answer can be right.",
        ),
        (("picture", {"image": "", "alt": "", "caption": ""}), "This field is required."),
        (
            (
                "media",
                {
                    "kind": "video",
                    "title": "Film",
                    "url": "https://example.org/f",
                    "minutes": "",
                    "transcript": rich_text(""),
                },
            ),
            "This field is required.",
        ),
    ],
)
def test_publishing_a_unit_is_stopped_by_a_sentence(admin, block, sentence):
    unit = units_of(make_module())[0]
    data = posted_unit(unit, [block], change="correction")

    response = admin.post(edit(unit), data | {"action-publish": "1"})

    assert sentence in str(response.context["form"].errors.as_json()) + errors(response)
    unit.refresh_from_db()
    assert unit.body[0].block_type == "text"


def test_publishing_a_unit_with_a_good_question_works_and_keeps_ids(admin):
    unit = units_of(make_module())[0]

    admin.post(edit(unit), posted_unit(unit, [("question", GOOD)], change="correction") | {"action-publish": "1"})

    unit.refresh_from_db()
    assert [o.id for o in unit.body[0].value["options"].bound_blocks] == ["o0", "o1"]


def test_unfinished_unit_can_be_kept_as_a_draft(admin):
    unit = units_of(make_module())[0]
    unfinished = ("question", posted_question(option("Yes", ""), option("No", "")))

    response = admin.post(edit(unit), posted_unit(unit, [unfinished], change="correction"))

    assert response.status_code == 302
    unit.refresh_from_db()
    assert unit.has_unpublished_changes


def test_unit_address_that_is_taken_is_refused(db):
    module = make_module()
    unit = UnitPage(title="Check", slug="check", aim="a", minutes=8, body=[])

    with pytest.raises(ValidationError, match="taken by the system"):
        module.add_child(instance=unit)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"partner_reviewer_name": ""}, "Name the person from a partner"),
        ({"partner_reviewer_organisation": " "}, "Name the person from a partner"),
        ({"check_questions": []}, "it has no questions"),
        ({"pass_mark": 9}, "pass mark must be between 1 and the number of questions, 4"),
        ({"pass_mark": 0}, "pass mark must be between 1"),
        ({"tries": 0}, "at least one try"),
        ({"completion_rule": CompletionRule.UNITS_AND_TRY}, "none of its published units has one"),
    ],
)
def test_publishing_a_module_is_stopped_by_a_sentence(db, fields, sentence):
    module = make_module(rule=CHECKED)

    with pytest.raises(Refused, match=sentence):
        publish(module, **fields)


def test_publishing_a_module_without_units_or_behaviours_is_stopped(db):
    module = make_module(units=0, behaviours=(), publish_it=False)

    with pytest.raises(Refused) as refused:
        publish(module)

    assert len(refused.value.sentences) == 2


def test_module_form_shows_every_sentence_and_keeps_the_live_page(admin):
    module = make_module(rule=CHECKED)
    stream = streamfield([])
    data = nested_form_data(
        {
            **{"title": "Changed", "slug": module.slug, "summary": "s", "minutes": 40, "change": "material"},
            **{"pass_mark": 3, "tries": 2, "completion_rule": CHECKED.value, "outcomes": stream, "check_intro": ""},
            **{"check_questions": stream, "partner_reviewer_name": "", "partner_reviewer_organisation": ""},
        }
    )

    data |= {"behaviours": [b.pk for b in module.behaviours.all()], "action-publish": "1"}
    response = admin.post(edit(module), data)

    assert set(response.context["form"].errors) == {"__all__"}
    found = response.context["form"].non_field_errors()
    assert [sentence[:14] for sentence in found] == ["Name the perso", "This module as"]
    assert ModulePage.objects.get(pk=module.pk).title == "Early"


def test_material_change_makes_a_new_edition_and_a_correction_does_not(db):
    module = make_module()

    assert publish(module, title="Corrected", change="correction").edition == 1
    assert publish(module, title="Changed", change="material").edition == 2
    assert publish(module, title="Changed again", change="material").edition == 3


def test_material_change_of_a_unit_makes_a_new_edition_of_its_module(db):
    module = make_module()

    assert publish(units_of(module)[0], aim="Another aim", change="material").edition == 2
    assert ModulePage.objects.get(pk=module.pk).edition == 2


def test_publishing_the_same_revision_twice_counts_once(db):
    module = make_module()
    module.change = "material"
    revision = module.save_revision()

    revision.publish()
    revision.publish()

    assert ModulePage.objects.get(pk=module.pk).edition == 2


def test_draft_kept_before_a_new_edition_does_not_bring_the_old_number_back(db):
    module = make_module()
    module.change = "correction"
    draft = module.save_revision()
    publish(units_of(module)[0], aim="Another aim", change="material")

    draft.publish()

    assert ModulePage.objects.get(pk=module.pk).edition == 2


def test_page_that_people_started_is_unpublished_and_not_deleted(admin, cast):
    module = make_module()
    start_module(module, by=cast.ailsa)

    for page in (module, units_of(module)[0], module.get_parent()):
        response = admin.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)
        assert "Unpublish it instead" in response.content.decode()
    assert ModulePage.objects.filter(pk=module.pk).exists()


def test_unit_with_somebodys_reflection_is_not_deleted_in_bulk(admin, cast):
    module = make_module()
    unit = units_of(module)[0]
    write_reflection(unit, "early-u1-r", "mine", by=cast.rhona)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    response = admin.post(f"{url}?id={unit.pk}", follow=True)

    assert "Unpublish it instead" in response.content.decode()
    assert UnitPage.objects.filter(pk=unit.pk).exists()


def test_page_that_nobody_started_can_be_deleted(admin):
    module = make_module()

    admin.post(reverse("wagtailadmin_pages:delete", args=[module.pk]))

    assert not ModulePage.objects.exists()


def test_previews_use_the_readers_page_without_progress(admin):
    module = make_module(rule=CHECKED)
    editor = User.objects.get(email="wagtail@example.org")
    for page in (module, make_unit(module, "drafted", live=False)):
        response = page.make_preview_request(extra_request_attrs={"user": editor})
        response.render()
        content = response.content.decode()
        assert response.status_code == 200
        assert "Reason" not in content
        assert "Finish unit" not in content


def test_check_questions_are_found_by_no_search(db):
    module = make_module(rule=CHECKED)

    assert module.check_questions.stream_block.get_searchable_content(module.check_questions) == []
    unit = units_of(module)[0]
    assert unit.body.stream_block.get_searchable_content(unit.body) == ["Text of early-u1"]


def test_module_that_lost_its_units_before_it_was_approved_is_refused(db):
    module = make_module()
    for unit in units_of(module):
        unit.unpublish()
    revision = module.save_revision()

    with pytest.raises(Refused, match="no published unit"):
        revision.publish()
