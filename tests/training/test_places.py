"""Every move of a place, in every state, by everyone; and what comes free goes to the next."""

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from people.enums import Sector
from people.models import OutgoingMail
from people.transitions import SYSTEM, Refused, move, person
from tests.factories.sessions import ask, begin, draft_session, place_in, session_of
from training.allocation import NEW
from training.booking.places import pass_on_everywhere, standing
from training.enums import PlaceState
from training.models import JointSession, Place
from training.planning.sessions import end_sign_ups
from training.workflow import MOVES

pytestmark = pytest.mark.django_db
PEOPLE = ("ailsa", "morag", "fergus", "rhona", "dougie", "priya", "tom", "senga", "donald", "stranger")

TABLE = {  # state -> move -> who succeeds with Dougie's place before the session has started
    PlaceState.REQUESTED: {
        "approve": {"priya"}, "decline": {"priya"}, "cancel": {"dougie"}, "remove": {"priya"},
        "end_of_sign_up": {"system"}, "end_with_session": {"system"}, "request": {"dougie"},
    },
    PlaceState.BOOKED: {"cancel": {"dougie"}, "remove": {"priya"}, "end_with_session": {"system"}, "book": {"dougie"}},
    PlaceState.WAITING: {
        "cancel": {"dougie"}, "remove": {"priya"}, "end_with_session": {"system"}, "wait": {"dougie"},
    },
    PlaceState.OFFERED: {
        "take": {"dougie"}, "cancel": {"dougie"}, "remove": {"priya"}, "end_with_session": {"system"},
        "offer": {"system"},
    },
    PlaceState.DECLINED: {"request": {"dougie"}, "decline": {"priya"}},
    PlaceState.CANCELLED: {"request": {"dougie"}, "book": {"dougie"}, "cancel": {"dougie"}},
    PlaceState.REMOVED: {"request": {"dougie"}, "book": {"dougie"}, "remove": {"priya"}},
    PlaceState.EVENT_CANCELLED: {"end_with_session": {"system"}},
}  # fmt: skip


def outcome(place, name, actor):
    data = {"reason": "As agreed"} if name in ("decline", "remove") else {}
    try:
        return move(place, name, by=actor, data=data)
    except (PermissionDenied, Http404, Refused):
        return None


@pytest.mark.parametrize("state", list(PlaceState))
def test_moves_of_a_place_are_open_to_exactly_these(cast, state):
    place, found = place_in(cast, state), {}
    assert place.state == state
    actors = {name: person(cast.fresh(name)) for name in PEOPLE} | {"system": SYSTEM}
    for row in MOVES[Place]:
        for who, actor in actors.items():
            with transaction.atomic():
                result = outcome(place, row.name, actor)
                transaction.set_rollback(True)
            if result is not None:
                assert result.state == row.to
                found.setdefault(row.name, set()).add(who)

    assert found == TABLE[state]


def test_the_first_is_booked_and_the_next_waits(cast):
    session = session_of(cast, places=1)

    assert ask(session, cast.rhona).state == PlaceState.BOOKED
    assert ask(session, cast.dougie).state == PlaceState.WAITING
    assert [mail.template for mail in OutgoingMail.objects.order_by("pk")] == ["sessions/booked", "sessions/waiting"]


def test_asking_twice_is_asking_once(cast):
    session = session_of(cast)

    assert ask(session, cast.rhona) == ask(session, cast.rhona)
    assert (Place.objects.count(), OutgoingMail.objects.count()) == (1, 1)


def test_a_freed_place_is_offered_to_one_person_until_a_time(cast):
    place = place_in(cast, PlaceState.OFFERED)

    assert place.offered_until - timezone.now() > datetime.timedelta(hours=47)
    assert move(place, "take", by=person(cast.fresh("dougie"))).state == PlaceState.BOOKED


def test_an_offer_that_lapsed_goes_to_the_next_and_cannot_be_taken(cast):
    place = place_in(cast, PlaceState.OFFERED)
    ailsa = ask(place.session, cast.fresh("ailsa"))

    with time_machine.travel(timezone.now() + datetime.timedelta(hours=49)):
        assert pass_on_everywhere() == 1
        with pytest.raises(Refused) as refusal:
            move(place, "take", by=person(cast.fresh("dougie")))

    assert "You can go back on the waiting list." in refusal.value.sentences[0]
    assert Place.objects.get(pk=ailsa.pk).state == PlaceState.OFFERED


