"""So many reviews, notes and next steps for a list, written at once. Each builder takes the cast and a number."""

import uuid
from dataclasses import replace

from django.utils import timezone

from appraisal.enums import ConfirmationState, EvidenceState, Part, ReminderKind, ReviewState, ReviewStep
from appraisal.models import (
    AppraisalCycle,
    AppraisalReview,
    BehaviourRating,
    EvidenceConfirmation,
    EvidenceEntry,
    EvidenceReply,
    ExpectedBehaviour,
    ManagerNote,
    NextStep,
    Reminder,
    ReviewPart,
)
from partnerships.framework import current_version
from partnerships.layout import layout
from partnerships.models import BehaviourText
from people.models import AuditEvent, ManagerCover, Post, Team, User
from people.transitions import move, person
from tests.factories import many
from tests.factories.many import DAY
from tests.factories.reviews import answer_all, days, review_of
from training.models import Certificate

BEHAVIOURS = 5


def _texts(cast) -> list[BehaviourText]:
    if current_version() is None:
        many.behaviours(cast, BEHAVIOURS)
    return list(BehaviourText.objects.select_related("behaviour").order_by("number")[:BEHAVIOURS])


def cycle(cast, name="Reviews 2026", *, state="open", starts=-300) -> AppraisalCycle:
    """A review cycle, written as it stands."""
    _texts(cast)
    values = {"self_due_on": days(5), "share_due_on": days(10), "close_due_on": days(20)}
    return AppraisalCycle.objects.create(
        name=name,
        state=state,
        framework_version=current_version(),
        starts_on=days(starts),
        ends_on=days(starts + 300),
        **values,
    )


def team(cast, count) -> list[Post]:
    """So many people under Morag, each in a post of their own."""
    people = User.objects.bulk_create(
        User(email=f"team-{number}@example.org", name=f"Person {number}") for number in range(count)
    )
    row = Team.objects.get()
    return Post.objects.bulk_create(
        Post(person=one, team=row, line_manager=cast.morag, title="Officer", starts_on=DAY) for one in people
    )


def reviews(cast, posts, year, state) -> list[AppraisalReview]:
    """A review of each post in this state, by its line manager, with empty ratings on both sides."""
    texts = _texts(cast)
    rows = AppraisalReview.objects.bulk_create(
        AppraisalReview(
            cycle=year,
            state=state,
            job_holder=post.person,
            post=post,
            job_title=post.title,
            team_name="Team",
            manager=cast.morag,
            second_manager=cast.fergus,
            shared_on=days(-1) if state == ReviewState.SHARED else None,
        )
        for post in posts
    )
    expected = ExpectedBehaviour.objects.bulk_create(
        ExpectedBehaviour(review=row, text=text, level=2, number=number)
        for row in rows
        for number, text in enumerate(texts, start=1)
    )
    sent = None if state == ReviewState.SELF_REVIEW else timezone.now()
    parts = ReviewPart.objects.bulk_create(
        ReviewPart(
            review=row,
            part=part,
            author=row.job_holder if part == Part.SELF else cast.morag,
            sent_at=sent if part == Part.SELF else None,
        )
        for row in rows
        for part in Part
    )
    of_review = _by_review(expected)
    BehaviourRating.objects.bulk_create(
        BehaviourRating(part=part, behaviour=one) for part in parts for one in of_review[part.review_id]
    )
    return rows


def _by_review(expected) -> dict[int, list[ExpectedBehaviour]]:
    found: dict[int, list[ExpectedBehaviour]] = {}
    for row in expected:
        found.setdefault(row.review_id, []).append(row)
    return found


def steps(rows, owner=None) -> None:
    """Three next steps in each review, owed by the job holder or by the one given."""
    NextStep.objects.bulk_create(
        NextStep(review=row, number=number, what=f"Ring first, {number}", owner=owner or row.job_holder, due_on=days(9))
        for row in rows
        for number in (1, 2, 3)
    )


