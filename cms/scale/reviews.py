"""The reviews of the large body: last year's, all closed, and this year's at every stage. Records: records.py."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Model, QuerySet

from appraisal.enums import CycleState, Part, RatingStatus, ResponseAnswer, ReviewState, SignatureRole
from appraisal.models import (
    AppraisalCycle,
    AppraisalReview,
    BehaviourRating,
    EvidenceEntry,
    ExpectedBehaviour,
    JobHolderResponse,
    ManagerNote,
    NextStep,
    ReviewPart,
    Signature,
)
from appraisal.responding import STATEMENTS
from cms.demo.days import review_year
from cms.scale import words
from cms.scale.audit import made_by, made_by_system
from cms.scale.learning import Course
from cms.scale.people import Member, moment
from cms.scale.writer import Writer
from partnerships.models import FrameworkVersion, ProfileItem
from people.lib.dates import today
from people.models import User

STAGES = (
    ReviewState.SELF_REVIEW,
    ReviewState.MANAGER_REVIEW,
    ReviewState.SHARED,
    ReviewState.ANSWERED,
    ReviewState.CLOSED,
)
STAGE_WEIGHTS = (35, 25, 15, 8, 17)
EXPECTED, ABOVE = 0.82, 0.10  # the rest had no opportunity
WITH_WORDS = 0.4
OPENED_DAYS_AGO = 40
STEPS_EACH = 2
EXAMPLES = BehaviourRating.examples.through
NOTES = BehaviourRating.notes.through


@dataclass
class Round:
    """A cycle with what every review in it needs."""

    cycle: AppraisalCycle
    year: str  # whose examples: last or this
    opened: datetime.date
    profiles: dict[str, list[ProfileItem]]


@dataclass
class Told:
    """A review that was shared or closed, and what freezing it needs."""

    review: AppraisalReview
    member: Member
    parts: dict[str, ReviewPart]
    days: list[datetime.datetime]
    response: JobHolderResponse | None = None
    signatures: list[Signature] = field(default_factory=list)


def profiles() -> dict[str, list[ProfileItem]]:
    """What each job family is expected to show, in the order of the behaviours."""
    found: dict[str, list[ProfileItem]] = {}
    items = ProfileItem.objects.filter(profile__version=FrameworkVersion.objects.published().latest("number"))
    for item in items.select_related("profile__job_family", "behaviour_text__behaviour").order_by(
        "behaviour_text__number"
    ):
        found.setdefault(item.profile.job_family.code, []).append(item)
    return {code: rows[:5] for code, rows in found.items()}


def write_cycles(hr: User, writer: Writer) -> dict[str, Round]:
    """Last year's cycle and this year's, by year."""
    this, version = review_year(), FrameworkVersion.objects.published().latest("number")
    expected = profiles()
    rounds = {}
    for name, year, state, opened in (
        ("last", this.before, CycleState.CLOSED, this.before.last - datetime.timedelta(days=10)),
        ("this", this, CycleState.OPEN, today() - datetime.timedelta(days=OPENED_DAYS_AGO)),
    ):
        at = moment(opened)
        cycle = writer.add(
            AppraisalCycle(
                state=state,
                state_since=at,
                changed_at=at,
                opened_at=at,
                name=f"The whole body, {year.label}",
                starts_on=year.first,
                ends_on=year.last,
                framework_version=version,
                self_due_on=opened + datetime.timedelta(days=45),
                share_due_on=opened + datetime.timedelta(days=60),
                close_due_on=opened + datetime.timedelta(days=75),
            )
        )
        writer.add(made_by(hr, cycle, "open", at, frm=CycleState.DRAFT, to=CycleState.OPEN))
        rounds[name] = Round(cycle, name, opened, expected)
    writer.flush()
    return rounds


def review(members: Iterable[Member], told_round: Round, courses: list[Course], writer: Writer) -> list[Told]:
    """A review for everybody who has examples of that year; returns those that were shared."""
    shared = []
    for member in members:
        if told_round.year not in member.examples:
            continue
        is_over = told_round.year == "last"
        stage = len(STAGES) - 1 if is_over else STAGES.index(member.chance.choices(STAGES, STAGE_WEIGHTS)[0])
        told = _review(member, told_round, stage, writer)
        if stage >= STAGES.index(ReviewState.SHARED):
            _steps(told, courses, is_over, writer)
            _signed(told, stage, writer)
            shared.append(told)
    return shared


def _review(member: Member, told_round: Round, stage: int, writer: Writer) -> Told:
    chance, cycle = member.chance, told_round.cycle
    days = _days(member, told_round)
    state, since = STAGES[stage], days[(0, 1, 2, 4, 5)[stage]]
    row = writer.add(
        AppraisalReview(
            state=state,
            state_since=since,
            changed_at=since,
            version=stage + 2,
            cycle=cycle,
            job_holder=member.user,
            post=member.post,
            job_title=member.post.title,
            team_name=member.post.team.name,
            manager=member.manager,
            second_manager=member.second_manager,
            shared_on=days[2].date() if stage >= 2 else None,
            talk_on=days[3].date() if stage >= 3 else None,
            talk_said_by_manager=stage >= 3,
            talk_said_by_job_holder=stage >= 3,
        )
    )
    expected = [
        writer.add(ExpectedBehaviour(review=row, text=item.behaviour_text, level=item.level, number=number))
        for number, item in enumerate(told_round.profiles[member.family], start=1)
    ]
    own_answered = len(expected) if stage else chance.choice((0, 0, 1, 2, 3))
    managers_answered = len(expected) if stage >= 2 else (chance.randrange(len(expected)) if stage else 0)
    examples = member.examples[told_round.year][:2]
    parts = {
        Part.SELF: _part(row, Part.SELF, member.user, days[1], answered=own_answered, is_written=stage >= 1, sent=True),
        Part.MANAGER: _part(
            row, Part.MANAGER, member.manager, days[2], answered=managers_answered, is_written=stage >= 2, sent=False
        ),
    }
    concern = member.concern if told_round.year == "this" else None
    for part, answered in ((parts[Part.SELF], own_answered), (parts[Part.MANAGER], managers_answered)):
        writer.add(part)
        ratings = [
            _rating(member, part, behaviour, number < answered, examples, concern, writer)
            for number, behaviour in enumerate(expected)
        ]
        part._prefetched_objects_cache = {"ratings": _read(BehaviourRating, ratings)}
    _moves(row, member, stage, days, writer)
    return Told(row, member, {part.value: rows for part, rows in parts.items()}, days)


def _days(member: Member, told_round: Round) -> list[datetime.datetime]:
    """When it was opened, sent, shared, talked about, answered, confirmed."""
    days, day = [], told_round.opened
    for _step in range(6):
        days.append(moment(day, member.chance))
        day += datetime.timedelta(days=member.chance.randrange(2, 8))
    return days


def _part(
    row: AppraisalReview, part: Part, author: User, at, *, answered: int, is_written: bool, sent: bool
) -> ReviewPart:
    return ReviewPart(
        review=row,
        part=part,
        author=author,
        summary=words.SUMMARIES[row.pk % len(words.SUMMARIES)] if is_written else "",
        changed_at=at,
        saved_at=at if answered else None,
        sent_at=at if sent and is_written else None,
    )


def _rating(
    member: Member,
    part: ReviewPart,
    behaviour: ExpectedBehaviour,
    answered: bool,
    examples: list[EvidenceEntry],
    concern,
    writer: Writer,
) -> BehaviourRating:
    chance = member.chance
    status, level = _mark(member, behaviour) if answered else (RatingStatus.UNANSWERED, None)
    below = answered and concern is not None and part.part == Part.MANAGER and behaviour.number == 1
    if below:
        status, level = (
            (RatingStatus.RATED, behaviour.level - 1) if behaviour.level > 1 else (RatingStatus.NOT_SEEN, None)
        )
    is_off = below or (level is not None and level != behaviour.level)
    rating = writer.add(
        BehaviourRating(
            part=part,
            behaviour=behaviour,
            status=status,
            level=level,
            words=chance.choice(words.WHY_OFF) if answered and (is_off or chance.random() < WITH_WORDS) else "",
            version=2 if answered else 1,
            changed_at=part.changed_at,
        )
    )
    ticked = chance.sample(examples, chance.randint(1, len(examples))) if rating.needs_ground else []
    noted = [concern] if below else []
    for entry in ticked:
        writer.add(EXAMPLES(behaviourrating_id=rating.pk, evidenceentry_id=entry.pk))
    for note in noted:
        writer.add(NOTES(behaviourrating_id=rating.pk, managernote_id=note.pk))
    rating._prefetched_objects_cache = {"examples": _read(EvidenceEntry, ticked), "notes": _read(ManagerNote, noted)}
    return rating


def _read(model: type[Model], rows: list) -> QuerySet:
    """The rows as if they had been read, so that the real functions find them without asking."""
    found = model._default_manager.all()
    found._result_cache, found._prefetch_done = rows, True  # type: ignore[attr-defined]
    return found


def _mark(member: Member, behaviour: ExpectedBehaviour) -> tuple[str, int | None]:
    drawn = member.chance.random()
    if drawn < EXPECTED:
        return RatingStatus.RATED, behaviour.level
    if drawn < EXPECTED + ABOVE:
        return RatingStatus.RATED, min(4, behaviour.level + 1)
    return RatingStatus.NO_OPPORTUNITY, None


def _steps(told: Told, courses: list[Course], is_over: bool, writer: Writer) -> None:
    """One step of the person with a module, one of the manager."""
    member, cycle = told.member, told.review.cycle
    for number in range(1, STEPS_EACH + 1):
        course = member.chance.choice(courses) if number == 1 else None
        due = cycle.ends_on + datetime.timedelta(days=90 * number)
        writer.add(
            NextStep(
                review=told.review,
                number=number,
                what=words.STEPS[number - 1],
                owner=member.user if number == 1 else member.manager,
                due_on=due,
                module=course.page if course else None,
                done_on=due - datetime.timedelta(days=9) if is_over and member.chance.random() < 0.5 else None,
            )
        )


def _signed(told: Told, stage: int, writer: Writer) -> None:
    """What each of the three says, as far as it has come."""
    review_row, member, days = told.review, told.member, told.days
    told.signatures.append(_signature(review_row, SignatureRole.MANAGER, member.manager, days[2]))
    if stage >= STAGES.index(ReviewState.ANSWERED):
        answer = member.chance.choices([ResponseAnswer.AGREE, ResponseAnswer.COMMENTS], (75, 25))[0]
        told.response = writer.add(
            JobHolderResponse(
                review=review_row,
                text_version=1,
                answer=answer,
                words="Thank you. I would add the evenings." if answer == ResponseAnswer.COMMENTS else "",
                answered_at=days[4],
            )
        )
        told.signatures.append(_signature(review_row, SignatureRole.JOB_HOLDER, member.user, days[4], answer))
    if stage == len(STAGES) - 1:
        second = _signature(review_row, SignatureRole.SECOND_MANAGER, member.second_manager, days[5])
        told.signatures.append(second)
    for row in told.signatures:
        writer.add(row)


def _signature(row: AppraisalReview, role: str, by: User, at: datetime.datetime, said: str = "") -> Signature:
    return Signature(review=row, role=role, text_version=1, statement=str(STATEMENTS[said or role]), by=by, at=at)


def _moves(row: AppraisalReview, member: Member, stage: int, days: list[datetime.datetime], writer: Writer) -> None:
    """The audit of a review that has come so far."""
    writer.add(made_by_system(row, "open", days[0], frm=ReviewState.SETUP, to=ReviewState.SELF_REVIEW))
    for number, (name, user, at) in enumerate(
        (
            ("send", member.user, days[1]),
            ("share", member.manager, days[2]),
            ("answer", member.user, days[4]),
            ("confirm_fair", member.second_manager, days[5]),
        ),
        start=1,
    ):
        if number <= stage:
            writer.add(made_by(user, row, name, at, frm=STAGES[number - 1], to=STAGES[number]))
