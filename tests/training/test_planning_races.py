"""Two presses in the same moment: one draft, one publication, one invitation each, on both databases."""

import datetime
import threading

import pytest
from django.utils import timezone

from people.models import OutgoingMail
from people.transitions import Refused
from tests.factories.sessions import draft_session, session_of
from tests.training.test_place_races import in_threads
from training.booking.invitations import invite, read_addresses
from training.enums import Recipe
from training.models import JointSession, SessionInvitation
from training.planning import drafts

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
PRESSES = 6


def at_once(action):
    gate = threading.Barrier(PRESSES)

    def press():
        gate.wait()
        return action()

    return in_threads([press] * PRESSES)


def test_race_many_presses_make_one_draft(committed_cast):
    start = timezone.now() + datetime.timedelta(days=60)
    answers = {"title": "Money", "purpose": "Agree", "first_start": start, "places": 9, "recipe": Recipe.VISIT}

    started = at_once(lambda: drafts.start(answers, by=committed_cast.priya))

    assert {draft.pk for draft in started} == {JointSession.objects.get().pk}


def test_race_a_session_is_published_once_and_everybody_is_invited_once(committed_cast):
    draft = draft_session(committed_cast)
    who, _rest = read_addresses("a@example.org, b@example.org")

    results = at_once(lambda: drafts.publish(draft, who, by=committed_cast.priya, seen=draft.version))

    assert not [result for result in results if isinstance(result, Exception) and not isinstance(result, Refused)]
    assert SessionInvitation.objects.count() == 2
    assert OutgoingMail.objects.count() == 2


def test_race_two_windows_invite_the_same_people_once(committed_cast):
    session = session_of(committed_cast)
    who, _rest = read_addresses("a@example.org, b@example.org, c@example.org")

    results = at_once(lambda: invite(session, who, by=committed_cast.priya))

    assert sorted(len(result.invited) for result in results) == [0] * (PRESSES - 1) + [3]
    assert OutgoingMail.objects.count() == 3
