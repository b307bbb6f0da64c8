"""Examples of the large body with the answers of people from outside, and what managers noted."""

import datetime
import uuid
from collections.abc import Iterable

from appraisal.enums import Answer, ConfirmationState, EvidenceState, NoteKind
from appraisal.models import EvidenceConfirmation, EvidenceEntry, ManagerNote
from cms.demo.days import ReviewYear, latest_day, review_year
from cms.scale import words
from cms.scale.audit import made_by
from cms.scale.people import DOMAIN, Member, moment
from cms.scale.writer import Writer
from partnerships.models import Behaviour
from people.lib.dates import quarter_label
from people.models import AuditEvent, TokenLink

EACH_YEAR = (2, 4)  # examples of a person, at least and at most
ASKED, ANSWERED, NOTED = 0.45, 0.7, 0.5
CONCERN = 0.03  # share of people about whom a concern was raised in time
TAGGED = EvidenceEntry.behaviours.through


def keep_examples(members: Iterable[Member], behaviours: dict[str, list[Behaviour]], writer: Writer) -> None:
    """Examples of both review years; the first two of a year are shared, so that levels can rest on them."""
    years = {"last": review_year().before, "this": review_year()}
    for member in members:
        for name, year in years.items():
            if name == "last" and not member.was_here_last_year:
                continue
            count = member.chance.randint(*EACH_YEAR)
            member.examples[name] = [
                _example(member, number, _some_day(member, year), behaviours[member.family], writer)
                for number in range(count)
            ]


def _some_day(member: Member, year: ReviewYear) -> datetime.date:
    """In the year, and two weeks ago at least."""
    last = min(year.last, latest_day() - datetime.timedelta(days=14))
    first = max(year.first, member.post.starts_on)
    return first + datetime.timedelta(days=member.chance.randrange(max(1, (last - first).days)))


def _example(
    member: Member, number: int, day: datetime.date, behaviours: list[Behaviour], writer: Writer
) -> EvidenceEntry:
    chance = member.chance
    place, group = chance.choice(words.PLACES), chance.choice(words.GROUPS)
    shared = number < EACH_YEAR[0] or chance.random() < ASKED
    at = moment(day + datetime.timedelta(days=1), chance)
    entry = writer.add(
        EvidenceEntry(
            state=EvidenceState.SHARED if shared else EvidenceState.DRAFT,
            state_since=at,
            changed_at=at,
            created_at=at,
            owner=member.user,
            title=chance.choice(words.TITLES).format(group=group),
            happened_on=day,
            situation=chance.choice(words.SITUATIONS).format(place=place, group=group),
            action=chance.choice(words.ACTIONS),
            result=chance.choice(words.RESULTS),
            form_key=uuid.UUID(int=chance.getrandbits(128)),
        )
    )
    for behaviour in chance.sample(behaviours, 2):
        writer.add(TAGGED(evidenceentry_id=entry.pk, behaviour_id=behaviour.pk))
    writer.add(made_by(member.user, entry, "keep", at, to=EvidenceState.DRAFT))
    if shared:
        writer.add(made_by(member.user, entry, "share", at, frm=EvidenceState.DRAFT))
        if chance.random() < ASKED:
            _ask(member, entry, at + datetime.timedelta(days=2), writer)
    return entry


def _ask(member: Member, entry: EvidenceEntry, asked_at: datetime.datetime, writer: Writer) -> None:
    """One question to one person of a small group, each asked once."""
    chance = member.chance
    answered = chance.random() < ANSWERED
    at = asked_at + datetime.timedelta(days=chance.randrange(1, 10))
    email, group = f"e{entry.pk}@partners.{DOMAIN}", f"Group {entry.pk}"
    answer = chance.choices([Answer.YES, Answer.YES_AND, Answer.NOT_SO], (70, 25, 5))[0]
    request = writer.add(
        EvidenceConfirmation(
            state=ConfirmationState.ANSWERED if answered else ConfirmationState.ASKED,
            state_since=at if answered else asked_at,
            changed_at=at if answered else asked_at,
            entry=entry,
            name=f"{chance.choice(words.GIVEN)} {chance.choice(words.FAMILY)}",
            email=email,
            token_hash=TokenLink.hash_of(f"{member.number}/{entry.form_key}"),
            expires_at=asked_at + datetime.timedelta(days=365 if answered else 30),
            organisation_name=group,
            asked_by=member.user,
            decides=False,
            asked_at=asked_at,
            sent_by=member.user,
            answered_at=at if answered else None,
            text_version=1,
            shown_title=entry.title,
            shown_on=entry.happened_on,
            shown_text=entry.account_text,
            answer=answer if answered else "",
            words=chance.choice(words.ANSWERS) if answered else "",
            quarter=quarter_label(asked_at.date()),
            email_key=email,
            organisation_key=f"name:{group.lower()}",
            person_slot=1,
            organisation_slot=1,
        )
    )
    writer.add(made_by(member.user, request, "ask", asked_at, to=ConfirmationState.ASKED))
    if answered:
        writer.add(_answered_by_link(request, at))


def _answered_by_link(request: EvidenceConfirmation, at: datetime.datetime) -> AuditEvent:
    event = made_by(request.asked_by, request, "answer", at, frm=ConfirmationState.ASKED)
    event.actor_kind, event.actor_id, event.actor_label = "link", None, request.name
    return event


def note(members: Iterable[Member], behaviours: dict[str, list[Behaviour]], writer: Writer) -> None:
    """Every second person had something noted that went well; about a few a concern was raised in time."""
    for member in members:
        chance = member.chance
        if chance.random() < NOTED:
            _note(member, NoteKind.GOOD, chance.choice(behaviours[member.family]), chance.randrange(20, 150), writer)
        if chance.random() < CONCERN:
            days = chance.randrange(75, 150)  # more than twenty working days before anything is shared
            member.concern = _note(member, NoteKind.CONCERN, behaviours[member.family][0], days, writer)


def _note(member: Member, kind: str, behaviour: Behaviour, days: int, writer: Writer) -> ManagerNote:
    day = latest_day() - datetime.timedelta(days=days)
    texts = words.CONCERNS if kind == NoteKind.CONCERN else words.NOTES
    return writer.add(
        ManagerNote(
            post=member.post,
            person=member.user,
            author=member.manager,
            kind=kind,
            behaviour=behaviour,
            seen_on=day,
            text=member.chance.choice(texts),
            written_at=moment(day + datetime.timedelta(days=1), member.chance),
            form_key=uuid.UUID(int=member.chance.getrandbits(128)),
        )
    )
