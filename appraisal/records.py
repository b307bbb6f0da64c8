"""The frozen record of a review: what it holds, and writing it once at closing (DESIGN 5.4).

Reading it back: record_reader.py; printing: record_pdf.py; what is put beside it later: additions.py.

Everything is copied as it reads at that moment, in words and not in keys, so that the record can be read alone.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisal.enums import Part
from appraisal.models import (
    AppraisalReview,
    BehaviourRating,
    EvidenceConfirmation,
    EvidenceEntry,
    ExpectedBehaviour,
    JobHolderResponse,
    ManagerNote,
    NextStep,
    ReviewPart,
    ReviewRecord,
    SharedVersion,
)
from partnerships.models import LevelText
from people.enums import Side
from people.models import User
from training.models import Certificate, ModulePage

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


def broken_records() -> Iterator[tuple[ReviewRecord, str]]:
    """Every record whose text or stored PDF is not what was hashed, with a sentence; one row in memory at a time."""
    for record in ReviewRecord.objects.select_related("pdf").order_by("pk").iterator(chunk_size=100):
        if sentence := why_broken(record):
            yield record, sentence


def why_broken(record: ReviewRecord) -> str | None:
    """What is wrong with a record or its PDF, or None. A PDF that is still to be made is not broken."""
    if not record.hash_holds:
        return _("The text is not the one that was hashed.")
    if (record.data.get("number"), record.data.get("version")) != (record.number, record.version):
        return _("The text is that of another record.")
    pdf = getattr(record, "pdf", None)
    if pdf is None:
        return None
    try:
        with pdf.file.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return _("The PDF that was stored is gone.")
    return None if digest == pdf.sha256 else _("The PDF is not the one that was stored.")


def lock_sources(review: AppraisalReview) -> None:
    """Lock examples and answers, then hold the answers for good: from now on they cannot be taken back."""
    ids = ticked_examples(review)
    list(EvidenceEntry.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    answers = EvidenceConfirmation.objects.answered().filter(entry_id__in=ids, signed_at=None)
    answers.update(signed_at=timezone.now())


def ticked_examples(review: AppraisalReview) -> list[int]:
    """Ids of the examples that the levels in the record rest on; what was never sent is not in it."""
    through = BehaviourRating.examples.through.objects.filter(behaviourrating__part__in=_parts(review))
    return sorted(set(through.values_list("evidenceentry_id", flat=True)))


def _parts(review: AppraisalReview) -> QuerySet[ReviewPart]:
    """What both sides wrote for each other to read; earlier managers' parts with them."""
    return review.parts.exclude(part=Part.SELF, sent_at=None)


def freeze_shared(review: AppraisalReview, by: User) -> SharedVersion:
    """Keep what the person can read from now on, word for word."""
    content = {"manager": part_content(review.manager_part), "next_steps": steps_content(review.next_steps.all())}
    return SharedVersion.objects.create(review=review, text_version=review.text_version, content=content, shared_by=by)


def content_of(review: AppraisalReview) -> dict[str, Any]:
    """Everything that is signed, as it now reads."""
    cycle, framework = review.cycle, review.cycle.framework_version
    notes = ManagerNote.objects.filter(pk__in=_ticked_notes(review)).select_related("author")
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
        "shared": _shared(review),
        "talk": {
            "on": str(review.talk_on or ""),
            "confirmed_by_both": review.talk_is_confirmed,
            "said_by_manager": review.talk_said_by_manager,
            "said_by_job_holder": review.talk_said_by_job_holder,
        },
        "behaviours": behaviours_content(review.behaviours.all()),
        "self": part_content(review.self_part) if review.self_part.sent_at else None,
        "manager_part": part_content(review.manager_part),
        "earlier_managers": [part_content(part) for part in _closed_parts(review)],
        "examples": examples_content(ticked_examples(review), EvidenceConfirmation.objects.answered()),
        "notes": [note_content(note) for note in notes.order_by("seen_on", "pk")],
        "next_steps": steps_content(review.next_steps.all()),
        "response": _response(review.response),
        "certificates": certificates_content(review),
        "signatures": _signatures(review),
        "closed_at": timezone.now().isoformat(timespec="seconds"),
    }


def part_content(part: ReviewPart) -> dict[str, Any]:
    """What one side wrote: the summary and, behaviour by behaviour, level and words."""
    return {
        "author": part.author.name,
        "summary": part.summary,
        "ratings": {rating.behaviour.text.behaviour.code: rating_content(rating) for rating in part.ratings.all()},
    }


def rating_content(rating: BehaviourRating) -> dict[str, Any]:
    """What one side chose for one behaviour, and why; examples and notes by their keys in the same document."""
    return {
        "mark": rating.mark,
        "mark_words": rating.mark_words,
        "words": rating.words,
        "help": rating.help,
        "examples": sorted(entry.pk for entry in rating.examples.all()),
        "notes": sorted(note.pk for note in rating.notes.all()),
    }


def behaviours_content(rows: QuerySet[ExpectedBehaviour]) -> list[dict[str, Any]]:
    """Behaviours with what the role expects and what each level means for staff."""
    found = list(rows.select_related("text__behaviour"))
    levels: dict[int, dict[str, str]] = {}
    for row in LevelText.objects.filter(behaviour_text__in=[row.text_id for row in found], side=Side.STAFF):
        levels.setdefault(row.behaviour_text_id, {})[str(row.level)] = row.text
    return [
        {
            "code": row.text.behaviour.code,
            "number": row.number,
            "name": row.text.name,
            "definition": row.text.definition,
            "expected": row.level,
            "expected_words": str(row.get_level_display()),
            "levels": levels.get(row.text_id, {}),
        }
        for row in found
    ]