def under_way(cast, count):
    """So many people of Morag, whose reviews wait for her; what they agreed last year beside it."""
    posts = team(cast, count)
    Post.objects.filter(person=cast.ailsa).update(line_manager=cast.fergus)  # everybody of Morag's has a review
    steps(reviews(cast, posts, cycle(cast, "Reviews 2025", state="closed", starts=-700), ReviewState.CLOSED))
    reviews(cast, posts, cycle(cast), ReviewState.MANAGER_REVIEW)


def to_confirm(cast, count):
    """Reviews of so many people of Morag, written and answered: Fergus is next."""
    reviews(cast, team(cast, count), cycle(cast), ReviewState.ANSWERED)


def everything(cast, count):
    """What a manager half-way through a module has on My work: reviews of the team, next steps, requests."""
    many.begun_modules(replace(cast, ailsa=cast.morag), count)
    many.requests_for_the_manager(cast, count)
    under_way(cast, count)
    NextStep.objects.update(owner=cast.morag)


def years(cast, count):
    """So many open years, in each of which the review of Ailsa was left behind by a former manager."""
    post = Post.objects.select_related("person").get(person=cast.ailsa)
    for number in range(count):
        reviews(cast, [post], cycle(cast, f"Year {number}"), ReviewState.MANAGER_REVIEW)
    Post.objects.filter(pk=post.pk).update(line_manager=cast.donald)


def between_years(cast, count):
    """So many people of Morag without a review, each with what was agreed last."""
    steps(reviews(cast, team(cast, count), cycle(cast, state="closed"), ReviewState.CLOSED))


def covered(cast, count):
    """The same people with reviews under way, while Donald stands in for Morag."""
    under_way(cast, count)
    ManagerCover.objects.create(manager=cast.morag, cover=cast.donald, starts_on=days(0), ends_on=days(1))


def one_person(cast, count):
    """So many notes, examples and certificates of Ailsa, a closed review and one under way; her post's key."""
    many.certificates(cast, count)
    key = notes(cast, count)
    many.requests(cast, count, state="answered", answer="yes", answered_at=timezone.now())
    EvidenceEntry.objects.update(happened_on=days(-9))
    post = Post.objects.select_related("person").get(pk=key)
    steps(reviews(cast, [post], cycle(cast, "Reviews 2025", state="closed", starts=-700), ReviewState.CLOSED))
    reviews(cast, [post], cycle(cast), ReviewState.MANAGER_REVIEW)
    return key


def managers_steps(cast, count):
    """Next steps that Morag owes to so many people."""
    steps(reviews(cast, team(cast, count), cycle(cast, state="closed"), ReviewState.CLOSED), owner=cast.morag)


def notes(cast, count):
    """Notes of Morag about Ailsa; returns the key of her post."""
    texts, post = _texts(cast), Post.objects.get(person=cast.ailsa)
    ManagerNote.objects.bulk_create(
        ManagerNote(
            post=post,
            person=cast.ailsa,
            author=cast.morag,
            behaviour=texts[number % len(texts)].behaviour,
            seen_on=DAY,
            text=f"Rang first, for the {number}th time.",
            form_key=uuid.uuid4(),
        )
        for number in range(count)
    )
    return post.pk


# --- One side being written ----------------------------------------------------------------------------------------


def own_side(cast, count):
    """Ailsa's review before she sent anything, with so many examples, answers, notes and certificates; its key."""
    review = review_of(cast)
    _much_to_go_on(cast, review, count)
    return review.pk


def managers_side(cast, count):
    """The same after she sent it, resting on every example: Morag's turn; its key."""
    review = review_of(cast)
    _much_to_go_on(cast, review, count)
    examples = list(EvidenceEntry.objects.of_owner(cast.ailsa))
    answer_all(review, Part.SELF, cast.fresh("ailsa"), examples=examples)
    return move(review, "send", by=person(cast.fresh("ailsa"))).pk


