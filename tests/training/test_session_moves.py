"""Every move of a session, in every state, by everyone, before it begins."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404

from people.transitions import SYSTEM, Refused, move, person
from tests.factories.sessions import begin, draft_session, session_of
from training.enums import SessionState
from training.models import JointSession
from training.workflow import MOVES

pytestmark = pytest.mark.django_db
PEOPLE = ("ailsa", "morag", "fergus", "rhona", "dougie", "priya", "tom", "senga", "donald", "stranger")
DATA = {
    "change": {"changes": {"title": "Sooner"}},
    "tell": {"subject": "The door", "words": "Use the side door."},
    "go_ahead": {"anyway": True},
    "cancel": {"reason": "The hall is flooded"},
}
PRIYA = {"priya"}

TABLE = {  # state -> move -> who succeeds; the same move again by the same person is a success too
    SessionState.DRAFT: {"plan": PRIYA, "publish": PRIYA},
    SessionState.PUBLISHED: {"publish": PRIYA, "change": PRIYA, "tell": PRIYA, "go_ahead": PRIYA, "cancel": PRIYA},
    SessionState.CANCELLED: {"cancel": PRIYA},
}


def session_in(cast, state):
    if state == SessionState.DRAFT:
        return draft_session(cast, minimum=1)
    session = session_of(cast, minimum=1)
    return move(session, "cancel", by=person(cast.priya), data=DATA["cancel"]) if state == "cancelled" else session


def outcome(session, name, actor):
    try:
        return move(session, name, by=actor, data=DATA.get(name))
    except (PermissionDenied, Http404, Refused):
        return None


@pytest.mark.parametrize("state", list(SessionState))
def test_moves_of_a_session_are_open_to_exactly_these(cast, state):
    session, found = session_in(cast, state), {}
    assert session.state == state
    actors = {name: person(cast.fresh(name)) for name in PEOPLE} | {"system": SYSTEM}
    for row in MOVES[JointSession]:
        for who, actor in actors.items():
            with transaction.atomic():
                result = outcome(session, row.name, actor)
                transaction.set_rollback(True)
            if result is not None:
                assert result.state == row.to
                found.setdefault(row.name, set()).add(who)

    assert found == TABLE[state]


@pytest.mark.parametrize("name", ["publish", "go_ahead"])
def test_what_has_begun_is_not_published_and_not_decided(cast, name):
    session = session_of(cast, minimum=1) if name == "go_ahead" else draft_session(cast)
    begin(session)

    with pytest.raises(Refused) as refusal:
        move(JointSession.objects.get(pk=session.pk), name, by=person(cast.priya), data=DATA.get(name))
    assert "It has started already." in refusal.value.sentences
