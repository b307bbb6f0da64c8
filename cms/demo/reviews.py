"""The reviews of the demo: Morag's five at five stages, Fergus's own, and last year's. Words stand in reviews.yaml.

Everything goes through the real functions, on the day on which it is said to have happened (days.py). It is laid down
once: where there is a review year already nothing here is touched, so that nobody who has acted is moved.
"""

import datetime
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from appraisal.asking import ask, prepare_request
from appraisal.enums import Part
from appraisal.evidence import keep_entry
from appraisal.models import AppraisalCycle, AppraisalReview, EvidenceEntry, ManagerNote, NextStep
from appraisal.notes import answer_note, write_note
from appraisal.ratings import save_rating, save_summary
from appraisal.steps import mark_step
from appraisal.tasks import open_reviews
from cms.demo.days import ReviewYear, before, on_day, review_year
from cms.demo.pages import read
from cms.demo.people import email
from partnerships.models import Behaviour, Engagement, FrameworkVersion, Partnership
from people.lib.dates import add_working_days, today
from people.models import Organisation, OutgoingMail, Post, Team, User
from people.policy import policy
from people.transitions import Actor, create, link_actor, move, person
from training.models import ModulePage

CATCHMENT, FLOOD = "Varrach catchment", "Flood warning"
LEFT_OUT = {"manager": "Reviewed together with the other managers"}  # last year


@dataclass
class Story:
    """What the file speaks of by short names: people, examples and notes."""

    people: Mapping[str, User]
    group: Partnership
    entries: dict[str, EvidenceEntry]
    notes: dict[str, ManagerNote] = field(default_factory=dict)
    asked: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    told_on: datetime.date = field(default_factory=today)

    def user(self, who: str) -> User:
        """Read anew: whom somebody manages depends on the day."""
        return User.objects.get(pk=self.people[who].pk)

    def actor(self, who: str) -> Actor:
        return person(self.user(who))

    def in_days(self, count: int) -> datetime.date:
        """So many working days from the day of loading, or before it when negative."""
        return add_working_days(self.told_on, count)


Day = Callable[[int], datetime.date]


def load_reviews(people: Mapping[str, User], group: Partnership, entries: dict[str, EvidenceEntry]) -> None:
    """Lay down last year's reviews and this year's, unless there are any."""
    if AppraisalCycle.objects.exists():
        return
    told = read("reviews.yaml")
    story = Story(people=people, group=group, entries=dict(entries), asked=told["asked"])
    with transaction.atomic():
        for row in told["examples"]:
            _keep_example(story, row)
        _last_year(story, told["last"])
        for row in told["notes"]:
            _note(story, row)
        _this_year(story, told["this"])
        _forget_old_mail()


def _last_year(story: Story, rows: list[dict[str, Any]]) -> None:
    """Everything was said, confirmed and closed soon after the end of that year."""
    year = review_year().before

    def day(count: int) -> datetime.date:
        return add_working_days(year.last, count)

    cycle = _open_cycle(story, year, (CATCHMENT,), opened=day(-15), due=(day(10), day(20), day(30)), left_out=LEFT_OUT)
    for row in rows:
        _tell(story, cycle, row, day)
    with on_day(day(32)):
        move(cycle, "close", by=story.actor("hr"))
    for row in rows:
        _mark_done(story, cycle, row)


def _this_year(story: Story, rows: list[dict[str, Any]]) -> None:
    """Opened three weeks ago; self-assessments are due in a few days."""

    def day(count: int) -> datetime.date:
        return story.in_days(-count)

    due = (day(-4), day(-15), day(-25))
    cycle = _open_cycle(story, review_year(), (CATCHMENT, FLOOD), opened=day(16), due=due)
    for row in rows:
        _tell(story, cycle, row, day)


def _open_cycle(
    story: Story,
    year: ReviewYear,
    teams: tuple[str, ...],
    *,
    opened: datetime.date,
    due: tuple[datetime.date, datetime.date, datetime.date],
    left_out: Mapping[str, str] | None = None,
) -> AppraisalCycle:
    cycle = AppraisalCycle(
        name=f"Reviews {year.label}",
        starts_on=year.first,
        ends_on=year.last,
        framework_version=FrameworkVersion.objects.published().latest("number"),
        self_due_on=due[0],
        share_due_on=due[1],
        close_due_on=due[2],
    )
    with on_day(opened):
        hr = story.actor("hr")
        create(cycle, "prepare", by=hr)
        cycle.teams.set(Team.objects.filter(name__in=teams))
        for who, reason in (left_out or {}).items():
            cycle.exclusions.create(post=Post.objects.get(person=story.people[who]), reason=reason)
        cycle = move(cycle, "open", by=hr)
        open_reviews.func(cycle.pk)
    return cycle


def _tell(story: Story, cycle: AppraisalCycle, row: dict[str, Any], day: Day) -> None:
    """Walk one review as far as the file goes: both parts, the talk, the answer, the second manager's word."""
    review = AppraisalReview.objects.get(cycle=cycle, job_holder=story.people[row["who"]])
    holder, second = row["who"], _key(story, review.second_manager)
    manager = _key(story, review.manager)
    for part, who, done in ((Part.SELF, holder, "sent"), (Part.MANAGER, manager, "shared")):
        written = row.get(part.value)
        if not written:
            continue
        with on_day(day(written["saved"])):
            _write(story, review, part, written, story.actor(who))
        if done in written:
            with on_day(day(written[done]), hour=15):
                move(review, "send" if part == Part.SELF else "share", by=story.actor(who))
    if talk := row.get("talk"):
        with on_day(day(talk["day"]), hour=16):
            for who in talk["said_by"]:
                move(review, "talk_held", by=story.actor(who), data={"talk_on": today()})
    if answer := row.get("answer"):
        with on_day(day(answer["day"]), hour=11):
            move(review, "answer", by=story.actor(holder), data=_answer(review, answer))
    if confirm := row.get("confirm"):
        with on_day(day(confirm["day"]), hour=14):
            move(review, "confirm_fair", by=story.actor(second), data={"words": confirm.get("words", "")})


