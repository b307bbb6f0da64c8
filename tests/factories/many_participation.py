"""A year of sessions that are over, written at once: who came, who was invited, what they said."""

import datetime
import hashlib

from django.utils import timezone

from people.enums import Sector, Side
from people.models import Organisation, User
from tests.factories.sessions import session_of
from training.models import (
    Attendance,
    FeedbackRound,
    JointSession,
    Place,
    SessionDate,
    SessionFeedback,
    SessionInvitation,
)

HOUR = datetime.timedelta(hours=1)


def past_sessions(cast, count, **values) -> list[JointSession]:
    """So many sessions, all begun some hours ago, so that they lie in this year on most days of it."""
    first = session_of(cast, **values)
    fields = [field.name for field in JointSession._meta.fields if not field.primary_key]
    copied = {name: getattr(first, name) for name in fields}
    rows = [first, *JointSession.objects.bulk_create(JointSession(**copied) for _number in range(count - 1))]
    SessionDate.objects.filter(session=first).delete()
    start = timezone.now() - 6 * HOUR
    SessionDate.objects.bulk_create(SessionDate(session=row, starts_at=start, ends_at=start + 2 * HOUR) for row in rows)
    return rows


def places(cast, session, *people, marks=(), **values) -> list[Place]:
    """A booked place for each of these people (a number makes so many up), marked as given."""
    if people and isinstance(people[0], int):
        tag = f"{session.pk}-{Place.objects.count()}"
        people = [User(email=f"p{tag}-{n}@example.org", name=f"Guest {tag}-{n}") for n in range(people[0])]
    given = {"sector": Sector.UNION, "side": Side.PARTNER, "state": "booked", "expires_at": timezone.now()} | values
    rows = Place.objects.bulk_create(
        Place(
            session=session,
            person=user if user.pk else None,
            name=user.name,
            email=user.email,
            email_key=user.email,
            token_hash=Place.make_token()[1],
            **given,
        )
        for user in people
    )
    date = SessionDate.objects.get(session=session)
    Attendance.objects.bulk_create(
        Attendance(place=row, date=date, presence=mark, marked_by=cast.priya)
        for row, mark in zip(rows, marks, strict=False)
    )
    return rows


def invited(session, count, *, state="invited", why_not="", days=9) -> None:
    """So many invitations with this answer."""
    first = SessionInvitation.objects.count()
    day = timezone.localdate() + datetime.timedelta(days=days)
    SessionInvitation.objects.bulk_create(
        SessionInvitation(
            session=session,
            state=state,
            why_not=why_not,
            email=f"i{number}@example.org",
            email_key=f"i{number}@example.org",
            name=f"Invited {number}",
            answer_by=day,
            token_hash=SessionInvitation.make_token()[1],
            expires_at=timezone.now(),
        )
        for number in range(first, first + count)
    )


def said(session, *, over=True, promised=3, **answers) -> None:
    """What people said: said(session, staff="yes yes no", partner="partly"); the last day for it is over."""
    closes_on = timezone.localdate() - datetime.timedelta(days=1 if over else -1)
    values = {"closes_on": closes_on, "minimum_scores": promised, "minimum_words": 5}
    FeedbackRound.objects.get_or_create(session=session, defaults=values)
    first = SessionFeedback.objects.count()
    SessionFeedback.objects.bulk_create(
        SessionFeedback(
            session=session,
            answer_key=hashlib.sha256(f"{session.pk} {first} {group} {number}".encode()).hexdigest(),
            group=group,
            useful=4,
            learnt=4,
            said_it=answer,
            words="Only the co-ordinator reads this",
        )
        for group, words in answers.items()
        for number, answer in enumerate(words.split())
    )


def year(cast, count):
    """So many sessions, each with people, invitations and answers; returns the key of one."""
    rows = past_sessions(cast, count)
    for row in rows[:3]:
        places(cast, row, 3, organisation=Organisation.objects.first(), marks=["full", "no_show", "part"])
        invited(row, 4)
        said(row, staff="yes no partly", partner="yes yes no")
    people = User.objects.bulk_create(User(email=f"y{n}@example.org", name=f"Y {n}") for n in range(2))
    for row in rows:
        places(cast, row, *people)
    return rows[0].pk
