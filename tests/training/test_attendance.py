"""Attendance: who may take it and from when, two phones at once, corrections, and people who just come in."""

import contextlib
import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from people.models import AuditEvent, OutgoingMail
from people.transitions import SYSTEM, NotYours, Refused, move, person
from tests.factories.session_days import begun
from tests.factories.sessions import ask, begin, place_in, session_of
from training.afterwards import attendance
from training.booking.places import Asker
from training.enums import AttendanceRule, PlaceState, Presence
from training.models import Attendance, Place, SessionDate

pytestmark = pytest.mark.django_db
HERE, PART, AWAY, SORRY = Presence.FULL, Presence.PART, Presence.NO_SHOW, Presence.APOLOGIES


def page_of(session, date=None, name=""):
    if date is None:
        return reverse("session-day:attendance", args=[session.pk])
    return reverse(f"session-day:{name or 'attendance-date'}", args=[session.pk, date.pk])


def marks(date):
    return dict(Attendance.objects.filter(date=date).values_list("place__name", "presence"))


def place_of(session, user):
    return Place.objects.get(session=session, email_key=user.email)


def test_everyone_here_then_the_exceptions(cast, client_for):
    session, date = begun(cast, "ailsa", "dougie", "rhona")
    client, dougie = client_for(cast.priya), place_of(session, cast.dougie)

    said = client.post(page_of(session, date, "everyone"), follow=True).content.decode()
    client.post(page_of(session), {f"p{dougie.pk}": AWAY, f"p{dougie.pk}-seen": HERE})

    assert "3 people are marked as here. Now change the exceptions." in said
    assert marks(date) == {"Ailsa Grant": HERE, "Dougie Ross": AWAY, "Rhona MacBain": HERE}


def test_everyone_here_leaves_marks_alone_that_stand(cast, client_for):
    session, date = begun(cast, "ailsa", "dougie")
    attendance.keep_marks(date, {place_of(session, cast.dougie).pk: ("", SORRY)}, by=cast.priya)

    said = client_for(cast.priya).post(page_of(session, date, "everyone"), follow=True).content.decode()
    again = client_for(cast.priya).post(page_of(session, date, "everyone"), follow=True).content.decode()

    assert "1 person is marked as here." in said
    assert "Everybody is marked already." in again
    assert marks(date) == {"Ailsa Grant": HERE, "Dougie Ross": SORRY}


@pytest.mark.parametrize(
    ("name", "enters"),
    [("priya", True), ("rhona", True), ("morag", True), ("ailsa", False), ("tom", False), ("fergus", False)],
)
def test_coordinators_deputy_and_those_who_lead_take_attendance(cast, client_for, name, enters):
    session, date = begun(cast, "ailsa", deputy=cast.morag)  # Rhona leads it; Ailsa holds a place
    client = client_for(cast.people[name])

    for address in (page_of(session), page_of(session, date)):
        assert client.get(address).status_code == (200 if enters else 403)
    for action in ("everyone", "walk-in"):
        response = client.post(page_of(session, date, action), {"name": "Somebody"})
        assert response.status_code == (302 if enters else 403)
    assert Attendance.objects.exists() is enters


def test_rules_hold_below_the_page(cast):
    session, date = begun(cast, "ailsa")
    row = {place_of(session, cast.ailsa).pk: ("", HERE)}

    with pytest.raises(NotYours):
        attendance.keep_marks(date, row, by=cast.fresh("ailsa"))
    with pytest.raises(NotYours):
        attendance.mark_everyone(date, by=cast.fresh("tom"))
    with pytest.raises(NotYours):
        attendance.add_walk_in(date, Asker(name="Pal", email=""), by=cast.fresh("ailsa"))
    assert not Attendance.objects.exists()
    assert Place.objects.count() == 1


def test_a_draft_is_not_there_and_a_date_of_another_session_neither(cast, client_for):
    _session, date = begun(cast, "ailsa")
    other, _date = begun(cast, title="Another one")

    assert client_for(cast.priya).get(page_of(other, date)).status_code == 404


def test_before_it_begins_the_page_says_when_and_keeps_nothing(cast, client_for):
    session = session_of(cast)
    place = ask(session, cast.rhona)
    date = session.dates.get()
    client = client_for(cast.priya)

    shown = client.get(page_of(session)).content.decode()
    response = client.post(page_of(session, date), {f"p{place.pk}": HERE, f"p{place.pk}-seen": ""})

    assert "Attendance opens when it begins" in shown
    assert "Everyone here" not in shown
    assert response.status_code == 409
    assert client.post(page_of(session, date, "walk-in"), {"name": "Pal"}).status_code == 409
    assert not Attendance.objects.exists()