def _write(story: Story, review: AppraisalReview, part: Part, written: dict[str, Any], by: Actor) -> None:
    for behaviour in review.behaviours.select_related("text__behaviour"):
        row = written["ratings"].get(behaviour.text.behaviour.code)
        if row is None:
            continue
        data = {
            "mark": row.get("level", row.get("mark", "")),
            "words": row.get("words", ""),
            "help": row.get("help", ""),
            "examples": [story.entries[name] for name in row.get("examples", ())],
            "notes": [story.notes[name] for name in row.get("notes", ())],
        }
        save_rating(behaviour, part, data, by=by)
    if "summary" in written:
        steps = [_step(story, step) for step in written.get("steps", ())]
        save_summary(review, part, written["summary"], by=by, steps=steps)


def _step(story: Story, step: dict[str, Any]) -> dict[str, Any]:
    module = ModulePage.objects.get(slug=step["module"]) if "module" in step else None
    return {
        "what": step["what"],
        "owner": story.people[step["who"]],
        "due_on": story.in_days(step["due"]),
        "module": module,
    }


def _mark_done(story: Story, cycle: AppraisalCycle, row: dict[str, Any]) -> None:
    """Some of last year's steps were taken since."""
    for number, step in enumerate(row["manager"]["steps"], start=1):
        if "done" in step:
            kept = NextStep.objects.get(review__cycle=cycle, review__job_holder=story.people[row["who"]], number=number)
            with on_day(story.in_days(-step["done"])):
                mark_step(kept, done=True, by=story.user(step["who"]))


def _answer(review: AppraisalReview, answer: dict[str, Any]) -> dict[str, Any]:
    of = {row.text.behaviour.code: row for row in review.behaviours.select_related("text__behaviour")}
    points = [(of[point["behaviour"]], point["words"]) for point in answer.get("points", ())]
    return {"answer": answer["answer"], "words": answer.get("words", ""), "points": points}


def _keep_example(story: Story, row: dict[str, Any]) -> None:
    """Keep an example a day after it happened, share it, and have somebody asked say how it was."""
    day = _day_of(row)
    owner = story.people[row["owner"]]
    data = {name: row[name] for name in ("title", "situation", "action", "result")}
    data |= {
        "happened_on": day,
        "partnership": story.group if row.get("partnership") else None,
        "engagement": Engagement.objects.filter(partnership=story.group, happened_on=day).first(),
        "behaviours": list(Behaviour.objects.filter(code__in=row["behaviours"])),
    }
    with on_day(day + datetime.timedelta(days=1)):
        entry = keep_entry(owner, data)
    with on_day(day + datetime.timedelta(days=2)):
        if row.get("shared") or "ask" in row:
            entry = move(entry, "share", by=story.actor(row["owner"]))
    if "ask" in row:
        _ask(story, entry, row["ask"], day)
    story.entries[row["id"]] = entry


def _ask(story: Story, entry: EvidenceEntry, question: dict[str, str], day: datetime.date) -> None:
    """Somebody from outside, who has no account here and answers from the mailed link."""
    who = story.asked[question["who"]]
    with on_day(day + datetime.timedelta(days=3)):
        request = prepare_request(
            entry,
            name=who["name"],
            email=email(who["name"].lower().replace(" ", ".")),
            decides=False,
            organisation=Organisation.objects.named(who["organisation"]),
            organisation_name=who["organisation"],
            show=("partnership", "names"),
        )
        request = ask(request, by=entry.owner)
    with on_day(day + datetime.timedelta(days=7), hour=19):
        data = {"answer": question["answer"], "words": question.get("words", "")}
        move(request, "answer", by=link_actor(request), data=data)


def _note(story: Story, row: dict[str, Any]) -> None:
    """Something that a line manager saw; the person could read it the next day, and may have answered."""
    seen = before(row["seen"])
    person_noted = story.people[row["about"]]
    post = Post.objects.select_related("line_manager", "person").get(person=person_noted)
    data = {"kind": row["kind"], "seen_on": seen, "text": row["text"]}
    data["behaviour"] = Behaviour.objects.get(code=row["behaviour"])
    with on_day(seen + datetime.timedelta(days=1), hour=9):
        note = write_note(post, data, form_key=uuid.uuid4(), by=story.user(_key(story, post.line_manager)))
    if "answer" in row:
        with on_day(before(row["answered"])):
            note = answer_note(note, row["answer"], by=story.user(row["about"]))
    story.notes[row["id"]] = note


def _forget_old_mail() -> None:
    """Mail of last year would be gone by now; nobody is sent it today."""
    edge = timezone.now() - datetime.timedelta(days=policy("mail_keep_days"))
    OutgoingMail.objects.filter(created_at__lt=edge).delete()


def _day_of(row: dict[str, Any]) -> datetime.date:
    """The day on which an example happened."""
    return before(row["days"], review_year().before.last if row.get("last") else None)


def _key(story: Story, user: User) -> str:
    return next(who for who, known in story.people.items() if known.pk == user.pk)
