"""Names that people typed: confirmed as new, joined to one that we know, taken back; and places keep their sector."""

import pytest
from django.urls import reverse

from people.enums import Sector
from people.models import AuditEvent, Organisation
from people.transitions import Refused
from tests.factories.guests import guest_place
from tests.factories.sessions import session_of
from training.booking import organisations
from training.models import OrganisationName, Place

pytestmark = pytest.mark.django_db
LIST = "/manage/organisations/"


def typed(cast, name: str, number: int = 0) -> Place:
    """A booked place for a group that is not on the list."""
    place = guest_place(session_of(cast), name=f"Guest {number}", email=f"guest{number}@example.com")
    values = {"organisation": None, "organisation_name": name, "sector": Sector.COMMUNITY, "is_new": True}
    Place.objects.filter(pk=place.pk).update(**values)
    return Place.objects.get(pk=place.pk)


@pytest.fixture
def places(cast):
    return [typed(cast, "Care trades UNION", 1), typed(cast, "care trades union", 2), typed(cast, "Farm Circle", 3)]


def said(place: Place) -> tuple:
    place.refresh_from_db()
    return place.organisation, place.organisation_name, place.sector, place.is_new


def test_each_name_stands_once_however_it_is_written(places):
    rows = list(organisations.to_decide())

    assert [(row["typed"], row["count"]) for row in rows] == [("care trades union", 2), ("farm circle", 1)]


def test_a_name_is_joined_to_one_that_we_know_and_the_places_keep_what_was_said(cast, places, client_for):
    client = client_for(cast.priya)
    assert "Care trades UNION" in client.get(LIST).content.decode()
    address = reverse("organisations:decide", args=[places[1].pk])
    assert "Union of Care Trades" in client.get(address).content.decode()

    client.post(address, {"means": cast.union.pk})

    assert said(places[0]) == (cast.union, "Care trades UNION", Sector.COMMUNITY, True)
    assert said(places[1]) == (cast.union, "care trades union", Sector.COMMUNITY, True)
    assert said(places[2])[0] is None
    event = AuditEvent.objects.get(move="join_name")
    assert (event.record_id, event.actor_id, event.reason) == (
        cast.union.pk, cast.priya.pk, "“care trades union”, 2 places"
    )  # fmt: skip
    assert organisations.organisation_named(" CARE  Trades union") == cast.union


def test_a_new_one_is_confirmed_with_its_name_and_sector(cast, places, client_for):
    address = reverse("organisations:decide", args=[places[2].pk])

    client_for(cast.priya).post(address, {"means": "new", "name": "Farm Circle Varrach", "sector": "business"})

    made = Organisation.objects.get(name="Farm Circle Varrach")
    assert (made.sector, made.slug, made.is_host) == (Sector.BUSINESS, "farm-circle-varrach", False)
    assert said(places[2]) == (made, "Farm Circle", Sector.COMMUNITY, True)
    assert OrganisationName.objects.get().is_new is True


@pytest.mark.parametrize(
    ("data", "code", "sentence"),
    [
        ({"means": ""}, 422, "Say which organisation it is"),
        ({"means": "99"}, 422, "Choose one of these"),
        ({"means": "other", "known": "Nobody"}, 422, "We know no organisation with exactly this name"),
        ({"means": "new", "name": " ", "sector": "union"}, 422, "Write its name"),
        ({"means": "new", "name": "\u200b", "sector": "union"}, 422, "Write its name"),
        ({"means": "new", "name": "http://x.example", "sector": "union"}, 422, "without a web address"),
        ({"means": "new", "name": "Circle"}, 422, "Say what it is part of"),
        ({"means": "new", "name": "union of CARE trades", "sector": "union"}, 409, "with this name already"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_decided(cast, places, client_for, data, code, sentence):
    response = client_for(cast.priya).post(reverse("organisations:decide", args=[places[2].pk]), data)

    assert response.status_code == code
    assert sentence in response.content.decode()
    assert said(places[2])[0] is None
    assert not OrganisationName.objects.exists()


def test_two_who_decide_the_second_is_told(cast, places):
    organisations.join(places[0], cast.union, by=cast.priya)

    with pytest.raises(Refused) as refusal:
        organisations.confirm(places[1], name="Care Union", sector="union", by=cast.priya)
    assert refusal.value.sentences == ["Somebody has decided on this name already."]
    assert not Organisation.objects.filter(name="Care Union").exists()


def test_a_decision_is_taken_back(cast, places, client_for):
    organisations.join(places[0], cast.union, by=cast.priya)
    row, client = OrganisationName.objects.get(), client_for(cast.priya)

    for _press in range(2):
        assert client.post(reverse("organisations:take-back", args=[row.pk])).status_code == 302

    assert said(places[0])[:2] == (None, "Care trades UNION")
    assert organisations.to_decide().count() == 2
    assert AuditEvent.objects.filter(move="name_taken_back").count() == 1


def test_taking_back_leaves_those_who_chose_the_organisation_themselves(cast, places):
    other = typed(cast, "", 4)
    Place.objects.filter(pk=other.pk).update(organisation=cast.union)
    organisations.join(places[0], cast.union, by=cast.priya)

    organisations.take_back(OrganisationName.objects.get(), by=cast.priya)

    assert said(other)[0] == cast.union


def test_a_name_with_marks_in_it_stays_text(cast, client_for):
    place = typed(cast, "<b>Circle</b> & Co")

    for address in (LIST, reverse("organisations:decide", args=[place.pk])):
        assert "&lt;b&gt;Circle&lt;/b&gt; &amp; Co" in client_for(cast.priya).get(address).content.decode()


def test_only_co_ordinators_decide(cast, places, client_for):
    for name in ("ailsa", "rhona", "tom"):
        client = client_for(cast.people[name])
        assert client.get(LIST).status_code == 403
        assert client.post(reverse("organisations:decide", args=[places[0].pk]), {"means": "new"}).status_code == 403
    assert said(places[0])[0] is None


def test_a_nul_in_what_was_sent_is_no_fault_of_ours(cast):
    """The raw text of a form is asked for names that look alike, before anything was cleaned."""
    assert organisations.organisation_named("Union of\x00 Care Trades") == cast.union
    assert organisations.look_alikes("Uni\x00on") == [cast.union]


def test_a_name_that_means_the_host_is_decided_on_each_time(cast, places):
    assert organisations.join(places[0], cast.host, by=cast.priya) == 2
    Place.objects.filter(pk=places[1].pk).update(organisation=None)

    assert organisations.organisation_named("care trades union") is None
    assert organisations.join(Place.objects.get(pk=places[1].pk), cast.host, by=cast.priya) == 1
    assert OrganisationName.objects.count() == 1
