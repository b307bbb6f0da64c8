"""The register of partnerships, and who is in one."""

import pytest

from partnerships.models import PartnershipPerson
from people.models import User
from tests.factories.partnerships import (
    EngagementFactory,
    PartnershipFactory,
    PartnershipOrganisationFactory,
    PartnershipPersonFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(cast):
    group = PartnershipFactory(name="Varrach Flood Warning Group", slug="varrach", lead=cast.donald, co_lead=cast.rhona)
    for organisation in (cast.host, cast.carers):
        PartnershipOrganisationFactory(partnership=group, organisation=organisation, brings="A list of telephones")
    PartnershipPersonFactory(partnership=group, person=cast.rhona, organisation=cast.carers, role="Development worker")
    PartnershipPersonFactory(partnership=group, person=cast.ailsa, organisation=cast.host)
    EngagementFactory(partnership=group)
    return group


@pytest.mark.parametrize(
    "name", ["ailsa", "morag", "fergus", "rhona", "dougie", "priya", "tom", "senga", "donald", "stranger"]
)
def test_everybody_signed_in_sees_who_is_in_it_and_no_address(group, cast, client_for, name):
    client = client_for(getattr(cast, name))

    for url in ("/partnerships/", "/partnerships/varrach/"):
        page = client.get(url).content.decode()
        assert "Varrach Flood Warning Group" in page
        assert "@example.org" not in page
    for words in ("Rhona MacBain", "Ailsa Grant", "Development worker", "Donald Iqbal", "Walk along the flood bank"):
        assert words in page


def test_signed_out_people_see_nothing(group, client_for):
    for url in ("/partnerships/", "/partnerships/varrach/"):
        assert client_for().get(url).status_code == 302


def test_people_who_left_are_not_named(group, cast, client_for):
    User.objects.filter(pk=cast.rhona.pk).update(is_active=False)

    rows = client_for(cast.ailsa).get("/partnerships/varrach/").context["members"]

    assert [row.person.name for member in rows for row in member["people"]] == ["Ailsa Grant"]


def test_the_host_body_comes_first_and_a_guest_organisation_last(group, cast, client_for):
    PartnershipPersonFactory(partnership=group, person=cast.dougie, organisation=cast.union)

    rows = client_for(cast.ailsa).get("/partnerships/varrach/").context["members"]

    assert [member["organisation"] for member in rows] == [cast.host, cast.union, cast.carers]


def test_mine_are_marked(group, cast, client_for):
    for name, marked in (("ailsa", True), ("donald", True), ("dougie", False)):
        assert ("You are in it" in client_for(getattr(cast, name)).get("/partnerships/").content.decode()) is marked


@pytest.mark.parametrize("words", ["flood warn", "CARERS' voice", "leave the house"])
def test_search_finds_name_organisation_and_purpose(group, cast, client_for, words):
    PartnershipFactory(name="Peat restoration", purpose="Wet bogs.")

    page = client_for(cast.ailsa).get("/partnerships/", {"q": words}).content.decode()

    assert "Varrach Flood Warning Group" in page
    assert "Peat restoration" not in page


def test_empty_states_help(cast, client_for):
    client = client_for(cast.ailsa)

    assert "No partnerships yet" in client.get("/partnerships/").content.decode()
    assert "Nothing found" in client.get("/partnerships/", {"q": "<b>none"}).content.decode()


def test_many_people_come_in_pages(group, cast, client_for):
    people = User.objects.bulk_create(User(email=f"p{n}@example.org", name=f"Person {n:02}") for n in range(60))
    PartnershipPerson.objects.bulk_create(
        PartnershipPerson(partnership=group, person=person, organisation=cast.carers) for person in people
    )
    client = client_for(cast.ailsa)

    first, second = (client.get("/partnerships/varrach/", {"page": number}).context["members"] for number in (1, 2))

    assert [(member["organisation"], len(member["people"])) for member in first] == [(cast.host, 1), (cast.carers, 49)]
    assert [(member["organisation"], len(member["people"])) for member in second] == [(cast.carers, 12)]
    assert second[0]["brings"] == "A list of telephones"
