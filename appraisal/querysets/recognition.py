"""Sets of thank yous. Fields are named by string; models are not imported."""

from django.db import models
from django.db.models import Q

from appraisal.enums import RecognitionState


class RecognitionQuerySet(models.QuerySet):
    """One line from one person to another."""

    def visible_to(self, user):
        """Those that one gave or got. No manager, no administrator and nobody else reads them."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(Q(by_id=user.pk) | Q(to_id=user.pk))

    def given_to(self, user):
        """Those that one got."""
        return self.filter(to_id=user.pk)

    def given_by(self, user):
        """Those that one gave."""
        return self.filter(by_id=user.pk)

    def undecided(self):
        """Those about which whoever is thanked has decided nothing."""
        return self.filter(state=RecognitionState.GIVEN)
