"""Who may do what with progress, sessions and places. Which rows somebody sees stands in querysets/; no query here."""

from people.enums import ActorKind, Role
from people.models import Stateful, User
from people.transitions import Actor, NotYours
from training.models import (
    AccessNeed,
    JointSession,
    ModuleStart,
    Place,
    SessionInvitation,
    SessionProposal,
    VenueQuestion,
)


def can_continue(start: ModuleStart, by: Actor) -> bool:
    """Only the person who started goes on."""
    return by.user_id is not None and by.user_id == start.person_id


def ask_own(start: ModuleStart, by: Actor) -> None:
    """Refuse anybody but the person who started."""
    if not can_continue(start, by):
        raise NotYours


def is_system(record: Stateful, actor: Actor) -> bool:
    """Only the system itself."""
    return actor.kind == ActorKind.SYSTEM


def is_coordinator(record: Stateful, actor: Actor) -> bool:
    """Training co-ordinators."""
    return actor.has_role(Role.COORDINATOR)


def can_plan_session(session: JointSession, actor: Actor) -> bool:
    """Training co-ordinators, each for every session: one stands in for another."""
    return actor.has_role(Role.COORDINATOR)


def can_take_attendance(session: JointSession, actor: Actor) -> bool:
    """Training co-ordinators, the session's deputy, and those who lead it."""
    return actor.has_role(Role.COORDINATOR) or (actor.user_id is not None and actor.user_id in session.leader_ids)


def can_answer_those_who_came(session: JointSession, actor: Actor) -> bool:
    """The session's own co-ordinator and the deputy, who also read what people said. No other co-ordinator does."""
    return actor.user_id is not None and actor.user_id in (session.coordinator_id, session.deputy_id)


def can_add_walk_in(place: Place, actor: Actor) -> bool:
    """Whoever takes attendance of the session."""
    return can_take_attendance(place.session, actor)


def can_ask_for_place(place: Place, actor: Actor) -> bool:
    """Whoever asks for themselves (signed in, by their invitation, once more by the place's link) or a colleague."""
    if actor.holds_link_to(place) or _is_invited(place, actor):
        return True
    if place.colleague_of is not None and place.is_unnamed and _is_theirs(place.colleague_of, actor):
        return True
    return actor.user_id is not None and actor.user_id == place.person_id


def can_say_need(need: AccessNeed, actor: Actor) -> bool:
    """Whoever holds the place it belongs to."""
    return _is_theirs(need.place, actor)


def can_answer_need(need: AccessNeed, actor: Actor) -> bool:
    """The session's own co-ordinator and deputy; no other co-ordinator."""
    session = need.place.session
    return actor.user_id is not None and actor.user_id in (session.coordinator_id, session.deputy_id)


def can_invite(invitation: SessionInvitation, actor: Actor) -> bool:
    """Training co-ordinators, and whoever passes their own invitation to the same session on."""
    return is_coordinator(invitation, actor) or _holds_invitation(invitation.session_id, actor)


def _is_invited(place: Place, actor: Actor) -> bool:
    link = actor.link
    if not isinstance(link, SessionInvitation) or not _holds_invitation(place.session_id, actor):
        return False
    return link.email_key == place.email_key or (link.person_id is not None and link.person_id == place.person_id)


def _holds_invitation(session_id: int, actor: Actor) -> bool:
    link = actor.link
    return isinstance(link, SessionInvitation) and link.is_live and link.session_id == session_id


def can_use_place(place: Place, actor: Actor) -> bool:
    """The person it is for, and the holder of its link."""
    return _is_theirs(place, actor)


def can_answer_invitation(invitation: SessionInvitation, actor: Actor) -> bool:
    """The person who was invited, and the holder of the mailed link."""
    return _is_theirs(invitation, actor)


def _is_theirs(record: Place | SessionInvitation, actor: Actor) -> bool:
    if actor.holds_link_to(record):
        return True
    if actor.user is None:
        return False
    return actor.user_id == record.person_id or (record.person_id is None and record.email.lower() == actor.user.email)


def can_keep_venues(user: User) -> bool:
    """Training co-ordinators keep what is known about venues."""
    return user.is_authenticated and user.has_role(Role.COORDINATOR)


def can_answer_question(question: VenueQuestion, actor: Actor) -> bool:
    """Whoever holds the mailed link; nobody signed in answers in the host's name."""
    return actor.holds_link_to(question)


def can_propose(proposal: SessionProposal, actor: Actor) -> bool:
    """Whoever speaks for themselves, signed in."""
    return actor.user_id is not None and actor.user_id == proposal.by_id
