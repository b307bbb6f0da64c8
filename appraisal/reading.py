"""Opening somebody's review: every reading by somebody else is kept and shown to the person (DESIGN 5.9, 12).

Which rows somebody sees stands in querysets/review.py; what they may do in workflow/reviews.py; how what was written
is laid out in written.py. Here stands who is named as a reader, and what the page says about that.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef
from django.db.models.functions import TruncDate
from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appraisal.enums import AFTER_SHARING, UNDER_WAY, ReviewState
from appraisal.evidence import listed
from appraisal.models import AppraisalReview, ReasonedAccess, ReviewPart, ReviewRecord
from people import audit
from people.enums import Role
from people.models import AuditEvent, ManagerCover, User

# Moves that somebody gave a reason for, which the person and the line manager read; and how they are told
REASONED = {
    "return_to_manager": gettext_lazy("%(name)s asked the manager to look again on %(day)s."),
    "reassign": gettext_lazy("%(name)s handed the review over to another manager on %(day)s."),
    "reassign_later": gettext_lazy("%(name)s handed the review over to another manager on %(day)s."),
    "name_second_manager": gettext_lazy("%(name)s named another second manager on %(day)s."),
    "reopen": gettext_lazy("%(name)s opened the review again on %(day)s."),
    "void": gettext_lazy("%(name)s declared the review void on %(day)s."),
}


@dataclass(frozen=True)
class Reader:
    """Somebody who can read something of a review now, and on what ground when it is not their review or their job."""

    user: User
    ground: str = ""


@dataclass(frozen=True)
class Reading:
    """One person's readings on one day."""

    name: str
    role: str
    day: datetime.date
    times: int
    reasons: Sequence[str] = ()


@dataclass(frozen=True)
class Told:
    """Something that happened to a review, told in a sentence, and the reason given for it."""

    words: str
    reason: str
    actor_id: int | None


@dataclass
class History:
    """Who read a review, and what happened to it for a reason; the latest first."""

    readings: list[Reading] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)


def readable_review(user: User, pk: int) -> AppraisalReview:
    """The review with everybody named on it; Http404 when its page is not theirs to open."""
    found = AppraisalReview.objects.readable_by(user).with_readers().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def versions_of(user: User, pk: int) -> list[ReviewRecord]:
    """The versions of a review's record that this person may read, the newest first; Http404 when there is none."""
    rows = ReviewRecord.objects.visible_to(user).filter(review_id=pk)
    versions = list(
        rows.select_related("review__job_holder", "review__cycle", "review__post__line_manager", "pdf").order_by(
            "-version"
        )
    )
    if not versions:
        raise Http404
    return versions


def note_reading(review: AppraisalReview, by: User) -> None:
    """Keep that somebody other than the person opened the review; the only write that a GET causes."""
    if by.pk != review.job_holder_id:
        audit.record_read(review, by=by)


def just_did(user: User, pk: int, names: Iterable[str]) -> bool:
    """True when the last thing that happened to this review is such a move of this very person.

    A second manager can no longer open a review after closing it; pressing twice must not look like an error.
    """
    events = AuditEvent.objects.filter(record_type=AppraisalReview._meta.label_lower, record_id=pk)
    last = events.exclude(move=audit.READ).first()
    return last is not None and last.actor_id == user.pk and last.move in set(names)


def accesses_of(review: AppraisalReview) -> Sequence[ReasonedAccess]:
    """Every opening of the content for a reason, the latest first; `opens` says whether it still opens anything."""
    still = User.objects.filter(pk=OuterRef("reader_id"), is_active=True, groups__name=Role.HR)
    rows = list(review.accesses.select_related("reader").annotate(is_administrator=Exists(still)))
    for row in rows:
        row.opens = row.is_administrator and row.until > timezone.now() and review.state in AFTER_SHARING
    return rows


def history_of(review: AppraisalReview, accesses: Sequence[ReasonedAccess] = (), *, readings: bool) -> History:
    """What happened for a reason and, when asked for, who else has read it, by person and day; in one query."""
    moves = [*REASONED, audit.READ] if readings else REASONED
    rows = (
        AuditEvent.objects.filter(record_type=review._meta.label_lower, record_id=review.pk, move__in=moves)
        .values("move", "actor_id", "actor_label", "reason", day=TruncDate("at"))
        .annotate(times=Count("pk"), last=Max("at"))
        .order_by("-last")
    )
    history = History()
    for row in rows:
        if row["move"] == audit.READ:
            history.readings.append(_reading(review, row, accesses))
        elif row["reason"]:
            day = date_format(row["day"], "j F Y")
            words = REASONED[row["move"]] % {"name": row["actor_label"], "day": day}
            history.told.append(Told(words, row["reason"], row["actor_id"]))
    return history


def manager_readers(review: AppraisalReview) -> list[Reader]:
    """Whoever reads as line manager today: the manager, and those who stand in for them, as the queries have it."""
    manager = review.post.line_manager
    under_way, closed = review.state in UNDER_WAY, review.state == ReviewState.CLOSED
    if manager is None or (not closed and not (under_way and manager.pk == review.manager_id)):
        return []
    return post_readers(review)


