"""Setting up partnerships and keeping who is in them: for co-ordinators alone."""

import pytest

from partnerships.models import Partnership, PartnershipPerson
from people import audit
from people.models import User
from tests.factories.partnerships import PartnershipFactory, PartnershipOrganisationFactory, PartnershipPersonFactory

pytestmark = pytest.mark.django_db
URL = "/manage/partnerships/varrach/"


@pytest.fixture
def group(cast):
    group = PartnershipFactory(name="Varrach", slug="varrach", lead=cast.donald, co_lead=cast.rhona)
    PartnershipOrganisationFactory(partnership=group, organisation=cast.carers, brings="A list")
    PartnershipPersonFactory(partnership=group, person=cast.rhona, organisation=cast.carers, role="Chair")
    return group


def as_sent(response):
    """What the browser would send back from this page as it stands."""
    context, data = response.context, {}
    for form in (context["form"], *context["organisations"].forms, *context["people"].forms):
        for bound in form:
            value = bound.value()
            data[bound.html_name] = "" if value in (None, False) else value
    for formset in (context["organisations"], context["people"]):
        data |= {field.html_name: field.value() for field in formset.management_form}
    return data


@pytest.mark.parametrize(
    ("name", "adds", "edits"),
    [
        ("priya", 200, 200),
        ("donald", 403, 403),
        ("rhona", 403, 403),
        ("ailsa", 403, 403),
        ("morag", 403, 403),
        ("fergus", 403, 403),
        ("dougie", 403, 403),
        ("tom", 403, 403),
        ("senga", 403, 403),
        ("stranger", 403, 403),
        (None, 302, 302),
    ],
)
def test_who_may_enter(group, cast, client_for, name, adds, edits):
    client = client_for(getattr(cast, name) if name else None)

    assert client.get("/manage/partnerships/add/").status_code == adds
    assert client.get(URL).status_code == edits
    assert client.post(URL, {}).status_code == edits
    if name:
        page = client.get("/partnerships/varrach/").content.decode()
        assert (URL in page) is (edits == 200)
        assert ("/manage/partnerships/add/" in client.get("/partnerships/").content.decode()) is (adds == 200)


def test_a_coordinator_sets_one_up(cast, client_for):
    data = {"name": "Peat group", "slug": "peat", "purpose": "Wet bogs.", "lead": "LEAD@example.org", "co_lead": ""}

    response = client_for(cast.priya).post("/manage/partnerships/add/", data)

    assert response.url == "/manage/partnerships/peat/"
    assert Partnership.objects.get().lead == cast.donald


def test_people_and_organisations_come_and_go(group, cast, client_for):
    client = client_for(cast.priya)
    data = as_sent(client.get(URL)) | {
        "people-0-DELETE": "on",
        "people-1-person": "union@example.org",
        "people-1-organisation": cast.union.pk,
        "people-1-role": "Organiser",
        "organisations-1-organisation": cast.union.pk,
        "organisations-1-brings": "Rounds",
    }

    assert client.post(URL, data).status_code == 302

    assert [(row.person, row.role) for row in group.people.all()] == [(cast.dougie, "Organiser")]
    assert [row.organisation for row in group.organisations.all()] == [cast.union, cast.carers]


def test_saving_as_it_stands_changes_nothing(group, cast, client_for):
    client = client_for(cast.priya)

    assert client.post(URL, as_sent(client.get(URL))).status_code == 302

    group.refresh_from_db()
    assert (group.lead, group.co_lead, group.slug) == (cast.donald, cast.rhona, "varrach")
    assert group.people.count() == group.organisations.count() == 1


@pytest.mark.parametrize("address", ["nobody@example.org", "gone@example.org"])
def test_an_unknown_or_departed_person_is_refused_with_a_sentence(group, cast, client_for, address):
    User.objects.create_user("gone@example.org", name="Gone", is_active=False)
    client = client_for(cast.priya)
    data = as_sent(client.get(URL)) | {"people-1-person": address, "people-1-organisation": cast.union.pk}

    page = client.post(URL, data).content.decode()

    assert "Nobody with an account has this address." in page
    assert "<title>Error:" in page
    assert address in page
    assert group.people.count() == 1


def test_lead_and_co_lead_are_two_people(group, cast, client_for):
    client = client_for(cast.priya)
    data = as_sent(client.get(URL)) | {"co_lead": "lead@example.org"}

    assert "The lead and the co-lead must be two people." in client.post(URL, data).content.decode()


def test_an_organisation_is_in_it_once(group, cast, client_for):
    client = client_for(cast.priya)
    data = as_sent(client.get(URL)) | {"organisations-1-organisation": cast.carers.pk}

    assert client.post(URL, data).status_code == 200
    assert group.organisations.count() == 1


def test_the_word_of_the_adding_page_is_no_address(cast, client_for):
    data = {"name": "Add", "slug": "add", "purpose": "Trouble."}

    page = client_for(cast.priya).post("/manage/partnerships/add/", data).content.decode()

    assert "This address is taken." in page


