"""The fixed people of the tests: the same names, posts and groups as in the demo. No records about them here."""

import datetime
from dataclasses import dataclass, field, fields

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils import timezone

from people.enums import Role, Sector
from people.models import Affiliation, JobFamily, Organisation, Post, Team, User

PASSWORD = "common-ground"
PEOPLE = {
    "ailsa": ("staff@example.org", "Ailsa Grant"),
    "morag": ("manager@example.org", "Morag Sinclair"),
    "fergus": ("countersigner@example.org", "Fergus Reid"),
    "rhona": ("partner@example.org", "Rhona MacBain"),
    "dougie": ("union@example.org", "Dougie Ross"),
    "priya": ("coordinator@example.org", "Priya Nair"),
    "tom": ("hr@example.org", "Tom Baxter"),
    "senga": ("editor@example.org", "Senga Muir"),
    "donald": ("lead@example.org", "Donald Iqbal"),
    "stranger": ("stranger@example.org", "Sam Stranger"),  # signed in, but nothing to do with anybody
}
ROLES = {"priya": (Role.COORDINATOR,), "tom": (Role.HR,), "senga": (Role.EDITOR,)}
POSTS = {
    "ailsa": ("Catchment officer", "morag"),
    "morag": ("Catchment manager", "fergus"),
    "fergus": ("Head of operations", None),
    "priya": ("Training co-ordinator", "fergus"),
    "tom": ("Appraisal administrator", "fergus"),
    "senga": ("Content editor", "fergus"),
    "donald": ("Partnership lead", "fergus"),
}


@dataclass
class Cast:
    """Everyone in one place. `people` gives them by name, without the organisations."""

    ailsa: User
    morag: User
    fergus: User
    rhona: User
    dougie: User
    priya: User
    tom: User
    senga: User
    donald: User
    stranger: User
    host: Organisation
    carers: Organisation
    union: Organisation
    people: dict[str, User] = field(default_factory=dict)

    def fresh(self, name: str) -> User:
        """The person read again, without anything cached on the object."""
        return User.objects.get(pk=getattr(self, name).pk)


def make_cast() -> Cast:
    """Write the people, their organisations, posts and groups in a dozen statements."""
    people = _people()
    host, carers, union = Organisation.objects.bulk_create(
        [
            Organisation(name="Scottish Rivers Authority", slug="rivers", sector=Sector.PUBLIC_BODY, is_host=True),
            Organisation(name="Varrach Carers' Voice", slug="carers", sector=Sector.THIRD_SECTOR),
            Organisation(name="Union of Care Trades", slug="union", sector=Sector.UNION),
        ]
    )
    _posts(people)
    since = _a_year_ago()
    Affiliation.objects.bulk_create(
        [
            Affiliation(person=people["rhona"], organisation=carers, role="Development worker", starts_on=since),
            Affiliation(person=people["dougie"], organisation=union, role="Regional organiser", starts_on=since),
        ]
    )
    _groups(people)
    assert set(people) == {f.name for f in fields(Cast)} - {"host", "carers", "union", "people"}
    return Cast(**people, host=host, carers=carers, union=union, people=people)


def _people() -> dict[str, User]:
    password = make_password(PASSWORD)
    rows = [User(email=email, name=name, password=password) for email, name in PEOPLE.values()]
    User.objects.bulk_create(rows)
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=row, email=row.email, verified=True, primary=True) for row in rows]
    )
    return dict(zip(PEOPLE, rows, strict=True))


def _posts(people: dict[str, User]) -> None:
    team = Team.objects.create(name="Varrach catchment")
    family = JobFamily.objects.create(code="catchment-officer", name="Catchment officers")
    Post.objects.bulk_create(
        [
            Post(
                person=people[name],
                team=team,
                job_family=family if name == "ailsa" else None,
                line_manager=people[manager] if manager else None,
                title=title,
                starts_on=_a_year_ago(),
            )
            for name, (title, manager) in POSTS.items()
        ]
    )


def _groups(people: dict[str, User]) -> None:
    groups = {role: Group.objects.get_or_create(name=role.value)[0] for role in Role}
    for name, roles in ROLES.items():
        people[name].groups.set([groups[role] for role in roles])


def _a_year_ago() -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=365)
