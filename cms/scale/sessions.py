"""Joint sessions of the large body: three years of them with who was invited, who came and what they said of it.

One session for eight people and three places for each: 2,500 and 60,000 in a body of 20,000. Four people in ten come
for a partner, without an account.
"""

import datetime
import random
from hashlib import sha256

from django.db.models import Model
from django.utils import timezone

from cms.demo.people import HOST, email
from cms.scale import words
from cms.scale.audit import made_by, made_by_system
from cms.scale.people import Body, moment
from cms.scale.writer import Writer
from partnerships.framework import behaviour_choices
from people.enums import Sector, Side
from people.lib.dates import today
from people.models import Organisation, User
from training.enums import (
    CertificateState,
    FactAnswer,
    FeedbackGroup,
    InvitationState,
    NeedState,
    PlaceState,
    Presence,
    Recipe,
    SaidIt,
    SessionFormat,
    SessionState,
    Support,
    WhyNot,
)
from training.models import (
    AccessNeed,
    Attendance,
    Certificate,
    Facilitator,
    FeedbackLoopItem,
    FeedbackRound,
    HeldPlaces,
    JointSession,
    Place,
    SessionDate,
    SessionFeedback,
    SessionInvitation,
    Venue,
    VenueFact,
)
from training.models.certificate import ALPHABET, CODE_LENGTH
from training.planning.venues import FACTS

PEOPLE_A_SESSION = 8  # so many people of the body make one session
PLACES = 24
PARTNERS = 0.4
PAST, LONGEST_AGO, FURTHEST = 0.9, 1000, 120  # share, days
CHUNK = 100
SECTORS = (Sector.COMMUNITY, Sector.UNION, Sector.BUSINESS, Sector.THIRD_SECTOR, Sector.COUNCIL, Sector.OTHER)
STATES = (PlaceState.BOOKED, PlaceState.CANCELLED, PlaceState.WAITING)
CAME = (Presence.FULL, Presence.PART, Presence.NO_SHOW, Presence.APOLOGIES)
LENGTH = datetime.timedelta(hours=3)


