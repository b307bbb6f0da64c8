"""Calendar files (RFC 5545, 5546): one for each date of a session and each person who holds a place.

The UID of an entry is made from the date and the place and stays, whatever moves. SEQUENCE rises with every change of
the session and every move of the place, so that a mail that arrives late overrides nothing. What a calendar was given
is taken back by CANCEL with the same UID. Who gets which file stands in session_notifications.py.
"""

import datetime
import uuid
from collections.abc import Iterable
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Component, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vUri

from people.mail import TextFile
from people.models import Identity
from training.booking import links
from training.models import JointSession, Place, SessionDate

HOUR = datetime.timedelta(hours=1)


def entries(place: Place) -> list[TextFile]:
    """A file for each date, for somebody who holds a place; the link to join stands in it."""
    dates = place.session.dates.all()
    return [_file(place, date, "REQUEST", number) for number, date in enumerate(dates, start=1)]


def taken_back(place: Place, dates: Iterable[SessionDate]) -> list[TextFile]:
    """The files that remove these dates from the calendar again; they hold no link."""
    return [_file(place, date, "CANCEL", number) for number, date in enumerate(dates, start=1)]


def entry(place: Place, date: SessionDate) -> str:
    """The file of one date, as it is downloaded."""
    return _text(place, date, "REQUEST")


def uid_of(place: Place, date: SessionDate) -> str:
    """One name for one person and one date, for good."""
    return f"{uuid.uuid5(date.uid, str(place.pk))}@common-ground"


def _file(place: Place, date: SessionDate, method: str, number: int) -> TextFile:
    return TextFile(f"session-{number}.ics", f"text/calendar; method={method}", _text(place, date, method))


def _text(place: Place, date: SessionDate, method: str) -> str:
    calendar = Calendar()
    calendar.add("prodid", "-//Common Ground//joint sessions//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_timezone(str(timezone.get_default_timezone()), timezone.localtime(date.starts_at).year))
    calendar.add_component(_event(place, date, method))
    return calendar.to_ical().decode()


def _event(place: Place, date: SessionDate, method: str) -> Event:
    session, event = place.session, Event()
    zone = ZoneInfo(str(timezone.get_default_timezone()))
    event.add("uid", uid_of(place, date))
    event.add("sequence", session.calendar_sequence + place.version)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", date.starts_at.astimezone(zone))
    event.add("dtend", date.ends_at.astimezone(zone))
    event.add("summary", session.title)
    event.add("organizer", _address(Identity.current().contact_email, Identity.current().organisation_name))
    event.add("attendee", _attendee(place))
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    if method == "REQUEST":
        event.add("location", _location(session))
        event.add("description", _description(place))
        event.add("url", vUri(settings.SITE_URL + links.path_of(place)))
    return event


def _address(email: str, name: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params["CN"] = name
    return address


def _attendee(place: Place) -> vCalAddress:
    """Booked is accepted: the calendar need not ask again."""
    attendee = _address(place.email, place.name)
    attendee.params.update({"PARTSTAT": "ACCEPTED", "ROLE": "REQ-PARTICIPANT", "RSVP": "FALSE"})
    return attendee


def _location(session: JointSession) -> str:
    if session.venue is not None and session.format != "online":
        return f"{session.venue.name}, {session.venue.address}"
    return _("Online")


def _description(place: Place) -> str:
    session = place.session
    lines = []
    if session.join_link:
        lines.append(_("Link to join, for you alone: %(link)s") % {"link": session.join_link})
    if session.dial_in:
        lines.append(_("By telephone: %(number)s") % {"number": session.dial_in})
    lines.append(_("If you cannot come, say so here: %(link)s") % {"link": settings.SITE_URL + links.path_of(place)})
    return "\n".join(lines)


@cache
def _timezone(name: str, year: int) -> Timezone:
    """The changes of clocks around one year. Built here, because the library puts those of spring an hour late."""
    zone, result = ZoneInfo(name), Timezone()
    result.add("tzid", name)
    moment = datetime.datetime(year - 1, 1, 1, tzinfo=datetime.UTC)
    last, before = moment.replace(year=year + 2), moment.astimezone(zone).utcoffset() or datetime.timedelta()
    result.add_component(_observance(moment.astimezone(zone), before, before))
    while moment < last:
        after = moment.astimezone(zone).utcoffset() or datetime.timedelta()
        if after != before:
            result.add_component(_observance(moment.astimezone(zone), before, after))
        moment, before = moment + HOUR, after
    return result


def _observance(at: datetime.datetime, before: datetime.timedelta, after: datetime.timedelta) -> Component:
    """From when on which offset holds; the beginning is told by the clock as it was before."""
    row: Component = TimezoneDaylight() if at.dst() else TimezoneStandard()
    row.add("dtstart", (at.astimezone(datetime.UTC) + before).replace(tzinfo=None))
    row.add("tzoffsetfrom", before)
    row.add("tzoffsetto", after)
    row.add("tzname", at.tzname() or "")
    return row