def test_each_date_has_its_own_page_and_opens_with_it(cast, client_for):
    session, first = begun(cast, "ailsa")
    later = timezone.now() + datetime.timedelta(days=7)
    second = SessionDate.objects.create(session=session, starts_at=later, ends_at=later + datetime.timedelta(hours=2))
    client = client_for(cast.priya)

    assert client.post(page_of(session, first, "everyone")).status_code == 302
    assert client.post(page_of(session, second, "everyone")).status_code == 409
    assert client.get(page_of(session)).content.decode().count('aria-current="page"') >= 1
    assert marks(first) == {"Ailsa Grant": HERE}
    assert marks(second) == {}


def test_two_phones_mark_different_people_and_lose_nothing(cast, client_for):
    session, date = begun(cast, "ailsa", "dougie")
    ailsa, dougie = place_of(session, cast.ailsa).pk, place_of(session, cast.dougie).pk
    blank = {f"p{ailsa}-seen": "", f"p{dougie}-seen": "", f"p{ailsa}": "", f"p{dougie}": ""}

    client_for(cast.priya).post(page_of(session), blank | {f"p{ailsa}": HERE})
    client_for(cast.rhona).post(page_of(session), blank | {f"p{dougie}": SORRY})

    assert marks(date) == {"Ailsa Grant": HERE, "Dougie Ross": SORRY}


def test_two_phones_that_disagree_keep_the_first_and_tell_the_second(cast, client_for):
    session, date = begun(cast, "ailsa")
    pk = place_of(session, cast.ailsa).pk
    client_for(cast.priya).post(page_of(session), {f"p{pk}": HERE, f"p{pk}-seen": ""})

    sent = {f"p{pk}": AWAY, f"p{pk}-seen": ""}
    said = client_for(cast.rhona).post(page_of(session), sent, follow=True).content.decode()
    silent = client_for(cast.rhona).post(page_of(session), sent, headers={"X-Autosave": "1"}).json()

    assert "Somebody else has marked them meanwhile, and that stands: Ailsa Grant (Here)." in said
    assert silent["values"] == {f"p{pk}": HERE}
    assert silent["seen"] == {f"p{pk}-seen": HERE}
    assert marks(date) == {"Ailsa Grant": HERE}


def test_a_row_that_saves_itself_is_told_what_stands(cast, client_for):
    session, date = begun(cast, "ailsa", "dougie")
    pk = place_of(session, cast.ailsa).pk

    answer = client_for(cast.priya).post(
        page_of(session), {f"p{pk}": PART, f"p{pk}-seen": ""}, headers={"X-Autosave": "1"}
    )

    note = "1 person is here. 1 is not marked yet."
    assert answer.json() == {"seen": {f"p{pk}-seen": PART}, "values": {}, "note": note}
    assert marks(date) == {"Ailsa Grant": PART}


def test_a_row_that_saves_itself_too_early_is_told_why(cast, client_for):
    session = session_of(cast)
    place = ask(session, cast.rhona)

    answer = client_for(cast.priya).post(
        page_of(session), {f"p{place.pk}": HERE, f"p{place.pk}-seen": ""}, headers={"X-Autosave": "1"}
    )

    assert answer.status_code == 409
    assert answer.json()["message"].startswith("Attendance opens when it begins")


def test_a_correction_and_its_undoing_stand_in_the_audit(cast):
    session, date = begun(cast, "ailsa")
    pk = place_of(session, cast.ailsa).pk

    for seen, value in (("", HERE), (HERE, AWAY), (AWAY, ""), ("", "")):
        attendance.keep_marks(date, {pk: (seen, value)}, by=cast.priya)

    rows = AuditEvent.objects.filter(record_type="training.attendance").order_by("pk")
    assert [(row.move, row.reason, row.actor_id, row.subject_id) for row in rows] == [
        ("correct", "full -> no_show", cast.priya.pk, cast.ailsa.pk),
        ("clear", "no_show -> not marked", cast.priya.pk, cast.ailsa.pk),
    ]
    assert marks(date) == {}


@pytest.mark.parametrize("sent", ["perhaps", "<b>", "FULL"])
def test_what_is_no_mark_changes_nothing(cast, client_for, sent):
    session, date = begun(cast, "ailsa")
    pk = place_of(session, cast.ailsa).pk

    said = client_for(cast.priya).post(page_of(session), {f"p{pk}": sent, f"p{pk}-seen": ""}, follow=True)

    assert "Nothing was changed." in said.content.decode()
    assert marks(date) == {}


