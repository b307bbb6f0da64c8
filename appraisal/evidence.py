"""Keeping, changing and removing examples, and saying who can see them. Asking others stands in asking.py."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from appraisal.enums import ACCOUNT, SENT, WITH_SECOND_MANAGER, Part
from appraisal.models import EvidenceConfirmation, EvidenceEntry, EvidenceReply, ReviewPart
from appraisal.permissions import can_edit_entry
from people import audit, transitions
from people.lib.dates import today
from people.models import ManagerCover, User
from people.transitions import ChangedSince, NotVisible, Refused

FIELDS = ("title", "happened_on", *ACCOUNT, "partnership", "engagement", "kind", "link")
SHOWN_TO_OTHERS = ("title", "happened_on", *ACCOUNT)


def keep_entry(owner: User, data: Mapping[str, Any], *, form_key=None) -> EvidenceEntry:
    """Keep a new example as a private draft; the same form sent twice changes its one example."""
    kept = EvidenceEntry.objects.of_owner(owner).filter(form_key=form_key) if form_key else EvidenceEntry.objects.none()
    again = kept.first()
    if again is not None:
        return change_entry(again, data, by=owner)
    entry = EvidenceEntry(owner=owner, **({"form_key": form_key} if form_key else {}))
    try:
        with transaction.atomic():
            _fill(entry, data)
            transitions.create(entry, "keep", by=transitions.person(owner))
            _fill_behaviours(entry, data)
    except IntegrityError:  # the same form arrived twice in the same moment
        return change_entry(kept.get(), data, by=owner)
    return entry


def change_entry(entry: EvidenceEntry, data: Mapping[str, Any], *, by: User, seen: int | None = None) -> EvidenceEntry:
    """Change an example. The text version rises when what others were shown changes, and only then."""
    with transaction.atomic():
        fresh = locked_entry(entry, by=by)
        if seen is not None and seen != fresh.version:
            raise ChangedSince(fresh)
        before = [getattr(fresh, name) for name in SHOWN_TO_OTHERS]
        old_file = _fill(fresh, data)
        if before != [getattr(fresh, name) for name in SHOWN_TO_OTHERS]:
            fresh.text_version += 1
        fresh.touch()
        fresh._history_user = by
        fresh.save()
        _fill_behaviours(fresh, data)
        if old_file:
            transaction.on_commit(lambda: fresh.file.storage.delete(old_file))
    return fresh


def discard_entry(entry: EvidenceEntry, *, by: User, seen: int | None = None) -> None:
    """Remove a draft for good. What somebody was asked about stays, so that no answer can be hidden."""
    with transaction.atomic():
        fresh = locked_entry(entry, by=by)
        if seen is not None and seen != fresh.version:
            raise ChangedSince(fresh)
        if sentence := why_not_discard(fresh):
            raise Refused(sentence)
        audit.record(fresh, "discard", frm=fresh.state, by=transitions.person(by))
        EvidenceEntry.objects.filter(pk=fresh.pk).delete()


def why_not_discard(entry: EvidenceEntry) -> str | None:
    """The sentence that keeps an example, or None."""
    if entry.is_shared:
        return _("A shared example cannot be deleted. Make it private first.")
    if entry.confirmations.exists():
        return _("Somebody was asked about this example, so it is kept.")
    return None


def reply_to_answer(confirmation: EvidenceConfirmation, text: str, *, by: User) -> EvidenceReply:
    """Put the owner's dated words beside an answer; the answer itself stays as it is."""
    with transaction.atomic():
        entry = locked_entry(confirmation.entry, by=by)
        fresh = EvidenceConfirmation.objects.get(pk=confirmation.pk, entry=entry)
        if not fresh.is_answered:
            raise Refused(_("There is no answer to reply to."))
        again = fresh.replies.filter(text=text).first()
        return again or EvidenceReply.objects.create(confirmation=fresh, text=text)


def locked_entry(entry: EvidenceEntry, *, by: User) -> EvidenceEntry:
    """The example as it now stands, locked; only for its owner."""
    fresh = EvidenceEntry.objects.visible_to(by).select_for_update().filter(pk=entry.pk).first()
    if fresh is None:
        raise NotVisible
    if not can_edit_entry(fresh, transitions.person(by)):
        raise PermissionDenied
    return fresh