def examples_content(ids: Iterable[int], answers: QuerySet[EvidenceConfirmation]) -> list[dict[str, Any]]:
    """Examples as they now read, the earliest first, each with those of the answers that stand beside it.

    One that its owner has made private again, after an earlier closing, is not shown to others by the next.
    """
    rows = EvidenceEntry.objects.shared().filter(pk__in=ids).for_reading(answers)
    return [_example(entry) for entry in rows.order_by("happened_on", "pk")]


def _example(entry: EvidenceEntry) -> dict[str, Any]:
    return {
        "id": entry.pk,
        "title": entry.heading,
        "happened_on": str(entry.happened_on),
        "account": [list(step) for step in entry.account],
        "partnership": entry.partnership.name if entry.partnership else "",
        "partnership_id": entry.partnership_id,
        "engagement": entry.engagement.title if entry.engagement else "",
        "engagement_on": str(entry.engagement.happened_on) if entry.engagement else "",
        "link": entry.link,
        "file": entry.file_name,
        "answers": [_answer(entry, row) for row in entry.confirmations.all()],
    }


def _answer(entry: EvidenceEntry, row: EvidenceConfirmation) -> dict[str, Any]:
    """An answer as it was given; when the account changed afterwards, with the text that it speaks of."""
    changed = row.text_version < entry.text_version
    shown = {"title": row.shown_title, "happened_on": str(row.shown_on), "text": row.shown_text}
    return {
        "name": row.name,
        "organisation": row.organisation_label,
        "answer": str(row.get_answer_display()),
        "answer_kind": row.answer,
        "words": row.words,
        "on": str(timezone.localdate(row.answered_at)),
        "changed_since": changed,
        "shown": shown if changed else None,
        "decides_something_of_theirs": row.decides,
        "asked_by": (row.sent_by or row.asked_by).name,
        "replies": [
            {"text": reply.text, "on": str(timezone.localdate(reply.written_at))}
            for reply in row.replies.all()
            if row.answered_at
            and reply.written_at >= row.answered_at  # earlier ones speak of an answer that was taken back
        ],
    }


def note_content(note: ManagerNote) -> dict[str, Any]:
    """A note as it reads, with the person's answer."""
    return {
        "id": note.pk,
        "kind": note.kind,
        "kind_words": str(note.get_kind_display()),
        "author": note.author.name,
        "seen_on": str(note.seen_on),
        "raised_on": str(note.raised_on),
        "text": note.text,
        "answer": note.answer,
    }


def steps_content(steps: QuerySet[NextStep]) -> list[dict[str, Any]]:
    """What follows, with the module of each step and the behaviours that it is about."""
    found = list(steps.select_related("owner", "module"))
    about: dict[int | None, list[str]] = {}
    tags = ModulePage.behaviours.through.objects.filter(modulepage_id__in=[step.module_id for step in found])
    for module_id, code in tags.order_by("behaviour__code").values_list("modulepage_id", "behaviour__code"):
        about.setdefault(module_id, []).append(code)
    return [
        {
            "what": step.what,
            "who": step.owner.name,
            "by": str(step.due_on),
            "module": step.module.title if step.module else "",
            "module_id": step.module_id,
            "behaviours": about.get(step.module_id, []),
        }
        for step in found
    ]


def certificates_content(review: AppraisalReview) -> list[dict[str, Any]]:
    """Learning about the behaviours of this review, as the certificates now stand. Never proof of a level."""
    codes = set(review.behaviours.values_list("text__behaviour__code", flat=True))
    rows = Certificate.objects.standing().filter(holder_id=review.job_holder_id).order_by("completed_on", "pk")
    return [certificate_content(row) for row in rows if codes & {each["code"] for each in row.behaviours}]


def certificate_content(row: Certificate) -> dict[str, Any]:
    """A certificate as it now stands."""
    return {
        "title": row.title,
        "code": row.grouped_code,
        "completed_on": str(row.completed_on),
        "expires_on": str(row.expires_on or ""),
        "status": row.status,
        "behaviours": [each["code"] for each in row.behaviours],
    }


def _closed_parts(review: AppraisalReview) -> QuerySet[ReviewPart]:
    """Parts of earlier managers, as they stood at the handover."""
    closed = review.parts.filter(part=Part.MANAGER, closed_at__isnull=False).select_related("author")
    return closed.prefetch_related("ratings__behaviour__text__behaviour", "ratings__examples", "ratings__notes")


def _ticked_notes(review: AppraisalReview) -> QuerySet:
    through = BehaviourRating.notes.through.objects.filter(behaviourrating__part__in=_parts(review))
    return through.values("managernote_id")


def _shared(review: AppraisalReview) -> list[dict[str, Any]]:
    """When which version of the text was shared; the last one is what was answered and signed."""
    rows = review.shared_versions.select_related("shared_by").order_by("text_version")
    return [
        {"version": row.text_version, "by": row.shared_by.name, "on": str(timezone.localdate(row.shared_at))}
        for row in rows
    ]


def _response(response: JobHolderResponse | None) -> dict[str, Any] | None:
    if response is None:
        return None
    points = response.points.select_related("behaviour__text", "replied_by")
    return {
        "answer": response.answer,
        "answer_words": str(response.get_answer_display()),
        "words": response.words,
        "on": str(timezone.localdate(response.answered_at)),
        "points": [
            {
                "behaviour": point.behaviour.text.name if point.behaviour else "",
                "words": point.words,
                "reply": point.reply,
                "replied_by": point.replied_by.name if point.replied_by else "",
                "replied_on": str(timezone.localdate(point.replied_at)) if point.replied_at else "",
            }
            for point in points
        ],
    }


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
