"""Sets of required learning and of exceptions from it. Fields are named by string; models are not imported."""

from django.db import models
from django.db.models import Q

from people.enums import Role
from training.enums import SessionState


class RequiredLearningQuerySet(models.QuerySet):
    """What is required of whom."""

    def visible_to(self, user):
        """Co-ordinators; everybody else reads what concerns them through required.owed_by_one."""
        return self.all() if user.is_authenticated and user.has_role(Role.COORDINATOR) else self.none()

    def in_force(self, day):
        """Not ended on that day."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day))

    def possible(self):
        """What can be done: the module is published, the session was not cancelled."""
        return self.filter(Q(module__live=True) | Q(session__state=SessionState.PUBLISHED))

    def ended(self, day):
        """Required no longer."""
        return self.filter(ended_on__lte=day)

    def for_reading(self):
        """With the names that a row shows, in one query."""
        return self.select_related("module", "session", "team", "job_family", "partnership")


class LearningExceptionQuerySet(models.QuerySet):
    """Who need not do what is required."""

    def visible_to(self, user):
        """One's own; all for co-ordinators. A manager sees that there is one, never why."""
        if not user.is_authenticated:
            return self.none()
        return self.all() if user.has_role(Role.COORDINATOR) else self.filter(person_id=user.pk)