def managers_of(owner: User) -> list[User]:
    """The current line managers of a person, by name."""
    return list(User.objects.filter(pk__in=owner.current_line_manager_ids).order_by("name"))


def manager_names(owner: User) -> list[str]:
    """Who reads what this person shares: the line managers, and whoever covers for them today."""
    covers = ManagerCover.objects.current().filter(manager_id__in=owner.current_line_manager_ids).exclude(cover=owner)
    names = [manager.name for manager in managers_of(owner)]
    return names + [name for name in covers.values_list("cover__name", flat=True) if name not in names]


def who_sees(entry: EvidenceEntry, viewer: User, managers: list[str], asked: Sequence[str] = ()) -> str:
    """Who can see the example now, for the person looking at it."""
    if viewer.pk != entry.owner_id:
        return f"{_who_sees_for_reader(entry.owner.name, viewer, managers)} {_read_in_reviews(entry, viewer)}".rstrip()
    told = _("%(names)s can read what you sent them.") % {"names": listed(list(asked))} if asked else ""
    if not entry.is_shared:
        return f"{_('Only you see this page.')} {told}" if told else _("Only you.")
    return " ".join(
        words for words in (f"{listed([_('You'), *managers])}.", told, _read_in_reviews(entry, viewer)) if words
    )


def _read_in_reviews(entry: EvidenceEntry, viewer: User) -> str:
    """Who reads a shared example in a review that rests on it, and does not see its own page: the second managers.

    The line manager of another post of its owner learns nothing of that review.
    """
    read = ReviewPart.objects.exclude(part=Part.SELF, sent_at=None).filter(ratings__examples=entry)
    if viewer.pk != entry.owner_id:
        read = read.filter(review__post_id__in=viewer.managed_post_ids)
    rows = read.filter(review__state__in=WITH_SECOND_MANAGER).order_by("review__second_manager__name")
    names = list(rows.values_list("review__second_manager__name", flat=True).distinct())
    words = _("%(names)s can read it in a review that rests on it, until that is closed.")
    return words % {"names": listed(names)} if names else ""


def _who_sees_for_reader(owner: str, viewer: User, managers: list[str]) -> str:
    """The same sentences whether anybody was asked or not: a reader is not told who was."""
    readers = [owner, *(_("you") if name == viewer.name else name for name in managers)]
    told = _("Somebody whom %(owner)s asks about it can read what they are sent.") % {"owner": owner}
    return f"{listed(readers)}. {told}"


def names_asked(confirmations) -> list[str]:
    """The people who were sent the account, each once."""
    return list(dict.fromkeys(row.name for row in confirmations if row.state in SENT))


def saves_itself(entry: EvidenceEntry) -> bool:
    """A draft that nobody else was shown; half a sentence must not put a mark beside somebody's answer."""
    return entry.is_draft and not entry.confirmations.filter(state__in=SENT).exists()


def names_answered(entry: EvidenceEntry) -> list[str]:
    """The people whose answer stands beside the example."""
    return list(entry.confirmations.answered().values_list("name", flat=True))


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: all but the last with commas."""
    if len(names) < 2:
        return "".join(names)
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def _fill(entry: EvidenceEntry, data: Mapping[str, Any]) -> str:
    """Set the fields; returns the path of a file that is no longer used."""
    for name in FIELDS:
        if name in data:
            setattr(entry, name, data[name])
    if entry.happened_on is None:
        entry.happened_on = today()
    old = (entry.file.name or "") if entry.file else ""
    new: File | None = data.get("file")
    if new is not None:
        entry.file, entry.file_name, entry.file_type = new, data["file_name"], data["file_type"]
        return old
    if data.get("remove_file") and old:
        entry.file, entry.file_name, entry.file_type = "", "", ""
        return old
    return ""


def _fill_behaviours(entry: EvidenceEntry, data: Mapping[str, Any]) -> None:
    if "behaviours" in data:
        entry.behaviours.set(data["behaviours"])