def test_no_address_is_shown(group, cast, client_for):
    page = client_for(cast.priya).get(URL).content.decode()

    assert "@example.org" not in page
    assert "Now Donald Iqbal." in page


def test_a_new_lead_takes_over(group, cast, client_for):
    client = client_for(cast.priya)

    client.post(URL, as_sent(client.get(URL)) | {"lead": "manager@example.org"})

    group.refresh_from_db()
    assert (group.lead, group.co_lead) == (cast.morag, cast.rhona)


def test_a_person_comes_once_for_each_organisation(group, cast, client_for):
    client = client_for(cast.priya)
    again = {"people-1-person": "partner@example.org", "people-1-organisation": cast.carers.pk}
    other = {"people-1-person": "partner@example.org", "people-1-organisation": cast.union.pk}

    assert client.post(URL, as_sent(client.get(URL)) | again).status_code == 200
    assert client.post(URL, as_sent(client.get(URL)) | other).status_code == 302
    assert group.people.count() == 2


def test_many_rows_come_in_pages_and_each_page_saves_its_own(group, cast, client_for):
    people = User.objects.bulk_create(User(email=f"p{n}@example.org", name=f"Person {n:02}") for n in range(30))
    PartnershipPerson.objects.bulk_create(
        PartnershipPerson(partnership=group, person=person, organisation=cast.carers) for person in people
    )
    client = client_for(cast.priya)
    second = client.get(URL, {"page": 2})
    assert [form.instance.person.name for form in second.context["people"].initial_forms][-2:] == [
        "Person 29",
        "Rhona MacBain",
    ]

    data = as_sent(second) | {"people-0-role": "Treasurer", "people-5-DELETE": "on"}
    assert client.post(f"{URL}?page=2", data).status_code == 302

    assert group.people.get(role="Treasurer").person.name == "Person 25"
    assert group.people.count() == 30
    assert group.people.filter(person=cast.rhona).exists() is False


# --- What stands in the audit ---


def rows(partnership):
    """(move, whom, words) of everything kept about a partnership, in order."""
    found = audit.events_of(partnership).order_by("pk")
    assert {row.actor_label for row in found} <= {"Priya Nair"}
    return list(found.values_list("move", "subject_id", "reason"))


def test_setting_one_up_is_kept(cast, client_for):
    data = {"name": "Peat group", "slug": "peat", "purpose": "Wet bogs.", "lead": "lead@example.org", "co_lead": ""}

    client_for(cast.priya).post("/manage/partnerships/add/", data)

    assert rows(Partnership.objects.get()) == [("added", None, ""), ("lead_begins", cast.donald.pk, "")]


def test_who_comes_and_goes_is_kept(group, cast, client_for):
    client = client_for(cast.priya)
    data = as_sent(client.get(URL)) | {
        "name": "Varrach flood group",
        "lead": "manager@example.org",
        "people-0-DELETE": "on",
        "people-1-person": "union@example.org",
        "people-1-organisation": cast.union.pk,
        "people-1-role": "Organiser",
        "organisations-1-organisation": cast.union.pk,
    }

    client.post(URL, data)

    assert rows(group) == [
        ("changed", None, "name"),
        ("lead_ends", cast.donald.pk, ""),
        ("person_ends", cast.rhona.pk, "Varrach Carers' Voice, Chair"),
        ("lead_begins", cast.morag.pk, ""),
        ("organisation_begins", None, "Union of Care Trades"),
        ("person_begins", cast.dougie.pk, "Union of Care Trades, Organiser"),
    ]


def test_saving_as_it_stands_or_being_refused_keeps_nothing(group, cast, client_for):
    client = client_for(cast.priya)
    client.post(URL, as_sent(client.get(URL)))
    client.post(URL, as_sent(client.get(URL)) | {"lead": "nobody@example.org"})

    assert rows(group) == []


# --- A co-lead may go without another one ---


def test_a_co_lead_is_taken_away(group, cast, client_for):
    client = client_for(cast.priya)

    assert client.post(URL, as_sent(client.get(URL)) | {"no_co_lead": "on"}).status_code == 302

    group.refresh_from_db()
    assert (group.lead, group.co_lead) == (cast.donald, None)
    assert rows(group) == [("co_lead_ends", cast.rhona.pk, "")]
    assert "no_co_lead" not in client.get(URL).context["form"].fields


def test_another_co_lead_and_none_contradict_each_other(group, cast, client_for):
    client = client_for(cast.priya)

    page = client.post(URL, as_sent(client.get(URL)) | {"no_co_lead": "on", "co_lead": "union@example.org"}).text

    assert "Enter a co-lead or say that there is none, not both." in page
    group.refresh_from_db()
    assert group.co_lead == cast.rhona


def test_a_lead_is_replaced_and_never_taken_away(group, cast, client_for):
    fields = client_for(cast.priya).get(URL).context["form"].fields

    assert list(fields) == ["name", "purpose", "lead", "co_lead", "no_co_lead", "started_on"]
