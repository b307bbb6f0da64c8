"""Who is in the audience of required learning today, and since when. What they owe stands in requirements.py.

One query for each kind of audience, whatever the number of people; nothing of it is stored.
"""

import datetime
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from partnerships.models import Partnership, PartnershipPerson
from people.models import Post, User
from training.enums import Audience
from training.models import RequiredLearning

People = Collection[int] | None  # ids; None: everybody
Members = dict[tuple[str, Any], dict[int, datetime.date]]  # (kind, key) -> person -> since
Found = Iterable[tuple[Any, int, datetime.date]]  # key, person, since


def members_of(rows: Iterable[RequiredLearning], people: People = None) -> Members:
    """The people in the audiences of these rows; only some of them when `people` is given."""
    wanted: dict[str, set] = {}
    for row in rows:
        wanted.setdefault(row.audience, set()).add(row.audience_key)
    found: Members = {}
    for kind, keys in wanted.items():
        for key, person, since in FIND[Audience(kind)](keys, people):
            group = found.setdefault((kind, key), {})
            group[person] = min(since, group.get(person, since))
    return found


def _everyone(keys: set, people: People) -> Found:
    rows = _posts(people).values("person_id").annotate(since=Min("starts_on"))
    return ((None, row["person_id"], row["since"]) for row in rows)


def _by_post(field: str) -> Callable[[set, People], Found]:
    def find(keys: set, people: People) -> Found:
        rows = _posts(people).filter(**{f"{field}__in": keys}).values(field, "person_id")
        return ((row[field], row["person_id"], row["since"]) for row in rows.annotate(since=Min("starts_on")))

    return find


def _by_role(keys: set, people: People) -> Found:
    rows = _narrowed(User.objects.filter(is_active=True, groups__name__in=keys), "pk", people)
    return _since_joining(rows.order_by().values_list("groups__name", "pk", "date_joined"))


def _by_partnership(keys: set, people: People) -> Found:
    """Both leads and everybody named, from either side."""
    rows = PartnershipPerson.objects.filter(partnership__in=keys, person__is_active=True).order_by()
    named = _narrowed(rows, "person", people).values_list("partnership", "person", "person__date_joined")
    leads = [
        _narrowed(Partnership.objects.filter(pk__in=keys, **{f"{who}__is_active": True}), who, people)
        .order_by()
        .values_list("pk", who, f"{who}__date_joined")
        for who in ("lead", "co_lead")
    ]
    return _since_joining(named.union(*leads))


def _posts(people: People) -> QuerySet[Post]:
    return _narrowed(Post.objects.current().filter(person__is_active=True).order_by(), "person", people)


def _narrowed(rows: QuerySet, field: str, people: People) -> QuerySet:
    return rows if people is None else rows.filter(**{f"{field}__in": people})


def _since_joining(rows: Iterable[tuple[Any, int, datetime.datetime]]) -> Found:
    return ((key, person, timezone.localdate(joined)) for key, person, joined in rows)


FIND: dict[Audience, Callable[[set, People], Found]] = {
    Audience.EVERYONE: _everyone,
    Audience.TEAM: _by_post("team_id"),
    Audience.JOB_FAMILY: _by_post("job_family_id"),
    Audience.ROLE: _by_role,
    Audience.PARTNERSHIP: _by_partnership,
}


def staff_among(people: People) -> set[int]:
    """Those who hold a post here today: they owe it, everybody else is asked."""
    return set(_posts(people).values_list("person_id", flat=True))


def may_be_in(user: User) -> Q:
    """Rows whose audience this person may be in, for a first cheap look; members_of decides."""
    posts = Post.objects.current().filter(person=user).order_by()
    partnerships = Partnership.objects.of_person(user).order_by()
    return (
        Q(audience=Audience.EVERYONE)
        | Q(team__in=posts.values("team"))
        | Q(job_family__in=posts.exclude(job_family=None).values("job_family"))
        | Q(audience=Audience.ROLE, role__in=user.role_names)
        | Q(partnership__in=partnerships.values("pk"))
    )
