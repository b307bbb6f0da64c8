"""Who is told what about cycles, reviews and notes. No mail holds a level or anybody's words about a person.

Texts stand in templates/email/reviews/; sending in people/mail.py.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from appraisal.cycle_status import due_of
from appraisal.models import AppraisalCycle, AppraisalReview, ManagerNote, ReasonedAccess, Reminder
from people.lib.dates import today
from people.mail import queue
from people.models import Post, User
from people.transitions import Actor

Data = Mapping[str, Any]


def tell_opened(review: AppraisalReview, actor: Actor, data: Data) -> None:
    """The person: your review is open, and what to do first."""
    _tell("opened", review.job_holder, review)


def tell_manager_opened(cycle: AppraisalCycle, manager: User, count: int) -> None:
    """A manager, once for all of their people."""
    url = settings.SITE_URL + reverse("team:list")
    queue("reviews/opened_manager", manager.email, {"cycle": cycle, "to": manager, "count": count, "url": url})


def tell_self_sent(review: AppraisalReview, actor: Actor, data: Data) -> None:
    """The manager: the self-assessment is there."""
    _tell("self_sent", review.manager, review)


def tell_shared(review: AppraisalReview, actor: Actor, data: Data) -> None:
    """The person: you can read it."""
    _tell("shared", review.job_holder, review)


def tell_taken_back(review: AppraisalReview, actor: Actor, data: Data) -> None:
    """The person: it is being changed and will be shared again."""
    _tell("taken_back", review.job_holder, review)


def tell_talk_said(review: AppraisalReview, actor: Actor, data: Data) -> None:
    """The other of the two: somebody said that you talked; nothing to say once both have."""
    other = review.manager if actor.user_id == review.job_holder_id else review.job_holder
    if not review.talk_is_confirmed:
        _tell("talk_said", other, review, by=actor.label)


def tell_answered(review: AppraisalReview, actor: Actor, data: Data) -> None:
    """The manager, that there is an answer; the second manager, that it is their turn."""
    _tell("answered", review.manager, review)
    _tell("to_confirm", review.second_manager, review)


def tell_no_response(review: AppraisalReview, actor: Actor, data: Data) -> None:
    """The person, that no response was recorded and can still be given; the second manager, that it is their turn."""
    _tell("no_response", review.job_holder, review)
    _tell("to_confirm", review.second_manager, review)


def tell_returned(review: AppraisalReview, actor: Actor, data: Data) -> None:
    """Both: the second manager asks to look at it again. The reason stands on the page."""
    _tell("returned", review.manager, review)
    _tell("returned", review.job_holder, review)


def tell_closed(review: AppraisalReview, actor: Actor, data: Data) -> None:
    """Both: it was confirmed and the record is there."""
    url = settings.SITE_URL + reverse("reviews:record", args=[review.pk])
    _tell("closed", review.job_holder, review, url=url)
    _tell("closed", review.manager, review, url=url)


def tell_added(review: AppraisalReview, by: User) -> None:
    """The person and the present line manager, but for whoever wrote it: something stands beside the record now."""
    url = settings.SITE_URL + reverse("reviews:record", args=[review.pk])
    managers = (
        Post.objects.current().filter(pk=review.post_id).exclude(line_manager=None).select_related("line_manager")
    )
    readers = [review.job_holder, *(post.line_manager for post in managers)]
    for to in readers:
        if to.pk != by.pk:
            queue("reviews/added", to.email, {"to": to, "review": review, "cycle": review.cycle, "url": url, "by": by})


def tell_reopened(review: AppraisalReview, actor: Actor, data: Data) -> None:
    """Both, with the reason."""
    _tell("reopened", review.job_holder, review, reason=data.get("reason", ""))
    _tell("reopened", review.manager, review, reason=data.get("reason", ""))


def tell_void(review: AppraisalReview, actor: Actor, data: Data) -> None:
    """Both, with the reason. The person alone can still open the page."""
    _tell("void", review.job_holder, review, reason=data.get("reason", ""))
    _tell("void", review.manager, review, reason=data.get("reason", ""), url="")


def tell_reassigned(review: AppraisalReview, actor: Actor, data: Data) -> None:
    """The person and the new manager, with the reason. What was written so far goes to both."""
    _tell("reassigned", review.job_holder, review, reason=data.get("reason", ""))
    _tell("reassigned", review.manager, review, reason=data.get("reason", ""))


def tell_second_manager_named(review: AppraisalReview, actor: Actor, data: Data) -> None:
    """The new second manager, that it is their turn; both others, who confirms now, with the reason."""
    _tell("to_confirm", review.second_manager, review)
    _tell("second_manager_named", review.job_holder, review, reason=data.get("reason", ""))
    _tell("second_manager_named", review.manager, review, reason=data.get("reason", ""))


def tell_content_opened(access: ReasonedAccess, actor: Actor, data: Data) -> None:
    """The person: an administrator opened your review, why and until when."""
    review = access.review
    _tell("content_opened", review.job_holder, review, access=access, by=actor.label)


def tell_reminded(reminders: Sequence[Reminder]) -> bool:
    """One person, in one mail: what is still to do in all of these reviews. False when there is nothing to say."""
    if not reminders:
        return False
    person = reminders[0].person
    queue("reviews/reminder", person.email, reminder_context(person, [(row.review, row.step) for row in reminders]))
    return True


def reminder_context(person: User, waiting: Sequence[tuple[AppraisalReview, str]]) -> dict[str, Any]:
    """What the mail of a reminder says: each review that waits for this person, with what to do and its last day."""
    items = [_item(review, step) for review, step in waiting]
    url = waiting[0][0].get_absolute_url() if len(items) == 1 else reverse("my-work")
    return {"to": person, "items": items, "first": items[0], "url": settings.SITE_URL + url}


def _item(review: AppraisalReview, step: str) -> dict[str, Any]:
    due_on = due_of(review, step)
    return {"review": review, "cycle": review.cycle, "step": step, "due_on": due_on, "late": due_on < today()}


def tell_noted(note: ManagerNote) -> None:
    """The person, at once: your manager noted something."""
    url = settings.SITE_URL + reverse("reviews:notes")
    queue("reviews/noted", note.person.email, {"note": note, "to": note.person, "url": url})


def tell_note_answered(note: ManagerNote, manager: User) -> None:
    """The manager: the person answered a note."""
    url = settings.SITE_URL + reverse("team:person", args=[note.post_id])
    queue("reviews/note_answered", manager.email, {"note": note, "to": manager, "url": url})


def _tell(template: str, to: User, review: AppraisalReview, **more: Any) -> None:
    url = settings.SITE_URL + review.get_absolute_url()
    queue(f"reviews/{template}", to.email, {"to": to, "review": review, "cycle": review.cycle, "url": url, **more})
