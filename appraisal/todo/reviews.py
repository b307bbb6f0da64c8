"""The lines of reviews on My work: one's own, those of one's team, those to confirm, notes, next steps, and for
administrators what stands in the way. One query each for reviews, notes, steps and years, however many there are.
"""

from collections.abc import Iterable

from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appraisal.cycle_status import HANDOVER, needs_handover
from appraisal.enums import AFTER_SHARING, BEFORE_SHARING, Part, ReviewState
from appraisal.models import AppraisalCycle, AppraisalReview, NextStep
from appraisal.notes import unread_notes
from appraisal.responding import answer_due_on
from appraisal.steps import owed_steps
from people.enums import Role
from people.lib.dates import today
from people.models import User
from people.todo import Task
from people.transitions import Actor

Review = AppraisalReview
STEPS = 5
CONFIRMED_SINGLY = 3


def todo_for(actor: Actor) -> list[Task]:
    """What this person has to write, read, answer, confirm, do next, or wait for. Partners have no reviews."""
    user = actor.user
    if user is None:
        return []
    tasks = [*_reviews(user), *_notes(user), *_steps(user)] if user.is_staff_member else []
    return [*tasks, *_administration(user)] if user.has_role(Role.HR) else tasks


def _reviews(user: User) -> list[Task]:
    rows = list(AppraisalReview.objects.on_the_desk_of(user).with_people().with_progress(Part.SELF))
    own = [review for review in rows if review.job_holder_id == user.pk]
    confirm = [review for review in rows if _is_to_confirm(review, user)]
    teams = [review for review in rows if review.job_holder_id != user.pk and not _is_to_confirm(review, user)]
    several = len(own) > 1
    return [
        *(task for review in own for task in _own(review, several)),
        *_of_teams(teams, user),
        *_to_confirm(confirm),
    ]


# --- One's own review ---


def _own(review: Review, several: bool) -> list[Task]:
    """The lines of one's own review; the post is named when there are several."""
    what = f"{review.cycle.name}, {review.job_title}" if several else review.cycle.name
    lines = {
        ReviewState.SELF_REVIEW: _own_assessment,
        ReviewState.MANAGER_REVIEW: _with_manager,
        ReviewState.SHARED: _to_answer,
        ReviewState.ANSWERED: _with_second_manager,
    }
    return lines[ReviewState(review.state)](review, what) if review.state in lines else []


def _own_assessment(review: Review, what: str) -> list[Task]:
    done, url = review.answered, "reviews:go-on"
    title = _("Go on with your self-assessment") if done else _("Do your self-assessment")
    if done >= review.expected:
        title, url = _("Check and send your self-assessment"), "reviews:check"
    words = _("%(what)s: %(done)s of %(all)s answered. Only you can see it until you send it.")
    return [
        Task(
            title=title,
            url=reverse(url, args=[review.pk]),
            hint=words % {"what": what, "done": done, "all": review.expected},
            due=review.cycle.self_due_on,
        )
    ]


def _with_manager(review: Review, what: str) -> list[Task]:
    return [
        Task(
            title=_("%(name)s is writing your review") % {"name": review.manager.name},
            url=review.get_absolute_url(),
            hint=_("%(what)s: reviews are shared by %(day)s.") % {"what": what, "day": _day(review.cycle.share_due_on)},
            kind="waiting",
        )
    ]


def _to_answer(review: Review, what: str) -> list[Task]:
    values = {"what": what, "name": review.manager.name}
    answer = Task(
        title=_("Read and answer your review"),
        url=review.get_absolute_url(),
        hint=_("%(what)s: %(name)s has shared it with you.") % values,
        due=answer_due_on(review),
    )
    if not review.talk_said_by_manager or review.talk_said_by_job_holder or review.talk_on is None:
        return [answer]
    confirm = Task(
        title=_("Say whether you have talked"),
        url=review.get_absolute_url(),
        hint=_("%(what)s: %(name)s says that you talked on %(day)s.") % {**values, "day": _day(review.talk_on)},
    )
    return [answer, confirm]


def _with_second_manager(review: Review, what: str) -> list[Task]:
    values = {"what": what, "day": _day(review.cycle.close_due_on)}
    return [
        Task(
            title=_("%(name)s confirms that your review was fair") % {"name": review.second_manager.name},
            url=review.get_absolute_url(),
            hint=_("%(what)s: reviews are closed by %(day)s.") % values,
            kind="waiting",
        )
    ]


# --- The reviews of one's team: one line a year ---


def _of_teams(reviews: Iterable[Review], user: User) -> list[Task]:
    groups: dict[tuple[int, int], list[Review]] = {}
    for review in reviews:
        groups.setdefault((review.cycle_id, review.manager_id), []).append(review)
    return [task for rows in groups.values() if (task := _of_team(rows, user)) is not None]


