"""What lies beside the form of a review, for either side: examples with partners' answers, notes, certificates, and
what was recorded last time. Each kind is one query, however much of it there is and however many behaviours are shown.

Nothing here says how much it is worth: no counts, no scores, and a certificate is learning and never proof of a level.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, F, OuterRef

from appraisal.enums import Answer
from appraisal.models import (
    BehaviourRating,
    EvidenceConfirmation,
    EvidenceEntry,
    ManagerNote,
    ReviewRecord,
)
from appraisal.ratings import offered_examples, offered_notes, self_level_is_hidden
from appraisal.writing import Draft
from training.models import Certificate, ModulePage


@dataclass
class PartnerAnswer:
    """What somebody who was there said of an example."""

    name: str
    organisation: str
    words: str
    label: str
    agrees: bool
    changed_since: bool
    decides: bool
    replies: list[str] = field(default_factory=list)


@dataclass
class OwnView:
    """What the person wrote about themselves, as far as the reader may see it now."""

    rating: BehaviourRating
    level_is_hidden: bool


@dataclass
class LastTime:
    """What the newest frozen record of the same post says about one behaviour."""

    review_id: int
    cycle: str
    mark: str
    words: str


@dataclass
class Beside:
    """Everything beside the form of one behaviour."""

    own: OwnView | None
    examples: list[EvidenceEntry]  # about this behaviour, or ticked for it
    others: list[EvidenceEntry]  # of the period
    notes: list[ManagerNote]
    other_notes: list[ManagerNote]
    certificates: list[Certificate]
    last: LastTime | None

    @property
    def count(self) -> int:
        """How many things are shown in full."""
        shown = len(self.examples) + len(self.notes) + len(self.certificates)
        return shown + (self.own is not None) + (self.last is not None)


def beside(draft: Draft, ratings: Sequence[BehaviourRating]) -> dict[int, Beside]:
    """Number of a behaviour -> what lies beside it, for these ratings of the draft."""
    examples, notes = _examples(draft, ratings), _notes(draft, ratings)
    certificates = list(Certificate.objects.held_by(draft.review.job_holder).standing())
    record = last_record(draft)
    return {row.behaviour.number: _for_one(draft, row, examples, notes, certificates, record) for row in ratings}


def last_record(draft: Draft) -> ReviewRecord | None:
    """The newest frozen record of an earlier review of the same post."""
    rows = ReviewRecord.objects.visible_to(draft.by).filter(review__post_id=draft.review.post_id)
    return rows.exclude(review_id=draft.review.pk).order_by("-pk").first()


def offered_modules(draft: Draft) -> list[tuple[str, list[tuple[int, str]]]]:
    """Modules to choose from as (short name of a behaviour, modules); first where help was wanted or the level is not
    above the expected one. A module stands under the first behaviour that it is about."""
    if draft.is_self:
        return []
    rows = sorted(draft.ratings, key=lambda row: not _talked_about(row, draft.own_view.get(row.behaviour_id)))
    tags = ModulePage._meta.get_field("behaviours").remote_field.through._default_manager
    about = defaultdict(list)
    wanted = [row.behaviour.text.behaviour_id for row in rows]
    found = tags.filter(behaviour__in=wanted, modulepage__live=True).order_by("modulepage__title")
    for behaviour, module, title in found.values_list("behaviour_id", "modulepage_id", "modulepage__title"):
        about[behaviour].append((module, title))
    groups, seen = [], set()
    for row in rows:
        fresh = [each for each in about[row.behaviour.text.behaviour_id] if each[0] not in seen]
        seen.update(module for module, _title in fresh)
        if fresh:
            groups.append((row.behaviour.text.short_name, fresh))
    return groups


def _talked_about(rating: BehaviourRating, own: BehaviourRating | None) -> bool:
    above = rating.level is not None and rating.level > rating.behaviour.level
    return bool(own and own.help.strip()) or (rating.is_answered and not above)


def _for_one(draft: Draft, rating: BehaviourRating, examples, notes, certificates, record) -> Beside:
    number, behaviour = rating.behaviour.number, rating.behaviour.text.behaviour
    near = [row for row in examples if number in row.tagged or number in row.ticked]
    near_notes = [row for row in notes if row.behaviour_id == behaviour.pk or number in row.ticked]
    own = draft.own_view.get(rating.behaviour_id)
    return Beside(
        own=OwnView(own, self_level_is_hidden(own, rating, draft.by)) if own else None,
        examples=near,
        others=[row for row in examples if row not in near],
        notes=near_notes,
        other_notes=[row for row in notes if row not in near_notes],
        certificates=[row for row in certificates if behaviour.code in {each["code"] for each in row.behaviours}],
        last=_last_time(record, behaviour.code),
    )


def _examples(draft: Draft, ratings: Sequence[BehaviourRating]) -> list[EvidenceEntry]:
    """The examples on offer, each with the numbers of the behaviours it is tagged with and ticked for."""
    rows = offered_examples(draft.review, draft.part.part)
    tags = EvidenceEntry._meta.get_field("behaviours").remote_field.through._default_manager
    ticks = BehaviourRating._meta.get_field("examples").remote_field.through._default_manager
    flags = {}
    for row in ratings:
        number, behaviour = row.behaviour.number, row.behaviour.text.behaviour_id
        flags[f"tagged_{number}"] = Exists(tags.filter(evidenceentry=OuterRef("pk"), behaviour=behaviour))
        flags[f"ticked_{number}"] = Exists(ticks.filter(evidenceentry=OuterRef("pk"), behaviourrating=row.pk))
    found = list(rows.annotate(**flags).select_related("partnership"))
    answers = _answers(rows)
    for entry in found:
        entry.answers = answers[entry.pk]
        entry.tagged, entry.ticked = _numbers(entry, "tagged", ratings), _numbers(entry, "ticked", ratings)
    return found


def _answers(entries) -> dict[int, list[PartnerAnswer]]:
    """Example -> what was said of it. A reply of the owner makes a row of its own; those to earlier answers are out."""
    rows = (
        EvidenceConfirmation.objects.answered()
        .filter(entry__in=entries.order_by().values("pk"))
        .select_related("organisation")
        .annotate(entry_version=F("entry__text_version"), reply=F("replies__text"), replied_at=F("replies__written_at"))
        .order_by("pk", "replies__pk")
    )
    found: dict[int, dict[int, PartnerAnswer]] = defaultdict(dict)
    for row in rows:
        answer = found[row.entry_id].setdefault(row.pk, _answer(row))
        if row.reply and row.replied_at >= row.answered_at:
            answer.replies.append(row.reply)
    return defaultdict(list, {entry: list(answers.values()) for entry, answers in found.items()})


def _answer(row: Any) -> PartnerAnswer:
    return PartnerAnswer(
        name=row.name,
        organisation=row.organisation_label,
        words=row.words,
        label=str(row.get_answer_display()),
        agrees=row.answer != Answer.NOT_SO,
        changed_since=row.text_version < row.entry_version,
        decides=row.decides,
    )


def _notes(draft: Draft, ratings: Sequence[BehaviourRating]) -> list[ManagerNote]:
    """The notes of the period, each with the numbers of the behaviours that it is ticked for."""
    ticks = BehaviourRating._meta.get_field("notes").remote_field.through._default_manager
    flags = {
        f"ticked_{row.behaviour.number}": Exists(ticks.filter(managernote=OuterRef("pk"), behaviourrating=row.pk))
        for row in ratings
    }
    found = list(offered_notes(draft.review).annotate(**flags))
    for note in found:
        note.ticked = _numbers(note, "ticked", ratings)
    return found


def _numbers(row: Any, flag: str, ratings: Sequence[BehaviourRating]) -> set[int]:
    numbers = [each.behaviour.number for each in ratings]
    return {number for number in numbers if getattr(row, f"{flag}_{number}")}


def _last_time(record: ReviewRecord | None, code: str) -> LastTime | None:
    """What was recorded; a behaviour that was not in that review has nothing."""
    said = (record.data.get("manager_part") or {}).get("ratings", {}).get(code) if record else None
    if record is None or said is None:
        return None
    return LastTime(record.review_id, record.data["cycle"]["name"], said["mark_words"], said["words"])
