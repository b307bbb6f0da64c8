"""Sets of venues and of questions to their hosts. Fields are named by string; models are not imported."""

from django.db import models
from django.utils import timezone

from people.enums import Role
from people.querysets import TokenLinkQuerySet
from training.enums import QuestionState


class VenueQuerySet(models.QuerySet):
    """Places to meet, as co-ordinators keep them. What is known about one stands on the page of its sessions too."""

    def visible_to(self, user):
        """All of them, for co-ordinators alone."""
        return self.all() if _keeps_venues(user) else self.none()

    def for_list(self):
        """With what a row of the list shows, in a number of queries that does not grow."""
        return self.select_related("host").prefetch_related("facts")

    def matching(self, words):
        """Whose name or address holds these words."""
        return self.filter(models.Q(name__icontains=words) | models.Q(address__icontains=words))


class VenueQuestionQuerySet(TokenLinkQuerySet):
    """Questions to the hosts of venues."""

    def visible_to(self, user):
        """All of them, for co-ordinators alone; the host comes by the link."""
        return self.all() if _keeps_venues(user) else self.none()

    def open(self):
        """Asked or answered and not withdrawn: at most one a venue, whose link may be over."""
        return self.filter(state__in=[QuestionState.ASKED, QuestionState.ANSWERED])

    def over(self, day):
        """Those whose link ended before this day."""
        return self.filter(expires_at__date__lt=day)

    def unanswered(self):
        """Asked, still open, and nobody has answered."""
        return self.filter(state=QuestionState.ASKED, expires_at__gt=timezone.now())


def _keeps_venues(user) -> bool:
    return user.is_authenticated and user.is_active and user.has_role(Role.COORDINATOR)
