"""Two organisations that are one: what follows, what is refused, what is known afterwards, and who may."""

import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.urls import reverse

from appraisal.asking import key_of_organisation
from appraisal.models import EvidenceConfirmation
from cms import merging
from partnerships.models import PartnershipOrganisation, PartnershipPerson
from people.enums import Sector
from people.models import Affiliation, AuditEvent, Organisation
from people.transitions import NotYours, Refused
from tests.factories.appraisal import asked, shared_example
from tests.factories.guests import guest_place
from tests.factories.partnerships import PartnershipFactory
from tests.factories.proposals import proposal_of
from tests.factories.sessions import ask, session_of
from tests.factories.venues import venue_of
from training.booking import organisations, places
from training.models import Facilitator, OrganisationName, Place, SessionInvitation, SessionProposal, Venue

pytestmark = pytest.mark.django_db
APPS = ("people", "partnerships", "training", "appraisal")


@pytest.fixture
def double(cast) -> Organisation:
    """The union once more, under another name."""
    return Organisation.objects.create(name="Care Trades Union", slug="double", sector=Sector.COMMUNITY)


def merge(cast, gone, kept, by=None) -> bool:
    """As on the page: what it says is read, then confirmed."""
    seen = merging.mark_of(gone, kept, merging.what_follows(gone))
    return merging.merge(gone, kept, by=by or cast.priya, seen=seen)


def address_of(gone, kept) -> str:
    return reverse("organisation-merge-two", args=[gone.pk, kept.pk])


def mark_on(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]


def test_every_key_to_an_organisation_has_a_row():
    """Whoever adds one says in its app's merging.py how it follows."""
    rows = {(row.record, row.field) for app in APPS for row in import_module(f"{app}.merging").POINTERS}
    keys = {
        (model._meta.label, field.name)
        for app in (*APPS, "cms")
        for model in apps.get_app_config(app).get_models()
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if field.related_model is Organisation and isinstance(field, models.ForeignKey | models.ManyToManyField)
    }

    assert keys == rows
    assert {(row.record, row.field) for row in merging.POINTERS} == rows


def test_everything_that_points_to_it_follows_and_is_told_before(cast, double, client_for):
    session, venue = session_of(cast, places=9), venue_of()
    Affiliation.objects.create(person=cast.stranger, organisation=double, starts_on="2025-01-01")
    place = ask(session, cast.fresh("stranger"))
    Venue.objects.filter(pk=venue.pk).update(host=double)
    type(session).objects.filter(pk=session.pk).update(host=double)
    Facilitator.objects.filter(session=session).update(organisation=double)
    proposal = proposal_of(cast)
    SessionProposal.objects.filter(pk=proposal.pk).update(organisation=double)
    OrganisationName.objects.create(name="C T U", key="c t u", organisation=double, by=cast.priya)
    SessionInvitation.objects.create(
        session=session, email="a@example.org", email_key="a@example.org", organisation=double, state="invited",
        answer_by="2030-01-01", expires_at=session.ends_at, token_hash="x",
    )  # fmt: skip
    group = PartnershipFactory()
    PartnershipOrganisation.objects.create(partnership=group, organisation=double, brings="Rotas")
    PartnershipPerson.objects.create(partnership=group, person=cast.stranger, organisation=double)
    client = client_for(cast.priya)

    page = client.get(address_of(double, cast.union)).content.decode()
    for line in (
        "1 entry of who acts for it", "1 partnership", "1 person who is in a partnership for it",
        "1 place in a session", "1 invitation", "1 name that people typed for it", "1 session that it hosts",
        "1 time that somebody leads a session for it", "1 venue", "1 proposal",
    ):  # fmt: skip
        assert f"<li>{line}</li>" in page
    answer = client.post(address_of(double, cast.union), {"seen": mark_on(page)}, follow=True)

    assert "“Care Trades Union” is known from now on as a name of “Union of Care Trades”." in answer.content.decode()
    double.refresh_from_db()
    assert (double.merged_into, double.merged_at is not None) == (cast.union, True)
    assert [row.record for row in merging.POINTERS if row.rows(double).exists()] == []
    place.refresh_from_db()
    assert (place.organisation, place.sector, place.is_new) == (cast.union, Sector.COMMUNITY, True)
    assert places.hats_of(cast.fresh("stranger")) == [cast.union]
    told = AuditEvent.objects.get(move="merge")
    assert (told.record_id, told.actor_id) == (double.pk, cast.priya.pk)
    assert "into “Union of Care Trades”" in told.reason
    assert "1 place in a session, 1 invitation" in told.reason
    assert AuditEvent.objects.get(move="take_in").record_id == cast.union.pk


