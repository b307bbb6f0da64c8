"""Inviting people to a session: whom, by which address, until when they answer. Moves stand in workflow/invitations.py.

A pasted address becomes a row with the name and address as they were typed, never an account.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.utils import parseaddr

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from people import transitions
from people.lib.dates import add_working_days, today
from people.models import Organisation, User
from people.policy import policy
from people.transitions import SYSTEM
from training.booking.links import link_end
from training.enums import InvitationState
from training.models import JointSession, Place, SessionInvitation

BETWEEN = re.compile(r"[,;\n\r]+")


@dataclass(frozen=True)
class Invitee:
    """Somebody to invite: by account, or by an address as it was typed."""

    email: str
    name: str = ""
    person: User | None = None
    organisation: Organisation | None = None

    @property
    def key(self) -> str:
        return self.email.strip().casefold()

    @property
    def label(self) -> str:
        return self.name or self.email


@dataclass
class Outcome:
    """Who was invited, and who was not with the reason in words."""

    invited: list[SessionInvitation] = field(default_factory=list)
    left_out: list[tuple[Invitee, str]] = field(default_factory=list)


def read_addresses(text: str) -> tuple[list[Invitee], list[str]]:
    """Pasted addresses, `Name <a@b>` or bare, one a line or with commas or semicolons; and what could not be read."""
    found, unreadable = [], []
    for part in (piece.strip() for piece in BETWEEN.split(text.replace("\x00", ""))):
        if not part:
            continue
        name, address = parseaddr(part)
        try:
            validate_email(address)
        except ValidationError:
            unreadable.append(part)
        else:
            found.append(Invitee(email=address.lower(), name=" ".join(name.split())[:200]))
    return found, unreadable


def sort_out(session: JointSession, who: Iterable[Invitee]) -> tuple[list[Invitee], list[tuple[Invitee, str]]]:
    """Those who would get an invitation, and those who would not with the reason. Two queries, whoever they are."""
    everybody = list(who)
    asked = SessionInvitation.objects.filter(session=session).values_list("email_key", "person_id")
    coming = Place.objects.active().filter(session=session).values_list("email_key", "person_id")
    reasons = {key: _("has a place or has asked for one") for row in coming for key in row if key}
    reasons |= {key: _("is invited already") for row in asked for key in row if key}
    seen: set[object] = set()
    goes, left_out = [], []
    for one in everybody:
        keys: set[object] = {one.key, *([one.person.pk] if one.person else [])}
        reason = next((reasons[key] for key in keys if key in reasons), "")
        if keys & seen:
            reason = reason or _("is named twice")
        seen |= keys
        if reason:
            left_out.append((one, reason))
        else:
            goes.append(one)
    return goes, left_out


@transaction.atomic
def invite(session: JointSession, who: Iterable[Invitee], *, by: User) -> Outcome:
    """Invite people to a published session, each once. Raises NeedsNotMet when it is not on or has begun."""
    locked = _locked(session)  # two windows invite nobody twice
    goes, left_out = sort_out(locked, who)
    rows = [row_for(locked, one) for one in goes]
    return Outcome(transitions.create_at_once(rows, "invite", by=transitions.person(by)), left_out)


@transaction.atomic
def ask_again(session: JointSession, *, by: User) -> tuple[int, list[str]]:
    """Write once more to everybody who has not answered. How many it was, and a sentence for each who was left out."""
    locked = _locked(session)
    rows = list(locked.invitations.filter(state=InvitationState.INVITED).select_for_update().order_by("pk"))
    for row in rows:
        row.session = locked
    results = transitions.move_at_once(rows, "ask_again", by=transitions.person(by))
    sentences = [words for _row, refusal in results if refusal for words in refusal.sentences]
    return sum(refusal is None for _row, refusal in results), sentences


def _locked(session: JointSession) -> JointSession:
    """The session as it stands, with its dates: they are asked about for each who is invited."""
    locked = JointSession.objects.select_for_update().get(pk=session.pk)
    prefetch_related_objects([locked], "dates")
    return locked


def answer_by(session: JointSession, day: datetime.date | None = None) -> datetime.date:
    """Until when an answer is asked for: the time to think that we agreed on, and never after the last day."""
    day = add_working_days(day or today(), policy("invitation_answer_working_days"))
    last = last_day_to_answer(session)
    return min(day, last) if last else day


def keep_in_time(session: JointSession) -> None:
    """After a session was moved: nobody is asked for an answer on a day on which it would be too late."""
    last, rows = last_day_to_answer(session), session.invitations.filter(state=InvitationState.INVITED)
    if last is not None:
        rows.filter(answer_by__gt=last).update(answer_by=last)
        rows.filter(asked_until__gt=last).update(asked_until=last)
    session.invitations.update(expires_at=link_end(session))


def last_day_to_answer(session: JointSession) -> datetime.date | None:
    """The last day on which saying yes helps: the end of sign-up, and before the first date."""
    before = session.starts_at and timezone.localdate(session.starts_at) - datetime.timedelta(days=1)
    return min((day for day in (session.sign_up_until, before) if day), default=None)


def invitation_of(place: Place) -> SessionInvitation | None:
    """The invitation that this place answers, if there was one."""
    mine = Q(email_key=place.email_key)
    if place.person_id:
        mine |= Q(person_id=place.person_id)
    return SessionInvitation.objects.filter(mine, session_id=place.session_id).order_by("pk").first()


def accept_for(place: Place) -> None:
    """Under the lock of the session: a place that is asked for answers the invitation to it."""
    row = invitation_of(place)
    if row is not None and row.state != InvitationState.ACCEPTED:
        transitions.move(row, "accept", by=SYSTEM)


def row_for(session: JointSession, one: Invitee) -> SessionInvitation:
    """An invitation that is not sent yet."""
    return SessionInvitation(
        session=session,
        person=one.person,
        name=one.name,
        email=one.email.strip().lower(),
        email_key=one.key,
        organisation=one.organisation,
        answer_by=answer_by(session),
        expires_at=link_end(session),
    )
