"""The pages of the framework: who enters, what they show, what they cost."""

import re

import pytest
from django.urls import reverse

from partnerships.framework import copy_version, current_version
from partnerships.framework_file import load_framework
from partnerships.layout import layout
from partnerships.models import ProfileItem
from partnerships.todo import todo_for
from people.transitions import SYSTEM, move, person
from tests.factories.partnerships import agree, published_framework

pytestmark = pytest.mark.django_db
EVERYBODY = ["ailsa", "morag", "fergus", "rhona", "dougie", "priya", "tom", "senga", "donald", "stranger", None]


def edit_data(client, url):
    """What the edit form would send as it stands."""
    form = client.get(url).context["form"]
    data = {}
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        data[name] = [row.pk for row in value] if name == "principles" else value if value is not None else ""
    return data


@pytest.mark.parametrize("name", EVERYBODY)
def test_everybody_reads_it_also_signed_out(cast, client_for, name):
    published_framework()
    client = client_for(getattr(cast, name) if name else None)

    response = client.get("/framework/")

    page = response.content.decode()
    assert response.status_code == 200
    for words in ("Involve early, keep talking, close the loop", "Sharing power", "Eilidh Ross", "Iain Shaw"):
        assert words in page
    assert "12 January 2026" in page
    assert "What gets in the way" in page
    assert "Catchment and area officers" in page


def test_codes_are_never_on_screen(cast, client_for):
    published_framework()
    client = client_for(cast.senga)

    for url in ("/framework/", "/framework/involve-early/", "/framework/my-look/", "/manage/framework/1/"):
        assert not re.search(r"\bPB ?\d", client.get(url).content.decode())


def test_every_behaviour_has_its_place_on_the_page(client_for):
    version = published_framework()
    page = client_for().get("/framework/").content.decode()

    for slug in version.behaviour_texts.values_list("behaviour__slug", flat=True):
        assert f'href="#{slug}"' in page
        assert page.count(f'id="{slug}"') == 1


def test_before_anything_is_published_the_page_says_so(client_for):
    load_framework()

    page = client_for().get("/framework/").content.decode()

    assert "Not published yet" in page
    assert "Involve early" not in page


def test_behaviour_page_shows_acts_for_both_sides(client_for):
    published_framework()
    page = client_for().get("/framework/involve-early/").content.decode()

    assert "Rings or writes to the partner while there is still more than one option" in page
    assert "Warns staff of a problem seen on the ground" in page
    assert client_for().get("/framework/unknown/").status_code == 404


def test_draft_is_shown_to_editors_alone(cast, client_for):
    copy_version(published_framework(), by=SYSTEM)

    for name in EVERYBODY:
        response = client_for(getattr(cast, name) if name else None).get("/framework/versions/2/")
        assert response.status_code == (200 if name == "senga" else 404), name


def test_earlier_version_says_that_it_is_earlier(client_for, cast):
    first = published_framework()

    move(agree(copy_version(first, by=SYSTEM)), "publish", by=SYSTEM)

    page = client_for().get("/framework/versions/1/").content.decode()

    assert "An earlier version" in page
    assert "An earlier version" not in client_for().get("/framework/").content.decode()


@pytest.mark.parametrize("name", [name for name in EVERYBODY if name != "senga"])
def test_only_editors_enter_the_editing_pages(cast, client_for, name):
    copy_version(published_framework(), by=SYSTEM)
    client = client_for(getattr(cast, name) if name else None)

    for url in _manage_urls():
        assert client.get(url).status_code == (403 if name else 302), url
    for url in ("/manage/framework/start/", "/manage/framework/2/publish/"):
        assert client.post(url).status_code == (403 if name else 302), url


def _manage_urls():
    profile = ProfileItem.objects.filter(profile__version__number=2).first().profile_id
    return [
        "/manage/framework/",
        "/manage/framework/2/",
        "/manage/framework/2/texts/",
        "/manage/framework/2/behaviours/involve-early/",
        f"/manage/framework/2/roles/{profile}/",
        "/manage/framework/2/agreement/staff/",
    ]


def test_editor_walks_from_copy_to_publication(cast, client_for):
    published_framework()
    client = client_for(cast.senga)

    assert client.post("/manage/framework/start/").url == "/manage/framework/2/"
    for url in _manage_urls():
        assert client.get(url).status_code == 200, url
    url = "/manage/framework/2/behaviours/involve-early/"
    data = edit_data(client, url) | {"name": "Begin sooner", "obstacles_staff": "Asks too late.\n\n  Goes   silent. "}
    assert client.post(url, data).status_code == 302
    blocked = client.get("/manage/framework/2/").content.decode()
    assert "The staff sponsor has not agreed to it yet." in blocked
    for side in ("staff", "partner"):
        url = f"/manage/framework/2/agreement/{side}/"
        sponsor = {"name": f"{side} sponsor", "role": "Chair", "organisation": "Here", "agreed_on": "2026-02-01"}
        assert client.post(url, edit_data(client, url) | sponsor).status_code == 302
    seen = client.get("/manage/framework/2/").context["version"].version
    assert client.post("/manage/framework/2/publish/", {"seen": seen}).status_code == 302

    page = client_for().get("/framework/").content.decode()
    assert "Begin sooner" in page
    row = layout(current_version()).behaviours[0]
    assert row.obstacles["staff"] == ["Asks too late.", "Goes silent."]
    assert "partner sponsor" in page


