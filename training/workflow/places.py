"""What can happen to somebody's place in a session (RULES B2). Conditions are needs, apart from permissions.

Every move locks the session first. What comes free is passed on in the same transaction, after the record is saved.
"""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.lib.dates import today
from people.transitions import Actor, Data, Move
from training.booking import invitations, places
from training.booking import session_notifications as tell
from training.enums import ACTIVE_PLACES, ENDED_PLACES, PlaceState
from training.models import JointSession, Place
from training.permissions import can_add_walk_in, can_ask_for_place, can_use_place, is_coordinator, is_system

AT_THE_DOOR = (
    PlaceState.REQUESTED,
    PlaceState.WAITING,
    PlaceState.OFFERED,
    *ENDED_PLACES,
)
AGAIN = (*ENDED_PLACES, PlaceState.OFFERED)  # an offer that lapsed may be asked for anew


# --- Needs: a sentence when something is missing, else None ---


def session_is_on(place: Place, actor: Actor, data: Data) -> str | None:
    if place.session.is_published:
        return None
    return _("This session was cancelled.") if not place.session.is_draft else _("This session is not published yet.")


def not_started(place: Place, actor: Actor, data: Data) -> str | None:
    return _("This session has started.") if place.session.has_started else None


def started(place: Place, actor: Actor, data: Data) -> str | None:
    return None if place.session.has_started else _("This session has not started yet.")


def sign_up_is_open(place: Place, actor: Actor, data: Data) -> str | None:
    session = place.session
    if session.sign_up_from and today() < session.sign_up_from:
        return _("Sign-up opens on %(day)s.") % {"day": date_format(session.sign_up_from, "j F Y")}
    if session.sign_up_until and today() > session.sign_up_until:
        return _("Sign-up closed on %(day)s.") % {"day": date_format(session.sign_up_until, "j F Y")}
    return None


def nobody_has_to_approve(place: Place, actor: Actor, data: Data) -> str | None:
    return _("The co-ordinator says yes to each place of this session.") if place.session.needs_approval else None


def seat_is_free(place: Place, actor: Actor, data: Data) -> str | None:
    if places.has_seat_for(place):
        return None
    return _("There is no free place for %(name)s now.") % {"name": place.name}


def seat_is_not_free(place: Place, actor: Actor, data: Data) -> str | None:
    return _("There is a free place: book it.") if places.has_seat_for(place) else None


def offer_stands(place: Place, actor: Actor, data: Data) -> str | None:
    if not place.offer_lapsed:
        return None
    return _("The offer was open until %(time)s. You can go back on the waiting list.") % {
        "time": date_format(timezone.localtime(place.offered_until), "j F, H:i")
    }


def offer_is_over(place: Place, actor: Actor, data: Data) -> str | None:
    open_offer = place.state == PlaceState.OFFERED and not place.offer_lapsed
    return _("A place is offered to you: take it or say no.") if open_offer else None


def may_still_cancel(place: Place, actor: Actor, data: Data) -> str | None:
    session = place.session
    if session.cancel_days is None or session.starts_at is None or place.state != PlaceState.BOOKED:
        return None
    last = timezone.localdate(session.starts_at) - datetime.timedelta(days=session.cancel_days)
    if today() <= last:
        return None
    return _("You could cancel until %(day)s. Tell %(name)s that you cannot come.") % {
        "day": date_format(last, "j F Y"),
        "name": session.coordinator.name,
    }


def reason_given(place: Place, actor: Actor, data: Data) -> str | None:
    return None if str(data.get("reason", "")).strip() else _("Give the reason. The person reads it.")


# --- Effects ---


def take_seat(place: Place, actor: Actor, data: Data) -> None:
    place.offered_until = None
    if place.seat_number is None:
        place.seat_number = places.lowest_free_seat(place.session)


def stand_up(place: Place, actor: Actor, data: Data) -> None:
    place.offered_until, place.seat_number = None, None


def join_queue(place: Place, actor: Actor, data: Data) -> None:
    stand_up(place, actor, data)
    place.asked_at = timezone.now()


def keep_seat_for_a_while(place: Place, actor: Actor, data: Data) -> None:
    place.seat_number = places.lowest_free_seat(place.session)
    place.offered_until = places.offer_ends_at(place.session)


def let_in(place: Place, actor: Actor, data: Data) -> None:
    stand_up(place, actor, data)  # somebody in the door takes no numbered seat: the limit was for those who booked
    place.is_walk_in = True


def keep_reason(place: Place, actor: Actor, data: Data) -> None:
    place.reason = str(data.get("reason", "")).strip()


def pass_on(place: Any, actor: Actor, data: Data) -> None:
    """After the place is saved: what it left goes to the next."""
    places.pass_on(place.session)


def answer_invitation(place: Place, actor: Actor, data: Data) -> None:
    """Whoever asks for a place has answered the invitation with it."""
    invitations.accept_for(place)