def post_readers(review: AppraisalReview) -> list[Reader]:
    """Whoever manages the post of a review today, and those who stand in for them: they read a record in any state."""
    manager = review.post.line_manager
    if manager is None or not review.post.is_current:
        return []
    covers = ManagerCover.objects.current().filter(manager=manager, cover__is_active=True).select_related("cover")
    found = [Reader(manager)] if manager.is_active else []
    for row in covers.exclude(cover_id__in=[review.job_holder_id, review.second_manager_id]):
        words = _("who stands in for %(name)s until %(day)s")
        ground = words % {"name": manager.name, "day": date_format(row.ends_on, "j F Y")}
        if row.cover_id not in {reader.user.pk for reader in found}:
            found.append(Reader(row.cover, ground))
    return found


def who_can_see(
    review: AppraisalReview,
    viewer: User,
    parts: Sequence[ReviewPart],
    accesses: Sequence[ReasonedAccess] | None = None,
) -> list[str]:
    """Who can see what is on the page now, as sentences for this person; `parts` are those that stand on it.

    The review comes from readable_review, or from a set with_readers().
    One sentence when everything has the same readers, else one for each part.
    """
    managers = manager_readers(review)
    opened = accesses_of(review) if accesses is None else accesses
    by_readers: dict[str, list[str]] = {}
    for part in parts:
        readers = readers_of_part(review, part, managers, opened)
        by_readers.setdefault(_named(readers, viewer), []).append(_part_words(review, part, viewer))
    if len(by_readers) <= 1:
        alone = next(iter(by_readers), _named([Reader(review.job_holder), *managers], viewer))
        sentences = [_("%(names)s can see what is written here.") % {"names": alone}]
    else:
        sentences = [
            _("%(what)s: %(names)s.") % {"what": listed(what), "names": names} for names, what in by_readers.items()
        ]
    frame = _("Administrators see who is in it and where it stands.")
    return [*(line[:1].upper() + line[1:] for line in sentences), frame]


def who_can_read_record(review: AppraisalReview, viewer: User) -> str:
    """The same for the record, which stays with the person and whoever manages the post; the second manager is out."""
    opened = (_by_reason(row) for row in accesses_of(review) if row.opens)
    names = _named([Reader(review.job_holder), *post_readers(review), *opened], viewer)
    told = _("Administrators open it only for a reason, which %(name)s can read.") % {
        "name": _("you") if viewer.pk == review.job_holder_id else review.job_holder.name
    }
    return f"{names[:1].upper()}{names[1:]}. {told}"


def readers_of_part(
    review: AppraisalReview, part: ReviewPart, managers: list[Reader], opened: Iterable[ReasonedAccess]
) -> list[Reader]:
    """The same rule as ReviewPartQuerySet.visible_to, read from the other end; a test compares the two."""
    person = Reader(review.job_holder)
    shared = review.state in AFTER_SHARING
    if part.is_self and part.sent_at is None:
        return [person]
    if not part.is_self and part.closed_at is None and not shared:
        return managers
    readers = [person, *managers]
    if review.second_manager_reads:
        readers.append(Reader(review.second_manager, _("until the review is closed")))
    return [*readers, *(_by_reason(row) for row in opened if row.opens)]


def _by_reason(row: ReasonedAccess) -> Reader:
    until = date_format(timezone.localtime(row.until), "j F Y, H:i")
    return Reader(row.reader, _("for a reason given, until %(until)s") % {"until": until})


def _named(readers: Iterable[Reader], viewer: User) -> str:
    """The readers in words, the viewer first as "you"; each person once, with the first ground."""
    seen: dict[int, Reader] = {}
    for reader in readers:
        seen.setdefault(reader.user.pk, reader)
    own = seen.pop(viewer.pk, None)
    names = [f"{one.user.name} ({one.ground})" if one.ground else one.user.name for one in seen.values()]
    if own is None:
        return listed(names)
    you = _("you (%(ground)s)") % {"ground": own.ground} if own.ground else _("you")
    return listed([you, *names]) if names else _("only %(you)s") % {"you": you}


def _part_words(review: AppraisalReview, part: ReviewPart, viewer: User) -> str:
    """What a part is called in a sentence."""
    if part.is_self:
        own = viewer.pk == review.job_holder_id
        return _("your self-assessment") if own else _("the self-assessment")
    if part.closed_at is not None:
        return _("what %(name)s wrote before") % {"name": part.author.name}
    if viewer.pk == part.author_id:
        return _("what you write") if review.state not in AFTER_SHARING else _("what you wrote")
    return _("what %(name)s writes") % {"name": part.author.name}


def _reading(review: AppraisalReview, row: Mapping[str, Any], accesses: Sequence[ReasonedAccess]) -> Reading:
    own = [each for each in accesses if each.reader_id == row["actor_id"] and _covers_day(each, row["day"])]
    return Reading(
        name=row["actor_label"],
        role=_role(review, row["actor_id"], bool(own)),
        day=row["day"],
        times=row["times"],
        reasons=[each.reason for each in own],
    )


def _covers_day(access: ReasonedAccess, day: datetime.date) -> bool:
    return timezone.localdate(access.state_since) <= day <= timezone.localdate(access.until)


def _role(review: AppraisalReview, actor_id: int | None, for_a_reason: bool) -> str:
    """What they are to this review now; empty for somebody who was a reader once and is none any more."""
    if actor_id == review.manager_id:
        return _("line manager")
    if actor_id == review.second_manager_id:
        return _("second manager")
    return _("administrator") if for_a_reason else ""
