"""Sets of people's records. Fields are named by string; models are not imported."""

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone


def _running(on=None, to: str = "") -> Q:
    """Rows whose dates include the day (both ends inclusive; no end means still running); `to` leads to the rows."""
    day = on or timezone.localdate()
    begun, no_end = Q(**{f"{to}starts_on__lte": day}), Q(**{f"{to}ends_on__isnull": True})
    return begun & (no_end | Q(**{f"{to}ends_on__gte": day}))


class DatedQuerySet(models.QuerySet):
    """Rows with a first and a last day."""

    def current(self, on=None):
        """Rows that hold on the day (today when not given)."""
        return self.filter(_running(on))

    def coming(self):
        """Rows whose first day has not come."""
        return self.filter(starts_on__gt=timezone.localdate())

    def ended(self):
        """Rows whose last day is over."""
        return self.filter(ends_on__lt=timezone.localdate())


class TeamQuerySet(models.QuerySet):
    """Teams of the host body."""

    def with_people(self):
        """Each with `people_count`: how many people hold a post in it today."""
        held = _running(to="posts__") & Q(posts__person__is_active=True)
        return self.annotate(people_count=Count("posts__person", filter=held, distinct=True)).order_by("name")


class PostQuerySet(DatedQuerySet):
    """Posts of staff."""

    def managed_by(self, user):
        """Posts of others whose line manager is the person, or somebody the person covers for today.

        Whoever stands in for their own line manager does not become their own. Somebody without a current post manages
        nobody: who left may be a partner now, still named as line manager because nobody has changed it yet.
        """
        holds_a_post = self.model._default_manager.current().filter(person=user)
        own = user._meta.default_manager.filter(pk=user.pk).order_by().values("pk")
        covered = user.covering.current().order_by().values("manager_id")
        # A union and not an "or": both databases then go by the index of line managers, on every page of everybody
        return self.filter(Exists(holds_a_post), line_manager__in=own.union(covered)).exclude(person=user)

    def for_list(self):
        """With everything that a row of the list names."""
        return self.select_related("person", "team", "line_manager", "job_family")

    def matching(self, words):
        """Whose person's name or address, or whose title, holds these words."""
        return self.filter(
            Q(person__name__icontains=words) | Q(person__email__icontains=words) | Q(title__icontains=words)
        )

    def without_manager(self):
        """No line manager is named, or the one who is holds no post any more."""
        held = self.model.objects.current().filter(person_id=OuterRef("line_manager_id"), person__is_active=True)
        return self.exclude(Exists(held))

    def overlapping(self, starts_on, ends_on):
        """Posts that hold on at least one day of a time; no end means for good."""
        rows = self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
        return rows.filter(starts_on__lte=ends_on) if ends_on else rows


class TokenLinkQuerySet(models.QuerySet):
    """Rows that a mailed link leads to."""

    def live_by_token(self, raw: str):
        """Rows behind this raw token that are neither revoked nor past their end."""
        return self.filter(token_hash=self.model.hash_of(raw), revoked_at__isnull=True, expires_at__gt=timezone.now())


class ApiTokenQuerySet(models.QuerySet):
    """Keys to the API. There is one reader: the person."""

    def visible_to(self, user):
        """The person's own and nobody else's, whatever roles they have."""
        return self.filter(person_id=user.pk) if user.is_authenticated else self.none()

    def live(self):
        """Neither revoked nor past their end, of somebody who may sign in."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=timezone.now(), person__is_active=True)
