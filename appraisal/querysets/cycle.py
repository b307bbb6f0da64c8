"""Sets of review years. Fields are named by string; models are not imported."""

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from appraisal.enums import CycleState, ReviewState
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

    def not_closed(self):
        """Cycles being prepared or under way."""
        return self.exclude(state=CycleState.CLOSED)

    def with_left_behind(self):
        """Each with `left_behind`: how many of its reviews wait for a handover to another manager."""
        reviews = self.model._meta.get_field("reviews").related_model._default_manager
        rows = reviews.awaiting_handover().filter(cycle=OuterRef("pk")).order_by()
        counted = rows.values("cycle").annotate(n=Count("pk")).values("n")
        return self.annotate(left_behind=Coalesce(Subquery(counted), 0))

    def with_counts(self):
        """Each with `reviews_count` and `opening_count`: how many reviews it has, how many are still being opened."""
        opening = Count("reviews", filter=Q(reviews__state=ReviewState.SETUP))
        return self.annotate(reviews_count=Count("reviews"), opening_count=opening).order_by("-starts_on", "-pk")