def ready_to_send(cast, count):
    """The same, answered and not yet sent; its key."""
    review = review_of(cast)
    _much_to_go_on(cast, review, count)
    examples = list(EvidenceEntry.objects.of_owner(cast.ailsa))
    answer_all(review, Part.SELF, cast.fresh("ailsa"), examples=examples)
    return review.pk


def ready_to_share(cast, count):
    """Both sides answered, resting on every example; its key."""
    pk = managers_side(cast, count)
    review = AppraisalReview.objects.get(pk=pk)
    examples = list(EvidenceEntry.objects.of_owner(cast.ailsa))
    answer_all(review, Part.MANAGER, cast.fresh("morag"), examples=examples)
    return pk


def _much_to_go_on(cast, review, count):
    layout(review.cycle.framework_version)  # a published version is kept by every process
    behaviour, day = review.behaviours.first().text.behaviour, review.cycle.starts_on
    entries = EvidenceEntry.objects.bulk_create(
        EvidenceEntry(owner=cast.ailsa, title=f"Rang {n}", situation="x", happened_on=day, state=EvidenceState.SHARED)
        for n in range(count)
    )
    tags = EvidenceEntry.behaviours.through
    tags.objects.bulk_create(tags(evidenceentry=row, behaviour=behaviour) for row in entries[::2])
    answers = {"state": ConfirmationState.ANSWERED, "answer": "yes", "answered_at": timezone.now()}
    rows = EvidenceConfirmation.objects.bulk_create(
        many.request(entry, number, f"{number}@example.net", **answers) for number, entry in enumerate(entries)
    )
    EvidenceReply.objects.bulk_create(EvidenceReply(confirmation=row, text="Thank you.") for row in rows)
    ManagerNote.objects.bulk_create(
        ManagerNote(
            post_id=review.post_id,
            person=cast.ailsa,
            author=cast.morag,
            behaviour=behaviour,
            seen_on=day,
            text="Rang first.",
            form_key=uuid.uuid4(),
        )
        for _number in range(count)
    )
    many.certificates(cast, count)
    Certificate.objects.update(behaviours=[{"code": behaviour.code, "name": "x"}])


# --- Cycles and reviews seen by an administrator -----------------------------------------------------------------


def late_reviews(cast, count):
    """A cycle in which so many people, each in a team of their own, are late and were reminded last week."""
    year = cycle(cast)
    AppraisalCycle.objects.filter(pk=year.pk).update(self_due_on=days(-9))
    rows = reviews(cast, team(cast, count), year, ReviewState.SELF_REVIEW)
    for number, row in enumerate(rows):
        row.team_name = f"Team {number}"
    AppraisalReview.objects.bulk_update(rows, ["team_name"])
    Reminder.objects.bulk_create(
        Reminder(
            cycle=year,
            review=row,
            person=row.job_holder,
            step=ReviewStep.SELF_ASSESSMENT,
            kind=ReminderKind.LATE,
            sent_at=timezone.now() - timezone.timedelta(days=7),
        )
        for row in rows
    )
    _events(year, "remind", count)
    return year.pk


def orphaned_reviews(cast, count):
    """A cycle in which so many people have another line manager than the one who writes."""
    year = cycle(cast)
    posts = team(cast, count)
    reviews(cast, posts, year, ReviewState.MANAGER_REVIEW)
    Post.objects.filter(pk__in=[post.pk for post in posts]).update(line_manager=cast.donald)
    return year.pk


def moved_review(cast, count):
    """A review to which so much happened."""
    (row,) = reviews(cast, team(cast, 1), cycle(cast), ReviewState.SHARED)
    _events(row, "talk_held", count)
    return row.pk


def _events(record, move, count) -> None:
    AuditEvent.objects.bulk_create(
        AuditEvent(
            at=timezone.now(),
            record_type=record._meta.label_lower,
            record_id=record.pk,
            move=move,
            actor_kind="person",
            actor_label="Tom Baxter",
        )
        for _number in range(count)
    )