def test_places_held_for_a_sector_wait_for_it_until_the_release(cast):
    session = session_of(cast, places=2, held={Sector.UNION: 1, NEW: 1})

    assert ask(session, cast.fresh("ailsa")).state == PlaceState.WAITING
    assert ask(session, cast.fresh("dougie")).state == PlaceState.BOOKED

    JointSession.objects.filter(pk=session.pk).update(release_on=timezone.localdate())
    assert pass_on_everywhere() == 1
    assert Place.objects.get(person=cast.ailsa).state == PlaceState.OFFERED


def test_each_person_sees_where_they_stand(cast):
    session = session_of(cast, places=1)
    ask(session, cast.fresh("ailsa"))
    morag, rhona = ask(session, cast.fresh("morag")), ask(session, cast.fresh("rhona"))

    assert [standing(row) for row in (rhona, morag)] == [1, 2]  # the carers have nobody in the room yet


def test_nobody_is_moved_up_after_the_start(cast):
    session = session_of(cast, places=1)
    place = ask(session, cast.fresh("rhona"))
    ask(session, cast.fresh("dougie"))
    begin(session)

    with pytest.raises(Refused) as refusal:
        move(place, "cancel", by=person(cast.fresh("rhona")))

    assert "This session has started." in refusal.value.sentences
    assert pass_on_everywhere() == 0
    assert end_sign_ups() == 1
    assert Place.objects.get(person=cast.dougie).state == PlaceState.DECLINED


def test_every_condition_that_fails_is_a_sentence(cast):
    session = session_of(cast, sign_up_until=timezone.localdate() - datetime.timedelta(days=1))
    begin(session)

    with pytest.raises(Refused) as refusal:
        ask(session, cast.fresh("rhona"))

    assert [words.split(" on ")[0] for words in refusal.value.sentences] == [
        "This session has started.",
        "Sign-up closed",
    ]


def test_no_capacity_is_no_limit(cast):
    session = session_of(cast, places=None)

    assert all(ask(session, cast.fresh(name)).state == PlaceState.BOOKED for name in PEOPLE)


def test_cancelling_a_session_ends_every_place_and_tells_each_once(cast):
    session = session_of(cast, places=1)
    ask(session, cast.fresh("rhona"))
    ask(session, cast.fresh("dougie"))
    OutgoingMail.objects.all().delete()

    move(session, "cancel", by=person(cast.priya), data={"reason": "The hall is flooded"})

    assert set(Place.objects.values_list("state", flat=True)) == {PlaceState.EVENT_CANCELLED}
    assert sorted(OutgoingMail.objects.values_list("template", "to")) == [
        ("sessions/session_cancelled", "partner@example.org"),
        ("sessions/session_cancelled", "union@example.org"),
    ]


def test_more_places_are_offered_and_never_taken_for_somebody(cast):
    session = session_of(cast, places=1)
    ask(session, cast.fresh("rhona"))
    ask(session, cast.fresh("dougie"))

    move(JointSession.objects.get(pk=session.pk), "change", by=person(cast.priya), data={"changes": {"capacity": 2}})

    assert Place.objects.get(person=cast.dougie).state == PlaceState.OFFERED


def test_a_session_says_everything_that_keeps_it_from_being_published(cast):
    session = draft_session(cast, places=2, fixed="", held={Sector.UNION: 3})
    session.facilitators.all().delete()
    begin(session)

    with pytest.raises(Refused) as refusal:
        move(JointSession.objects.get(pk=session.pk), "publish", by=person(cast.priya))

    assert len(refusal.value.sentences) == 5


def test_the_join_link_is_only_in_the_mail_of_those_who_hold_a_place(cast, settings):
    settings.KEEP_SENT_MAIL = True
    session = session_of(cast, places=1)
    ask(session, cast.fresh("rhona"))
    ask(session, cast.fresh("dougie"))

    told = {mail.to: "meet.example.org" in mail.text + mail.html for mail in OutgoingMail.objects.all()}
    assert told == {"partner@example.org": True, "union@example.org": False}
