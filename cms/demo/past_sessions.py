"""A year of joint sessions that are over: each is planned, invited to, held and answered on its own days.

Everything goes through the functions that the pages use, on the days on which it would have happened (days.on_day).
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.demo.days import meeting_day, on_day
from cms.demo.pages import read
from cms.demo.session_cast import SessionCast, booked_places, led_by
from partnerships.models import Behaviour, Partnership
from people.lib.dates import today
from people.models import User
from people.transitions import link_actor, move, person
from training.afterwards import attendance, feedback, heard
from training.booking import invitations
from training.booking.places import Asker, pass_on
from training.enums import PlaceState, Presence, Recipe
from training.models import FeedbackLink, JointSession, Venue
from training.planning import papers
from training.planning.sessions import plan_session

PLANNED, INVITED, PAPERS, READY = 75, 70, 25, 12  # days before the session
ASKED, ANSWERED, TOLD = 1, 2, 10  # days after it
TEXTS = ("title", "recipe", "places", "purpose", "fixed", "still_open", "support")
MORE = ("has_captions", "join_link", "dial_in", "gives_certificate", "no_papers")


def load_past_sessions(people: dict[str, User], group: Partnership) -> None:
    """Every session once; one that is there is left as it is."""
    rows = read("past_sessions.yaml")
    cast = SessionCast(people, read("session_guests.yaml"), people["coordinator"])
    for row in rows["sessions"]:
        if not JointSession.objects.filter(title=row["title"]).exists():
            _hold(row, cast, group)


def _hold(row: Mapping[str, Any], cast: SessionCast, group: Partnership) -> None:
    day = meeting_day(today() - datetime.timedelta(days=row["days_ago"]), step=-1)
    with on_day(_before(day, PLANNED)):
        session = _plan(row, day, cast, group)
    with on_day(_before(day, INVITED)):
        _invite(session, row, cast)
    with on_day(_before(day, PAPERS)):
        for title, link in row.get("papers", []):
            papers.publish(session, {"title": title, "link": link}, by=cast.priya)
    with on_day(_before(day, READY)):
        _get_ready(session, row, cast)
    last = day + datetime.timedelta(days=7 if row["recipe"] == Recipe.EVENING_PAIR else 0)
    with on_day(last, 22):
        _take_attendance(session, row, cast)
    with on_day(last + datetime.timedelta(days=ASKED)):
        move(JointSession.objects.get(pk=session.pk), "confirm_attendance", by=person(cast.priya))
        feedback.ask_due()
    with on_day(last + datetime.timedelta(days=ANSWERED)):
        _answer(session, row, cast)
    with on_day(last + datetime.timedelta(days=TOLD)):
        _tell(session, row, cast)


def _plan(row, day, cast, group) -> JointSession:
    values = {name: row[name] for name in TEXTS} | {name: row[name] for name in MORE if name in row}
    values |= {
        "first_start": timezone.make_aware(datetime.datetime.combine(day, datetime.time(row["hour"]))),
        "decided_on": day,
        "partnership": group,
        "venue": Venue.objects.filter(name=row.get("venue")).first(),
        "behaviours": list(Behaviour.objects.filter(code__in=row["behaviours"])),
    }
    session = plan_session(values, by=cast.priya)
    led_by(session, row["led_by"], cast.people)
    return move(session, "publish", by=person(cast.priya))


def _invite(session: JointSession, row, cast: SessionCast) -> None:
    """Everybody is invited by Priya; guests book by their link, staff on the page."""
    declined = row.get("declined", {})
    asked = [*row["came"], *declined]
    sent = invitations.invite(session, [cast.invitee(who) for who in asked], by=cast.priya).invited
    by_email = {one.email: one for one in sent}
    for who in row["came"]:
        cast.book(session, who, by_email[cast.email(who)])
    for who, (why_not, words) in declined.items():
        invitation = by_email[cast.email(who)]
        move(invitation, "decline", by=link_actor(invitation), data={"why_not": why_not, "words": words})


def _get_ready(session: JointSession, row, cast: SessionCast) -> None:
    """Held places have opened and those who waited take theirs; needs are answered, support is said; it goes ahead."""
    with transaction.atomic():
        pass_on(JointSession.objects.select_for_update().get(pk=session.pk))
    for place in session.places.filter(state=PlaceState.OFFERED):
        move(place, "take", by=link_actor(place))
    cast.get_ready(session, row)
    fresh = JointSession.objects.get(pk=session.pk)
    if fresh.minimum:
        move(fresh, "go_ahead", by=person(cast.priya), data={"anyway": True})


def _take_attendance(session: JointSession, row, cast: SessionCast) -> None:
    marks = {cast.email(who): value for who, value in row.get("absent", {}).items()}
    marks |= {cast.email(who): Presence.PART for who in row.get("part", [])}
    for date in session.dates.order_by("starts_at"):
        for name, email in row.get("walk_ins", []):
            attendance.add_walk_in(date, Asker(name=name, email=email), by=cast.priya)
        places = booked_places(session)
        wanted = {places[email].pk: ("", str(value)) for email, value in marks.items()}
        attendance.keep_marks(date, wanted, by=cast.priya)
        attendance.mark_everyone(date, by=cast.priya)


def _answer(session: JointSession, row, cast: SessionCast) -> None:
    """Each answers by a link of their own. The one that was mailed is known to the mail alone, so it is made anew."""
    for who, useful, learnt, said_it, words in row["answers"]:
        raw, hashed = FeedbackLink.make_token()
        FeedbackLink.objects.filter(place__session=session, email=cast.email(who)).update(token_hash=hashed)
        link = feedback.link_behind(raw)
        if link is not None:
            said = {"useful": useful, "learnt": learnt, "said_it": said_it, "words": words}
            feedback.keep_answer(link, raw, said)


def _tell(session: JointSession, row, cast: SessionCast) -> None:
    """What was heard, what is done, and why; of the newest session it is still owed."""
    fresh = JointSession.objects.get(pk=session.pk)
    for said, doing, why in row.get("heard", []):
        heard.add_item(fresh, heard=said, doing=doing, why=why, by=cast.priya)
    if row.get("heard"):
        heard.give_answer(fresh, by=cast.priya)


def _before(day: datetime.date, count: int) -> datetime.date:
    return day - datetime.timedelta(days=count)
