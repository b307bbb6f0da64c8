"""What is required in the demo: one module of everybody on the staff, and one asked of the partnership."""

import datetime

from cms.demo.learning import FIRST, SECOND
from partnerships.models import Partnership
from people.lib.dates import today
from people.models import User
from training.enums import Audience
from training.models import ModulePage, RequiredLearning
from training.required.requirements import make_exception, set_required

WHY_ALL = "We have promised our partners that whoever works here has read what they told us."
WHY_GROUP = "The group renews the call list in March, and this is about how early is early enough."
LET_OFF = "You chair the board and took the module when it was written."


def load_required(people: dict[str, User], group: Partnership) -> None:
    """Set each row once; what is there stays as it is."""
    if RequiredLearning.objects.exists():
        return
    priya = people["coordinator"]
    of_all = _require(FIRST, 45, WHY_ALL, priya, audience=Audience.EVERYONE, repeat_months=36)
    _require(SECOND, 60, WHY_GROUP, priya, audience=Audience.PARTNERSHIP, partnership=group)
    make_exception(of_all, people["una.drummond"], reason=LET_OFF, until=None, by=priya)


def _require(slug: str, days: int, why: str, by: User, **values) -> RequiredLearning:
    due_on = today() + datetime.timedelta(days=days)
    row = RequiredLearning(module=ModulePage.objects.get(slug=slug), due_on=due_on, reason=why, **values)
    return set_required(row, by=by)