def test_published_version_refuses_the_edit_page_with_a_sentence(cast, client_for):
    published_framework()
    client = client_for(cast.senga)

    for url in ("/manage/framework/1/behaviours/involve-early/", "/manage/framework/1/agreement/staff/"):
        for response in (client.get(url), client.post(url, {})):
            assert response.status_code == 409
            assert "published and cannot change" in response.content.decode()


def test_two_editors_lose_no_text(cast, client_for):
    copy_version(published_framework(), by=SYSTEM)
    client, url = client_for(cast.senga), "/manage/framework/2/behaviours/involve-early/"
    data = edit_data(client, url)
    client.post(url, data | {"name": "From the first"})

    response = client.post(url, data | {"name": "From the second"})

    page = response.content.decode()
    assert response.status_code == 200
    assert "after you opened it" in page
    assert "From the second" in page
    assert (
        client.post(
            url, data | {"name": "From the second", "seen": response.context["form"]["seen"].value()}
        ).status_code
        == 302
    )


def test_profile_takes_at_most_five(cast, client_for):
    version = copy_version(published_framework(), by=SYSTEM)
    profile = version.profiles.first()
    url = reverse("manage-framework:profile", args=[2, profile.pk])
    client = client_for(cast.senga)
    data = edit_data(client, url)
    everything = {key: 2 for key in data if key.startswith("level_")}

    refused = client.post(url, data | everything).content.decode()
    assert "Choose at most 5 behaviours. You have chosen 8." in refused
    five = dict.fromkeys(everything, "") | dict.fromkeys(list(everything)[:5], 3)
    assert client.post(url, data | five).status_code == 302
    assert [item.level for item in profile.items.all()] == [3] * 5


def test_agreement_cannot_be_dated_ahead(cast, client_for):
    copy_version(published_framework(), by=SYSTEM)
    client, url = client_for(cast.senga), "/manage/framework/2/agreement/staff/"
    data = edit_data(client, url) | {"name": "A", "role": "B", "organisation": "C", "agreed_on": "2999-01-01"}

    assert "The date must be today or in the past." in client.post(url, data).content.decode()


def test_nothing_changes_on_get(cast, client_for):
    copy_version(published_framework(), by=SYSTEM)

    for url in ("/manage/framework/start/", "/manage/framework/2/publish/"):
        assert client_for(cast.senga).get(url).status_code == 405


def test_editors_find_the_way_and_others_are_not_led_there(cast, client_for):
    published_framework()

    for name, led in (("senga", True), ("ailsa", False), (None, False)):
        page = client_for(getattr(cast, name) if name else None).get("/framework/").content.decode()
        assert ("/manage/framework/" in page) is led


def test_a_draft_shows_what_it_changed(cast, client_for):
    copy_version(published_framework(), by=SYSTEM)
    client, url = client_for(cast.senga), "/manage/framework/2/behaviours/involve-early/"
    assert client.get("/manage/framework/2/").context["changed"] == set()

    client.post(url, edit_data(client, url) | {"text_2_partner": "Says so on Monday."})

    assert client.get("/manage/framework/2/").context["changed"] == {"involve-early"}


def test_an_editor_is_reminded_of_the_draft(cast):
    copy_version(published_framework(), by=SYSTEM)

    (task,) = todo_for(person(cast.senga))
    assert (task.url, task.kind) == ("/manage/framework/2/", "continue")
    assert todo_for(person(cast.ailsa)) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("texts", {"title": "Our word"}),
        ("texts", {"level_1_name": "When asked"}),
        ("texts", {"principle_accountability_text": "Straight answers."}),
    ],
)
def test_texts_around_the_behaviours_are_edited(cast, client_for, name, words):
    copy_version(published_framework(), by=SYSTEM)
    client, url = client_for(cast.senga), f"/manage/framework/2/{name}/"
    fields = client.get(url).context["form"].fields
    form = client.get(url).context["form"]
    data = {key: form.get_initial_for_field(field, key) for key, field in fields.items()}

    assert client.post(url, data | words).status_code == 302

    page = client.get("/framework/versions/2/").content.decode()
    assert next(iter(words.values())) in page


def test_hostile_words_are_shown_as_words(cast, client_for):
    copy_version(published_framework(), by=SYSTEM)
    client, url = client_for(cast.senga), "/manage/framework/2/behaviours/involve-early/"
    hostile = "<script>alert(1)</script> مرحبا 🌊"
    client.post(url, edit_data(client, url) | {"name": hostile, "text_1_staff": hostile, "obstacles_partner": hostile})

    for address in ("/framework/versions/2/", "/manage/framework/2/", url):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt; مرحبا 🌊" in page
