"""Sets of review years. Fields are named by string; models are not imported."""

from django.db import models

from appraisal.enums import CycleState
from people.enums import Role


class CycleQuerySet(models.QuerySet):
    """Review years."""

    def visible_to(self, user):
        """Administrators alone keep cycles; everybody else meets one through a review."""
        allowed = user.is_authenticated and user.is_active and user.has_role(Role.HR)
        return self.all() if allowed else self.none()

    def open(self):
        """Cycles under way."""
        return self.filter(state=CycleState.OPEN)