def test_a_place_of_another_session_is_not_marked_here(cast, client_for):
    session, date = begun(cast, "ailsa")
    other, _date = begun(cast, "dougie", title="Another one")
    pk = place_of(other, cast.dougie).pk

    client_for(cast.priya).post(page_of(session), {f"p{pk}": HERE, f"p{pk}-seen": ""})
    attendance.keep_marks(date, {pk: ("", HERE)}, by=cast.priya)

    assert not Attendance.objects.exists()


def test_nobody_without_a_place_is_on_the_list(cast, client_for):
    session, _date = begun(cast, "ailsa", "dougie", places=1)

    shown = client_for(cast.priya).get(page_of(session)).content.decode()

    assert "Ailsa Grant" in shown
    assert "Dougie Ross" not in shown
    assert "People on the waiting list are not in the list above." in shown


def test_the_page_holds_no_address_and_no_support(cast, client_for):
    session, _date = begun(cast, "ailsa", "dougie")
    Place.objects.update(support="fee", needs_from_others="Speak slowly")

    shown = client_for(cast.rhona).get(page_of(session)).content.decode()

    for secret in ("staff@example.org", "union@example.org", "A fee", "Speak slowly"):
        assert secret not in shown


# --- People who come without a place ---


def test_a_walk_in_gets_a_place_without_a_seat_and_is_here(cast, client_for):
    session, date = begun(cast, "ailsa", places=1)

    said = client_for(cast.rhona).post(
        page_of(session, date, "walk-in"),
        {"name": " Pal  Hamish ", "email": "Pal@Example.org", "organisation": "varrach carers' voice"},
        follow=True,
    )

    place = Place.objects.get(email="pal@example.org")
    assert (place.state, place.is_walk_in, place.seat_number) == (PlaceState.BOOKED, True, None)
    assert (place.name, place.organisation, place.person) == ("Pal Hamish", cast.carers, None)
    assert marks(date) == {"Pal Hamish": HERE}
    assert "Pal Hamish is on the list and marked as here." in said.content.decode()
    assert not OutgoingMail.objects.filter(to="pal@example.org").exists()


def test_a_name_alone_is_enough_and_two_of_them_are_two(cast, client_for):
    session, date = begun(cast)
    client = client_for(cast.priya)

    for name in ("Pal", "Pal"):
        client.post(page_of(session, date, "walk-in"), {"name": name, "organisation": "Creel circle"})

    rows = Place.objects.filter(session=session)
    assert [(row.email, row.organisation_name, row.sector) for row in rows] == [("", "Creel circle", "other")] * 2
    assert len({row.email_key for row in rows}) == 2


@pytest.mark.parametrize(("email", "side"), [("pal@example.org", "partner"), ("staff@example.org", "staff")])
def test_who_walks_in_for_the_host_is_its_staff_or_a_name_to_decide_on(cast, client_for, email, side):
    session, date = begun(cast)

    data = {"name": "Pal", "email": email, "organisation": cast.host.name}
    client_for(cast.priya).post(page_of(session, date, "walk-in"), data)

    place = Place.objects.get(email=email)
    assert (place.side, place.organisation) == (side, cast.host if side == "staff" else None)
    assert place.organisation_name == ("" if side == "staff" else cast.host.name)


def test_an_address_that_waits_keeps_one_place(cast, client_for):
    session, date = begun(cast, "ailsa", "dougie", places=1)

    client_for(cast.priya).post(page_of(session, date, "walk-in"), {"name": "D", "email": "UNION@example.org"})

    place = place_of(session, cast.dougie)
    assert (place.state, place.is_walk_in, place.name, place.person) == ("booked", True, "Dougie Ross", cast.dougie)
    assert marks(date) == {"Dougie Ross": HERE}
    assert Place.objects.filter(session=session).count() == 2


def test_an_address_that_holds_a_place_is_just_marked_once(cast, client_for):
    session, date = begun(cast, "ailsa")
    attendance.keep_marks(date, {place_of(session, cast.ailsa).pk: ("", PART)}, by=cast.priya)

    for _press in range(2):
        client_for(cast.priya).post(page_of(session, date, "walk-in"), {"name": "A", "email": "staff@example.org"})

    place = place_of(session, cast.ailsa)
    assert (place.is_walk_in, place.seat_number) == (False, 1)
    assert marks(date) == {"Ailsa Grant": PART}


