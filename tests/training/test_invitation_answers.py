"""Answering an invitation by its link, without an account: yes in one press, no, later, somebody else."""

import datetime
import re

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.enums import Sector
from people.models import Affiliation, AuditEvent, Organisation, OutgoingMail, User
from people.transitions import link_actor, move, person
from tests.factories.guests import link_to
from tests.factories.sessions import ask, begin, invited, session_of
from training.booking.invitations import Invitee, invite, last_day_to_answer
from training.booking.links import token_of
from training.booking.places import Asker, ask_for_place
from training.enums import InvitationState, PlaceState
from training.models import JointSession, OrganisationName, Place, SessionInvitation

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
SELF = {"do": "book", "name": "Mairi Gunn", "come_for": "myself", "sector": Sector.COMMUNITY}


def invited_at(session: JointSession, email: str = "mairi@example.com", name: str = "") -> SessionInvitation:
    return invite(session, [Invitee(email, name=name)], by=session.coordinator).invited[0]


def at(row: SessionInvitation) -> str:
    return reverse("invitations:answer", args=[token_of(row)])


def other(name: str, **more) -> dict:
    return {**SELF, "come_for": "other", "organisation": name, **more}


def test_one_press_books_for_the_organisation_that_was_invited(cast, client):
    (row,) = invited(session_of(cast), cast.dougie)
    shown = client.get(at(row)).content.decode()
    assert "You book as Dougie Ross, for Union of Care Trades." in shown

    response = client.post(at(row), {"do": "book", "name": "Dougie Ross", "come_for": cast.union.pk})

    place = Place.objects.get()
    assert response.headers["Location"] == link_to(place)
    assert (place.state, place.person, place.organisation, place.sector) == (
        PlaceState.BOOKED, cast.dougie, cast.union, Sector.UNION
    )  # fmt: skip
    assert client.get(link_to(place)).status_code == 200
    row.refresh_from_db()
    assert row.state == InvitationState.ACCEPTED


def test_a_guest_books_without_an_account_and_none_is_made(cast, client):
    row, people = invited_at(session_of(cast)), User.objects.count()

    client.post(at(row), SELF)

    place = Place.objects.get()
    assert (place.name, place.email, place.person) == ("Mairi Gunn", "mairi@example.com", None)
    assert (place.organisation, place.organisation_name, place.sector, place.side) == (
        None, "", Sector.COMMUNITY, "partner"
    )  # fmt: skip
    assert User.objects.count() == people
    mail = OutgoingMail.objects.get(template="sessions/booked")
    assert link_to(place) in mail.text
    assert mail.files


def test_pressing_twice_and_in_two_tabs_books_once(cast, client):
    row = invited_at(session_of(cast))

    first, second = client.post(at(row), SELF), client.post(at(row), SELF)

    assert first.headers["Location"] == link_to(Place.objects.get())
    assert second.headers["Location"] == at(row)
    assert Place.objects.count() == 1
    assert OutgoingMail.objects.filter(template="sessions/booked").count() == 1
    assert "You have said yes" in client.get(at(row)).content.decode()


def test_a_forwarded_invitation_opens_no_place_that_was_there_before(cast, client):
    row = invited_at(session_of(cast))
    client.post(at(row), SELF)
    place = Place.objects.get()
    token = link_to(place)

    shown = Client().get(at(row)).content.decode()
    response = Client().post(at(row), {**SELF, "name": "Somebody Else"}, follow=True)

    assert "You have said yes" in shown
    assert token not in shown
    said = response.content.decode()
    assert response.redirect_chain == [(at(row), 302)]
    assert "You have asked for a place already. Its link is in your mail." in said
    assert token not in said
    mail = OutgoingMail.objects.get(template="sessions/come_back")
    assert mail.to == place.email
    assert token in mail.text
    codes = [Client().post(at(row), SELF).status_code for _press in range(4)]
    assert codes == [302, 302, 429, 429]


def test_a_forwarded_invitation_opens_no_place_that_ended(cast, client):
    row = invited_at(session_of(cast))
    client.post(at(row), SELF)
    client.post(f"{link_to(Place.objects.get())}cancel/")

    response = Client().post(at(row), SELF)

    assert response.headers["Location"] == at(row)
    assert Place.objects.get().is_booked


