"""Sets of people's records. Fields are named by string; models are not imported."""

from django.db import models
from django.db.models import Exists, Q
from django.utils import timezone


def _running(on=None) -> Q:
    """Rows whose dates include the day (both ends inclusive; no end means still running)."""
    day = on or timezone.localdate()
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class DatedQuerySet(models.QuerySet):
    """Rows with a first and a last day."""

    def current(self, on=None):
        """Rows that hold on the day (today when not given)."""
        return self.filter(_running(on))


class PostQuerySet(DatedQuerySet):
    """Posts of staff."""

    def managed_by(self, user):
        """Posts of others whose line manager is the person, or somebody the person covers for today.

        Whoever stands in for their own line manager does not become their own. Somebody without a current post manages
        nobody: who left may be a partner now, still named as line manager because nobody has changed it yet.
        """
        day = timezone.localdate()
        holds_a_post = self.model._default_manager.current().filter(person=user)
        covered = Q(
            line_manager__covers__cover=user,
            line_manager__covers__starts_on__lte=day,
            line_manager__covers__ends_on__gte=day,
        )
        return self.filter(Q(line_manager=user) | covered, Exists(holds_a_post)).exclude(person=user).distinct()


class TokenLinkQuerySet(models.QuerySet):
    """Rows that a mailed link leads to."""

    def live_by_token(self, raw: str):
        """Rows behind this raw token that are neither revoked nor past their end."""
        return self.filter(token_hash=self.model.hash_of(raw), revoked_at__isnull=True, expires_at__gt=timezone.now())