def hold_sessions(body: Body, writer: Writer) -> None:
    """Venues and partners first, then the sessions, some at a time."""
    ground = _Ground(body, writer)
    for number in range(max(1, body.size // PEOPLE_A_SESSION)):
        _Session(number, ground).write()
        if number % CHUNK == CHUNK - 1:
            writer.flush()
    writer.flush()


class _Ground:
    """What all sessions share."""

    def __init__(self, body: Body, writer: Writer) -> None:
        self.body, self.writer = body, writer
        self.priya = User.objects.get(email=email("coordinator"))
        self.host = Organisation.objects.get(is_host=True)
        choices = behaviour_choices()
        self.behaviours = [behaviour for behaviour, _text in choices]
        self.short_names = {behaviour.pk: text.short_name for behaviour, text in choices}
        count = body.size // 100 + len(SECTORS)
        self.partners = [self._partner(number) for number in range(count)]
        self.venues = [self._venue(number) for number in range(body.size // 500 + 3)]
        writer.flush()

    def _partner(self, number: int) -> Organisation:
        place, sector = words.PLACES[number % len(words.PLACES)], SECTORS[number % len(SECTORS)]
        name = f"{place} {Sector(sector).label.lower()} {number + 1}"
        return self.writer.add(Organisation(name=name, slug=f"scale-{number}", sector=sector))

    def _venue(self, number: int) -> Venue:
        place = words.PLACES[number % len(words.PLACES)]
        venue = self.writer.add(Venue(name=f"{place} hall {number + 1}", address=f"{number + 1} Shore Road, {place}"))
        for fact in FACTS:
            row = VenueFact(venue=venue, code=fact.code, answer=FactAnswer.YES, checked_by="Effie Laing")
            row.checked_on = today() - datetime.timedelta(days=number % 300)
            self.writer.add(row)
        return venue


class _Session:
    """One session with everything that belongs to it."""

    def __init__(self, number: int, ground: _Ground) -> None:
        self.number, self.ground, self.writer = number, ground, ground.writer
        self.chance: random.Random = ground.body.chance(number, "session")
        past = self.chance.random() < PAST
        days = -self.chance.randrange(20, LONGEST_AGO) if past else self.chance.randrange(20, FURTHEST)
        self.day, self.past = today() + datetime.timedelta(days=days), past
        self.begun = moment(self.day)
        self.asked = moment(min(self.day - datetime.timedelta(days=45), today() - datetime.timedelta(days=1)))

    def write(self) -> None:
        self.session = self._session()
        two = self.number % 5 == 0
        starts = [self.begun, self.begun + datetime.timedelta(days=7)][: 1 + two]
        self.dates = [self._add(SessionDate, starts_at=start, ends_at=start + LENGTH) for start in starts]
        self._who_leads()
        people = self.ground.body.users
        there = self.chance.sample(people, min(len(people), round(PLACES * (1 - PARTNERS))))
        guests = range(PLACES - len(there))
        for user in there:
            self._place(user.name, user.email, user, self.ground.host)
        for guest in guests:
            name = f"{self.chance.choice(words.GIVEN)} {self.chance.choice(words.FAMILY)}"
            address = f"g{self.number}-{guest}@partners.example.org"
            self._place(name, address, None, self.chance.choice(self.ground.partners))
        if self.past:
            self._what_was_said()

    def _session(self) -> JointSession:
        chance, published = self.chance, timezone.localdate(self.asked)
        session = self.writer.add(
            JointSession(
                state=SessionState.PUBLISHED,
                state_since=self.asked,
                changed_at=self.asked,
                version=2,
                title=f"{chance.choice(words.PLACES)}: {chance.choice(words.TEAMS)}, {chance.choice(words.GROUPS)}",
                purpose=chance.choice(words.SITUATIONS).format(
                    place=chance.choice(words.PLACES), group=chance.choice(words.GROUPS)
                ),
                recipe=Recipe.HALF_DAY,
                format=SessionFormat.HYBRID,
                coordinator=self.ground.priya,
                venue=chance.choice(self.ground.venues),
                join_link="https://meet.example.org/large",
                has_captions=True,
                capacity=PLACES,
                minimum=8,
                decide_on=self.day - datetime.timedelta(days=7),
                goes_ahead=self.past,
                release_on=self.day - datetime.timedelta(days=21),
                sign_up_until=self.day - datetime.timedelta(days=1),
                cancel_days=2,
                support=[Support.EXPENSES, Support.FEE],
                fixed="The day, the place and the first question.",
                still_open="Everything that is asked in the second hour.",
                published_on=published,
                attendance_confirmed_on=self.day + datetime.timedelta(days=1) if self.past else None,
            )
        )
        self.writer.add(made_by(self.ground.priya, session, "publish", self.asked, frm=SessionState.DRAFT))
        self.about = chance.sample(self.ground.behaviours, min(2, len(self.ground.behaviours)))
        for behaviour in self.about:
            through = JointSession.behaviours.through
            self.writer.add(through(jointsession_id=session.pk, behaviour_id=behaviour.pk))
        return session

    def _who_leads(self) -> None:
        self._add(HeldPlaces, held_for=Sector.COMMUNITY, places=6)
        self._add(HeldPlaces, held_for=Sector.UNION, places=4)
        leader = self.chance.choice(self.ground.body.users)
        self._add(Facilitator, name=leader.name, person=leader, organisation=self.ground.host, side=Side.STAFF)
        partner = f"{self.chance.choice(words.GIVEN)} {self.chance.choice(words.FAMILY)} (partner)"
        of = self.chance.choice(self.ground.partners)
        self._add(Facilitator, name=partner, organisation=of, side=Side.PARTNER)
        self.led_by = [leader.name, partner]

    def _place(self, name: str, address: str, user: User | None, organisation: Organisation) -> None:
        chance = self.chance
        answer = chance.choices(list(InvitationState), (15, 70, 15))[0]
        self._invitation(name, address, user, organisation, answer)
        state = chance.choices(STATES, (88, 6, 0 if self.past else 6))[0]
        booked = state == PlaceState.BOOKED
        self.seat = getattr(self, "seat", 0) + booked
        at = self.asked + datetime.timedelta(hours=chance.randrange(1, 24 * 7))
        place = self._add(
            Place,
            state=state,
            state_since=at,
            changed_at=at,
            person=user,
            name=name,
            email=address,
            email_key=address,
            organisation=organisation,
            sector=organisation.sector,
            side=Side.STAFF if organisation.is_host else Side.PARTNER,
            is_new=not organisation.is_host and chance.random() < 0.3,
            asked_at=at,
            seat_number=self.seat if booked else None,
            support="" if organisation.is_host else chance.choice(list(Support)),
            token_hash=_hash("place", self.number, address),
            expires_at=self.dates[-1].ends_at + datetime.timedelta(days=60),
        )
        self.writer.add(made_by(user, place, "book", at) if user else made_by_system(place, "book", at))
        if chance.random() < 0.05:
            self._need(place, at)
        if booked and self.past:
            self._came(place, user)

    def _invitation(self, name, address, user, organisation, answer) -> None:
        day = timezone.localdate(self.asked) + datetime.timedelta(days=10)
        invitation = self._add(
            SessionInvitation,
            state=answer,
            state_since=self.asked,
            changed_at=self.asked,
            person=user,
            name=name,
            email=address,
            email_key=address,
            organisation=organisation,
            why_not=self.chance.choice(list(WhyNot)) if answer == InvitationState.DECLINED else "",
            answer_by=day,
            answered_at=None if answer == InvitationState.INVITED else self.asked,
            token_hash=_hash("invitation", self.number, address),
            expires_at=self.dates[-1].ends_at,
        )
        self.writer.add(made_by(self.ground.priya, invitation, "invite", self.asked, to=InvitationState.INVITED))

    def _need(self, place: Place, at: datetime.datetime) -> None:
        values = {"state_since": at, "changed_at": at, "words": "A seat near the loop", "answer": "Row one is yours."}
        self.writer.add(AccessNeed(state=NeedState.ARRANGED, place=place, **values))

    def _came(self, place: Place, user: User | None) -> None:
        marks = [self.chance.choices(CAME, (80, 8, 7, 5))[0] for _date in self.dates]
        for date, presence in zip(self.dates, marks, strict=True):
            self.writer.add(
                Attendance(
                    place=place, date=date, presence=presence, marked_by=self.ground.priya, marked_at=date.ends_at
                )
            )
        if user is not None and all(mark in (Presence.FULL, Presence.PART) for mark in marks):
            self._certificate(place, user)

    def _certificate(self, place: Place, user: User) -> None:
        at = self.dates[-1].ends_at + datetime.timedelta(days=1)
        short = self.ground.short_names
        certificate = self.writer.add(
            Certificate(
                state=CertificateState.ISSUED,
                state_since=at,
                changed_at=at,
                holder=user,
                place_id=place.pk,  # the place itself is done with
                code="".join(self.chance.choices(ALPHABET, k=CODE_LENGTH)),
                holder_name=user.name,
                title=self.session.title,
                minutes=180 * len(self.dates),
                behaviours=[{"code": row.code, "name": short[row.pk]} for row in self.about],
                led_by=self.led_by,
                issuer=HOST,
                completed_on=timezone.localdate(self.dates[-1].ends_at),
                issued_on=timezone.localdate(at),
            )
        )
        self.writer.add(made_by_system(certificate, "issue", at))
        self.ground.body.earned.setdefault(user.pk, []).append((certificate, {row.code for row in self.about}))

    def _what_was_said(self) -> None:
        last = timezone.localdate(self.dates[-1].ends_at)
        self._add(
            FeedbackRound,
            asked_on=last,
            closes_on=last + datetime.timedelta(days=7),
            minimum_scores=3,
            minimum_words=5,
            answered_on=last + datetime.timedelta(days=14),
        )
        for number in range(self.chance.randrange(4, 15)):
            self._add(
                SessionFeedback,
                answer_key=_hash("answer", self.number, str(number)),
                group=self.chance.choice(list(FeedbackGroup)),
                useful=self.chance.choices(range(1, 6), (3, 7, 20, 40, 30))[0],
                learnt=self.chance.choices(range(1, 6), (3, 7, 20, 40, 30))[0],
                said_it=self.chance.choices(list(SaidIt), (70, 22, 8))[0],
            )
        self._add(
            FeedbackLoopItem,
            heard="The second hour was too short.",
            doing="The next one begins half an hour earlier.",
            why="Most of those who came by bus asked for it.",
            by=self.ground.priya,
            said_at=moment(last + datetime.timedelta(days=14)),
        )

    def _add(self, model: type[Model], **values):
        return self.writer.add(model(session=self.session, **values))


def _hash(what: str, number: int, which: str) -> str:
    """Unique like the hash of a real link, and nobody holds the link: it was never made."""
    return sha256(f"{what}/{number}/{which}".encode()).hexdigest()