@pytest.mark.parametrize("field", ["name", "organisation"])
def test_no_name_of_a_walk_in_carries_a_web_address(cast, client_for, field):
    session, date = begun(cast, "ailsa")
    data = {"name": "Pal Hamish", "organisation": "Creel circle", field: "Win at https://evil.example"}

    answer = client_for(cast.priya).post(page_of(session, date, "walk-in"), data)

    assert answer.status_code == 422
    assert "Please write the name alone, without a web address" in answer.content.decode()
    assert not Attendance.objects.exists()


def test_a_wrong_address_keeps_what_was_typed(cast, client_for):
    session, date = begun(cast, "ailsa")

    answer = client_for(cast.priya).post(
        page_of(session, date, "walk-in"), {"name": "Pal Hamish", "email": "not one", "organisation": "Creel circle"}
    )

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "This is not an e-mail address." in shown
    assert 'value="Pal Hamish"' in shown
    assert 'value="Creel circle"' in shown
    assert not Attendance.objects.exists()


def test_somebody_who_walked_in_finds_the_session_once_they_sign_in(cast, client_for):
    session, date = begun(cast)
    attendance.add_walk_in(date, Asker(name="Sam", email="Stranger@example.org"), by=cast.priya)

    assert Place.objects.of_person(cast.stranger).get().session == session
    assert not Place.objects.of_person(cast.dougie).exists()


@pytest.mark.parametrize("state", list(PlaceState))
def test_from_which_state_somebody_walks_in_and_who_lets_them(cast, state):
    place, found = place_in(cast, state), set()  # Rhona leads the session
    begin(place.session)
    actors = {name: person(cast.fresh(name)) for name in cast.people} | {"system": SYSTEM}

    for name, actor in actors.items():
        with transaction.atomic(), contextlib.suppress(PermissionDenied, Http404, Refused):
            assert move(place, "walk_in", by=actor).state == PlaceState.BOOKED
            found.add(name)
            transaction.set_rollback(True)

    closed = state in (PlaceState.BOOKED, PlaceState.EVENT_CANCELLED)
    assert found == (set() if closed else {"priya", "rhona"})


def test_nobody_walks_in_before_it_begins(cast):
    place = place_in(cast, PlaceState.WAITING)

    with pytest.raises(Refused) as refusal:
        move(place, "walk_in", by=person(cast.priya))

    assert refusal.value.sentences == ["This session has not started yet."]


# --- What follows ---


@pytest.mark.parametrize(
    ("rule", "presence", "attends"),
    [("every_date", HERE, True), ("every_date", PART, True), ("whole", PART, False), ("any_date", AWAY, False)],
)
def test_a_place_attended_by_the_rule_of_its_session(cast, rule, presence, attends):
    session, date = begun(cast, "ailsa", attendance_rule=AttendanceRule(rule))
    attendance.keep_marks(date, {place_of(session, cast.ailsa).pk: ("", presence)}, by=cast.priya)

    place = attendance.with_presences(Place.objects.filter(session=session)).get()
    assert attendance.has_attended(place) is attends
    assert attendance.came(place) is (presence in (HERE, PART))


def test_hours_follow_the_marks(cast):
    session, date = begun(cast, "ailsa", "dougie")
    attendance.keep_marks(date, {place_of(session, cast.ailsa).pk: ("", HERE)}, by=cast.priya)
    attendance.keep_marks(date, {place_of(session, cast.dougie).pk: ("", PART)}, by=cast.priya)

    found = attendance.with_presences(Place.objects.order_by("name"))
    assert [attendance.minutes_of(place) for place in found] == [240, 120]


def test_a_cancelled_session_has_no_attendance(cast):
    session = session_of(cast)
    move(session, "cancel", by=person(cast.priya), data={"reason": "The hall is flooded"})
    begin(session)

    with pytest.raises(Refused):
        attendance.mark_everyone(session.dates.get(), by=cast.priya)


def test_whoever_leads_it_is_asked_on_my_work_until_everybody_is_marked(cast, client_for):
    session, date = begun(cast, "ailsa", "dougie")
    link = f'href="{reverse("session-day:attendance", args=[session.pk])}"'

    def asks(who):
        return link in client_for(cast.fresh(who)).get("/my-work/").content.decode()

    assert {who for who in cast.people if asks(who)} == {"rhona", "priya"}
    attendance.mark_everyone(date, by=cast.fresh("rhona"))
    assert {who for who in cast.people if asks(who)} == set()


def test_what_only_a_script_does_is_said_only_where_scripts_run(cast, client_for):
    session, _date = begun(cast, "ailsa")

    shown = client_for(cast.priya).get(page_of(session)).content.decode()

    assert '<span class="with-script">Each change saves itself' in shown
