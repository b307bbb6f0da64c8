"""Noting what a manager saw, and the person's answer beside it (DESIGN 5.2). A note is never changed or taken away.

Who sees which notes stands in querysets/review.py, who may write and answer in permissions.py.
"""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisal.models import ManagerNote
from appraisal.permissions import can_answer_note, can_write_note
from appraisal.review_notifications import tell_note_answered, tell_noted
from people import audit
from people.lib.dates import today
from people.models import AuditEvent, Post, User
from people.transitions import NotVisible, NotYours, Refused, person

WORDS = ("kind", "behaviour", "seen_on", "text")


def write_note(post: Post, data: Mapping[str, Any], *, form_key: uuid.UUID, by: User) -> ManagerNote:
    """Keep a note of kind, behaviour, seen_on, text, and tell the person at once.

    The same form sent twice is one note. Raises NotYours, or Refused with sentences.
    """
    if not can_write_note(post, person(by)):
        raise NotYours
    if sentence := why_not_noted(data["text"], data["seen_on"]):
        raise Refused(sentence)
    note = ManagerNote(post=post, person=post.person, author=by, form_key=form_key, **{row: data[row] for row in WORDS})
    try:
        with transaction.atomic():
            note.save()
            audit.record_change(note, "note", by=by, subject_id=note.person_id)
            tell_noted(note)
    except IntegrityError:  # the form arrived before
        return _kept(note)
    return note


def why_not_noted(text: str, seen_on: datetime.date) -> str | None:
    """The sentence that keeps a note from being written, or None."""
    if not text.strip():
        return _("Write down what you saw or heard.")
    return _("The day must be today or in the past.") if seen_on > today() else None


def answer_note(note: ManagerNote, words: str, *, by: User) -> ManagerNote:
    """Put the person's answer beside a note, once; it then stands with its date. Those who manage the post are told.

    Raises NotVisible, NotYours, or Refused when it was answered already.
    """
    with transaction.atomic():
        fresh = ManagerNote.objects.visible_to(by).select_for_update().filter(pk=note.pk).first()
        if fresh is None:
            raise NotVisible
        if not can_answer_note(fresh, person(by)):
            raise NotYours
        if fresh.answer:
            return _answered(fresh, words)
        if not words.strip():
            raise Refused(_("Write your answer."))
        fresh.answer, fresh.answered_at = words, timezone.now()
        fresh.save(update_fields=["answer", "answered_at"])
        audit.record_change(fresh, "answer", by=by, subject_id=fresh.person_id)
        for reader in _readers(fresh):
            tell_note_answered(fresh, reader)
    return fresh


def notes_about(user: User) -> QuerySet[ManagerNote]:
    """Everything noted about a person, the latest first; `opened` says whether they have had it before them."""
    return ManagerNote.objects.about(user).for_reading().annotate(opened=_opened_by(user)).order_by("-seen_on", "-pk")


def unread_notes(user: User) -> QuerySet[ManagerNote]:
    """Notes about a person that they have neither had before them nor answered."""
    rows = ManagerNote.objects.about(user).filter(~_opened_by(user), answer="")
    return rows.select_related("author").order_by("pk")


def _opened_by(user: User) -> Exists:
    rows = AuditEvent.objects.filter(record_type=ManagerNote._meta.label_lower, record_id=OuterRef("pk"))
    return Exists(rows.filter(move=audit.READ, actor_id=user.pk))


def _kept(note: ManagerNote) -> ManagerNote:
    """The note of the form that was sent before, when it says the same."""
    kept = ManagerNote.objects.filter(form_key=note.form_key, author_id=note.author_id, post_id=note.post_id).first()
    if kept is None or any(getattr(kept, name) != getattr(note, name) for name in WORDS):
        raise Refused(_("You have sent this form already, with other words. A note cannot be changed; write another."))
    return kept


def _answered(note: ManagerNote, words: str) -> ManagerNote:
    if note.answer == words:
        return note
    raise Refused(_("You have answered this note already. Your answer stands beside it."))


def _readers(note: ManagerNote) -> list[User]:
    """Whoever wrote it, while they manage or cover the post, and the line manager of today."""
    post = Post.objects.current().filter(pk=note.post_id).select_related("line_manager").first()
    if post is None:
        return []
    writes = Post.objects.current().managed_by(note.author).filter(pk=post.pk).exists()
    readers = [note.author] if writes else []
    return readers if post.line_manager in (None, *readers) else [*readers, post.line_manager]
