"""Everybody of a line manager, with the reviews that are open and what was agreed last. Pages: views/team.py.

A person with two posts has two rows. What comes next with one review stands in turns.py.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appraisal.cycle_status import manager_gone
from appraisal.enums import AFTER_SHARING, Part, ReviewState, Turn
from appraisal.models import AppraisalCycle, AppraisalReview, NextStep
from appraisal.steps import agreed_steps
from appraisal.turns import NextUp, next_for
from people.lib.dates import today
from people.models import ManagerCover, Post, User
from people.transitions import NotVisible, person
from training.models import Certificate
from training.required.requirements import owed_by
from training.required.words import Said as RequiredSaid
from training.required.words import summary_of

Review = AppraisalReview
SOON_DAYS = 7


class Said(NamedTuple):
    """A few words in a cell, and how loud they are (the kinds of c-tag)."""

    words: str
    kind: str = "plain"


@dataclass
class Row:
    """One post of the team with its review of the open year, if there is one."""

    post: Post
    cover: ManagerCover | None = None
    review: Review | None = None
    turn: str = Turn.NOBODY
    next_up: NextUp | None = None
    waits: str = ""  # when nothing can be done about it here
    steps: list[NextStep] = field(default_factory=list)
    required: RequiredSaid | None = None  # how far their required learning is, in one line

    @property
    def name(self) -> str:
        return self.post.person.name

    @property
    def own_assessment(self) -> Said:
        """Whether the self-assessment is there, or how late it is."""
        return _own_assessment(self.review) if self.review else Said("")

    @property
    def answers(self) -> Said:
        """How far the manager's side has got."""
        return _answers(self.review) if self.review else Said("")

    @property
    def talk(self) -> Said:
        """Whether the two have talked."""
        return _talk(self.review) if self.review else Said("")


@dataclass
class Section:
    """One's own people, or those of somebody one stands in for."""

    cover: ManagerCover | None
    reviews: list[Row]
    others: list[Row]


@dataclass
class Team:
    """Everybody of a line manager, with the years that are open."""

    rows: list[Row]
    years: list[tuple[AppraisalCycle, int, int]]  # shared, of how many

    def count(self, turn: str = "") -> int:
        """How many rows stand on a tab; all of them without a turn."""
        return len(self.of(turn))

    def of(self, turn: str) -> list[Row]:
        """The rows of a tab."""
        return [row for row in self.rows if not turn or row.turn == turn]


# --- Everybody of a line manager ---


def team_of(user: User) -> Team:
    """All posts of a line manager and of those they stand in for; the same number of queries for any number."""
    rows = rows_of(list(managed_posts(user)), user)
    return Team(rows=rows, years=_years(rows))


def managed_posts(user: User) -> QuerySet[Post]:
    """The current posts that this person manages or covers today."""
    return Post.objects.current().managed_by(user).select_related("person", "team", "line_manager")


def rows_of(posts: Sequence[Post], user: User) -> list[Row]:
    """The rows of these posts, whoever waits for this manager first."""
    covers = {cover.manager_id: cover for cover in covers_of(user)}
    reviews = _by_post(team_reviews(user).of_open_cycles())
    left_behind = _left_behind(posts, reviews)
    rows = [row for post in posts for row in _rows(post, reviews.get(post.pk, []), covers, user)]
    for row in rows:
        if row.post.pk in left_behind:
            row.turn = Turn.OTHERS
            row.waits = _("The review is still with the line manager before. An administrator hands it over.")
    order = {Turn.ME: 0, Turn.OTHERS: 1, Turn.CLOSED: 2, Turn.NOBODY: 3}
    rows.sort(key=lambda row: (row.cover is not None, row.cover and row.cover.pk, order[Turn(row.turn)], row.name))
    return rows


def managed_post(user: User, pk: int) -> Post:
    """A current post that this person manages or covers today; NotVisible when it is none of theirs."""
    post = managed_posts(user).filter(pk=pk).first()
    if post is None:
        raise NotVisible
    return post


def team_reviews(user: User) -> QuerySet[Review]:
    """The reviews of one's people with how far they are, the newest year first."""
    rows = AppraisalReview.objects.managed_by(user).with_people().with_progress(Part.MANAGER)
    return rows.order_by("-cycle__starts_on", "-pk")


def reviews_of_post(post: Post, user: User) -> tuple[list[Row], list[Review]]:
    """The rows of one post in the years that are open, and its earlier reviews, the newest first."""
    reviews = list(team_reviews(user).filter(post=post))
    now = [review for review in reviews if review.cycle.is_open]
    actor = person(user)
    rows = [Row(post, None, review, (up := next_for(review, actor)).turn, up) for review in now]
    return rows, [review for review in reviews if not review.cycle.is_open]


def completed_learning(who: User) -> QuerySet[Certificate]:
    """What somebody has completed, by title and day: all of their learning that a manager sees (DESIGN 5.10)."""
    return Certificate.objects.held_by(who).standing().order_by("-completed_on", "title")


def covers_of(user: User) -> QuerySet[ManagerCover]:
    """For whom this person stands in today, and until when; who is covered twice comes with the later end."""
    return user.covering.current().select_related("manager").order_by("ends_on")


