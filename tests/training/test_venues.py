"""What is known about venues: the checklist, staleness, the host's link, and that nobody's answer is written over."""

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from people.lib.dates import today
from people.models import AuditEvent, OutgoingMail
from people.transitions import SYSTEM, Refused, link_actor, move, person
from tests.cast import PEOPLE
from tests.factories.venues import CORE, question_of, venue_of
from training.enums import QuestionState
from training.models import VenueFact, VenueQuestion
from training.planning.venues import (
    BY_CODE,
    FACTS,
    ChangedMeanwhile,
    change_venue,
    check_again,
    details_mark,
    fact_words,
    facts_of,
    known_of,
    mark_of,
    save_facts,
    told_of,
)
from training.retention import RETENTION
from training.workflow import MOVES

pytestmark = pytest.mark.django_db
YEAR = datetime.timedelta(days=367)
NOT_CHECKED = {"answer": "not_checked"}


def marks(venue):
    return {fact.code: mark_of(row) for fact, row in facts_of(venue)}


def details_of(venue, **changed):
    return {"name": venue.name, "address": venue.address, "host": venue.host, "contact": venue.contact} | changed


def test_the_checklist_is_the_one_of_the_domain_with_eight_core_facts():
    assert len(FACTS) == 17
    assert CORE == ["transport", "step_free", "doors", "toilet", "loop", "quiet_room", "evacuation", "contact"]


def test_what_is_known_counts_and_what_lacks_is_named(cast):
    known = known_of(venue_of(known=["loop", "parking"]))

    assert (known.count, known.stale, len(known.missing)) == (2, [], 7)
    assert known_of(venue_of("Other hall")).missing == []


def test_a_fact_is_too_old_after_the_months_of_the_policy_and_a_core_one_then_lacks(cast):
    venue = venue_of()

    with time_machine.travel(timezone.now() + YEAR):
        known = known_of(venue)

    assert (known.count, len(known.stale), known.missing) == (8, 8, known.stale)


def test_looking_again_gives_todays_date_and_the_name_of_who_looked(cast):
    venue = venue_of()
    with time_machine.travel(timezone.now() + YEAR):
        changed = check_again(venue, {"loop": marks(venue)["loop"]}, checked_by="Priya Nair", by=cast.priya)
        row = VenueFact.objects.get(venue=venue, code="loop")

        assert [one.code for one in changed] == ["loop"]
        assert (row.answer, row.checked_by, row.checked_on) == ("yes", "Priya Nair", today())
    assert VenueFact.objects.get(venue=venue, code="doors").checked_by == "Effie Laing"


def test_looking_again_at_something_that_changed_meanwhile_is_refused(cast):
    venue = venue_of()
    seen = marks(venue)
    save_facts(venue, {"loop": {"answer": "no"}}, checked_by="Rhona MacBain")

    with pytest.raises(ChangedMeanwhile) as refusal:
        check_again(venue, {"loop": seen["loop"]}, checked_by="Priya Nair", by=cast.priya)

    assert [row.code for row in refusal.value.rows] == ["loop"]
    assert VenueFact.objects.get(venue=venue, code="loop").checked_by == "Rhona MacBain"


def test_what_was_not_touched_keeps_what_somebody_else_wrote_meanwhile(cast):
    venue = venue_of()
    seen = marks(venue)
    save_facts(venue, {"loop": {"answer": "no", "words": "It is broken"}}, checked_by="Rhona MacBain")

    mine = {"loop": {"answer": "yes"}, "doors": {"answer": "described", "words": "90 cm"}}
    changed = save_facts(venue, mine, checked_by="Effie Laing", seen=seen)

    assert [row.code for row in changed] == ["doors"]
    loop = VenueFact.objects.get(venue=venue, code="loop")
    assert (loop.answer, loop.words, loop.checked_by) == ("no", "It is broken", "Rhona MacBain")


def test_what_was_touched_on_both_sides_is_refused_and_nothing_is_written(cast):
    venue = venue_of()
    seen = marks(venue)
    save_facts(venue, {"loop": {"answer": "no"}}, checked_by="Rhona MacBain")

    mine = {"loop": {"answer": "described", "words": "At the bar"}, "doors": {"answer": "no"}}
    with pytest.raises(ChangedMeanwhile) as refusal:
        save_facts(venue, mine, checked_by="Effie Laing", seen=seen)

    assert "Hearing loop" in refusal.value.sentences[0]
    assert VenueFact.objects.get(venue=venue, code="doors").answer == "yes"


def test_the_same_change_on_both_sides_is_no_conflict(cast):
    venue = venue_of()
    seen = marks(venue)
    save_facts(venue, {"loop": {"answer": "no"}}, checked_by="Rhona MacBain")

    assert save_facts(venue, {"loop": {"answer": "no"}}, checked_by="Effie Laing", seen=seen) == []


def test_what_is_not_checked_any_more_has_no_checker_and_may_have_a_day(cast):
    venue, day = venue_of(), today() + datetime.timedelta(days=9)

    save_facts(venue, {"loop": {"answer": "not_checked", "known_by": day}}, checked_by="Priya Nair")
    row = VenueFact.objects.get(venue=venue, code="loop")

    assert (row.checked_by, row.checked_on, row.known_by) == ("", None, day)
    assert fact_words(row).startswith("Not checked yet, known by ")


