"""The moves engine: order of questions, actors, repeats, versions, needs, locks, many. Uses the app tests.engine."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people import audit
from people.models import AuditEvent, OutgoingMail, User
from people.transitions import (
    SYSTEM,
    Actor,
    ChangedSince,
    NeedsNotMet,
    NotVisible,
    NotYours,
    Refused,
    WrongState,
    create,
    create_at_once,
    link_actor,
    move,
    move_many,
    moves_for,
    next_move,
    person,
)
from tests.engine.models import Outing, Question, Seat


@pytest.fixture
def outing(cast) -> Outing:
    return create(Outing(owner=cast.priya, guide=cast.morag), "plan", by=person(cast.priya))


@pytest.fixture
def seat(cast, outing) -> Seat:
    return create(Seat(outing=outing, owner=cast.ailsa, guide=cast.morag), "want", by=person(cast.ailsa))


@pytest.fixture
def question(cast) -> tuple[Question, str]:
    raw, hashed = Question.make_token()
    later = timezone.now() + timezone.timedelta(days=30)
    row = Question(token_hash=hashed, email="rhona@example.org", name="Rhona", expires_at=later)
    return create(row, "ask", by=person(cast.ailsa)), raw


def last_event(record) -> AuditEvent:
    return audit.events_of(record).first()


# --- Creating ---


def test_create_saves_the_record_and_one_audit_row(cast, outing):
    assert (outing.state, outing.version) == ("planned", 1)
    event = AuditEvent.objects.get()
    assert (event.record_type, event.record_id, event.move, event.frm, event.to) == (
        "engine.outing",
        outing.pk,
        "plan",
        "",
        "planned",
    )
    assert (event.actor_kind, event.actor_id, event.actor_label) == ("person", cast.priya.pk, "Priya Nair")


def test_create_keeps_the_person_it_is_about(cast, seat):
    assert last_event(seat).subject_id == cast.ailsa.pk


def test_create_by_the_wrong_person_writes_nothing(cast):
    with pytest.raises(NotYours):
        create(Outing(owner=cast.priya), "plan", by=person(cast.stranger))

    assert not Outing.objects.exists()
    assert not AuditEvent.objects.exists()


def test_create_reads_the_parent_as_it_stands_not_as_it_was_remembered(cast, outing):
    move(Outing.objects.get(pk=outing.pk), "end", by=person(cast.morag))
    assert outing.state == "planned"

    with pytest.raises(NeedsNotMet, match="The outing is over"):
        create(Seat(outing=outing, owner=cast.ailsa), "want", by=person(cast.ailsa))


# --- Moving: what it writes ---


def test_move_returns_the_record_fresh_with_a_new_version(cast, seat):
    before = seat.state_since

    moved = move(seat, "take", by=person(cast.ailsa), data={"note": "To learn", "reason": "Asked to"})

    assert (moved.state, moved.version, moved.note) == ("taken", 2, "To learn")
    assert moved.state_since > before
    assert moved.changed_at == moved.state_since
    assert Seat.objects.get(pk=seat.pk).state == "taken"
    event = last_event(seat)
    assert (event.move, event.frm, event.to, event.reason) == ("take", "wanted", "taken", "Asked to")


def test_an_effect_moves_another_record_as_the_system(cast, outing, seat):
    move(seat, "take", by=person(cast.ailsa), data={"note": "x"})

    outing.refresh_from_db()
    assert outing.state == "full"
    event = last_event(outing)
    assert (event.move, event.actor_kind, event.actor_id, event.actor_label) == (
        "fill",
        "system",
        None,
        "Common Ground",
    )


def test_notices_are_queued_with_the_move_and_sent_after_the_commit(
    cast, seat, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        move(seat, "take", by=person(cast.ailsa), data={"note": "x"})
        assert mailoutbox == []

    assert [(m.to, m.subject) for m in mailoutbox] == [(["guide@example.org"], "A seat was taken")]


def test_when_an_effect_fails_nothing_is_written_and_nothing_sent(cast, seat, mailoutbox):
    events = AuditEvent.objects.count()

    with pytest.raises(ZeroDivisionError):
        move(seat, "stumble", by=person(cast.ailsa))

    seat.refresh_from_db()
    assert (seat.state, seat.version) == ("wanted", 1)
    assert AuditEvent.objects.count() == events
    assert not OutgoingMail.objects.exists()


def test_acting_for_somebody_stands_in_the_audit(cast, outing):
    move(outing, "end", by=person(cast.morag, acting_for=cast.fergus))

    event = last_event(outing)
    assert (event.actor_id, event.acting_for_id) == (cast.morag.pk, cast.fergus.pk)


def test_data_that_the_move_does_not_take_is_a_programming_error(cast, seat):
    with pytest.raises(TypeError, match="take does not take state"):
        move(seat, "take", by=person(cast.ailsa), data={"state": "taken"})


def test_an_unknown_move_is_a_programming_error(cast, seat):
    with pytest.raises(KeyError):
        move(seat, "fly", by=person(cast.ailsa))


# --- The order of questions: 404, 403, 409 state, 409 version, 409 needs ---

ORDER = [
    # who, state before, seen, note -> what
    ("stranger", "taken", 99, "", NotVisible),
    ("stranger", "wanted", 1, "x", NotVisible),
    ("morag", "given_back", 99, "", NotYours),
    ("morag", "wanted", 1, "x", NotYours),
    ("ailsa", "taken", 99, "", WrongState),
    ("ailsa", "wanted", 99, "", ChangedSince),
    ("ailsa", "wanted", 1, "", NeedsNotMet),
    ("ailsa", "wanted", 1, "x", None),
    ("ailsa", "wanted", None, "x", None),
    ("ailsa", "given_back", None, "x", None),
]


@pytest.mark.parametrize(("who", "state", "seen", "note", "refusal"), ORDER)
def test_the_first_reason_against_a_move_is_the_one_given(cast, seat, who, state, seen, note, refusal):
    Seat.objects.filter(pk=seat.pk).update(state=state)

    def act():
        return move(seat, "take", by=person(getattr(cast, who)), data={"note": note}, seen=seen)

    if refusal is None:
        assert act().state == "taken"
    else:
        with pytest.raises(refusal) as raised:
            act()
        assert type(raised.value) is refusal


def test_refusals_map_to_404_403_and_409():
    from django.core.exceptions import PermissionDenied  # beside the assertion it serves
    from django.http import Http404

    assert issubclass(NotVisible, Http404)
    assert issubclass(NotYours, PermissionDenied)
    assert {WrongState, NeedsNotMet, ChangedSince} <= set(Refused.__subclasses__())


def test_all_missing_things_are_said_together(cast, outing, seat):
    Outing.objects.filter(pk=outing.pk).update(state="full")

    with pytest.raises(NeedsNotMet) as raised:
        move(seat, "take", by=person(cast.ailsa))

    assert raised.value.sentences == ["The outing is full.", "Say why you come."]


def test_a_wrong_state_is_named_in_words(cast, seat):
    Seat.objects.filter(pk=seat.pk).update(state="taken")

    with pytest.raises(WrongState) as raised:
        move(seat, "take", by=person(cast.ailsa))

    assert raised.value.sentences == ["This cannot be done any more: it is now “taken”."]


def test_a_record_that_is_gone_is_not_visible(cast, seat):
    Seat.objects.filter(pk=seat.pk).delete()

    with pytest.raises(NotVisible):
        move(seat, "take", by=person(cast.ailsa))


def test_the_state_of_the_row_counts_not_that_of_the_object(cast, seat):
    stale = Seat.objects.get(pk=seat.pk)
    move(seat, "take", by=person(cast.ailsa), data={"note": "x"})
    move(seat, "give_back", by=person(cast.morag))
    stale.state = "taken"

    with pytest.raises(WrongState):
        move(stale, "give_back", by=person(cast.ailsa))


# --- Repeats ---


def test_the_same_move_again_by_the_same_person_writes_nothing(cast, seat):
    move(seat, "take", by=person(cast.ailsa), data={"note": "x"})
    before = (AuditEvent.objects.count(), OutgoingMail.objects.count())

    again = move(seat, "take", by=person(cast.ailsa), data={"note": "other"}, seen=1)

    assert (again.state, again.version, again.note) == ("taken", 2, "x")
    assert (AuditEvent.objects.count(), OutgoingMail.objects.count()) == before


def test_reading_in_between_does_not_turn_a_repeat_into_a_refusal(cast, seat):
    move(seat, "take", by=person(cast.ailsa), data={"note": "x"})
    audit.record_read(seat, by=cast.morag)

    assert move(seat, "take", by=person(cast.ailsa)).version == 2


def test_the_same_move_by_another_person_is_refused(cast, seat):
    move(seat, "take", by=person(cast.ailsa), data={"note": "x"})
    move(seat, "give_back", by=person(cast.ailsa))

    with pytest.raises(WrongState):
        move(seat, "give_back", by=person(cast.morag))


def test_a_repeat_still_asks_who(cast, seat):
    move(seat, "take", by=person(cast.ailsa), data={"note": "x"})

    with pytest.raises(NotYours):
        move(seat, "take", by=person(cast.morag))


def test_an_older_move_is_not_a_repeat(cast, seat):
    ailsa = person(cast.ailsa)
    move(seat, "take", by=ailsa, data={"note": "x"})
    move(seat, "give_back", by=ailsa)

    moved = move(seat, "take", by=ailsa)

    assert moved.version == 4
    assert [e.move for e in audit.events_of(seat)] == ["take", "give_back", "take", "want"]


# --- Versions ---


def test_changed_since_gives_the_hour_and_the_record_as_it_stands(cast, seat):
    seat.note = "Edited elsewhere"
    seat.touch()
    seat.changed_at = timezone.datetime(2026, 1, 5, 10, 44, tzinfo=timezone.get_current_timezone())
    seat.save()

    with pytest.raises(ChangedSince) as raised:
        move(seat, "take", by=person(cast.ailsa), seen=1, data={"note": "Mine"})

    assert raised.value.sentences == ["This was changed at 10:44, after you opened it."]
    assert raised.value.record.note == "Edited elsewhere"


def test_a_version_from_a_form_may_be_text(cast, seat):
    assert move(seat, "take", by=person(cast.ailsa), seen="1", data={"note": "x"}).state == "taken"


# --- Actors ---


def test_every_kind_of_actor_against_every_kind_of_move(cast, outing, question):
    asked, _raw = question
    link = link_actor(asked)
    for by, right in [(person(cast.morag), True), (SYSTEM, True), (person(cast.priya), False), (link, False)]:
        names = [row.name for row, _ in moves_for(outing, by) if row.name == "end"]
        assert bool(names) is right, by
    for by, right in [(link, True), (SYSTEM, False), (person(cast.rhona), False), (Actor(), False)]:
        assert bool(moves_for(asked, by)) is right, by


def test_nobody_signed_in_has_no_move(cast, outing):
    with pytest.raises(NotYours):
        move(outing, "end", by=Actor())


def test_the_system_is_not_asked_whether_it_sees(outing):
    assert move(outing, "end", by=SYSTEM).state == "over"


def test_a_link_answers_its_own_record_without_a_name_or_an_hour(question):
    asked, raw = question
    holder = Question.objects.all().live_by_token(raw).get()

    moved = move(asked, "answer", by=link_actor(holder))

    assert moved.state == "answered"
    event = last_event(asked)
    assert (event.at, event.actor_id, event.actor_label, event.acting_for_id) == (None, None, "", None)
    assert event.actor_kind == "link"


def test_a_link_to_another_record_has_no_right(cast, question):
    asked, _raw = question
    _, other_hash = Question.make_token()
    other = Question(token_hash=other_hash, email="d@example.org", name="D", expires_at=asked.expires_at)
    create(other, "ask", by=person(cast.ailsa))

    with pytest.raises(NotYours):
        move(asked, "answer", by=link_actor(other))


@pytest.mark.parametrize("field", ["revoked_at", "expires_at"])
def test_a_dead_link_has_no_right(question, field):
    asked, raw = question
    Question.objects.filter(pk=asked.pk).update(**{field: timezone.now() - timezone.timedelta(seconds=1)})

    assert not Question.objects.all().live_by_token(raw).exists()
    with pytest.raises(NotYours):
        move(asked, "answer", by=link_actor(asked))


def test_a_wrong_token_finds_nothing(question):
    assert not Question.objects.all().live_by_token("").exists()
    assert not Question.objects.all().live_by_token("\ud800wrong").exists()


# --- What is open ---


def test_moves_for_lists_only_moves_of_the_state_that_are_this_persons(cast, seat):
    assert [(row.name, sentences) for row, sentences in moves_for(seat, person(cast.ailsa))] == [
        ("take", ["Say why you come."]),
        ("stumble", []),
    ]
    assert [row.name for row, _ in moves_for(seat, person(cast.morag))] == ["stumble"]
    assert moves_for(seat, person(cast.stranger)) == []


def test_next_move_is_the_first_without_a_sentence(cast, seat):
    assert next_move(seat, person(cast.ailsa)).name == "stumble"
    assert next_move(seat, person(cast.stranger)) is None


def test_who_asks_the_database_nothing(cast, seat):
    seat = Seat.objects.get(pk=seat.pk)
    with CaptureQueriesContext(connection) as queries:
        moves_for(seat, person(cast.morag))
    assert len(queries) == 0


# --- Many ---


def test_move_many_goes_in_order_and_one_refusal_stops_no_other(cast):
    rows = [create(Outing(owner=cast.priya, guide=cast.morag), "plan", by=person(cast.priya)) for _ in range(4)]
    Outing.objects.filter(pk=rows[1].pk).update(state="over")
    Outing.objects.filter(pk=rows[2].pk).update(guide=cast.fergus)

    results = move_many([rows[3], rows[2], rows[1], rows[0]], "end", by=person(cast.morag))

    assert [record.pk for record, _ in results] == [row.pk for row in rows]
    assert [type(refusal) for _, refusal in results] == [type(None), WrongState, NotVisible, type(None)]
    assert [Outing.objects.get(pk=row.pk).state for row in rows] == ["over", "over", "planned", "over"]


def test_many_made_at_once_are_made_and_kept_like_one(cast):
    rows = [Outing(owner=cast.priya, guide=cast.morag) for _ in range(3)]

    made = create_at_once(rows, "plan", by=person(cast.priya))

    assert [row.state for row in Outing.objects.filter(pk__in=[row.pk for row in made])] == ["planned"] * 3
    events = AuditEvent.objects.filter(record_type=Outing._meta.label_lower)
    assert list(events.values_list("move", "frm", "to", "actor_id")) == [("plan", "", "planned", cast.priya.pk)] * 3
    assert create_at_once([], "plan", by=person(cast.priya)) == []


def test_what_one_may_not_make_nobody_makes_at_once(cast):
    with pytest.raises(NotYours):
        create_at_once([Outing(owner=cast.morag, guide=cast.morag)], "plan", by=person(cast.ailsa))
    assert not Outing.objects.exists()


def test_move_many_does_not_hide_a_mistake_in_the_code(cast, seat):
    with pytest.raises(ZeroDivisionError):
        move_many([seat], "stumble", by=person(cast.ailsa))


# --- Locks ---


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row locks: one writer at a time")
def test_the_parent_is_locked_before_the_record(cast, seat):
    with CaptureQueriesContext(connection) as queries:
        move(seat, "take", by=person(cast.ailsa), data={"note": "x"})

    locks = [q["sql"].split(" FROM ")[1].split()[0] for q in queries if "FOR UPDATE" in q["sql"]]
    assert locks[:2] == ['"engine_outing"', '"engine_seat"']


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row locks: one writer at a time")
def test_creating_locks_the_parent(cast, outing):
    with CaptureQueriesContext(connection) as queries:
        create(Seat(outing=outing, owner=cast.ailsa), "want", by=person(cast.ailsa))

    statements = [q["sql"] for q in queries]
    locked = next(i for i, sql in enumerate(statements) if "FOR UPDATE" in sql and "engine_outing" in sql)
    written = next(i for i, sql in enumerate(statements) if sql.startswith('INSERT INTO "engine_seat"'))
    assert locked < written


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL locks rows")
@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_move_takes_the_writers_turn_at_its_start(committed_cast):
    by = person(committed_cast.morag)
    outing = create(Outing(owner=committed_cast.morag, guide=committed_cast.morag), "plan", by=by)

    with CaptureQueriesContext(connection) as queries:
        move(outing, "end", by=by)

    assert queries[0]["sql"] == "BEGIN IMMEDIATE"


def test_a_person_is_protected_from_removal(cast, seat):
    from django.db.models import ProtectedError  # beside the assertion it serves

    with pytest.raises(ProtectedError):
        User.objects.get(pk=cast.ailsa.pk).delete()
