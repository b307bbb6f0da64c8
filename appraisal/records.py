"""The frozen record of a review: what it holds, and writing it once at closing (DESIGN 5.4). Printing: record_pdf.py.

Everything is copied as it reads at that moment, in words and not in keys, so that the record can be read alone.
"""

import json
from typing import Any

from django.db.models import Max
from django.utils import timezone

from appraisal.enums import Part
from appraisal.models import (
    AppraisalReview,
    BehaviourRating,
    EvidenceConfirmation,
    EvidenceEntry,
    JobHolderResponse,
    ManagerNote,
    RecordAddition,
    ReviewPart,
    ReviewRecord,
    SharedVersion,
)
from people.models import User
from training.models import Certificate

FORMAT = 1  # of the JSON; a later form gets the next number and the reader knows both


def write_record(review: AppraisalReview) -> ReviewRecord:
    """Freeze the review, once a closing. Runs under the lock of the review, inside the closing move."""
    lock_sources(review)
    version = (review.records.aggregate(last=Max("version"))["last"] or 0) + 1
    number = record_number(review)
    content = json.dumps(
        {"format": FORMAT, "number": number, "version": version, **content_of(review)},
        ensure_ascii=False,
        sort_keys=True,
    )
    return ReviewRecord.objects.create(
        review=review, number=number, version=version, content=content, sha256=ReviewRecord.hash_of(content)
    )


def record_number(review: AppraisalReview) -> str:
    """The number of a review's record: the year of its cycle and the review, the same in every version."""
    return f"{review.cycle.ends_on.year}-{review.pk:06d}"


