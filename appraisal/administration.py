"""What an administrator sees and does with one review from outside: its envelope, its history, who could take it over.

The moves stand in workflow/, opening the content for a reason too. Nothing that somebody wrote is read here.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appraisal import handover
from appraisal.cycle_status import Event, event_of, with_handover
from appraisal.enums import AFTER_SHARING
from appraisal.models import AppraisalReview, ReasonedAccess
from appraisal.permissions import can_administer_review
from people.models import AuditEvent, Post, User
from people.transitions import NotYours, person

REVIEW_WORDS = {
    "open": _("Opened"),
    "send": _("Self-assessment sent"),
    "take_back_self": _("Self-assessment taken back"),
    "share": _("Shared"),
    "take_back": _("Taken back by the manager"),
    "talk_held": _("Day of the talk said"),
    "change_after_talk": _("Taken back to change it after the talk"),
    "answer": _("Answered"),
    "take_back_answer": _("Answer taken back"),
    "no_response": _("No response recorded"),
    "return_to_manager": _("Returned to the manager by the second manager"),
    "confirm_fair": _("Confirmed as fair and closed"),
    "reassign": _("Handed over to another manager"),
    "reassign_later": _("Handed over to another manager"),
    "name_second_manager": _("Another second manager named"),
    "reopen": _("Opened again"),
    "void": _("Declared void"),
}
CONTENT_WORDS = {"open": _("Content opened for a reason")}
# What administrators wrote themselves. Why a second manager returned a review is content.
REASONS_SHOWN = ("reassign", "reassign_later", "name_second_manager", "reopen", "void")


def administered_review(user: User, pk: int) -> AppraisalReview:
    """The envelope of a review for an administrator without a part in it; Http404 or NotYours for anybody else."""
    found = with_handover(AppraisalReview.objects.visible_to(user)).with_people().filter(pk=pk).first()
    if found is None:
        raise Http404
    if not can_administer_review(found, person(user)):
        raise NotYours
    return found


def history_of(review: AppraisalReview) -> QuerySet[AuditEvent]:
    """The moves of a review and every opening of its content, the latest first, as rows of the audit."""
    accesses = ReasonedAccess.objects.filter(review=review).values("pk")
    of_review = Q(record_type=review._meta.label_lower, record_id=review.pk, move__in=REVIEW_WORDS)
    of_access = Q(record_type=ReasonedAccess._meta.label_lower, record_id__in=accesses, move__in=CONTENT_WORDS)
    return AuditEvent.objects.filter(of_review | of_access)


def in_words(row: AuditEvent, accesses: dict[int, ReasonedAccess]) -> Event:
    """One row of the history as the page says it, without a word of what somebody wrote in the review."""
    if row.record_type == ReasonedAccess._meta.label_lower:
        access = accesses.get(row.record_id)
        return Event(CONTENT_WORDS[row.move], row.at, row.actor_label, access.reason if access else "")
    event = event_of(row, REVIEW_WORDS)
    return event if row.move in REASONS_SHOWN else Event(event.words, event.at, event.by, "")


def accesses_of(review: AppraisalReview) -> dict[int, ReasonedAccess]:
    """Every time the content was opened for a reason."""
    return {access.pk: access for access in ReasonedAccess.objects.filter(review=review)}


def live_access(accesses: Iterable[ReasonedAccess], user: User) -> ReasonedAccess | None:
    """The access that this administrator still has to the content, if any."""
    now = timezone.now()
    return next((each for each in accesses if each.reader_id == user.pk and each.until > now), None)


def has_content_to_open(review: AppraisalReview) -> bool:
    """True once something was shared; drafts are opened for nobody."""
    return review.state in AFTER_SHARING


def possible_managers(review: AppraisalReview) -> list[User]:
    """Who manages a post of the person today and could take the review over."""
    posts = Post.objects.current().filter(person_id=review.job_holder_id, line_manager__is_active=True)
    managers = User.objects.filter(pk__in=posts.values("line_manager_id")).order_by("name", "pk")
    here = review.manager_id if handover.still_manages(review) else None
    return [manager for manager in managers if manager.pk != here and handover.new_post(review, manager)]


def second_manager_under(review: AppraisalReview, manager: User) -> User | None:
    """Who would confirm the review under this manager."""
    post = handover.new_post(review, manager)
    return _second_manager_of(review, post) if post else None


def proposed_second_manager(review: AppraisalReview) -> User | None:
    """Who comes next when the second manager has left: the manager's manager of today, or the cycle's own."""
    found = _second_manager_of(review, review.post)
    return found if found and found.pk != review.second_manager_id else None


def _second_manager_of(review: AppraisalReview, post: Post) -> User | None:
    return User.objects.filter(pk=handover.new_second_manager_id(review, post)).first()
