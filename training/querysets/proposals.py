"""Sets of proposals. Fields are named by string; models are not imported."""

from django.db import models

from people.enums import Role
from training.enums import ProposalState


class ProposalQuerySet(models.QuerySet):
    """Sessions and visits that somebody proposed."""

    def visible_to(self, user):
        """One's own; all for co-ordinators."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.all() if user.has_role(Role.COORDINATOR) else self.filter(by_id=user.pk)

    def open(self):
        """Waiting for a reply, the earliest due first."""
        return self.filter(state=ProposalState.PROPOSED)

    def to_plan(self):
        """Accepted, and no draft has come of it yet."""
        return self.filter(state=ProposalState.ACCEPTED, session=None)

    def answered(self):
        """Accepted, declined or withdrawn, the latest first."""
        return self.exclude(state=ProposalState.PROPOSED).order_by("-state_since", "-pk")

    def for_list(self):
        """With whom a row of a list names."""
        return self.select_related("by", "organisation", "answered_by", "session")
