"""The people of the large body: a tree in which everybody manages about seven, each such seven being a team."""

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from cms.cast import PASSWORD
from cms.demo.days import review_year
from cms.scale import words
from cms.scale.writer import Writer
from people.models import JobFamily, Post, Team, User

DOMAIN = "scale.example.org"
TEAM = 7
LEAVES = ("catchment-officer", "customer-and-support", "policy-and-planning", "co-ordinator")
LEAF_WEIGHTS = (50, 25, 15, 10)
JOINED_THIS_YEAR = 0.08


@dataclass
class Member:
    """One person and what the other loaders need of them."""

    number: int
    user: User
    post: Post
    family: str
    manager: User
    second_manager: User
    chance: random.Random
    starts: list = field(default_factory=list)
    certificates: list = field(default_factory=list)
    examples: dict = field(default_factory=dict)  # by review year: last and this
    concern: Any = None  # the note, where one was raised

    @property
    def was_here_last_year(self) -> bool:
        return self.post.starts_on < review_year().first


class Body:
    """Everybody by number, written once in order; `members` gives them again in chunks."""

    def __init__(self, size: int, writer: Writer, seed: int) -> None:
        self.size, self.writer, self.seed = size, writer, seed
        self.chief = User.objects.get(email="catriona.weir@example.org")
        self.chair = User.objects.get(email="una.drummond@example.org")
        self.users: list[User] = []
        self.teams: list[Team] = []
        self.earned: dict[int, list] = {}  # by person: certificates of sessions, which records name too

    @cached_property
    def families(self) -> dict[str, JobFamily]:
        return {family.code: family for family in JobFamily.objects.all()}

    def write_people(self) -> None:
        """Users, their addresses and the teams; posts follow with the members."""
        password = make_password(PASSWORD)  # one for all: making one costs 20 ms
        for number in range(self.size):
            chance = self.chance(number, "name")
            name = f"{chance.choice(words.GIVEN)} {chance.choice(words.FAMILY)}"
            user = self.writer.add(User(email=f"p{number:06d}@{DOMAIN}", name=name, password=password))
            self.writer.add(EmailAddress(user=user, email=user.email, verified=True, primary=True))
            self.users.append(user)
        for number in range(self.size // TEAM + 1):
            place = words.PLACES[number % len(words.PLACES)]
            kind = words.TEAMS[number // len(words.PLACES) % len(words.TEAMS)]
            self.teams.append(self.writer.add(Team(name=f"{place} {kind} {number + 1}")))
        self.writer.flush()

    def chunks(self, size: int) -> Iterator[list[Member]]:
        """Members in order, each with a post that waits to be written."""
        for first in range(0, self.size, size):
            yield [self._member(number) for number in range(first, min(first + size, self.size))]

    def chance(self, number: int, what: str) -> random.Random:
        """The same for the same person in every run."""
        return random.Random(f"{self.seed}/{number}/{what}")  # noqa: S311 - invented people, no secret

    def _member(self, number: int) -> Member:
        chance = self.chance(number, "all")
        above = self._above(number)
        manager = self.users[above] if above is not None else self.chief
        family = self._family(number, chance)
        post = self.writer.add(
            Post(
                person=self.users[number],
                team=self.teams[above or 0],
                line_manager=manager,
                job_family=self.families[family],
                title=self.families[family].name,
                starts_on=_started(chance),
            )
        )
        member = Member(number, self.users[number], post, family, manager, self._second(above), chance)
        member.certificates += self.earned.pop(member.user.pk, [])
        return member

    def _above(self, number: int) -> int | None:
        """The number of the line manager; nobody of this body for the first."""
        return (number - 1) // TEAM if number else None

    def _second(self, manager: int | None) -> User:
        if manager is None:
            return self.chair
        above = self._above(manager)
        return self.users[above] if above is not None else self.chief

    def _family(self, number: int, chance: random.Random) -> str:
        first_below = number * TEAM + 1
        if first_below >= self.size:
            return chance.choices(LEAVES, LEAF_WEIGHTS)[0]
        return "senior-leader" if first_below * TEAM + 1 < self.size else "line-manager"


def _started(chance: random.Random) -> datetime.date:
    year = review_year()
    if chance.random() < JOINED_THIS_YEAR:
        return year.first + datetime.timedelta(days=chance.randrange(60))
    return year.before.first - datetime.timedelta(days=chance.randrange(3000))


def moment(day: datetime.date, chance: random.Random | None = None) -> datetime.datetime:
    """Some time between eight and six, or nine o'clock."""
    time = datetime.time(chance.randrange(8, 18), chance.randrange(60)) if chance else datetime.time(9)
    return datetime.datetime.combine(day, time, tzinfo=timezone.get_current_timezone())
