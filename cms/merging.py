"""Two organisations on the list that are one and the same: one stays, the other goes into it with all that is its.

What follows is listed by each app (POINTERS). The row of the one that went stays as history; its name is known from
then on as a name of the one that stays. Nothing is taken back by itself: the audit tells what moved.
"""

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from appraisal.merging import POINTERS as APPRAISAL
from partnerships.merging import POINTERS as PARTNERSHIPS
from people import audit
from people.enums import Role
from people.merging import POINTERS as PEOPLE
from people.models import AuditEvent, Organisation, User
from people.transitions import NotYours, Refused
from training.merging import POINTERS as TRAINING

POINTERS = (*PEOPLE, *PARTNERSHIPS, *TRAINING, *APPRAISAL)
MOVE = "merge"
SHOWN = 25
SMALL_WORDS = 3  # letters; shorter words say little about who somebody is


@dataclass(frozen=True)
class Merged:
    """One merge of the past: what went, into what, when, and who decided it."""

    gone: Organisation
    kept: Organisation
    told: AuditEvent | None

    @property
    def what(self) -> str:
        """What moved, as the audit has it."""
        return self.told.reason.rpartition(": ")[2] if self.told else ""


def what_follows(gone: Organisation) -> list[str]:
    """In words and numbers, what points to it and may be told; empty when that is nothing."""
    counts = [(row.words, row.rows(gone).count()) for row in POINTERS if row.words is not None]
    return [str(words % {"n": count}) for words, count in counts if count]


def mark_of(gone: Organisation, kept: Organisation, lines: list[str]) -> str:
    """The same as long as the page about the two would say the same."""
    said = [value for one in (gone, kept) for value in (one.name, one.sector, one.size)]
    return hashlib.sha256("\n".join([*said, *lines]).encode()).hexdigest()[:16]


def why_not(gone: Organisation, kept: Organisation) -> list[str]:
    """Why these two cannot become one, in sentences."""
    sentences = [_merged_already(one) for one in (gone, kept) if one.merged_into_id]
    if gone.pk == kept.pk:
        sentences.append(_("These are one organisation already."))
    words = _("%(name)s is the host body. Who works there is kept with posts, so nothing is merged with it.")
    return sentences + [words % {"name": one.name} for one in dict.fromkeys((gone, kept)) if one.is_host]


def merge(gone: Organisation, kept: Organisation, *, by: User, seen: str) -> bool:
    """Let one go into the other. The same once more changes nothing and is a success: False.

    Raises Refused when they cannot become one, or when the page that was `seen` said something else.
    """
    if not by.has_role(Role.COORDINATOR):
        raise NotYours
    with transaction.atomic():
        rows = Organisation.everything.select_for_update().filter(pk__in=[gone.pk, kept.pk]).order_by("pk")
        found = {row.pk: row for row in rows}
        gone, kept = found[gone.pk], found[kept.pk]
        if gone.merged_into_id == kept.pk and not kept.merged_into_id:
            return False
        sentences = why_not(gone, kept)
        if sentences:
            raise Refused(*sentences)
        lines = what_follows(gone)
        if seen != mark_of(gone, kept, lines):
            raise Refused(_("Something changed after you opened this page. Read it again before you merge them."))
        _merge(gone, kept)
        audit.record_change(gone, MOVE, by=by, reason=_into(kept, lines))
        audit.record_change(kept, "take_in", by=by, reason=_from(gone, lines))
    return True


def follow_late() -> int:
    """For tick: what was written about an organisation in the moment of its merge follows; returns how many records."""
    count = 0
    for row in POINTERS:
        for pk in row.late():
            with transaction.atomic():
                gone = Organisation.everything.select_for_update().get(pk=pk)
                count += row.rows(gone).count()
                row.move(gone, Organisation.everything.get(pk=gone.merged_into_id))
    return count


def merged_lately() -> list[Merged]:
    """The last merges, the newest first; two queries."""
    gone = Organisation.everything.exclude(merged_into=None).select_related("merged_into")
    rows = list(gone.order_by("-merged_at", "-pk")[:SHOWN])
    events = AuditEvent.objects.filter(
        record_type=Organisation._meta.label_lower, record_id__in=[row.pk for row in rows], move=MOVE
    )
    told = {event.record_id: event for event in events}
    return [Merged(row, row.merged_into, told.get(row.pk)) for row in rows if row.merged_into is not None]


def alike() -> list[tuple[Organisation, Organisation]]:
    """Pairs on the list whose names are of the same words: they may be one. The one that was there first stays."""
    found: dict[str, Organisation] = {}
    pairs = []
    for row in Organisation.objects.filter(is_host=False).order_by("pk").only("name"):
        key = _words_of(row.name)
        if key and key in found:
            pairs.append((row, found[key]))
        found.setdefault(key, row)
    return pairs[:SHOWN]


def _merge(gone: Organisation, kept: Organisation) -> None:
    for row in POINTERS:
        row.move(gone, kept)
    gone.merged_into, gone.merged_at = kept, timezone.now()
    gone.save(update_fields=["merged_into", "merged_at"])


def _words_of(name: str) -> str:
    letters = "".join(letter if letter.isalnum() else "" if letter in "'’." else " " for letter in name.casefold())
    return " ".join(sorted(word for word in letters.split() if len(word) > SMALL_WORDS))


def _merged_already(row: Organisation) -> str:
    kept = Organisation.everything.get(pk=row.merged_into_id)
    words = _("%(name)s was merged into %(kept)s on %(day)s.")
    day = date_format(timezone.localtime(row.merged_at), "j F Y")
    return words % {"name": row.name, "kept": kept.name, "day": day}


def _into(kept: Organisation, lines: list[str]) -> str:
    return _("into “%(name)s” (%(pk)d): %(what)s") % {"name": kept.name, "pk": kept.pk, "what": _what(lines)}


def _from(gone: Organisation, lines: list[str]) -> str:
    return _("“%(name)s” (%(pk)d): %(what)s") % {"name": gone.name, "pk": gone.pk, "what": _what(lines)}


def _what(lines: list[str]) -> str:
    return ", ".join(lines) or _("nothing that points to it")
