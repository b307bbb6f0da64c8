"""Sets of review cycles. Fields are named by string; models are not imported."""

from django.db import models
from django.db.models import Count, Q

from appraisal.enums import CycleState, ReviewState
from people.enums import Role


class CycleQuerySet(models.QuerySet):
    """Review cycles."""

    def visible_to(self, user):
        """Administrators alone keep cycles; everybody else meets one through a review."""
        allowed = user.is_authenticated and user.is_active and user.has_role(Role.HR)
        return self.all() if allowed else self.none()

    def open(self):
        """Cycles under way."""
        return self.filter(state=CycleState.OPEN)

    def not_closed(self):
        """Cycles being prepared or under way."""
        return self.exclude(state=CycleState.CLOSED)

    def with_counts(self):
        """Each with `reviews_count` and `opening_count`: how many reviews it has, how many are still being opened."""
        opening = Count("reviews", filter=Q(reviews__state=ReviewState.SETUP))
        return self.annotate(reviews_count=Count("reviews"), opening_count=opening).order_by("-starts_on", "-pk")
