"""The private look: kept for one person, read by nobody else, deleted on request."""

import pytest

from partnerships.framework import looks_of, save_looks
from partnerships.models import Behaviour, SelfLook
from partnerships.retention import RETENTION
from tests.factories.partnerships import published_framework

pytestmark = pytest.mark.django_db
SECRET = "I froze when the farmer shouted"
OTHERS = ["morag", "fergus", "rhona", "dougie", "priya", "tom", "senga", "donald", "stranger"]


@pytest.fixture
def framework(cast):
    return published_framework()


@pytest.fixture
def looked(framework, cast, client_for):
    """Ailsa has looked at herself."""
    client_for(cast.ailsa).post("/framework/my-look/", {"level_involve-early": "2", "note_involve-early": SECRET})


def test_it_keeps_what_was_chosen_and_nothing_else(looked, cast):
    look = SelfLook.objects.get()

    assert (look.person, look.behaviour.code, look.level, look.note) == (cast.ailsa, "PB1", 2, SECRET)


def test_the_person_reads_it_again(looked, cast, client_for):
    page = client_for(cast.ailsa).get("/framework/my-look/").content.decode()

    assert SECRET in page
    assert "Only you." in page


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_reads_it(looked, cast, client_for, name):
    other = getattr(cast, name)

    assert list(SelfLook.objects.visible_to(other)) == []
    assert looks_of(other) == {}
    assert SECRET not in client_for(other).get("/framework/my-look/").content.decode()


def test_a_superuser_does_not_read_it_either(looked, cast):
    cast.stranger.is_superuser = True

    assert not SelfLook.objects.visible_to(cast.stranger).exists()


def test_signed_out_people_are_asked_to_sign_in(framework, client_for):
    response = client_for().get("/framework/my-look/")

    assert response.status_code == 302
    assert "/accounts/login/" in response.url


def test_an_answer_taken_back_leaves_no_row(looked, cast, client_for):
    client_for(cast.ailsa).post("/framework/my-look/", {"level_involve-early": "", "note_involve-early": " "})

    assert not SelfLook.objects.exists()


def test_deleting_asks_first_and_removes_only_ones_own(looked, cast, client_for):
    save_looks({Behaviour.objects.first().pk: (1, "Mine")}, by=cast.rhona)
    client = client_for(cast.ailsa)

    assert client.get("/framework/my-look/delete/").status_code == 200
    assert SelfLook.objects.count() == 2
    client.post("/framework/my-look/delete/")

    assert [look.person for look in SelfLook.objects.all()] == [cast.rhona]


def test_each_side_reads_its_own_words(framework, cast, client_for):
    staff = client_for(cast.ailsa).get("/framework/my-look/").content.decode()
    partner = client_for(cast.rhona).get("/framework/my-look/").content.decode()

    assert "passes replies on to the person who decides" in staff
    assert "passes replies on to the person who decides" not in partner
    assert "says who in their own group ought to hear of a plan" in partner


def test_a_wrong_level_keeps_the_note_on_the_page(framework, cast, client_for):
    data = {"level_involve-early": "9", "note_involve-early": SECRET}
    response = client_for(cast.ailsa).post("/framework/my-look/", data)

    assert response.status_code == 200
    assert SECRET in response.content.decode()
    assert not SelfLook.objects.exists()


def test_it_is_not_kept_by_browsers_or_proxies(framework, cast, client_for):
    response = client_for(cast.ailsa).get("/framework/my-look/")

    assert "no-store" in response["Cache-Control"]


def test_it_goes_when_the_person_leaves(looked, cast):
    rule = next(rule for rule in RETENTION if rule.record == "partnerships.SelfLook")
    assert not rule.due().exists()

    cast.ailsa.is_active = False
    cast.ailsa.save()

    assert rule.due().count() == 1
