"""Teams, job families and posts of the host body's staff, and who stands in for a manager."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.querysets import DatedQuerySet, PostQuerySet, TeamQuerySet


def _dates_in_order(name: str) -> models.CheckConstraint:
    """The last day is not before the first."""
    return models.CheckConstraint(
        condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")), name=name
    )


class Team(models.Model):
    """A team of the host body."""

    name = models.CharField(_("name"), max_length=120, unique=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class JobFamily(models.Model):
    """Posts that share a role profile, for example catchment officers."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "job families"

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A person's job in the host body, under one line manager; a person may hold two."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="posts")
    line_manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="posts_managed"
    )
    job_family = models.ForeignKey(JobFamily, on_delete=models.PROTECT, null=True, blank=True, related_name="posts")
    title = models.CharField(_("job title"), max_length=120)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["person__name", "starts_on"]
        constraints = [
            _dates_in_order("people_post_dates_in_order"),
            models.CheckConstraint(
                condition=models.Q(line_manager__isnull=True) | ~models.Q(line_manager=models.F("person")),
                name="people_post_not_own_manager",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.title}"

    @property
    def is_current(self) -> bool:
        """True when it holds today, both ends included: what PostQuerySet.current() finds."""
        day = timezone.localdate()
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)


class ManagerCover(models.Model):
    """Somebody stands in for a line manager until a date: saves and approves, never signs (RULES B9)."""

    manager = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="covers")
    cover = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="covering")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on"]
        constraints = [_dates_in_order("people_cover_dates_in_order")]

    def __str__(self) -> str:
        return f"{self.cover} for {self.manager}"
