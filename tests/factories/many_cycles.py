"""So many review cycles that are prepared, and one over so many people. Each builder takes the cast and a number."""

import datetime

from appraisal.models import AppraisalCycle, CycleExclusion
from partnerships.models import FrameworkVersion
from people.models import Post
from tests.factories import many
from tests.factories.partnerships import published_framework
from tests.factories.reviews import draft_cycle

LAST = datetime.date(2099, 12, 31)


def draft_cycles(cast, count):
    """Review cycles that are prepared; returns the key of one."""
    version = FrameworkVersion.objects.published().first() or published_framework()
    values = {"starts_on": many.DAY, "ends_on": many.DAY, "self_due_on": LAST, "share_due_on": LAST}
    made = AppraisalCycle.objects.bulk_create(
        AppraisalCycle(name=f"Reviews {number}", framework_version=version, close_due_on=LAST, **values)
        for number in range(count)
    )
    return made[0].pk


def draft_over_many(cast, count):
    """A draft over many teams of one person each, with as many left out by name; returns its key."""
    many.staff(cast, 2 * count)
    draft = draft_cycle(cast, left_out=())
    posts = Post.objects.filter(person__email__startswith="officer-").order_by("-pk")[:count]
    CycleExclusion.objects.bulk_create(CycleExclusion(cycle=draft, post=post, reason="Away") for post in posts)
    return draft.pk
