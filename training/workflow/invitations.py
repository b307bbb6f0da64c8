"""What can happen to an invitation: sent, accepted by asking for a place, declined, answered later.

Asking for a place stands in workflow/places.py and accepts the invitation itself.
"""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people.lib.dates import today
from people.policy import policy
from people.transitions import Actor, Data, Move
from training.booking import invitations
from training.booking import session_notifications as tell
from training.enums import InvitationState, WhyNot
from training.models import SessionInvitation
from training.permissions import can_answer_invitation, can_invite, is_coordinator, is_system


def session_is_on(invitation: SessionInvitation, actor: Actor, data: Data) -> str | None:
    if invitation.session.is_published:
        return None
    return _("People can be invited once the session is published, and not after it was cancelled.")


def not_started(invitation: SessionInvitation, actor: Actor, data: Data) -> str | None:
    return _("This session has started.") if invitation.session.has_started else None


def left_in_peace(invitation: SessionInvitation, actor: Actor, data: Data) -> str | None:
    hours = policy("reminder_pause_hours")
    if timezone.now() - invitation.changed_at >= datetime.timedelta(hours=hours):
        return None
    return ngettext(
        "%(name)s was written to less than %(hours)d hour ago.",
        "%(name)s was written to less than %(hours)d hours ago.",
        hours,
    ) % {"name": invitation.name or invitation.email, "hours": hours}


def reason_is_known(invitation: SessionInvitation, actor: Actor, data: Data) -> str | None:
    return None if data.get("why_not", "") in ("", *WhyNot.values) else _("Choose one of the reasons, or none.")


def day_makes_sense(invitation: SessionInvitation, actor: Actor, data: Data) -> str | None:
    day, last = data.get("asked_until"), invitations.last_day_to_answer(invitation.session)
    if not day:
        return _("Say until which day you would like to answer.")
    if day <= invitation.answer_by:
        return _("You have until %(day)s already. Choose a later day.") % {"day": _day(invitation.answer_by)}
    if day <= today():
        return _("This day has passed. Choose a later one.")
    if last and day > last:
        return _("The last day to answer is %(day)s.") % {"day": _day(last)}
    return None


def hand_out_token(invitation: SessionInvitation, actor: Actor, data: Data) -> None:
    """A row needs one before it has a key; the link that is mailed is made from the key."""
    invitation.token_hash = invitation.make_token()[1]


def keep_yes(invitation: SessionInvitation, actor: Actor, data: Data) -> None:
    invitation.answered_at, invitation.why_not, invitation.words = timezone.now(), "", ""


def keep_no(invitation: SessionInvitation, actor: Actor, data: Data) -> None:
    invitation.answered_at = timezone.now()
    invitation.why_not = data.get("why_not", "")
    invitation.words = str(data.get("words", "")).strip()[:300]


def keep_day(invitation: SessionInvitation, actor: Actor, data: Data) -> None:
    invitation.asked_until = data["asked_until"]


def same_day(invitation: SessionInvitation, actor: Actor, data: Data) -> bool:
    return invitation.asked_until is not None and invitation.asked_until == data.get("asked_until")


def _day(day) -> str:
    return date_format(day, "j F Y")


MOVES = {
    SessionInvitation: (
        Move(
            "invite",
            (),
            InvitationState.INVITED,
            can_invite,
            gettext_lazy("Invite"),
            needs=(session_is_on, not_started),
            effects=(hand_out_token,),
            notices=(tell.tell_invited,),
            notices_at_once=(tell.tell_all_invited,),
            lock="session",
        ),
        Move(
            "ask_again",
            (InvitationState.INVITED,),
            InvitationState.INVITED,
            is_coordinator,
            gettext_lazy("Ask again"),
            needs=(session_is_on, not_started, left_in_peace),
            notices=(tell.tell_invited_again,),
            notices_at_once=(tell.tell_all_invited_again,),
            lock="session",
        ),
        Move(
            "accept",
            (InvitationState.INVITED, InvitationState.DECLINED),
            InvitationState.ACCEPTED,
            is_system,
            effects=(keep_yes,),
            lock="session",
        ),
        Move(
            "decline",
            (InvitationState.INVITED,),
            InvitationState.DECLINED,
            can_answer_invitation,
            gettext_lazy("I cannot come"),
            needs=(not_started,),
            inputs=("why_not", "words"),
            checks=(reason_is_known,),
            effects=(keep_no,),
            lock="session",
        ),
        Move(
            "ask_later",
            (InvitationState.INVITED,),
            InvitationState.INVITED,
            can_answer_invitation,
            gettext_lazy("Answer later"),
            needs=(session_is_on, not_started),
            inputs=("asked_until",),
            checks=(day_makes_sense,),
            effects=(keep_day,),
            notices=(tell.tell_answers_later,),
            lock="session",
            settled=same_day,
        ),
    ),
}
