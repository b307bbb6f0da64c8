"""Sessions that have begun, or are over, with marks: made through the real functions."""

import datetime

from django.utils import timezone

from people.models import User
from people.transitions import move, person
from tests.factories.sessions import ask, begin, session_of
from training.afterwards import attendance
from training.booking.places import Asker
from training.enums import Presence
from training.models import FeedbackRound, JointSession, Place, SessionDate, SessionFeedback


def begun(cast, *names, **values) -> tuple[JointSession, SessionDate]:
    """A session that began an hour ago, with these people in it; and its only date."""
    session = session_of(cast, **{"places": 10, "sector_limit_percent": None, **values})
    for name in names:
        ask(session, cast.fresh(name))
    begin(session)
    session = JointSession.objects.get(pk=session.pk)
    return session, session.dates.get()


def attended_by(cast, *names, presence=Presence.FULL, **values) -> JointSession:
    """A session that has begun, where exactly these people are marked."""
    session, date = begun(cast, *names, **values)
    places = Place.objects.filter(session=session)
    attendance.keep_marks(date, {place.pk: ("", presence) for place in places}, by=cast.fresh("priya"))
    return session


def guest(cast, session: JointSession, name: str, email: str = "") -> Place:
    """Somebody without an account came in."""
    return attendance.add_walk_in(session.dates.get(), Asker(name=name, email=email), by=cast.fresh("priya"))


def guest_of(session: JointSession, by: User) -> Place:
    """The same for a session of the demo, on its first date."""
    asker = Asker(name="Pal Hamish", email="pal@example.org", organisation_name="Skerrafin Creel Circle")
    return attendance.add_walk_in(session.dates.first(), asker, by=by)


def said(session: JointSession, closed_on: datetime.date, count: int = 8) -> None:
    """So many people, half of each side, have said how it was."""
    FeedbackRound.objects.create(session=session, closes_on=closed_on, minimum_scores=3, minimum_words=5)
    fields = {"useful": 4, "learnt": 3, "said_it": "partly", "words": "Keep the pairs"}
    SessionFeedback.objects.bulk_create(
        SessionFeedback(session=session, group=("staff", "partner")[n % 2], answer_key=f"{n:064}", **fields)
        for n in range(count)
    )


def confirm(cast, session: JointSession) -> JointSession:
    """Priya presses Issue."""
    return move(JointSession.objects.get(pk=session.pk), "confirm_attendance", by=person(cast.fresh("priya")))


def over(session: JointSession, days: int = 1) -> None:
    """Let the session have ended so many days ago."""
    end = timezone.now() - datetime.timedelta(days=days)
    SessionDate.objects.filter(session=session).update(starts_at=end - datetime.timedelta(hours=4), ends_at=end)