def add_steps(rows: Sequence[Row], viewer: User) -> None:
    """Put the agreed next steps on the rows that have no review under way."""
    posts = {row.post.pk for row in rows if row.review is None}
    steps = agreed_steps(posts, viewer=viewer)
    for row in rows:
        if row.review is None:
            row.steps = steps.get(row.post.pk, [])


def add_required(rows: Sequence[Row]) -> None:
    """Put on the rows how far each person's required learning is: whether it was done, never how (DESIGN 5.10)."""
    owed = owed_by({row.post.person_id for row in rows})
    for row in rows:
        row.required = summary_of(owed.get(row.post.person_id, []))


def sections(rows: Sequence[Row]) -> list[Section]:
    """The rows of a page by whose people they are, those with a review apart from the others."""
    found: dict[ManagerCover | None, list[Row]] = {}
    for row in rows:
        found.setdefault(row.cover, []).append(row)
    return [
        Section(cover, [row for row in own if row.turn], [row for row in own if not row.turn])
        for cover, own in found.items()
    ]


def year_words(cycle: AppraisalCycle, shared: int, total: int) -> str:
    """How far the reviews of a year are, and the next day that counts."""
    if shared < total:
        day = date_format(cycle.share_due_on, "j F")
        done = ngettext("%(shared)s of %(n)s shared.", "%(shared)s of %(n)s shared.", total)
        due = _("Reviews are shared by %(day)s.") if cycle.share_due_on >= today() else _("The day for it was %(day)s.")
    else:
        day = date_format(cycle.close_due_on, "j F")
        done, due = (
            ngettext("The one review is shared.", "All %(n)s are shared.", total),
            _("Reviews are closed by %(day)s."),
        )
    return f"{done} {due}" % {"shared": shared, "n": total, "day": day}


def _rows(post: Post, reviews: Sequence[Review], covers: dict[int, ManagerCover], user: User) -> list[Row]:
    cover = None if post.line_manager_id == user.pk else covers.get(post.line_manager_id or 0)
    actor = person(user)
    if not reviews:
        return [Row(post, cover)]
    found = [(review, next_for(review, actor)) for review in reviews]
    return [Row(post, cover, review, next_up.turn, next_up) for review, next_up in found]


def _by_post(reviews: QuerySet[Review]) -> dict[int, list[Review]]:
    found: dict[int, list[Review]] = {}
    for review in reviews:
        found.setdefault(review.post_id, []).append(review)
    return found


def _left_behind(posts: Sequence[Post], reviews: dict[int, list[Review]]) -> set[int]:
    """Ids of posts whose review stayed with a former manager: only that it did, nothing else of it."""
    waiting = [post for post in posts if post.pk not in reviews]
    people = {post.person_id for post in waiting}
    rows = AppraisalReview.objects.filter(manager_gone(today()), job_holder_id__in=people)
    old = list(rows.values_list("post_id", "job_holder_id", "post__ends_on"))
    moved = {person_id for _post, person_id, ends_on in old if ends_on is not None and ends_on < today()}
    same = {post_id for post_id, _person, _ends_on in old}
    return {post.pk for post in waiting if post.pk in same or post.person_id in moved}


def _years(rows: Sequence[Row]) -> list[tuple[AppraisalCycle, int, int]]:
    """Each open year with one's own reviews in it: how many are shared, of how many."""
    own = [row.review for row in rows if row.review is not None and row.cover is None]
    cycles = {review.cycle_id: review.cycle for review in own}
    found = []
    for cycle in sorted(cycles.values(), key=attrgetter("share_due_on")):
        states = [review.state for review in own if review.cycle_id == cycle.pk]
        found.append((cycle, sum(state in AFTER_SHARING for state in states), len(states)))
    return found


# --- Words ---


def _own_assessment(review: Review) -> Said:
    if review.sent is not None:
        return Said(_("Sent %(day)s") % {"day": _day(timezone.localdate(review.sent))})
    if review.state != ReviewState.SELF_REVIEW:
        return Said(_("Not sent"))
    due = review.cycle.self_due_on
    if due < today():
        return Said(_("Late since %(day)s") % {"day": _day(due)}, "bad")
    return Said(_("Due %(day)s") % {"day": _day(due)}, "warn" if (due - today()).days <= SOON_DAYS else "")


def _answers(review: Review) -> Said:
    if review.shared_on is not None:
        return Said(_("Shared %(day)s") % {"day": _day(review.shared_on)})
    if review.answered == 0:
        return Said(_("Not begun"), "")
    if review.answered < review.expected:
        return Said(_("%(n)s of %(all)s answered") % {"n": review.answered, "all": review.expected}, "info")
    return Said(_("All %(all)s answered") % {"all": review.expected}, "good")


def _talk(review: Review) -> Said:
    if review.talk_on is None:
        return Said(_("Not yet"))
    day = _day(review.talk_on)
    return Said(day if review.talk_is_confirmed else _("%(day)s, not confirmed") % {"day": day})


def _day(day: datetime.date) -> str:
    return date_format(day, "j M")
