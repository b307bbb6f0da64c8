"""What we heard, what we do, and why: the answer to those who came (S43). It is due, and it is given once.

It is written by whoever co-ordinates the session or stands in. Once it is given it stays as it was given.
"""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit
from people.lib.dates import add_working_days, today
from people.models import User
from people.policy import policy
from people.transitions import NotYours, Refused, person
from training.afterwards import feedback_notifications as tell
from training.afterwards.feedback import round_of, who_came
from training.enums import CAME
from training.models import FeedbackLoopItem, FeedbackRound, JointSession
from training.permissions import can_answer_those_who_came


def due_on(session: JointSession) -> datetime.date | None:
    """Until when the answer is due; None while the session is not over."""
    if session.ends_at is None or not session.is_over:
        return None
    return add_working_days(timezone.localdate(session.ends_at), policy("loop_working_days"))


def somebody_came(session: JointSession) -> bool:
    """True when there is anybody to whom an answer is owed."""
    return session.places.booked().filter(attendance__presence__in=CAME).exists()


@dataclass(frozen=True)
class Heard:
    """What the page of a session says about it: the answer, or that it is due or late."""

    items: list[FeedbackLoopItem]
    given_on: datetime.date | None
    due_on: datetime.date

    @property
    def is_late(self) -> bool:
        return self.given_on is None and self.due_on < today()


def heard_of(session: JointSession) -> Heard | None:
    """For everybody who may see the session; nothing before it is over, and nothing when nobody came."""
    due = due_on(session) if session.is_published else None
    if due is None:
        return None
    given = FeedbackRound.objects.filter(session=session, answered_on__isnull=False).first()
    if given is not None:
        return Heard(list(session.loop_items.all()), given.answered_on, due)
    return Heard([], None, due) if somebody_came(session) else None


def add_item(session: JointSession, *, heard: str, doing: str, why: str, by: User) -> FeedbackLoopItem:
    """One thing that was heard, and what becomes of it."""
    with transaction.atomic():
        _begin(session, by)
        return FeedbackLoopItem.objects.create(session=session, heard=heard, doing=doing, why=why, by=by)


def remove_item(item: FeedbackLoopItem, *, by: User) -> None:
    """Take one out again before it is given."""
    with transaction.atomic():
        _begin(item.session, by)
        FeedbackLoopItem.objects.filter(pk=item.pk).delete()


def give_answer(session: JointSession, *, by: User) -> int:
    """Send it to everybody who came, once; returns how many mails that were."""
    with transaction.atomic():
        feedback_round = _begin(session, by)
        items = list(session.loop_items.all())
        if not items:
            raise Refused(_("Write at least one thing that you heard, and what becomes of it."))
        FeedbackRound.objects.filter(pk=feedback_round.pk).update(answered_on=today())
        places = list(who_came(session))
        for place in places:
            tell.tell_what_was_heard(place, items)
        audit.record_change(session, "answer_those_who_came", by=by)
    return len(places)


def _begin(session: JointSession, by: User) -> FeedbackRound:
    """Lock the session; refuse who may not, what is too early, and a second answer."""
    fresh = JointSession.objects.select_for_update().get(pk=session.pk)
    if not can_answer_those_who_came(fresh, person(by)):
        raise NotYours
    if not (fresh.is_published and fresh.is_over):
        raise Refused(_("This can be written once the session is over."))
    feedback_round = round_of(fresh, today())
    if feedback_round.answered_on:
        raise Refused(_("The answer was given already and stays as it was given."))
    return feedback_round