def test_afterwards_it_is_a_name_of_the_other_one_and_stands_on_no_list(cast, double, client_for):
    merge(cast, double, cast.union)

    assert organisations.organisation_named(" care  trades UNION") == cast.union
    assert organisations.look_alikes("Care Trades")[0] == cast.union
    assert double not in Organisation.objects.all()
    client = client_for(cast.priya)
    history = client.get(reverse("organisation-merge")).content.decode()
    assert "Care Trades Union" in history
    assert "nothing that points to it" in history
    assert "Care Trades Union" not in client.get(reverse("manage-participation:sizes")).content.decode()
    place = guest_place(session_of(cast))
    Place.objects.filter(pk=place.pk).update(organisation=None, organisation_name="Somebody")
    said = {"means": "new", "name": "Care trades union", "sector": "union"}
    refused = client.post(reverse("organisations:decide", args=[place.pk]), said)
    assert refused.status_code == 409
    assert "“Care Trades Union” was merged into “Union of Care Trades”. Choose that one." in refused.content.decode()


def test_what_went_into_it_earlier_goes_on_to_the_next(cast, double):
    third = Organisation.objects.create(name="Carers United", slug="third", sector=Sector.UNION)
    merge(cast, double, third)

    merge(cast, third, cast.union)

    assert organisations.organisation_named("Care Trades Union") == cast.union


def test_somebody_who_acted_for_both_acts_for_it_once(cast, double):
    own = Affiliation.objects.get(person=cast.dougie)
    for role, first, last in (("regional ORGANISER", 30, None), ("Steward", 30, None), (own.role, 900, 800)):
        Affiliation.objects.create(
            person=cast.dougie,
            organisation=double,
            role=role,
            starts_on=own.starts_on - datetime.timedelta(days=first),
            ends_on=last and own.starts_on - datetime.timedelta(days=last),
        )

    merge(cast, double, cast.union)

    rows = Affiliation.objects.filter(person=cast.dougie).order_by("starts_on", "role")
    begun = [(row.role, (own.starts_on - row.starts_on).days, row.ends_on is None) for row in rows]
    assert begun == [("Regional organiser", 900, False), ("Regional organiser", 30, True), ("Steward", 30, True)]
    assert {row.organisation for row in rows} == {cast.union}


def test_in_a_partnership_they_are_one_and_both_texts_stay(cast, double):
    group = PartnershipFactory()
    for one, brings, role in ((double, "Rotas", "Steward"), (cast.union, "Members", "")):
        PartnershipOrganisation.objects.create(partnership=group, organisation=one, brings=brings)
        PartnershipPerson.objects.create(partnership=group, person=cast.dougie, organisation=one, role=role)

    merge(cast, double, cast.union)

    assert [(row.organisation, row.brings) for row in group.organisations.all()] == [(cast.union, "Members; Rotas")]
    assert [(row.organisation, row.role) for row in group.people.all()] == [(cast.union, "Steward")]


def test_two_texts_that_are_too_long_together_are_not_cut(cast, double, client_for):
    group = PartnershipFactory(name="Flood <group>")
    for one in (double, cast.union):
        PartnershipOrganisation.objects.create(partnership=group, organisation=one, brings=one.slug[0] * 200)
    client, address = client_for(cast.priya), address_of(double, cast.union)

    answer = client.post(address, {"seen": mark_on(client.get(address).content.decode())})

    assert answer.status_code == 409
    assert "In “Flood &lt;group&gt;” both say something of their own" in answer.content.decode()
    double.refresh_from_db()
    assert double.merged_into is None
    assert group.organisations.count() == 2


def test_requests_about_examples_follow_under_the_next_numbers_and_are_not_told(cast, double, client_for):
    rows = [asked(shared_example(cast.ailsa), name=name, email=f"{name}@example.com", organisation=one)
            for name, one in (("a", double), ("b", cast.union), ("c", double))]  # fmt: skip
    page = client_for(cast.priya).get(address_of(double, cast.union)).content.decode()
    assert "Nothing that can be counted here points to “Care Trades Union”." in page

    merge(cast, double, cast.union)

    key = key_of_organisation(cast.union.pk)
    found = EvidenceConfirmation.objects.filter(pk__in=[row.pk for row in rows])
    assert {(row.organisation, row.organisation_key) for row in found} == {(cast.union, key)}
    assert sorted(row.organisation_slot for row in found) == [1, 2, 3]
    assert "nothing that points to it" in AuditEvent.objects.get(move="merge").reason


