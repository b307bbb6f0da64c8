"""Required learning for tests, set by Priya: everybody on the staff takes a module, unless told otherwise."""

import datetime

from django.utils import timezone

from people.lib.dates import today
from tests.factories.training import make_module
from training.enums import Audience
from training.models import Completion, ModulePage, ModuleStart, RequiredLearning
from training.required.requirements import set_required


def in_days(count: int) -> datetime.date:
    """The day so many days from now."""
    return today() + datetime.timedelta(days=count)


def required_of(cast, audience=Audience.EVERYONE, *, due=20, **values) -> RequiredLearning:
    """One row; the module “early” unless a module or a session is given."""
    if "module" not in values and "session" not in values:
        values["module"] = ModulePage.objects.filter(slug="early").first() or make_module()
    row = RequiredLearning(audience=audience, due_on=in_days(due), reason="We ring before we decide.", **values)
    return set_required(row, by=cast.priya)


def completed(module, user, *, days_ago=0) -> Completion:
    """The person has completed the module so many days ago."""
    start, _new = ModuleStart.objects.get_or_create(
        person=user, module=module, defaults={"rule": "units", "edition": 1}
    )
    at = timezone.now() - datetime.timedelta(days=days_ago)
    return Completion.objects.create(start=start, edition=1, title=module.title, minutes=40, at=at)
