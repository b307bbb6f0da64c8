"""Calendar files, read back by two parsers: who gets which, and that they replace and cancel each other."""

import datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest
import time_machine
import vobject
from django.urls import reverse
from django.utils import timezone

from people.models import OutgoingMail
from people.transitions import SYSTEM, move, person
from tests.factories.guests import guest_place, link_to
from tests.factories.sessions import ask, place_in, session_of
from training.booking import calendars
from training.enums import PlaceState
from training.models import JointSession, Place, SessionDate

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
SPRING = datetime.datetime(2027, 3, 28, tzinfo=LONDON)  # clocks go forward at 01:00
AUTUMN = datetime.datetime(2027, 10, 31, tzinfo=LONDON)  # and back at 02:00


def files(template: str, to: str) -> list[dict]:
    return OutgoingMail.objects.filter(template=template, to=to).latest("pk").files


def utc(moment: datetime.datetime) -> datetime.datetime:
    return moment.astimezone(datetime.UTC)


def event(text: str):
    """The one event of a file, and its method; both parsers have to agree on what matters."""
    first, second = icalendar.Calendar.from_ical(text), vobject.readOne(text)
    (row,) = first.walk("VEVENT")
    assert str(first["METHOD"]) == second.method.value
    assert str(row["UID"]) == second.vevent.uid.value
    assert row["SEQUENCE"] == int(second.vevent.sequence.value)
    for name in ("dtstart", "dtend"):
        assert utc(row[name].dt) == utc(getattr(second.vevent, name).value)
    return str(first["METHOD"]), row


def test_whoever_books_gets_one_file_for_each_date(cast):
    session = session_of(cast, recipe="evening_pair", places=20)
    ask(session, cast.dougie)

    found = [event(file["text"]) for file in files("sessions/booked", cast.dougie.email)]

    dates = list(session.dates.all())
    assert [method for method, _row in found] == ["REQUEST", "REQUEST"]
    assert [row["DTSTART"].dt for _method, row in found] == [date.starts_at for date in dates]
    assert len({str(row["UID"]) for _method, row in found}) == 2
    assert [str(row["ATTENDEE"]) for _method, row in found] == ["mailto:union@example.org"] * 2
    assert {file["type"] for file in files("sessions/booked", cast.dougie.email)} == {"text/calendar; method=REQUEST"}