OPEN = (session_is_on, not_started, sign_up_is_open)


def why_closed(session: JointSession, actor: Actor, place: Place | None) -> list[str]:
    """Why nobody can ask for a place now, in sentences; empty when one can, or holds or asked for one."""
    if place is not None and place.state in (PlaceState.BOOKED, PlaceState.REQUESTED):
        return []
    place = Place(session=session)
    return [sentence for need in OPEN if (sentence := need(place, actor, {}))]


MOVES = {
    Place: (
        Move(
            "request",
            ENDED_PLACES,
            PlaceState.REQUESTED,
            can_ask_for_place,
            gettext_lazy("Ask for a place"),
            needs=OPEN,
            effects=(join_queue,),
            notices=(answer_invitation, tell.tell_requested),
            lock="session",
        ),
        Move(
            "book",
            AGAIN,
            PlaceState.BOOKED,
            can_ask_for_place,
            gettext_lazy("Book my place"),
            needs=(*OPEN, nobody_has_to_approve, offer_is_over, seat_is_free),
            effects=(take_seat,),
            notices=(answer_invitation, tell.tell_booked),
            lock="session",
        ),
        Move(
            "wait",
            AGAIN,
            PlaceState.WAITING,
            can_ask_for_place,
            gettext_lazy("Join the waiting list"),
            needs=(*OPEN, nobody_has_to_approve, offer_is_over, seat_is_not_free),
            effects=(join_queue,),
            notices=(answer_invitation, tell.tell_waiting),
            lock="session",
        ),
        Move(
            "approve",
            (PlaceState.REQUESTED,),
            PlaceState.BOOKED,
            is_coordinator,
            gettext_lazy("Say yes"),
            needs=(session_is_on, not_started, seat_is_free),
            effects=(take_seat,),
            notices=(tell.tell_booked,),
            lock="session",
        ),
        Move(
            "approve_to_wait",
            (PlaceState.REQUESTED,),
            PlaceState.WAITING,
            is_coordinator,
            gettext_lazy("Say yes, on the waiting list"),
            needs=(session_is_on, not_started, seat_is_not_free),
            notices=(tell.tell_waiting,),
            lock="session",
        ),
        Move(
            "decline",
            (PlaceState.REQUESTED,),
            PlaceState.DECLINED,
            is_coordinator,
            gettext_lazy("Say no, with a reason"),
            inputs=("reason",),
            checks=(reason_given,),
            effects=(keep_reason, stand_up),
            notices=(tell.tell_declined,),
            lock="session",
        ),
        Move(
            "offer",
            (PlaceState.WAITING,),
            PlaceState.OFFERED,
            is_system,
            needs=(session_is_on, not_started, seat_is_free),
            effects=(keep_seat_for_a_while,),
            notices=(tell.tell_offered,),
            lock="session",
        ),
        Move(
            "take",
            (PlaceState.OFFERED,),
            PlaceState.BOOKED,
            can_use_place,
            gettext_lazy("Take this place"),
            needs=(session_is_on, not_started, offer_stands),
            effects=(take_seat,),
            notices=(tell.tell_booked,),
            lock="session",
        ),
        Move(
            "cancel",
            ACTIVE_PLACES,
            PlaceState.CANCELLED,
            can_use_place,
            gettext_lazy("I cannot come"),
            needs=(not_started, may_still_cancel),
            effects=(stand_up,),
            notices=(tell.tell_cancelled, pass_on),
            lock="session",
        ),
        Move(
            "remove",
            ACTIVE_PLACES,
            PlaceState.REMOVED,
            is_coordinator,
            gettext_lazy("Take the place back"),
            needs=(not_started,),
            inputs=("reason",),
            checks=(reason_given,),
            effects=(keep_reason, stand_up),
            notices=(tell.tell_removed, pass_on),
            lock="session",
        ),
        Move(
            "walk_in",
            AT_THE_DOOR,
            PlaceState.BOOKED,
            can_add_walk_in,
            gettext_lazy("They are here"),
            needs=(session_is_on, started),
            effects=(let_in,),
            lock="session",
        ),
        Move(
            "end_of_sign_up",
            (PlaceState.REQUESTED,),
            PlaceState.DECLINED,
            is_system,
            effects=(stand_up,),
            notices=(tell.tell_too_late,),
            lock="session",
        ),
        Move(
            "end_of_waiting",
            (PlaceState.WAITING, PlaceState.OFFERED),
            PlaceState.DECLINED,
            is_system,
            needs=(started,),
            effects=(stand_up,),
            notices=(tell.tell_too_late,),
            lock="session",
        ),
        Move(
            "end_with_session",
            ACTIVE_PLACES,
            PlaceState.EVENT_CANCELLED,
            is_system,
            effects=(stand_up,),
            notices=(tell.tell_session_cancelled,),
            lock="session",
        ),
    ),
}
