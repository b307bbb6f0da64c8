"""What was shared and what was frozen, for many reviews at once: the shape comes from appraisal/records.py.

One record of each job family is made by the real function; the others take what all of a family share from it and
put in what is their own, again through the real functions. Read after the rows were written.
"""

import datetime
import json
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from appraisal import records
from appraisal.enums import Part, ReviewState
from appraisal.models import AppraisalReview, EvidenceConfirmation, NextStep, ReviewRecord, SharedVersion
from cms.scale.reviews import STEPS_EACH, Told
from cms.scale.writer import Writer


class Freezer:
    """Keeps the pattern of each job family and cycle."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.patterns: dict[tuple[int, str], dict[str, Any]] = {}

    def freeze(self, told: list[Told]) -> None:
        """Write what was shared, and the record of what was closed."""
        steps = _steps(told)
        for one in told:
            self._share(one, steps[one.review.pk])
        self.writer.flush()
        closed = [one for one in told if one.review.state == ReviewState.CLOSED]
        examples = _examples(closed)
        for one in closed:
            self._record(one, steps[one.review.pk], examples)
        self.writer.flush()

    def _share(self, told: Told, steps: list[dict[str, Any]]) -> None:
        content = {"manager": records.part_content(told.parts[Part.MANAGER]), "next_steps": steps}
        self.writer.add(
            SharedVersion(
                review=told.review,
                text_version=1,
                content=content,
                shared_by=told.member.manager,
                shared_at=told.days[2],
            )
        )

    def _record(self, told: Told, steps: list[dict[str, Any]], examples: dict[int, dict[str, Any]]) -> None:
        number = records.record_number(told.review)
        content = json.dumps(
            {"format": records.FORMAT, "number": number, "version": 1, **self._content(told, steps, examples)},
            ensure_ascii=False,
            sort_keys=True,
        )
        self.writer.add(
            ReviewRecord(
                review=told.review,
                number=number,
                created_at=told.days[5],
                content=content,
                sha256=ReviewRecord.hash_of(content),
            )
        )

    def _content(self, told: Told, steps: list[dict[str, Any]], examples: dict[int, dict[str, Any]]) -> dict[str, Any]:
        member, row, days = told.member, told.review, told.days
        pattern = self._pattern(told)
        ticked = _ticked(told)
        return pattern | {
            "job_holder": {"name": member.user.name, "job_title": row.job_title, "team": row.team_name},
            "manager": member.manager.name,
            "second_manager": member.second_manager.name,
            "shared": [pattern["shared"][0] | {"by": member.manager.name, "on": _day(days[2])}],
            "talk": pattern["talk"] | {"on": str(row.talk_on)},
            "self": records.part_content(told.parts[Part.SELF]),
            "manager_part": records.part_content(told.parts[Part.MANAGER]),
            "examples": sorted((examples[pk] for pk in ticked), key=lambda each: (each["happened_on"], each["id"])),
            "notes": [records.note_content(note) for note in _notes(told)],
            "next_steps": steps,
            "response": pattern["response"] | _response(told),
            "certificates": [records.certificate_content(row) for row in _certificates(told, pattern)],
            "signatures": [
                each | {"name": row.by.name, "statement": row.statement, "at": _time(row.at)}
                for each, row in zip(pattern["signatures"], told.signatures, strict=True)
            ],
            "closed_at": _time(days[5]),
        }

    def _pattern(self, told: Told) -> dict[str, Any]:
        key = (told.review.cycle_id, told.member.family)
        if key not in self.patterns:
            self.patterns[key] = records.content_of(AppraisalReview.objects.get(pk=told.review.pk))
        return self.patterns[key]


def _steps(told: Iterable[Told]) -> dict[int, list[dict[str, Any]]]:
    """What follows from each review, read for all of them at once."""
    ids = [one.review.pk for one in told]
    rows = NextStep.objects.filter(review_id__in=ids).order_by("review_id", "number")
    content = records.steps_content(rows)
    return {pk: content[first * STEPS_EACH : (first + 1) * STEPS_EACH] for first, pk in enumerate(sorted(ids))}


def _examples(told: Iterable[Told]) -> dict[int, dict[str, Any]]:
    ids = {pk for one in told for pk in _ticked(one)}
    return {row["id"]: row for row in records.examples_content(ids, EvidenceConfirmation.objects.answered())}


def _ticked(told: Told) -> set[int]:
    return {
        entry.pk for part in told.parts.values() for rating in part.ratings.all() for entry in rating.examples.all()
    }


def _notes(told: Told) -> list:
    return list(
        {note.pk: note for rating in told.parts[Part.MANAGER].ratings.all() for note in rating.notes.all()}.values()
    )


def _certificates(told: Told, pattern: dict[str, Any]) -> list:
    codes = {row["code"] for row in pattern["behaviours"]}
    rows = [row for row, about in told.member.certificates if about & codes]
    return sorted(rows, key=lambda row: (row.completed_on, row.pk))


def _response(told: Told) -> dict[str, Any]:
    row = told.response
    return {
        "answer": row.answer,
        "answer_words": str(row.get_answer_display()),
        "words": row.words,
        "on": _day(row.answered_at),
    }


def _day(at: datetime.datetime) -> str:
    return str(timezone.localdate(at))


def _time(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).isoformat(timespec="seconds")
