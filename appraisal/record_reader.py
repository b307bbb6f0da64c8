"""Reading a frozen record back: its JSON as plain data for the page, the PDF and "How this level came about".

Nothing here asks the database: a record says what it said on the day, whatever became of anything since. A part that
an older record does not hold reads as empty. Writing one stands in records.py.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime

from appraisal.record_document import (
    Answer,
    Behaviour,
    Certificate,
    Cycle,
    Day,
    Document,
    Example,
    Framework,
    Note,
    Person,
    Point,
    Reply,
    Response,
    Row,
    Sharing,
    Shown,
    Signature,
    Step,
    Summary,
    Talk,
    View,
)


def read(data: Row) -> Document:
    """The record's content as plain data."""
    examples = examples_of(data.get("examples") or ())
    notes = [_taken(Note, row, number=number) for number, row in enumerate(data.get("notes") or (), start=1)]
    certificates = [_taken(Certificate, row) for row in data.get("certificates") or ()]
    parts = _parts(data)
    return Document(
        number=data.get("number", ""),
        version=data.get("version", 0),
        cycle=_taken(Cycle, data.get("cycle")),
        framework=_taken(Framework, data.get("framework")),
        person=_taken(Person, data.get("job_holder")),
        manager=data.get("manager", ""),
        second_manager=data.get("second_manager", ""),
        earlier_managers=[row.get("author", "") for row in data.get("earlier_managers") or ()],
        has_self=bool(data.get("self")),
        talk=_taken(Talk, data.get("talk")),
        shared=[_taken(Sharing, row) for row in data.get("shared") or ()],
        behaviours=[
            behaviour_of({"number": number, **row}, parts, examples, notes, certificates)
            for number, row in enumerate(data.get("behaviours") or (), start=1)
        ],
        summaries=[Summary(part.who, part.is_self, part.row["summary"]) for part in parts if part.row.get("summary")],
        examples=examples,
        notes=notes,
        steps=[_taken(Step, row) for row in data.get("next_steps") or ()],
        response=_response(data.get("response")),
        certificates=certificates,
        signatures=[_taken(Signature, row, at=_moment(row.get("at"))) for row in data.get("signatures") or ()],
        closed_at=_moment(data.get("closed_at")),
    )


@dataclass(frozen=True)
class Part:
    """One side's part as it stands in the JSON, and whose it is."""

    who: str
    row: Row
    is_self: bool = False
    is_earlier: bool = False


def behaviour_of(
    row: Row,
    parts: Sequence[Part],
    examples: Sequence[Example],
    notes: Sequence[Note],
    certificates: Sequence[Certificate],
) -> Behaviour:
    """One behaviour with what each side said of it."""
    code, levels = row.get("code", ""), row.get("levels") or {}
    ratings = [(part, rating) for part in parts if (rating := (part.row.get("ratings") or {}).get(code))]
    return _taken(
        Behaviour,
        row,
        meaning=levels.get(str(row.get("expected")), ""),
        views=[_view(part, rating, levels, examples, notes) for part, rating in ratings],
        certificates=[each for each in certificates if code in each.behaviours],
    )


def examples_of(rows: Sequence[Row]) -> list[Example]:
    """Examples in order, each with its number and the answers beside it."""
    return [
        _taken(Example, row, number=number, answers=[_answer(each) for each in row.get("answers") or ()])
        for number, row in enumerate(rows, start=1)
    ]


def _parts(data: Row) -> list[Part]:
    own, manager = data.get("self"), data.get("manager_part")
    parts = [Part(own.get("author", ""), own, is_self=True)] if own else []
    parts += [Part(row.get("author", ""), row, is_earlier=True) for row in data.get("earlier_managers") or ()]
    return parts + ([Part(manager.get("author", ""), manager)] if manager else [])


def _view(part: Part, rating: Row, levels: Row, examples: Sequence[Example], notes: Sequence[Note]) -> View:
    mark = str(rating.get("mark", ""))
    return View(
        who=part.who,
        is_self=part.is_self,
        is_earlier=part.is_earlier,
        level=int(mark) if mark.isdigit() else None,
        mark_words=rating.get("mark_words", ""),
        meaning=levels.get(mark, ""),
        words=rating.get("words", ""),
        help=rating.get("help", ""),
        examples=[row for row in examples if row.id in (rating.get("examples") or ())],
        notes=[row for row in notes if row.id in (rating.get("notes") or ())],
    )


def _answer(row: Row) -> Answer:
    shown = row.get("shown")
    return _taken(
        Answer,
        row,
        shown=_taken(Shown, shown) if shown else None,
        replies=[_taken(Reply, each) for each in row.get("replies") or ()],
    )


def _response(row: Row | None) -> Response | None:
    if not row:
        return None
    return _taken(Response, row, points=[_taken(Point, each) for each in row.get("points") or ()])


def _taken(kind: type, row: Row | None, **more: Any) -> Any:
    """One of the classes above from its JSON: what it knows is taken, what is missing keeps its default."""
    row = row or {}
    known = {each.name: _value(each.type, row[each.name]) for each in fields(kind) if each.name in row}
    return kind(**{**known, **more})


def _value(kind: Any, value: Any) -> Any:
    """A day is a text in JSON; everything else is what it is."""
    return parse_date(str(value or "")) if kind == Day else value


def _moment(text: str | None) -> datetime.datetime | None:
    return parse_datetime(text) if text else None
