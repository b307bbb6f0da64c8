"""The person. Where somebody works and what they may do for whom stand in organisation.py and team.py."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Exists
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes people; e-mail addresses are kept in lower case so that one address is one person."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """Make a person; without a password they sign in with a mailed code."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password) if password else user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        """Make a technical administrator. It gives no right to anybody's content."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a person by e-mail, whatever the case it was typed in."""
        return self.get(email=(username or "").lower())


@dataclass(frozen=True)
class Standing:
    """What the frame of every page asks about whoever is signed in."""

    roles: frozenset[str]
    holds_post: bool
    manages: bool


class User(AbstractBaseUser, PermissionsMixin):
    """A person on either side. One name field; no organisation: that is a Post or an Affiliation."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    is_staff = models.BooleanField(_("technical administrator"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(Lower("email"), name="people_user_email_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name as the person writes it (Wagtail asks for it under this name)."""
        return self.name

    def get_short_name(self) -> str:
        """The first word of the name, for a greeting."""
        return self.name.split()[0] if self.name.split() else self.email

    @cached_property
    def standing(self) -> Standing:
        """Roles, whether they hold a post and whether they manage or cover one: one query for the three."""
        from people.models.team import Post  # team.py needs User

        posts = Post.objects.current()
        rows = list(
            User.objects.filter(pk=self.pk)
            .annotate(holds=Exists(posts.filter(person=self)), manages=Exists(posts.managed_by(self)))
            .values_list("groups__name", "holds", "manages")
        )
        roles = frozenset(name for name, _holds, _manages in rows if name)
        return Standing(roles, any(row[1] for row in rows), any(row[2] for row in rows))

    @property
    def role_names(self) -> frozenset[str]:
        """The groups this person is in."""
        return self.standing.roles

    @cached_property
    def current_line_manager_ids(self) -> frozenset[int]:
        """Ids of the line managers of this person's current posts; queries once."""
        posts = self.posts.current().exclude(line_manager=None)
        return frozenset(posts.values_list("line_manager_id", flat=True))

    @cached_property
    def _managed(self) -> list[tuple[int, int, int]]:
        """(post, person, line manager) of the current posts that this person manages today or covers for today;
        queries once, and not at all for most people, whose standing says that there are none."""
        from people.models.team import Post  # team.py needs User

        if not self.standing.manages:
            return []
        return list(Post.objects.current().managed_by(self).values_list("pk", "person_id", "line_manager_id"))

    @cached_property
    def managed_person_ids(self) -> frozenset[int]:
        """Ids of the people whose line manager this person is today or covers for today."""
        return frozenset(person for _post, person, _manager in self._managed)

    @cached_property
    def managed_post_ids(self) -> frozenset[int]:
        """Ids of the current posts that this person manages today or covers for today."""
        return frozenset(post for post, _person, _manager in self._managed)

    @cached_property
    def covered_manager_ids(self) -> frozenset[int]:
        """Ids of the line managers of somebody whom this person stands in for today."""
        return frozenset(manager for _post, _person, manager in self._managed) - {self.pk}

    @property
    def is_staff_member(self) -> bool:
        """True when the person holds a current post in the host body."""
        return self.standing.holds_post

    @property
    def manages_somebody(self) -> bool:
        """True when the person is a line manager today, or stands in for one."""
        return self.standing.manages

    def has_role(self, role: str) -> bool:
        """True when the person is in the group of this role."""
        return role in self.role_names


def display_name(user: User) -> str:
    """The name shown on the sign-in pages."""
    return str(user)
