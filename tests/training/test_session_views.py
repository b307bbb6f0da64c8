"""The pages of joint sessions: the list, one session, booking, taking and cancelling a place."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from people.models import Affiliation, OutgoingMail
from people.transitions import move, person
from tests.factories.sessions import ask, begin, draft_session, place_in, session_of
from training.booking.organisations import to_decide
from training.enums import PlaceState
from training.models import Place, SessionDate

pytestmark = pytest.mark.django_db


def page(client, session):
    return client.get(reverse("sessions:detail", args=[session.pk])).content.decode()


def test_the_list_shows_what_comes_and_where_i_stand(cast, client_for):
    session = session_of(cast)
    ask(session, cast.rhona)
    draft_session(cast, title="Not published")

    shown = client_for(cast.rhona).get("/sessions/").content.decode()

    assert session.title in shown
    assert "Booked" in shown
    assert "Not published" not in shown
    assert "No sessions here" in client_for(cast.rhona).get("/sessions/?view=past").content.decode()


def test_a_session_that_is_over_is_on_the_other_tab(cast, client_for):
    session = session_of(cast)
    begin(session)
    session.dates.update(ends_at=session.dates.get().starts_at.replace(year=2020), starts_at="2019-01-01T10:00Z")

    assert session.title in client_for(cast.rhona).get("/sessions/?view=past").content.decode()


def test_a_draft_is_there_for_the_coordinator_alone(cast, client_for):
    address = reverse("sessions:detail", args=[draft_session(cast).pk])

    assert client_for(cast.priya).get(address).status_code == 200
    assert client_for(cast.rhona).get(address).status_code == 404


def test_one_press_books(cast, client_for):
    session = session_of(cast)
    client = client_for(cast.rhona)

    said = client.post(reverse("sessions:book", args=[session.pk]), follow=True).content.decode()

    assert "You have a place. A mail with the details is on its way." in said
    assert "You come for Varrach Carers&#x27; Voice." in said
    assert "https://meet.example.org/early" in said


def test_somebody_with_two_hats_says_for_whom(cast, client_for):
    session = session_of(cast)
    Affiliation.objects.create(person=cast.rhona, organisation=cast.union, starts_on="2025-01-01")
    client = client_for(cast.rhona)
    assert "Whom do you come for?" in page(client, session)

    client.post(reverse("sessions:book", args=[session.pk]), {"come_for": cast.union.pk})

    place = Place.objects.get(person=cast.rhona)
    assert (place.organisation, place.sector, place.is_new) == (cast.union, "union", True)


def test_nobody_comes_for_an_organisation_that_is_not_theirs(cast, client_for):
    session = session_of(cast)

    answer = client_for(cast.rhona).post(reverse("sessions:book", args=[session.pk]), {"come_for": cast.host.pk})

    assert answer.status_code == 422
    assert "Say whom you come for" in answer.content.decode()
    assert not Place.objects.exists()


def test_somebody_may_come_for_a_group_that_is_not_theirs_and_that_nobody_knows(cast, client_for):
    session, client = session_of(cast), client_for(cast.rhona)
    address = reverse("sessions:book", args=[session.pk])
    assert f'href="{address}"' in page(client, session)

    asked = client.get(address).content.decode()
    assert "Choose one of yours, or name another one." in asked
    assert "Varrach Carers&#x27; Voice" in asked
    assert not Place.objects.exists()
    said = {"come_for": "other", "organisation": "<b>Knitting</b> Circle", "sector": "community"}
    assert (
        "You come for &lt;b&gt;Knitting&lt;/b&gt; Circle." in client.post(address, said, follow=True).content.decode()
    )

    place = Place.objects.get(person=cast.rhona)
    assert (place.organisation, place.organisation_name) == (None, "<b>Knitting</b> Circle")
    assert (place.sector, place.side, place.is_new) == ("community", "partner", True)
    assert [row["words"] for row in to_decide()] == ["<b>Knitting</b> Circle"]


def test_who_has_a_place_is_not_asked_again_whom_they_come_for(cast, client_for):
    session = session_of(cast)
    ask(session, cast.rhona)

    answer = client_for(cast.rhona).get(reverse("sessions:book", args=[session.pk]))

    assert answer.headers["Location"] == session.get_absolute_url()


def test_whom_somebody_comes_for_is_not_asked_of_a_session_that_nobody_can_book(cast, client_for):
    session = move(session_of(cast), "cancel", by=person(cast.priya), data={"reason": "The hall is flooded"})

    answer = client_for(cast.rhona).get(reverse("sessions:book", args=[session.pk]))

    assert answer.headers["Location"] == session.get_absolute_url()


def test_somebody_who_types_the_host_is_not_its_staff(cast, client_for):
    said = {"come_for": "other", "organisation": cast.host.name, "sector": "public_body"}

    client_for(cast.rhona).post(reverse("sessions:book", args=[session_of(cast).pk]), said)

    place = Place.objects.get(person=cast.rhona)
    assert (place.organisation, place.side) == (None, "partner")


def test_staff_may_come_for_themselves(cast, client_for):
    said = {"come_for": "myself", "sector": "community"}

    client_for(cast.ailsa).post(reverse("sessions:book", args=[session_of(cast).pk]), said)

    place = Place.objects.get(person=cast.ailsa)
    assert (place.organisation, place.organisation_name, place.side) == (None, "", "partner")


def test_what_is_over_offers_nothing_to_who_had_a_place(cast, client_for):
    session = session_of(cast, cancel_days=2)
    ask(session, cast.dougie)
    client = client_for(cast.dougie)
    assert "You have a place" in page(client, session)
    SessionDate.objects.update(
        starts_at=timezone.now() - datetime.timedelta(days=2), ends_at=timezone.now() - datetime.timedelta(days=1)
    )

    shown = page(client, session)

    assert "You had a place, for Union of Care Trades. This session is over." in shown
    for words in ("You have a place", "meet.example.org", "Put into my calendar", "You could cancel", "What you bring"):
        assert words not in shown


def test_only_who_has_not_come_before_is_new(cast, client_for):
    """Somebody who comes for nobody else is new by themselves; staff take no place that waits for newcomers."""
    said = {"come_for": "myself", "sector": "community"}
    sessions = [session_of(cast), session_of(cast)]
    for session in sessions:
        for name in ("rhona", "ailsa"):
            client_for(cast.people[name]).post(reverse("sessions:book", args=[session.pk]), said)
        SessionDate.objects.filter(session=session).update(
            starts_at=timezone.now() - datetime.timedelta(days=2), ends_at=timezone.now() - datetime.timedelta(days=1)
        )

    by_person = {name: [Place.objects.get(session=one, person=cast.people[name]).is_new for one in sessions]
                 for name in ("rhona", "ailsa")}  # fmt: skip
    assert by_person == {"rhona": [True, False], "ailsa": [False, False]}


def test_who_let_an_offer_lapse_reads_what_happened(cast, client_for):
    place = place_in(cast, PlaceState.OFFERED)
    Place.objects.filter(pk=place.pk).update(offered_until=timezone.now() - datetime.timedelta(hours=1))

    shown = page(client_for(cast.dougie), place.session)

    assert "You did not take it, so it goes to the next who waits." in shown
    assert "Book my place" in shown


@pytest.mark.parametrize("state", [PlaceState.WAITING, PlaceState.REQUESTED])
def test_who_gives_up_waiting_is_not_told_of_a_place(cast, client_for, state):
    place = place_in(cast, state)

    said = client_for(cast.dougie).post(reverse("sessions:cancel", args=[place.session_id]), follow=True)

    assert "You do not wait for a place any more." in said.content.decode()
    assert "Your place is cancelled" not in said.content.decode()


def test_the_join_link_stands_only_where_somebody_holds_a_place(cast, client_for):
    session = session_of(cast, places=1)
    ask(session, cast.dougie)
    ask(session, cast.rhona)

    assert "meet.example.org" in page(client_for(cast.dougie), session)
    for name in ("rhona", "ailsa", "priya"):
        assert "meet.example.org" not in page(client_for(cast.people[name]), session)


def test_an_offer_is_taken_with_one_press_and_seen_on_my_work(cast, client_for):
    place = place_in(cast, PlaceState.OFFERED)
    client = client_for(cast.dougie)
    assert "A place is free for you: Starting early together" in client.get("/my-work/").content.decode()

    client.post(reverse("sessions:take", args=[place.session_id]), {"seen": place.version})

    assert Place.objects.get(pk=place.pk).state == PlaceState.BOOKED
    assert "You have a place, from 11:00" in client.get("/my-work/").content.decode()


def test_cancelling_twice_is_cancelling_once(cast, client_for):
    place = place_in(cast, PlaceState.BOOKED)
    address, client = reverse("sessions:cancel", args=[place.session_id]), client_for(cast.dougie)

    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 302
    assert Place.objects.get(pk=place.pk).state == PlaceState.CANCELLED


def test_nobody_moves_the_place_of_somebody_else(cast, client_for):
    place = place_in(cast, PlaceState.BOOKED)

    assert client_for(cast.rhona).post(reverse("sessions:cancel", args=[place.session_id])).status_code == 404
    assert Place.objects.get(pk=place.pk).state == PlaceState.BOOKED


def test_the_page_says_why_nobody_can_book_and_what_the_rule_is(cast, client_for):
    session = session_of(cast, places=5, sector_limit_percent=40)
    assert "At most 2 people of one sector." in page(client_for(cast.rhona), session)

    begin(session)

    shown = page(client_for(cast.rhona), session)
    assert "This session has started." in shown
    assert "Book my place" not in shown


def test_a_cancelled_session_says_so_and_why(cast, client_for):
    session = move(session_of(cast), "cancel", by=person(cast.priya), data={"reason": "The <hall> is flooded"})

    shown = page(client_for(cast.rhona), session)
    assert "The &lt;hall&gt; is flooded" in shown
    assert "Book my place" not in shown


def test_somebody_of_whom_we_know_no_organisation_says_whom_they_come_for(cast, client_for):
    session = session_of(cast)
    client, address = client_for(cast.stranger), reverse("sessions:book", args=[session.pk])

    asked = client.post(address)
    assert asked.status_code == 200
    assert "Whom do you come for?" in asked.content.decode()
    assert not Place.objects.exists()

    wrong = client.post(address, {"come_for": "other", "organisation": " ", "sector": "community"})
    assert wrong.status_code == 422
    assert not Place.objects.exists()

    client.post(address, {"come_for": "other", "organisation": "Knitting Circle", "sector": "community"})
    place = Place.objects.get(person=cast.stranger)
    assert (place.organisation, place.organisation_name, place.sector) == (None, "Knitting Circle", "community")


def test_who_cancelled_reads_so_and_nothing_is_promised_to_nobody(cast, client_for):
    session, client = session_of(cast), client_for(cast.rhona)
    ask(session, cast.rhona)

    said = client.post(reverse("sessions:cancel", args=[session.pk]), follow=True).content.decode()

    assert "Your place is cancelled. If somebody waits, it is offered to them." in said
    assert "You cancelled your place. You can book again." in page(client, session)
    assert "If somebody waits, it is offered to them." in OutgoingMail.objects.get(template="sessions/cancelled").text
