"""Moves of the practice app."""

from people.mail import queue_rendered
from people.transitions import SYSTEM, Move, move
from tests.engine.models import Outing, Question, Seat


def owner_or_guide(record, by):
    return by.user_id in (record.owner_id, record.guide_id)


def guide_or_system(record, by):
    return by.kind == "system" or by.user_id == record.guide_id


def outing_planned(seat, by, data):
    return None if seat.outing.state == "planned" else "The outing is full."


def outing_not_over(seat, by, data):
    return "The outing is over." if seat.outing.state == "over" else None


def note_given(seat, by, data):
    return None if data.get("note") or seat.note else "Say why you come."


def keep_note(seat, by, data):
    seat.note = data.get("note", seat.note)


def fill_outing(seat, by, data):
    move(seat.outing, "fill", by=SYSTEM)


def reopen_outing(seat, by, data):
    move(seat.outing, "reopen", by=SYSTEM)


def tell_guide(seat, by, data):
    queue_rendered("engine/taken", "guide@example.org", "A seat was taken", "Somebody comes.")


def stumble(seat, by, data):
    raise ZeroDivisionError


MOVES = {
    Outing: (
        Move("plan", (), "planned", who=owner_or_guide),
        Move("fill", ("planned",), "full", who=lambda outing, by: by.kind == "system"),
        Move("reopen", ("full",), "planned", who=guide_or_system),
        Move("end", ("planned", "full"), "over", who=guide_or_system, label="End it"),
    ),
    Seat: (
        Move(
            "want",
            (),
            "wanted",
            who=owner_or_guide,
            needs=(outing_not_over,),
            inputs=("note",),
            effects=(keep_note,),
            lock="outing",
        ),
        Move(
            "take",
            ("wanted", "given_back"),
            "taken",
            who=lambda seat, by: by.user_id == seat.owner_id,
            needs=(outing_planned, note_given),
            inputs=("note", "reason"),
            effects=(keep_note, fill_outing),
            notices=(tell_guide,),
            lock="outing",
            label="Take the seat",
        ),
        Move(
            "give_back",
            ("taken",),
            "given_back",
            who=owner_or_guide,
            inputs=("reason",),
            effects=(reopen_outing,),
            lock="outing",
        ),
        Move("stumble", ("wanted",), "taken", who=owner_or_guide, effects=(stumble,), notices=(tell_guide,)),
    ),
    Question: (
        Move("ask", (), "asked", who=lambda question, by: by.kind == "person"),
        Move(
            "answer",
            ("asked",),
            "answered",
            who=lambda question, by: by.kind == "link" and by.holds_link_to(question),
            inputs=("reason",),
            anonymous=True,
        ),
    ),
}
