"""Everybody who could want to read or move Ailsa's review, and what makes them so. Reviews stand in reviews.py."""

import datetime
from collections.abc import Callable
from contextlib import contextmanager

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from appraisal.models import AppraisalReview, ReasonedAccess
from people.enums import Role
from people.lib.dates import today
from people.models import ManagerCover, Post, User
from people.transitions import SYSTEM, Actor, person

YESTERDAY = datetime.timedelta(days=1)
Change = Callable  # of cast and review, before the person acts


def in_hr(name: str) -> Change:
    """Somebody is an appraisal administrator as well."""
    return lambda cast, review: cast.people[name].groups.add(Group.objects.get(name=Role.HR))


def covering(name: str) -> Change:
    """Somebody stands in for Morag today."""
    return lambda cast, review: ManagerCover.objects.create(
        manager=cast.morag, cover=cast.people[name], starts_on=today(), ends_on=today()
    )


def covered_until_yesterday(cast, review) -> None:
    """Donald stood in for Morag and does so no more."""
    day = today() - YESTERDAY
    ManagerCover.objects.create(manager=cast.morag, cover=cast.donald, starts_on=day, ends_on=day)


def goes_to_donald(cast, review) -> None:
    """Ailsa's line manager is Donald now; nobody has handed her review over yet."""
    Post.objects.filter(person=cast.ailsa).update(line_manager=cast.donald)


def leaves(name: str) -> Change:
    """Somebody's post ended yesterday; the account still works."""
    return lambda cast, review: Post.objects.filter(person=cast.people[name]).update(ends_on=today() - YESTERDAY)


def deactivated(name: str) -> Change:
    """Somebody's account is closed."""
    return lambda cast, review: User.objects.filter(pk=cast.people[name].pk).update(is_active=False)


def superuser(cast, review) -> None:
    """A technical administrator without any role."""
    User.objects.filter(pk=cast.stranger.pk).update(is_superuser=True, is_staff=True)


def with_reason(*, hours: int) -> Change:
    """Tom opened the content for a reason that runs out in so many hours, or ran out so many hours ago."""

    def change(cast, review) -> None:
        until = timezone.now() + datetime.timedelta(hours=hours)
        ReasonedAccess.objects.create(review=review, reader=cast.tom, reason="A question of hers", until=until)

    return change


def no_longer_in_hr(cast, review) -> None:
    """Tom opened the content for a reason and has lost the role since."""
    with_reason(hours=1)(cast, review)
    cast.tom.groups.clear()


def _nothing(cast, review) -> None:
    """Just the person."""


PEOPLE: dict[str, tuple[str, Change]] = {
    **{name: (name, _nothing) for name in ("ailsa", "morag", "fergus", "tom")},
    **{name: (name, _nothing) for name in ("rhona", "dougie", "priya", "senga", "donald", "stranger")},
    "ailsa in HR": ("ailsa", in_hr("ailsa")),
    "ailsa covering": ("ailsa", covering("ailsa")),
    "ailsa who left": ("ailsa", leaves("ailsa")),
    "ailsa deactivated": ("ailsa", deactivated("ailsa")),
    "morag in HR": ("morag", in_hr("morag")),
    "morag as the former manager": ("morag", goes_to_donald),
    "morag when ailsa left": ("morag", leaves("ailsa")),
    "morag who left": ("morag", leaves("morag")),
    "morag deactivated": ("morag", deactivated("morag")),
    "donald covering": ("donald", covering("donald")),
    "donald who covered": ("donald", covered_until_yesterday),
    "donald as the coming manager": ("donald", goes_to_donald),
    "fergus in HR": ("fergus", in_hr("fergus")),
    "fergus covering": ("fergus", covering("fergus")),
    "fergus who left": ("fergus", leaves("fergus")),
    "fergus deactivated": ("fergus", deactivated("fergus")),
    "tom covering": ("tom", covering("tom")),
    "tom with a reason": ("tom", with_reason(hours=1)),
    "tom whose reason ran out": ("tom", with_reason(hours=-1)),
    "tom no longer in HR": ("tom", no_longer_in_hr),
    "superuser": ("stranger", superuser),
}
SYSTEM_NAME = "system"


@contextmanager
def undone():
    """Whatever happens inside never happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def become(name: str, cast, review: AppraisalReview) -> Actor:
    """The actor of this name, after making them so."""
    if name == SYSTEM_NAME:
        return SYSTEM
    who, change = PEOPLE[name]
    change(cast, review)
    return person(cast.fresh(who))