def test_the_mail_that_leaves_carries_the_file_with_its_method(cast, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ask(session_of(cast), cast.dougie)

    (sent,) = [mail for mail in mailoutbox if mail.to == [cast.dougie.email]]
    (part,) = [part for part in sent.message().walk() if part.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "REQUEST"
    assert part.get_filename() == "session-1.ics"
    assert "BEGIN:VEVENT" in part.get_payload(decode=True).decode()
    assert OutgoingMail.objects.get(to=cast.dougie.email).files == []  # it held a private link


def test_the_same_date_keeps_its_name_and_every_change_has_a_higher_number(cast):
    session = session_of(cast)
    place, dougie = ask(session, cast.dougie), person(cast.fresh("dougie"))
    found = [event(files("sessions/booked", cast.dougie.email)[0]["text"])]
    date = session.dates.get()
    later = [(date.starts_at + datetime.timedelta(days=1), date.ends_at + datetime.timedelta(days=1))]
    move(session, "change", by=person(cast.priya), data={"changes": {"dates": later}})
    found.append(event(files("sessions/changed", cast.dougie.email)[0]["text"]))
    move(place, "cancel", by=dougie)
    found.append(event(files("sessions/cancelled", cast.dougie.email)[0]["text"]))
    move(Place.objects.get(pk=place.pk), "book", by=dougie)
    found.append(event(files("sessions/booked", cast.dougie.email)[0]["text"]))
    session.refresh_from_db()
    move(session, "cancel", by=person(cast.priya), data={"reason": "Flood"})
    found.append(event(files("sessions/session_cancelled", cast.dougie.email)[0]["text"]))

    assert [method for method, _row in found] == ["REQUEST", "REQUEST", "CANCEL", "REQUEST", "CANCEL"]
    assert len({str(row["UID"]) for _method, row in found}) == 1
    numbers = [row["SEQUENCE"] for _method, row in found]
    assert numbers == sorted(set(numbers))
    assert found[1][1]["DTSTART"].dt == later[0][0]
    assert [str(row["STATUS"]) for _method, row in found][2::2] == ["CANCELLED", "CANCELLED"]


def test_a_date_that_is_dropped_is_taken_back(cast):
    session = session_of(cast, recipe="evening_pair", places=20)
    ask(session, cast.dougie)
    first, second = (event(file["text"])[1]["UID"] for file in files("sessions/booked", cast.dougie.email))
    date = session.dates.first()

    move(session, "change", by=person(cast.priya), data={"changes": {"dates": [(date.starts_at, date.ends_at)]}})

    found = [event(file["text"]) for file in files("sessions/changed", cast.dougie.email)]
    assert [(method, row["UID"]) for method, row in found] == [("REQUEST", first), ("CANCEL", second)]


def test_who_never_had_it_in_a_calendar_has_nothing_taken_back(cast):
    place = place_in(cast, PlaceState.WAITING)
    move(place, "cancel", by=person(cast.fresh("dougie")))

    assert files("sessions/cancelled", cast.dougie.email) == []
    assert files("sessions/waiting", cast.dougie.email) == []


def test_only_those_who_hold_a_place_get_the_link_to_join(cast):
    session = session_of(cast, places=1)
    ask(session, cast.dougie)
    ask(session, cast.rhona)
    move(session, "change", by=person(cast.priya), data={"changes": {"join_link": "https://meet.example.org/new"}})

    assert "meet.example.org/new" in files("sessions/changed", cast.dougie.email)[0]["text"].replace("\r\n ", "")
    told = OutgoingMail.objects.filter(to=cast.rhona.email)
    assert not [mail for mail in told if "meet.example.org" in f"{mail.text}{mail.html}{mail.files}"]


def test_a_file_that_takes_back_holds_no_link(cast):
    session = session_of(cast)
    place = ask(session, cast.dougie)
    move(place, "remove", by=person(cast.priya), data={"reason": "Booked by mistake"})

    (file,) = files("sessions/removed", cast.dougie.email)
    assert event(file["text"])[0] == "CANCEL"
    assert "http" not in file["text"]


@pytest.mark.parametrize("day", [SPRING, AUTUMN, SPRING - datetime.timedelta(days=1), AUTUMN - datetime.timedelta(1)])
@pytest.mark.parametrize("hour", [0, 3, 11, 23])
def test_hours_are_right_on_both_sides_of_a_change_of_clocks(cast, day, hour):
    place = ask(session_of(cast), cast.dougie)
    starts = day.replace(hour=hour)
    ends = utc(starts) + datetime.timedelta(minutes=30)  # inside the hour that comes twice an end would be unclear
    text = calendars.entry(place, SessionDate(session=place.session, starts_at=starts, ends_at=ends))

    _method, row = event(text)
    assert (utc(row["DTSTART"].dt), utc(row["DTEND"].dt)) == (utc(starts), ends)
    assert f"DTSTART;TZID=Europe/London:{starts:%Y%m%dT%H%M%S}" in text


def test_the_zone_in_the_file_changes_at_the_right_moment(cast):
    place = ask(session_of(cast), cast.dougie)
    date = SessionDate(session=place.session, starts_at=SPRING, ends_at=SPRING + datetime.timedelta(hours=1))

    zone = icalendar.Calendar.from_ical(calendars.entry(place, date)).timezones[0].to_tz(lookup_tzid=False)

    moment = datetime.datetime(2027, 3, 27, tzinfo=datetime.UTC)
    for hours in range(24 * 3):
        at = moment + datetime.timedelta(hours=hours)
        assert at.astimezone(zone).utcoffset() == at.astimezone(LONDON).utcoffset(), at


def test_what_people_wrote_stays_text_in_the_file(cast):
    title = "Early; together, and\\or late\r\nATTENDEE:mailto:evil@example.org"
    place = ask(session_of(cast), cast.dougie)
    JointSession.objects.filter(pk=place.session_id).update(title=title)
    place.session.refresh_from_db()

    _method, row = event(calendars.entry(place, place.session.dates.get()))

    assert str(row["SUMMARY"]) == title.replace("\r\n", "\n")
    assert str(row["ATTENDEE"]) == "mailto:union@example.org"


def test_a_file_is_downloaded_by_those_who_hold_a_place_and_nobody_else(cast, client_for):
    session = session_of(cast, places=1)
    ask(session, cast.dougie)
    ask(session, cast.rhona)
    address = reverse("sessions:calendar", args=[session.pk, session.dates.get().pk])

    response = client_for(cast.dougie).get(address)

    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in response.headers["Cache-Control"]
    assert event(response.content.decode())[0] == "REQUEST"
    for name in ("rhona", "ailsa", "priya"):
        assert client_for(cast.people[name]).get(address).status_code == 404


def test_a_file_of_another_session_is_not_there(cast, client_for):
    session, other = session_of(cast), session_of(cast)
    ask(session, cast.dougie)

    address = reverse("sessions:calendar", args=[session.pk, other.dates.get().pk])
    assert client_for(cast.dougie).get(address).status_code == 404


def test_a_guest_downloads_it_by_the_link_while_the_place_is_held(cast, client):
    place = guest_place(session_of(cast))
    address = f"{link_to(place)}calendar/{place.session.dates.get().pk}/"

    assert event(client.get(address).content.decode())[0] == "REQUEST"

    move(place, "end_with_session", by=SYSTEM)
    assert client.get(address).status_code == 404


def test_the_same_change_sent_twice_is_one_change(cast):
    session = session_of(cast)
    ask(session, cast.dougie)
    changes = {"title": "Starting earlier"}
    move(session, "change", by=person(cast.priya), data={"changes": changes})
    move(session, "change", by=person(cast.priya), data={"changes": changes})

    assert OutgoingMail.objects.filter(template="sessions/changed").count() == 1
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=1)):
        assert JointSession.objects.get(pk=session.pk).calendar_sequence == 1
