"""What can happen to a joint session: planned, published, changed, on or off. Places stand in workflow/places.py."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people import audit, transitions
from people.enums import Role
from people.lib.dates import today
from people.models import User
from people.transitions import SYSTEM, Actor, Data, Move, NeedsNotMet
from training.afterwards import session_certificates
from training.booking import invitations, places
from training.booking import session_notifications as tell
from training.enums import SessionFormat, SessionState
from training.models import Attendance, JointSession
from training.permissions import can_plan_session
from training.planning import notice, session_changes
from training.planning.venues import missing_core

HANDED_OVER = {"coordinator", "deputy"}


def has_a_date(session: JointSession, actor: Actor, data: Data) -> str | None:
    return None if session.dates.all() else _("Say when it takes place.")


def is_ahead(session: JointSession, actor: Actor, data: Data) -> str | None:
    return _("It has started already.") if session.has_started else None


def is_not_over(session: JointSession, actor: Actor, data: Data) -> str | None:
    return _("It is over already.") if session.is_over else None


def says_what_is_open(session: JointSession, actor: Actor, data: Data) -> str | None:
    if session.fixed.strip() and session.still_open.strip():
        return None
    return _("Say what is fixed already and what is still open: people decide by it whether to come.")


def has_somewhere_to_meet(session: JointSession, actor: Actor, data: Data) -> str | None:
    if session.format == SessionFormat.ONLINE or session.venue_id:
        return None
    return _("Choose a venue.")


def core_facts_are_known(session: JointSession, actor: Actor, data: Data) -> str | None:
    if session.format == SessionFormat.ONLINE or session.venue is None:
        return None
    missing = missing_core(session.venue)
    if not missing:
        return None
    return _("People decide by these facts whether they can come. Have them checked: %(facts)s.") % {
        "facts": ", ".join(missing)
    }


def held_places_fit(session: JointSession, actor: Actor, data: Data) -> str | None:
    held = sum(row.places for row in session.held.all())
    if session.capacity is None or held <= session.capacity:
        return None
    return _("%(held)d places are held, but there are only %(places)d.") % {"held": held, "places": session.capacity}


def places_for_those_who_lead(session: JointSession, actor: Actor, data: Data) -> str | None:
    leaders = len(session.facilitators.all())
    if session.capacity is None or leaders <= session.capacity:
        return None
    return _("%(leaders)d people lead it, but there are only %(places)d places.") % {
        "leaders": leaders,
        "places": session.capacity,
    }


def everybody_keeps_their_place(session: JointSession, actor: Actor, data: Data) -> str | None:
    seats = session.places.with_seat().count() if session.capacity is not None else 0
    if session.capacity is None or seats <= session.capacity:
        return None
    return _("%(seats)d places are given already, so there cannot be only %(places)d.") % {
        "seats": seats,
        "places": session.capacity,
    }


def notice_is_long_enough(session: JointSession, actor: Actor, data: Data) -> str | None:
    if session.short_notice_reason.strip() or notice.is_long_enough(session):
        return None
    return _("It would be published %(days)s ahead, and we agreed on %(agreed)s. Give the reason; people read it.") % {
        "days": notice.working_days_words(notice.notice_days(session)),
        "agreed": notice.working_days_words(notice.agreed_notice()),
    }


def notice_stays_long_enough(session: JointSession, actor: Actor, data: Data) -> str | None:
    """Of a published session that is moved: the same, and where the reason is given."""
    if notice_is_long_enough(session, actor, data) is None:
        return None
    return _(
        "It would have been published %(days)s ahead, and we agreed on %(agreed)s. Give the reason under "
        "“Interpreters, papers and notice” first; people read it."
    ) % {
        "days": notice.working_days_words(notice.notice_days(session)),
        "agreed": notice.working_days_words(notice.agreed_notice()),
    }


def somebody_leads(session: JointSession, actor: Actor, data: Data) -> str | None:
    return None if session.facilitators.all() else _("Name at least one person who leads it.")


def last_date_has_begun(session: JointSession, actor: Actor, data: Data) -> str | None:
    last = max((row.starts_at for row in session.dates.all()), default=None)
    if last is not None and last <= timezone.now():
        return None
    return _("Certificates can be issued once the last date has begun.")


def somebody_is_marked(session: JointSession, actor: Actor, data: Data) -> str | None:
    if last_date_has_begun(session, actor, data):
        return None  # that sentence is enough
    if Attendance.objects.filter(place__session=session).exists():
        return None
    return _("Nobody has been marked yet. Take attendance first.")


def reason_given(session: JointSession, actor: Actor, data: Data) -> str | None:
    return None if str(data.get("reason", "")).strip() else _("Give the reason. Everybody who has a place reads it.")


def something_to_say(session: JointSession, actor: Actor, data: Data) -> str | None:
    if str(data.get("subject", "")).strip() and str(data.get("words", "")).strip():
        return None
    return _("Write a subject and a message.")


def day_to_decide(session: JointSession, actor: Actor, data: Data) -> str | None:
    return None if session.minimum else _("No smallest number was set, so there is nothing to decide.")


def enough_come(session: JointSession, actor: Actor, data: Data) -> str | None:
    count = session.places.booked().count()
    if session.minimum is None or count >= session.minimum or data.get("anyway"):
        return None
    return ngettext(
        "Only %(count)d person has booked, and %(minimum)d make sense. Say that it goes ahead anyway, or cancel.",
        "Only %(count)d people have booked, and %(minimum)d make sense. Say that it goes ahead anyway, or cancel.",
        count,
    ) % {"count": count, "minimum": session.minimum}


def said_already(session: JointSession, actor: Actor, data: Data) -> bool:
    return session.goes_ahead


def mark_published(session: JointSession, actor: Actor, data: Data) -> None:
    session.published_on = today()


def apply_changes(session: JointSession, actor: Actor, data: Data) -> None:
    """Write what is new, keep in which words people hear of it, and let nothing stand that could not be published."""
    changes = session_changes.what_changes(session, data["changes"])
    session.told = session_changes.told_words(session, changes)  # type: ignore[attr-defined]
    for name in HANDED_OVER & set(changes):
        _record_handover(session, name, changes[name], actor)
    session_changes.write(session, changes)
    if session.told:  # type: ignore[attr-defined]
        session.calendar_sequence += 1
    needs = (*AS_IT_STANDS, notice_stays_long_enough) if "dates" in changes else AS_IT_STANDS
    if sentences := [words for need in needs if (words := need(session, actor, data))]:
        raise NeedsNotMet(*sentences)
    invitations.keep_in_time(session)


def _record_handover(session: JointSession, name: str, new: User | None, actor: Actor) -> None:
    if actor.user is not None:  # always: co-ordinators alone change a session
        audit.record_change(session, f"{name}_changed", by=actor.user, subject_id=new.pk if new else None)


def handed_over_by_its_own(session: JointSession, actor: Actor, data: Data) -> str | None:
    """Whoever plans a session reads what people need to take part, so nobody else can make it theirs."""
    changes = session_changes.what_changes(session, data["changes"])
    own = actor.user_id in (session.coordinator_id, session.deputy_id)
    gone = not session.coordinator.is_active or not session.coordinator.has_role(Role.COORDINATOR)
    if own or gone or not HANDED_OVER & set(changes):
        return None
    return _("Only %(name)s or the deputy can hand this session over: they read what people need to take part.") % {
        "name": session.coordinator.name
    }


def nothing_changed(session: JointSession, actor: Actor, data: Data) -> bool:
    return not session_changes.what_changes(session, data["changes"])


def pass_on(session: JointSession, actor: Actor, data: Data) -> None:
    """After the session is saved: more places are offered to those who wait; approval is never bypassed."""
    places.pass_on(session)


def say_yes(session: JointSession, actor: Actor, data: Data) -> None:
    session.goes_ahead = True


def keep_day_of_confirming(session: JointSession, actor: Actor, data: Data) -> None:
    session.attendance_confirmed_on = session.attendance_confirmed_on or today()


def keep_reason(session: JointSession, actor: Actor, data: Data) -> None:
    session.cancel_reason = str(data["reason"]).strip()
    session.calendar_sequence += 1


def end_places(session: JointSession, actor: Actor, data: Data) -> None:
    """After the session is saved: every place ends with it, and each person is told once."""
    for place in session.places.active().order_by("pk"):
        transitions.move(place, "end_with_session", by=SYSTEM)


COMPLETE = (
    has_a_date,
    says_what_is_open,
    has_somewhere_to_meet,
    core_facts_are_known,
    held_places_fit,
    somebody_leads,
    places_for_those_who_lead,
)
AS_IT_STANDS = (*COMPLETE, everybody_keeps_their_place)  # also after it was published

MOVES = {
    JointSession: (
        Move("plan", (), SessionState.DRAFT, can_plan_session, gettext_lazy("Save and go on")),
        Move(
            "publish",
            (SessionState.DRAFT,),
            SessionState.PUBLISHED,
            can_plan_session,
            gettext_lazy("Publish"),
            needs=(is_ahead, *COMPLETE, notice_is_long_enough),
            effects=(mark_published,),
        ),
        Move(
            "change",
            (SessionState.PUBLISHED,),
            SessionState.PUBLISHED,
            can_plan_session,
            gettext_lazy("Change it and tell everybody"),
            needs=(is_not_over,),
            inputs=("changes",),
            checks=(handed_over_by_its_own,),
            effects=(apply_changes,),
            notices=(pass_on, tell.tell_changed),
            settled=nothing_changed,
        ),
        Move(
            "tell",
            (SessionState.PUBLISHED,),
            SessionState.PUBLISHED,
            can_plan_session,
            gettext_lazy("Send it to everybody"),
            inputs=("subject", "words"),
            checks=(something_to_say,),
            notices=(tell.tell_message,),
        ),
        Move(
            "go_ahead",
            (SessionState.PUBLISHED,),
            SessionState.PUBLISHED,
            can_plan_session,
            gettext_lazy("It goes ahead"),
            needs=(day_to_decide, is_ahead),
            inputs=("anyway",),
            checks=(enough_come,),
            effects=(say_yes,),
            notices=(tell.tell_goes_ahead,),
            settled=said_already,
        ),
        Move(
            "confirm_attendance",  # and again after a correction: nobody gets a second certificate
            (SessionState.PUBLISHED,),
            SessionState.PUBLISHED,
            can_plan_session,
            gettext_lazy("Issue certificates"),
            needs=(last_date_has_begun, somebody_is_marked),
            effects=(keep_day_of_confirming,),
            notices=(session_certificates.give_what_is_due,),
        ),
        Move(
            "cancel",
            (SessionState.PUBLISHED,),
            SessionState.CANCELLED,
            can_plan_session,
            gettext_lazy("Cancel the session"),
            needs=(is_not_over,),
            inputs=("reason",),
            checks=(reason_given,),
            effects=(keep_reason,),
            notices=(end_places, tell.tell_invitees_cancelled),
        ),
    ),
}