@pytest.mark.parametrize("turned", [False, True])
def test_nothing_is_merged_with_the_host(cast, double, client_for, turned):
    two = (cast.host, double) if turned else (double, cast.host)

    page = client_for(cast.priya).get(address_of(*two)).content.decode()
    assert "Scottish Rivers Authority is the host body." in page
    assert "They are one: merge them" not in page
    with pytest.raises(Refused, match="is the host body"):
        merge(cast, *two)


def test_nothing_is_merged_with_itself(cast):
    with pytest.raises(Refused, match="These are one organisation already"):
        merge(cast, cast.union, cast.union)


def test_pressed_twice_is_a_success_and_merged_elsewhere_is_said(cast, double):
    assert merge(cast, double, cast.union) is True
    double.refresh_from_db()
    assert merge(cast, double, cast.union) is False

    with pytest.raises(Refused, match="Care Trades Union was merged into Union of Care Trades on"):
        merge(cast, double, cast.carers)
    with pytest.raises(Refused, match="Care Trades Union was merged into Union of Care Trades on"):
        merge(cast, cast.union, double)
    assert AuditEvent.objects.filter(move="merge").count() == 1


def test_what_changed_after_the_page_was_read_is_read_again(cast, double, client_for):
    client, address = client_for(cast.priya), address_of(double, cast.union)
    seen = mark_on(client.get(address).content.decode())
    Venue.objects.create(name="Hall", address="Shore Road", host=double)

    for wrong in (seen, "", "\x00"):
        answer = client.post(address, {"seen": wrong})
        assert answer.status_code == 409
        assert "Something changed after you opened this page." in answer.content.decode()
        assert "<li>1 venue</li>" in answer.content.decode()
    assert client.post(address, {"seen": mark_on(answer.content.decode())}).status_code == 302


def test_what_was_written_in_the_moment_of_the_merge_follows_with_the_next_tick(cast, double):
    merge(cast, double, cast.union)
    venue = Venue.objects.create(name="Hall", address="Shore Road", host=double)
    Affiliation.objects.create(person=cast.stranger, organisation=double, starts_on="2025-01-01")

    call_command("tick", verbosity=0)

    venue.refresh_from_db()
    assert venue.host == cast.union
    assert places.hats_of(cast.fresh("stranger")) == [cast.union]
    assert merging.follow_late() == 0


def test_the_two_are_chosen_by_name_and_what_is_wrong_is_said(cast, double, client_for):
    client, address = client_for(cast.priya), reverse("organisation-merge")

    good = client.get(address, {"gone": "care trades union", "kept": "Union of Care Trades"})
    assert good.headers["Location"] == address_of(double, cast.union)
    for gone, kept, sentence in (
        ("", "Union of Care Trades", "Write the name of the one that goes"),
        ("Nobody", "Union of Care Trades", "We know no organisation with exactly this name"),
        ("Care <b>Trades", "x", "Like it are: Care Trades Union, Union of Care Trades"),
        ("Care Trades Union", "care trades UNION", "Both names lead to Care Trades Union already"),
    ):
        answer = client.get(address, {"gone": gone, "kept": kept})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert "<b>Trades" not in answer.content.decode()


def test_names_of_the_same_words_are_proposed(cast, double, client_for):
    Organisation.objects.create(name="Varrach Carers Voice", slug="again", sector=Sector.THIRD_SECTOR)

    assert [(gone.name, kept.name) for gone, kept in merging.alike()] == [
        ("Care Trades Union", "Union of Care Trades"),
        ("Varrach Carers Voice", "Varrach Carers' Voice"),
    ]
    page = client_for(cast.priya).get(reverse("organisation-merge")).content.decode()
    assert "Varrach Carers Voice and Varrach Carers&#x27; Voice" in page


def test_markup_in_a_name_is_text(cast, client_for):
    bad = Organisation.objects.create(name="<i>Union</i>: care", slug="bad", sector=Sector.UNION)
    client = client_for(cast.priya)
    assert "&lt;i&gt;Union&lt;/i&gt;: care" in client.get(address_of(bad, cast.union)).content.decode()

    merge(cast, bad, cast.union)

    history = client.get(reverse("organisation-merge")).content.decode()
    assert "<i>Union" not in history
    assert ">nothing that points to it<" in history


def test_only_co_ordinators_merge(cast, double, client_for):
    for name in ("ailsa", "rhona", "tom", "donald"):
        client = client_for(cast.people[name])
        assert client.get(reverse("organisation-merge")).status_code == 403
        assert client.post(address_of(double, cast.union), {"seen": ""}).status_code == 403
        with pytest.raises(NotYours):
            merge(cast, double, cast.union, by=cast.people[name])
    assert client_for(cast.priya).get(f"/manage/organisations/merge/{double.pk}/999999/").status_code == 404