def _of_team(reviews: list[Review], user: User) -> Task | None:
    """One line for all reviews of a manager in a year; none once all of them are closed."""
    cycle, manager = reviews[0].cycle, reviews[0].manager
    own = manager.pk == user.pk
    if all(review.state == ReviewState.CLOSED for review in reviews):
        return None
    shared = sum(review.state in AFTER_SHARING for review in reviews)
    waiting = sum(_waits_for_manager(review, own) for review in reviews)
    values = {"shared": shared, "all": len(reviews), "name": manager.name}
    title = _("Reviews of your team: %(shared)s of %(all)s shared")
    if not own:
        title = _("Reviews of %(name)s’s team: %(shared)s of %(all)s shared")
    hint = cycle.name if own else _("%(cycle)s. You stand in: you may write, not share.") % {"cycle": cycle.name}
    if waiting:
        words = ngettext("%(n)s waits for you.", "%(n)s wait for you.", waiting) % {"n": waiting}
    else:
        words = _("Nobody waits for you.")
    due = cycle.share_due_on if shared < len(reviews) else cycle.close_due_on
    return Task(
        title=title % values,
        url=reverse("team:list"),
        hint=f"{hint}. {words}" if own else f"{hint} {words}",
        due=due if waiting else None,
        kind="duty" if waiting else "waiting",
    )


def _waits_for_manager(review: Review, own: bool) -> bool:
    """True while the manager, or a cover as far as they may, has to do something."""
    if review.state in BEFORE_SHARING:
        return review.state == ReviewState.MANAGER_REVIEW or review.cycle.self_due_on < today()
    return own and review.state == ReviewState.SHARED and not review.talk_said_by_manager


# --- Those one confirms as second manager ---


def _is_to_confirm(review: Review, user: User) -> bool:
    return review.second_manager_id == user.pk and review.state == ReviewState.ANSWERED


def _to_confirm(reviews: list[Review]) -> list[Task]:
    if len(reviews) > CONFIRMED_SINGLY:
        return [
            Task(
                title=_("Confirm that %(n)s reviews were fair") % {"n": len(reviews)},
                url=reverse("reviews:list"),
                hint=_("You are the second manager. They are written and answered."),
                due=min(review.cycle.close_due_on for review in reviews),
            )
        ]
    return [
        Task(
            title=_("Confirm that the review of %(name)s was fair") % {"name": review.job_holder.name},
            url=reverse("reviews:fair", args=[review.pk]),
            hint=_("%(cycle)s, written by %(manager)s.") % {"cycle": review.cycle.name, "manager": review.manager.name},
            due=review.cycle.close_due_on,
        )
        for review in reviews
    ]


# --- Notes and next steps ---


def _notes(user: User) -> list[Task]:
    """One line for what was noted and not opened yet. It has no date: nobody has to answer."""
    authors = list(unread_notes(user).values_list("author__name", flat=True))
    if not authors:
        return []
    title = _("%(name)s noted something about your work") % {"name": authors[0]}
    if len(authors) > 1:
        title = _("%(n)s new notes about your work") % {"n": len(authors)}
    return [
        Task(title=title, url=reverse("reviews:notes"), hint=_("Read it when it suits you. You may answer beside it."))
    ]


def _steps(user: User) -> list[Task]:
    """The next of what one said one would do; the rest stands on its own page."""
    steps = list(owed_steps(user)[: STEPS + 1])
    tasks = [_step(step, user) for step in steps[:STEPS]]
    if len(steps) > STEPS:
        tasks.append(Task(title=_("All your next steps"), url=reverse("reviews:steps"), kind="coming"))
    return tasks


def _step(step: NextStep, user: User) -> Task:
    own = step.review.job_holder_id == user.pk
    words = _("Agreed in your review, %(cycle)s.") if own else _("Agreed with %(name)s, %(cycle)s.")
    hint = words % {"cycle": step.review.cycle.name, "name": step.review.job_holder.name}
    late = _("Its day has passed.")
    return Task(
        title=step.what,
        url=reverse("reviews:steps"),
        hint=f"{hint} {late}" if step.is_late else hint,
        due=step.due_on,
        kind="coming",
    )


# --- Administrators ---


def _administration(user: User) -> list[Task]:
    waiting = AppraisalReview.objects.filter(needs_handover(today()), cycle=OuterRef("pk")).order_by()
    counted = waiting.values("cycle").annotate(n=Count("pk")).values("n")
    cycles = AppraisalCycle.objects.visible_to(user).not_closed().annotate(to_hand_over=Subquery(counted))
    return [task for cycle in cycles if (task := _year(cycle)) is not None]


def _year(cycle: AppraisalCycle) -> Task | None:
    """A year that is still being prepared, or in which reviews wait for another manager."""
    if cycle.is_draft:
        return Task(
            title=_("Go on preparing “%(name)s”") % {"name": cycle.name},
            url=cycle.get_absolute_url(),
            hint=_("Nobody has been told of it yet."),
            kind="continue",
        )
    n = cycle.to_hand_over
    if not n:
        return None
    title = ngettext("%(n)s review needs another manager", "%(n)s reviews need another manager", n)
    return Task(
        title=title % {"n": n},
        url=f"{cycle.get_absolute_url()}?tab={HANDOVER}",
        hint=_("%(cycle)s: somebody named in it has left or no longer manages the post.") % {"cycle": cycle.name},
    )


def _day(day) -> str:
    return date_format(day, "j F")