@pytest.mark.parametrize("data", [{}, {"do": "book"}, {"do": "nonsense"}, {**SELF, "do": "\x00"}])
def test_bad_input_books_nothing_and_is_no_fault_of_ours(cast, client, data):
    row = invited_at(session_of(cast))

    assert client.post(at(row), data).status_code in (400, 422)
    assert not Place.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "Write your name"),
        ({"name": "Win at HTTPS://evil.example"}, "Please write the name alone, without a web address"),
        ({"name": "Win at WWW.evil.example"}, "Please write the name alone, without a web address"),
        (
            {"come_for": "other", "organisation": "See http://evil.example"},
            "Please write the name alone, without a web address",
        ),
        ({"come_for": ""}, "Say whom you come for"),
        ({"come_for": "99999"}, "Say whom you come for"),
        ({"sector": ""}, "Say what you are part of"),
        ({"come_for": "other", "organisation": " "}, "Write the name of the organisation or group"),
        ({"come_for": "other", "organisation": "\u200b"}, "Write the name of the organisation or group"),
        ({"come_for": "other", "organisation": "\u3164-\u2060"}, "Write the name of the organisation or group"),
        ({"sector": "farmers"}, "Choose one of these"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(cast, client, changes, sentence):
    row = invited_at(session_of(cast))

    response = client.post(at(row), {**SELF, **changes})

    assert response.status_code == 422
    shown = response.content.decode()
    assert sentence in shown
    assert "name" in changes or 'value="Mairi Gunn"' in shown
    assert not Place.objects.exists()


def test_an_organisation_is_chosen_by_typing_however_it_is_written(cast, client):
    row = invited_at(session_of(cast))

    client.post(at(row), other(" union of  CARE trades ", sector=""))

    assert Place.objects.get().organisation == cast.union


def test_a_name_like_one_of_ours_is_asked_about_before_a_new_one_is_added(cast, client):
    row = invited_at(session_of(cast))

    asked = client.post(at(row), other("Care Trades Union"))
    assert asked.status_code == 422
    assert "Union of Care Trades" in asked.content.decode()
    assert not Place.objects.exists()

    client.post(at(row), other("Care Trades Union", same_as=cast.union.pk))
    assert Place.objects.get().organisation == cast.union


def test_an_informal_group_is_added_as_it_was_typed(cast, client):
    row = invited_at(session_of(cast))

    client.post(at(row), other("Care Trades  Knitting Circle", same_as="new"))

    place = Place.objects.get()
    assert (place.organisation, place.organisation_name) == (None, "Care Trades Knitting Circle")
    assert place.is_new is True
    assert not Organisation.objects.filter(name__icontains="Knitting").exists()


def test_nobody_comes_for_the_host_because_it_was_asked_about(cast, client):
    """What alike names offer is a list of names; which were not offered cannot be chosen."""
    row = invited_at(session_of(cast))

    response = client.post(at(row), other("Knitting Circle", same_as=cast.host.pk))

    assert response.status_code == 302
    assert Place.objects.get().organisation is None


@pytest.mark.parametrize("decided", [False, True])
def test_nobody_becomes_staff_of_the_host_by_typing_its_name(cast, client, decided):
    if decided:
        OrganisationName.objects.create(
            name="SRA", key="sra", organisation=cast.host, is_new=False, by=cast.priya
        )  # fmt: skip
    row, typed = invited_at(session_of(cast)), "SRA" if decided else cast.host.name
    assert cast.host.name not in client.post(at(row), other("Rivers Circle", same_as=cast.host.pk)).content.decode()
    Place.objects.all().delete()

    client.post(at(row), other(typed))

    place = Place.objects.get()
    assert (place.organisation, place.organisation_name) == (None, typed)
    assert (place.sector, place.side) == (Sector.COMMUNITY, "partner")


def test_somebody_with_two_hats_chooses_one(cast, client):
    Affiliation.objects.create(person=cast.rhona, organisation=cast.union, starts_on="2025-01-01")
    (row,) = invited(session_of(cast), cast.fresh("rhona"))
    assert "You book as" not in client.get(at(row)).content.decode()

    client.post(at(row), {"do": "book", "name": "Rhona MacBain", "come_for": cast.union.pk})

    assert Place.objects.get().organisation == cast.union


def test_who_books_again_says_again_for_whom(cast, client):
    row = invited_at(session_of(cast))
    client.post(at(row), SELF)
    place = Place.objects.get()
    client.post(f"{link_to(place)}cancel/")

    client.post(at(row), other("union of care trades"))

    place.refresh_from_db()
    assert (place.state, place.organisation, place.sector) == (PlaceState.BOOKED, cast.union, Sector.UNION)


def test_when_it_is_full_the_press_joins_the_waiting_list(cast, client):
    session = session_of(cast, places=1)
    ask(session, cast.rhona)
    row = invited_at(session)

    response = client.post(at(row), SELF, follow=True)

    assert "You are number 1 on the waiting list" in response.content.decode()
    assert "meet.example.org" not in response.content.decode()


def test_an_address_with_an_account_is_joined_to_it(cast, client):
    row = invited_at(session_of(cast), "Union@example.org")

    client.post(at(row), SELF)

    assert Place.objects.get().person == cast.dougie


def test_no_with_a_reason_and_the_way_back(cast, client):
    row = invited_at(session_of(cast))

    for _press in range(2):
        client.post(at(row), {"do": "decline", "why_not": "access", "words": "No <loop> at the hall"})
    row.refresh_from_db()
    assert (row.state, row.why_not, row.words) == (InvitationState.DECLINED, "access", "No <loop> at the hall")
    assert AuditEvent.objects.filter(move="decline").count() == 1
    assert "<loop>" not in str(AuditEvent.objects.values_list("reason", flat=True))

    assert "You can still book." in client.get(at(row)).content.decode()
    client.post(at(row), SELF)
    row.refresh_from_db()
    assert row.state == InvitationState.ACCEPTED


def test_later_to_ask_the_members_first(cast, client):
    row = invited_at(session_of(cast))
    last = last_day_to_answer(row.session)

    assert client.post(at(row), {"do": "later", "asked_until": last.isoformat()}).status_code == 302
    row.refresh_from_db()
    assert row.asked_until == last
    assert OutgoingMail.objects.filter(template="sessions/answers_later", to=cast.priya.email).count() == 1

    assert client.post(at(row), {"do": "later", "asked_until": "soon"}).status_code == 422
    late = last + datetime.timedelta(days=1)
    refused = client.post(at(row), {"do": "later", "asked_until": late.isoformat()})
    assert refused.status_code == 409
    assert "The last day to answer is" in refused.content.decode()


def test_an_invitation_is_passed_on_to_an_address_of_its_own(cast, client):
    row = invited_at(session_of(cast))

    client.post(at(row), {"do": "pass_on", "email": "iona@example.com"})

    other_row = SessionInvitation.objects.get(email_key="iona@example.com")
    mail = OutgoingMail.objects.get(to="iona@example.com")
    assert token_of(row) not in mail.text
    assert other_row.state == InvitationState.INVITED
    assert not Place.objects.exists()


def test_passing_on_does_not_tell_who_is_invited_already(cast, client):
    session = session_of(cast)
    row = invited_at(session)
    invited_at(session, "iona@example.com")

    said = [
        TOKEN.sub("", client.post(at(row), {"do": "pass_on", "email": email}, follow=True).content.decode())
        for email in ("iona@example.com", "new@example.com")
    ]

    assert said[0] == said[1]
    sent = OutgoingMail.objects.filter(to="iona@example.com").order_by("pk")
    assert [mail.template for mail in sent] == ["sessions/invited", "sessions/come_back"]


@pytest.mark.parametrize("case", ["started", "cancelled"])
def test_passing_on_too_late_does_not_tell_who_is_invited_either(cast, client, case):
    session = session_of(cast)
    row = invited_at(session)
    invited_at(session, "iona@example.com")
    if case == "started":
        begin(session)
    else:
        move(session, "cancel", by=person(cast.priya), data={"reason": "Flood"})

    said = [client.post(at(row), {"do": "pass_on", "email": f"{name}@example.com"}) for name in ("iona", "new")]

    assert [response.status_code for response in said] == [409, 409]
    assert said[0].content == said[1].content
    assert not OutgoingMail.objects.filter(template="sessions/come_back").exists()


def test_an_invitation_cannot_be_used_to_send_much_mail(cast, client):
    row = invited_at(session_of(cast))

    codes = [client.post(at(row), {"do": "pass_on", "email": f"p{n}@example.com"}).status_code for n in range(7)]

    assert codes == [302] * 5 + [429] * 2
    assert SessionInvitation.objects.count() == 6


def test_one_invitation_asks_for_no_place_of_another(cast):
    session, elsewhere = session_of(cast), session_of(cast)
    row = invited_at(session)
    for where, email in ((session, "other@example.com"), (elsewhere, "mairi@example.com")):
        with pytest.raises(PermissionDenied):
            ask_for_place(where, Asker("Other", email), by=link_actor(row))
    assert not Place.objects.exists()


@pytest.mark.parametrize("case", ["revoked", "ended"])
def test_an_old_link_books_nothing(cast, client, case):
    row, when = invited_at(session_of(cast)), timezone.now()
    if case == "revoked":
        SessionInvitation.objects.filter(pk=row.pk).update(revoked_at=timezone.now())
    else:
        when = row.expires_at + datetime.timedelta(days=1)

    with time_machine.travel(when):
        assert client.post(at(row), SELF).status_code == 404
    assert not Place.objects.exists()


def test_a_cancelled_session_says_so_and_books_nothing(cast, client):
    session = session_of(cast)
    row = invited_at(session)
    move(session, "cancel", by=person(cast.priya), data={"reason": "Flood"})

    shown = client.get(at(row)).content.decode()
    assert "This session is cancelled: Flood" in shown
    assert "Book my place" not in shown
    assert client.post(at(row), SELF).status_code == 409
