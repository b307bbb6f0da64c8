"""The register of partnerships, and who is in one."""

import pytest

from partnerships.models import Partnership
from people.models import Organisation, User
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


@pytest.mark.parametrize("rows", [1, 3, 500])
def test_list_costs_the_same_for_any_number(cast, client_for, django_assert_num_queries, rows):
    groups = Partnership.objects.bulk_create(
        Partnership(name=f"Group {n}", slug=f"group-{n}", purpose="Together.") for n in range(rows)
    )
    for partnership in groups[:30]:
        PartnershipOrganisationFactory(partnership=partnership, organisation=cast.carers)
    client = client_for(cast.ailsa)
    client.get("/partnerships/")  # the frame's cache

    with django_assert_num_queries(7):  # session, person, roles, count, page, organisations, mine
        client.get("/partnerships/")


@pytest.mark.parametrize("rows", [1, 3, 500])
def test_page_costs_the_same_for_any_number(cast, client_for, django_assert_num_queries, rows):
    group = PartnershipFactory(slug="big")
    people = User.objects.bulk_create(User(email=f"p{n}@example.org", name=f"Person {n}") for n in range(rows))
    organisations = Organisation.objects.bulk_create(
        Organisation(name=f"Organisation {n}", slug=f"o-{n}", sector="community") for n in range(rows)
    )
    for person, organisation in zip(people, organisations, strict=True):
        PartnershipPersonFactory(partnership=group, person=person, organisation=organisation)
        PartnershipOrganisationFactory(partnership=group, organisation=organisation)
    client = client_for(cast.ailsa)
    client.get("/partnerships/")

    with django_assert_num_queries(7):
        client.get("/partnerships/big/")