def test_a_changed_address_is_not_written_over_unseen(cast):
    venue = venue_of()
    seen = {"details": details_mark(venue)}
    change_venue(venue, details_of(venue, address="Hill"), {}, seen=seen, checked_by="Priya", by=cast.priya)

    with pytest.raises(ChangedMeanwhile) as refusal:
        change_venue(venue, details_of(venue, address="Mill"), {}, seen=seen, checked_by="Priya", by=cast.priya)
    change_venue(venue, details_of(venue), {}, seen=seen, checked_by="Priya", by=cast.priya)  # not touched: stays

    venue.refresh_from_db()
    assert (refusal.value.details, venue.address) == (True, "Hill")
    assert AuditEvent.objects.filter(record_type="training.venue", move="change", actor_id=cast.priya.pk).count() == 1


def test_people_read_what_is_known_then_what_is_not_and_barriers_apart(cast):
    venue = venue_of(known=["loop"])
    save_facts(venue, {"not_accessible": {"answer": "described", "words": "The stage"}}, checked_by="Effie Laing")
    save_facts(venue, {"food": {"answer": "not_checked", "known_by": today()}}, checked_by="")

    told = told_of(venue)

    assert [fact.code for fact, _row in told.rows] == ["loop", "food"]
    assert told.not_accessible.words == "The stage"
    assert len(told.unknown) == 14
    assert str(BY_CODE["doors"].label) in told.unknown


# --- The host's link ---

TABLE = {
    QuestionState.ASKED: {"withdraw": {"priya"}, "answer": {"link"}, "replace": {"system"}, "ask": {"priya"}},
    QuestionState.ANSWERED: {"withdraw": {"priya"}, "answer": {"link"}, "replace": {"system"}},
    QuestionState.WITHDRAWN: {"withdraw": {"priya"}},  # the same press again
}
DATA = {"answer": {"answers": {"loop": {"answer": "no"}}, "seen": {}}}


def question_in(cast, state):
    question = question_of(cast, venue_of())
    if state == QuestionState.ANSWERED:
        move(question, "answer", by=link_actor(question), data={"answers": {}, "seen": {}})
    if state == QuestionState.WITHDRAWN:
        return move(question, "withdraw", by=person(cast.priya))
    return VenueQuestion.objects.get(pk=question.pk)


def outcome(question, name, actor):
    try:
        return move(question, name, by=actor, data=DATA.get(name))
    except (PermissionDenied, Http404, Refused):
        return None


@pytest.mark.parametrize("state", list(QuestionState))
def test_moves_of_a_question_are_open_to_exactly_these(cast, state):
    question, found = question_in(cast, state), {}
    actors = {name: person(cast.fresh(name)) for name in PEOPLE}
    actors |= {
        "system": SYSTEM,
        "link": link_actor(question),
        "other link": link_actor(question_of(cast, venue_of("B"))),
    }
    for row in MOVES[VenueQuestion]:
        for who, actor in actors.items():
            with transaction.atomic():
                result = outcome(question, row.name, actor)
                transaction.set_rollback(True)
            if result is not None:
                assert result.state == row.to
                found.setdefault(row.name, set()).add(who)

    assert found == TABLE[state]


def test_a_new_link_ends_the_earlier_one(cast):
    venue = venue_of()
    first, second = question_of(cast, venue), question_of(cast, venue, email="other@example.org")

    rows = VenueQuestion.objects
    assert rows.live_by_token(first.raw_token).first() is None
    assert rows.live_by_token(second.raw_token).get() == second
    assert [row.state for row in rows.order_by("pk")] == ["withdrawn", "asked"]
    assert [mail.to for mail in OutgoingMail.objects.order_by("pk")] == ["effie@example.org", "other@example.org"]


def test_what_the_host_says_stands_under_the_hosts_name_and_the_asker_is_told(cast):
    venue = venue_of(known=[])
    question = question_of(cast, venue)
    data = {"answers": {"loop": {"answer": "no", "words": "Hand microphone"}}, "seen": marks(venue)}

    for _press in range(2):  # the same form sent twice
        move(question, "answer", by=link_actor(question), data=data)

    row = VenueFact.objects.get(venue=venue)
    assert (row.answer, row.words, row.checked_by, row.checked_on) == ("no", "Hand microphone", "Effie Laing", today())
    assert [mail.template for mail in OutgoingMail.objects.order_by("pk")] == ["venues/asked", "venues/answered"]


def test_after_its_day_the_link_takes_nothing(cast):
    question = question_of(cast, venue_of(known=[]))

    with time_machine.travel(question.expires_at + datetime.timedelta(minutes=1)), pytest.raises(PermissionDenied):
        move(question, "answer", by=link_actor(question), data=DATA["answer"])

    assert not VenueFact.objects.exists()


def test_who_was_asked_is_forgotten_a_year_after_the_link_ended(cast):
    rule = next(rule for rule in RETENTION if rule.record == "training.VenueQuestion")
    question_of(cast, venue_of())

    assert not rule.due().exists()
    with time_machine.travel(timezone.now() + YEAR + datetime.timedelta(days=31)):
        assert rule.due().count() == 1