def lock_sources(review: AppraisalReview) -> None:
    """Lock examples and answers, then hold the answers for good: from now on they cannot be taken back."""
    ids = ticked_examples(review)
    list(EvidenceEntry.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    answers = EvidenceConfirmation.objects.answered().filter(entry_id__in=ids, signed_at=None)
    answers.update(signed_at=timezone.now())


def ticked_examples(review: AppraisalReview) -> list[int]:
    """Ids of the examples that either side's levels rest on."""
    through = BehaviourRating.examples.through.objects.filter(behaviourrating__part__review=review)
    return sorted(set(through.values_list("evidenceentry_id", flat=True)))


def freeze_shared(review: AppraisalReview, by: User) -> SharedVersion:
    """Keep what the person can read from now on, word for word."""
    content = {"manager": part_content(review.manager_part), "next_steps": _next_steps(review)}
    return SharedVersion.objects.create(review=review, text_version=review.text_version, content=content, shared_by=by)


def add_to_record(record: ReviewRecord, kind: str, words: str, *, by: User) -> RecordAddition:
    """Put a later fact beside a record; the record itself stays as it is."""
    return RecordAddition.objects.create(record=record, kind=kind, words=words, by=by)


def content_of(review: AppraisalReview) -> dict[str, Any]:
    """Everything that is signed, as it now reads."""
    cycle, framework = review.cycle, review.cycle.framework_version
    return {
        "cycle": {
            "name": cycle.name,
            "starts_on": str(cycle.starts_on),
            "ends_on": str(cycle.ends_on),
            "purpose": str(cycle.get_purpose_display()),
            "own_levels_hidden_first": cycle.hide_self_levels,
        },
        "framework": {"title": framework.title, "version": framework.number, "published": str(framework.published_on)},
        "job_holder": {"name": review.job_holder.name, "job_title": review.job_title, "team": review.team_name},
        "manager": review.manager.name,
        "second_manager": review.second_manager.name,
        "talk": {"on": str(review.talk_on or ""), "confirmed_by_both": review.talk_is_confirmed},
        "behaviours": _behaviours(review),
        "self": part_content(review.self_part) if review.self_part.sent_at else None,
        "manager_part": part_content(review.manager_part),
        "earlier_managers": [part_content(part) for part in _closed_parts(review)],
        "next_steps": _next_steps(review),
        "response": _response(review.response),
        "certificates": _certificates(review),
        "signatures": _signatures(review),
        "closed_at": timezone.now().isoformat(timespec="seconds"),
    }


def part_content(part: ReviewPart) -> dict[str, Any]:
    """What one side wrote: the summary and, behaviour by behaviour, level and words."""
    return {
        "author": part.author.name,
        "summary": part.summary,
        "ratings": {
            rating.behaviour.text.behaviour.code: {
                "mark": rating.mark,
                "mark_words": rating.mark_words,
                "words": rating.words,
                "help": rating.help,
                "examples": [entry.pk for entry in rating.examples.all()],
                "notes": [note.pk for note in rating.notes.all()],
            }
            for rating in part.ratings.all()
        },
    }


def _closed_parts(review: AppraisalReview) -> list[ReviewPart]:
    """Parts of earlier managers, as they stood at the handover."""
    closed = review.parts.filter(part=Part.MANAGER, closed_at__isnull=False).select_related("author")
    return list(closed.prefetch_related("ratings__behaviour__text__behaviour", "ratings__examples", "ratings__notes"))


def _behaviours(review: AppraisalReview) -> list[dict[str, Any]]:
    """Each behaviour with what the role expects and the examples and notes under it, as they now read."""
    parts = [review.manager_part, *([review.self_part] if review.self_part.sent_at else [])]
    ratings = [rating for part in parts for rating in part.ratings.all()]
    entries = _entries({entry.pk for rating in ratings for entry in rating.examples.all()})
    rows = []
    for expected in review.behaviours.select_related("text__behaviour"):
        under = [rating for rating in ratings if rating.behaviour_id == expected.pk]
        examples = sorted({entry.pk for rating in under for entry in rating.examples.all()})
        notes = {note.pk: note for rating in under for note in rating.notes.all()}
        rows.append(
            {
                "code": expected.text.behaviour.code,
                "name": expected.text.name,
                "definition": expected.text.definition,
                "expected": expected.level,
                "expected_words": str(expected.get_level_display()),
                "examples": [entries[pk] for pk in examples],
                "notes": [_note(notes[pk]) for pk in sorted(notes)],
            }
        )
    return rows


def _entries(ids: set[int]) -> dict[int, dict[str, Any]]:
    """Examples with the answers of those who were there, by key."""
    answers = EvidenceConfirmation.objects.answered()
    rows = EvidenceEntry.objects.filter(pk__in=ids).for_reading(answers)
    return {entry.pk: _example(entry) for entry in rows}


def _example(entry: EvidenceEntry) -> dict[str, Any]:
    return {
        "id": entry.pk,
        "title": entry.heading,
        "happened_on": str(entry.happened_on),
        "account": [list(step) for step in entry.account],
        "partnership": entry.partnership.name if entry.partnership else "",
        "engagement": entry.engagement.title if entry.engagement else "",
        "link": entry.link,
        "file": entry.file_name,
        "answers": [_answer(entry, row) for row in entry.confirmations.all()],
    }


def _answer(entry: EvidenceEntry, row: EvidenceConfirmation) -> dict[str, Any]:
    return {
        "name": row.name,
        "organisation": row.organisation_label,
        "answer": str(row.get_answer_display()),
        "words": row.words,
        "on": str(timezone.localdate(row.answered_at)),
        "changed_since": row.text_version < entry.text_version,
        "decides_something_of_theirs": row.decides,
        "replies": [reply.text for reply in row.replies.all()],
    }


def _note(note: ManagerNote) -> dict[str, Any]:
    return {
        "id": note.pk,
        "kind": str(note.get_kind_display()),
        "seen_on": str(note.seen_on),
        "raised_on": str(note.raised_on),
        "text": note.text,
        "answer": note.answer,
    }


def _next_steps(review: AppraisalReview) -> list[dict[str, Any]]:
    steps = review.next_steps.select_related("owner", "module")
    return [
        {
            "what": step.what,
            "who": step.owner.name,
            "by": str(step.due_on),
            "module": step.module.title if step.module else "",
        }
        for step in steps
    ]


def _response(response: JobHolderResponse | None) -> dict[str, Any] | None:
    if response is None:
        return None
    points = response.points.select_related("behaviour__text", "replied_by")
    return {
        "answer": response.answer,
        "answer_words": str(response.get_answer_display()),
        "words": response.words,
        "points": [
            {
                "behaviour": point.behaviour.text.name if point.behaviour else "",
                "words": point.words,
                "reply": point.reply,
                "replied_by": point.replied_by.name if point.replied_by else "",
            }
            for point in points
        ],
    }


def _certificates(review: AppraisalReview) -> list[dict[str, Any]]:
    """Learning of the behaviours in this review, as the certificates now stand. Never proof of a level."""
    codes = {row.text.behaviour.code for row in review.behaviours.select_related("text__behaviour")}
    rows = Certificate.objects.filter(holder_id=review.job_holder_id).order_by("completed_on", "pk")
    return [
        {
            "title": row.title,
            "code": row.grouped_code,
            "completed_on": str(row.completed_on),
            "expires_on": str(row.expires_on or ""),
            "status": row.status,
            "behaviours": [each["code"] for each in row.behaviours],
        }
        for row in rows
        if codes & {each["code"] for each in row.behaviours}
    ]


def _signatures(review: AppraisalReview) -> list[dict[str, Any]]:
    """Those that stand: of the text as it now is."""
    standing = review.signatures.filter(text_version=review.text_version).select_related("by")
    return [
        {
            "role": row.role,
            "role_words": str(row.get_role_display()),
            "name": row.by.name,
            "statement": row.statement,
            "words": row.words,
            "at": row.at.isoformat(timespec="seconds"),
        }
        for row in standing
    ]
