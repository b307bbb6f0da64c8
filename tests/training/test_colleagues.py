"""Booking for a colleague who is named later: by whom, how often, and what becomes of the links."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from people.models import AuditEvent, OutgoingMail, User
from people.transitions import Refused, link_actor, move, person
from tests.factories.guests import guest_place, link_to
from tests.factories.sessions import ask, place_in, session_of
from training.booking import colleagues, links
from training.booking.reminders import send_session_reminders
from training.enums import PlaceState
from training.models import Place

pytestmark = pytest.mark.django_db
IONA = {"name": "Iona  Munro", "email": "Iona@example.com"}


@pytest.fixture
def place(cast):
    return guest_place(session_of(cast, places=2))


def colleague_of(place) -> Place:
    return colleagues.book(place, by=link_actor(place), known=place.colleagues.active().count())


def test_a_guest_books_for_a_colleague_and_names_them(cast, client, place):
    client.post(f"{link_to(place)}colleague/", {"known": 0})
    colleague = Place.objects.get(colleague_of=place)
    assert (colleague.state, colleague.name, colleague.sector) == (
        PlaceState.BOOKED, "A colleague of Mairi Gunn", place.sector
    )  # fmt: skip
    assert "Say who comes with you" in client.get(link_to(place)).content.decode()
    people = User.objects.count()

    response = client.post(f"{link_to(colleague)}name/", IONA, follow=True)

    assert "Your colleague has been told" in response.content.decode()
    named = Place.objects.get(pk=colleague.pk)
    assert (named.name, named.email, named.email_key, named.person) == (
        "Iona Munro", "iona@example.com", "iona@example.com", None
    )  # fmt: skip
    mail = OutgoingMail.objects.get(to="iona@example.com")
    assert mail.subject == "Starting early together: Mairi Gunn booked for you"
    assert link_to(named) in mail.text
    assert mail.files
    assert User.objects.count() == people
    assert "Iona Munro: Booked" in client.get(link_to(place)).content.decode()


def test_naming_ends_the_link_of_whoever_booked(client, place):
    colleague = colleague_of(place)
    old = link_to(colleague)
    client.post(f"{old}name/", IONA)

    for response in (client.get(old), client.post(f"{old}cancel/"), client.post(f"{old}name/", IONA)):
        assert response.status_code == 404
    colleague.refresh_from_db()
    assert client.get(link_to(colleague)).status_code == 200
    client.post(f"{link_to(colleague)}cancel/")
    assert Place.objects.get(pk=colleague.pk).state == PlaceState.CANCELLED
    assert Place.objects.get(pk=place.pk).state == PlaceState.BOOKED


def test_the_link_of_one_place_names_nobody_in_another(place):
    colleague = colleague_of(place)

    with pytest.raises(PermissionDenied):
        colleagues.name(colleague, called="Iona", email="iona@example.com", by=link_actor(place))


def test_somebody_with_an_account_books_for_a_colleague_too(cast, client_for):
    session = session_of(cast)
    ask(session, cast.dougie)
    client = client_for(cast.dougie)

    assert client.post(f"/sessions/{session.pk}/colleague/", {"known": 0}).status_code == 302

    colleague = Place.objects.get(colleague_of__person=cast.dougie)
    assert (colleague.person, colleague.organisation) == (None, cast.union)
    assert links.name_path(colleague) in client.get(f"/sessions/{session.pk}/").content.decode()
    assert links.name_path(colleague) in OutgoingMail.objects.get(template="sessions/colleague_booked").text
    assert client_for(cast.rhona).post(f"/sessions/{session.pk}/colleague/").status_code == 404


def test_nobody_books_for_a_colleague_from_the_place_of_somebody_else(cast, place):
    other = guest_place(place.session, name="Other", email="other@example.com")
    for actor in (link_actor(other), person(cast.dougie), person(cast.priya)):
        with pytest.raises(PermissionDenied):
            colleagues.book(place, by=actor, known=0)


def test_a_second_press_books_no_second_colleague(client, place):
    for _press in range(2):
        assert client.post(f"{link_to(place)}colleague/", {"known": 0}).status_code == 302

    assert Place.objects.filter(colleague_of=place).count() == 1


def test_there_is_a_limit_and_a_colleague_brings_nobody(cast):
    place = guest_place(session_of(cast, places=9))
    first = colleague_of(place)
    colleague_of(place)

    with pytest.raises(Refused) as refusal:
        colleague_of(place)
    assert refusal.value.sentences == ["You can book for 2 colleagues. Ask the co-ordinator for more."]
    with pytest.raises(Refused):
        colleagues.book(first, by=link_actor(first), known=0)


@pytest.mark.parametrize("state", [PlaceState.REQUESTED, PlaceState.WAITING, PlaceState.OFFERED])
def test_who_has_no_place_yet_brings_nobody(cast, client_for, state):
    place = place_in(cast, state)
    shown = client_for(place.person).get(f"/sessions/{place.session_id}/").content.decode()
    assert "Book for a colleague too" not in shown

    with pytest.raises(Refused) as refusal:
        colleagues.book(place, by=person(place.person), known=0)
    assert refusal.value.sentences == ["Only somebody who has a place can book for a colleague."]


def test_a_colleague_counts_and_waits_like_everybody(cast, place):
    guest_place(place.session, name="Other", email="other@example.com")

    assert colleague_of(place).state == PlaceState.WAITING
    assert OutgoingMail.objects.filter(template="sessions/waiting", to=place.email).count() == 1


def test_one_address_holds_one_place(cast, client, place):
    session = session_of(cast)
    mine = guest_place(session)
    guest_place(session, name="Iona", email="iona@example.com")
    colleague = colleague_of(mine)

    response = client.post(f"{link_to(colleague)}name/", IONA)

    assert response.status_code == 409
    assert "one address holds one place" in response.content.decode()
    assert 'value="Iona  Munro"' in response.content.decode()
    assert Place.objects.get(pk=colleague.pk).is_unnamed


def test_nobody_is_named_after_the_start(client, place):
    colleague = colleague_of(place)

    with time_machine.travel(place.session.starts_at):
        response = client.post(f"{link_to(colleague)}name/", IONA)

    assert response.status_code == 409
    assert "This session has started." in response.content.decode()


@pytest.mark.parametrize("data", [{}, {"name": "Iona", "email": "iona"}, {"name": " ", "email": "iona@example.com"}])
def test_what_is_missing_is_said(client, place, data):
    colleague = colleague_of(place)

    assert client.post(f"{link_to(colleague)}name/", data).status_code in (200, 422)
    assert Place.objects.get(pk=colleague.pk).is_unnamed


@pytest.mark.parametrize("name", ["Win at https://evil.example", "Win at Www.evil.example"])
def test_the_name_of_a_colleague_carries_no_link_into_the_mail(client, place, name):
    colleague = colleague_of(place)

    response = client.post(f"{link_to(colleague)}name/", {"name": name, "email": "iona@example.com"})

    assert response.status_code == 422
    assert "Please write the name alone, without a web address" in response.content.decode()
    assert not OutgoingMail.objects.filter(to="iona@example.com").exists()


def test_whoever_booked_is_reminded_to_say_who_comes(place):
    colleague_of(place)

    with time_machine.travel(place.session.starts_at.replace(hour=9) - links.datetime.timedelta(days=1)):
        assert send_session_reminders() == 2

    sent = OutgoingMail.objects.filter(template__in=["sessions/reminder", "sessions/name_colleague"])
    assert sorted(sent.values_list("template", "to")) == [
        ("sessions/name_colleague", place.email),
        ("sessions/reminder", place.email),
    ]


def test_an_unnamed_place_puts_nothing_into_a_calendar(place):
    colleague = colleague_of(place)

    assert OutgoingMail.objects.get(template="sessions/colleague_booked").files == []
    move(colleague, "cancel", by=link_actor(Place.objects.get(pk=colleague.pk)))
    assert OutgoingMail.objects.filter(template="sessions/cancelled").latest("pk").files == []


def test_the_colleague_who_signs_in_finds_the_place(cast, client, client_for, place):
    colleague = colleague_of(place)
    client.post(f"{link_to(colleague)}name/", {"name": "Ailsa Grant", "email": cast.ailsa.email})

    assert "You have a place" in client_for(cast.ailsa).get(f"/sessions/{place.session_id}/").content.decode()


def test_naming_stands_in_the_audit_without_the_address(client, place):
    colleague = colleague_of(place)
    client.post(f"{link_to(colleague)}name/", IONA)

    row = AuditEvent.objects.get(move="name")
    assert (row.record_id, row.actor_kind) == (colleague.pk, "link")
    assert "iona@" not in str(AuditEvent.objects.filter(pk=row.pk).values().get())


def test_giving_a_colleagues_place_back_says_whose_it_was(client, place):
    row = colleague_of(place)

    said = client.post(f"{link_to(row)}cancel/", {"seen": row.version}, follow=True).content.decode()

    assert "Your colleague’s place" in said
    assert "You gave this place back." in said
    assert "Book it again" in said
    assert "Book my place" not in said
