"""A place by its mailed link: what it opens, for how long, and that it opens nothing else."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cms.logs import hide_tokens
from people.models import OutgoingMail
from people.transitions import move, person
from tests.factories.guests import guest_place, link_to
from tests.factories.sessions import ask, session_of
from training.booking import coming_back, links
from training.booking.invitations import Invitee, invite
from training.booking.links import token_of
from training.booking.places import pass_on_everywhere
from training.enums import PlaceState
from training.models import Place

pytestmark = pytest.mark.django_db
COME_BACK = "/sessions/my-place/"


def test_the_link_shows_where_i_stand_and_how_to_join(cast, client):
    place = guest_place(session_of(cast))

    response = client.get(link_to(place))

    shown = response.content.decode()
    assert "You have a place" in shown
    assert "https://meet.example.org/early" in shown
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "/my-work/" not in shown


def test_reading_the_link_changes_nothing(cast, client):
    place = guest_place(session_of(cast))
    before = Place.objects.filter(pk=place.pk).values().get()

    client.get(link_to(place))
    client.get(f"{link_to(place)}cancel/")

    assert Place.objects.filter(pk=place.pk).values().get() == before


def test_a_guest_cancels_and_books_again_by_the_link(cast, client):
    place = guest_place(session_of(cast))

    for address, state in (
        ("cancel/", "cancelled"),
        ("cancel/", "cancelled"),
        ("book/", "booked"),
        ("book/", "booked"),
    ):
        assert client.post(link_to(place) + address).status_code == 302
        assert Place.objects.get(pk=place.pk).state == state


def test_a_guest_takes_the_place_that_is_offered(cast, client):
    session = session_of(cast, places=1)
    first, place = ask(session, cast.rhona), guest_place(session)
    assert "You are number 1 on the waiting list" in client.get(link_to(place)).content.decode()
    move(first, "cancel", by=person(cast.fresh("rhona")))
    assert "A place is free for you until" in client.get(link_to(place)).content.decode()

    assert client.post(f"{link_to(place)}take/").status_code == 302
    assert Place.objects.get(pk=place.pk).state == PlaceState.BOOKED


def test_two_tabs_the_later_one_is_told(cast, client):
    place = guest_place(session_of(cast))
    client.post(f"{link_to(place)}cancel/", {"seen": place.version})
    client.post(f"{link_to(place)}book/")

    response = client.post(f"{link_to(place)}cancel/", {"seen": place.version})

    assert response.status_code == 409
    assert "This was changed at" in response.content.decode()


def test_one_guests_link_opens_nothing_of_another(cast, client):
    session = session_of(cast)
    mine, other = guest_place(session), guest_place(session, name="Other Guest", email="other@example.com")

    assert "Other Guest" not in client.get(link_to(mine)).content.decode()
    client.post(f"{link_to(mine)}cancel/")
    assert Place.objects.get(pk=other.pk).state == PlaceState.BOOKED


def test_a_link_is_no_key_to_pages_for_the_signed_in(cast, client):
    place = guest_place(session_of(cast))
    client.get(link_to(place))

    assert client.get(reverse("sessions:detail", args=[place.session_id])).status_code == 302
    assert client.get("/sessions/").status_code == 302


@pytest.mark.parametrize("case", ["unknown", "old", "revoked", "ended", "hash"])
def test_a_link_that_does_not_work_gives_one_kind_page(cast, client, case):
    place = guest_place(session_of(cast))
    address, when = link_to(place), timezone.now()
    if case == "unknown":
        address = "/sessions/place/never-was/"
    elif case == "old":
        links.renew(place)
        links.open_link(place)
    elif case == "revoked":
        Place.objects.filter(pk=place.pk).update(revoked_at=timezone.now())
    elif case == "ended":
        when = place.session.ends_at + datetime.timedelta(days=links.LINK_DAYS + 1)
    elif case == "hash":
        address = f"/sessions/place/{place.token_hash}/"

    with time_machine.travel(when):
        for response in (client.get(address), client.post(f"{address}cancel/"), client.post(f"{address}take/")):
            assert response.status_code == 404
            assert "This link does not work" in response.content.decode()
    assert Place.objects.get(pk=place.pk).state == PlaceState.BOOKED


def test_mails_to_a_guest_carry_the_same_link_and_to_others_the_page_behind_sign_in(cast):
    session = session_of(cast, places=1)
    first, place = ask(session, cast.rhona), guest_place(session)
    move(first, "cancel", by=person(cast.fresh("rhona")))

    told = OutgoingMail.objects.get(template="sessions/offered")
    assert link_to(place) in told.text
    assert link_to(place) in told.html
    rhona = OutgoingMail.objects.filter(to=cast.rhona.email)
    assert not [mail for mail in rhona if "/sessions/place/" in mail.text]
    assert pass_on_everywhere() == 0


def test_the_database_alone_gives_no_link(cast):
    place = guest_place(session_of(cast))

    stored = str(Place.objects.filter(pk=place.pk).values().get())
    assert links.token_of(place) not in stored
    assert place.token_hash == Place.hash_of(links.token_of(place))


@pytest.mark.parametrize("kind", ["/sessions/place/", "/invitations/", "/feedback/", "/venues/"])
def test_no_log_line_holds_the_token(kind):
    line = hide_tokens(None, "", {"request": f"GET {kind}SECRET/cancel/"})

    assert line["request"] == f"GET {kind}…"


def test_who_comes_back_has_the_link_sent_again(cast, client):
    place = guest_place(session_of(cast))
    OutgoingMail.objects.all().delete()

    response = client.post(COME_BACK, {"email": " Mairi@Example.com "}, follow=True)

    assert "If there is a place or an invitation under the address that you typed" in response.content.decode()
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.template) == ("mairi@example.com", "sessions/come_back")
    assert link_to(place) in mail.text


def test_the_answer_does_not_tell_who_is_known(cast, client):
    guest_place(session_of(cast))

    known = client.post(COME_BACK, {"email": "mairi@example.com"}, follow=True)
    unknown = client.post(COME_BACK, {"email": "nobody@example.com"}, follow=True)

    assert known.content == unknown.content
    assert not OutgoingMail.objects.filter(to="nobody@example.com").exists()


def test_nobody_fills_a_mailbox_with_links(cast, client):
    guest_place(session_of(cast))

    codes = [client.post(COME_BACK, {"email": "mairi@example.com"}).status_code for _try in range(5)]

    assert codes == [302, 302, 302, 429, 429]
    assert OutgoingMail.objects.filter(template="sessions/come_back").count() == 3


def test_a_wrong_address_is_said_and_kept(client, db):
    response = client.post(COME_BACK, {"email": "mairi at example"})

    assert response.status_code == 422
    assert "This is not a whole e-mail address" in response.content.decode()
    assert "mairi at example" in response.content.decode()


def test_sessions_long_over_are_not_sent_again(cast):
    place = guest_place(session_of(cast))

    with time_machine.travel(place.session.ends_at + datetime.timedelta(days=links.LINK_DAYS + 1)):
        assert coming_back.send_links("mairi@example.com") == 0


def test_an_open_invitation_is_sent_again_with_the_same_link(cast, client):
    row = invite(session_of(cast), [Invitee("mairi@example.com")], by=cast.priya).invited[0]

    client.post(COME_BACK, {"email": "mairi@example.com"})

    mail = OutgoingMail.objects.get(template="sessions/come_back")
    assert f"/invitations/{token_of(row)}/" in mail.text
    assert client.get(f"/invitations/{token_of(row)}/").status_code == 200
