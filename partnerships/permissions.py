"""Who may do what to the framework and the partnerships. Which rows somebody sees stands in querysets.py."""

from partnerships.models import FrameworkVersion
from people.enums import ActorKind, Role
from people.models import User
from people.transitions import Actor


def can_edit_framework(user: User) -> bool:
    """Content editors write versions; nobody else does."""
    return user.is_authenticated and user.has_role(Role.EDITOR)


def can_edit_version(user: User, version: FrameworkVersion) -> bool:
    """A version can be edited while it is a draft."""
    return version.is_draft and can_edit_framework(user)


def writes_framework(record: FrameworkVersion, actor: Actor) -> bool:
    """Content editors, and the commands that load a version from its file."""
    return actor.kind == ActorKind.SYSTEM or actor.has_role(Role.EDITOR)


def can_keep_partnerships(user: User) -> bool:
    """Training co-ordinators set up partnerships and keep who is in them; nobody else tries out addresses."""
    return user.is_authenticated and user.has_role(Role.COORDINATOR)
