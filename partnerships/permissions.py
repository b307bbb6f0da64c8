"""Who may do what to the framework and the partnerships. Which rows somebody sees stands in querysets.py."""

from partnerships.models import FrameworkVersion, Partnership
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


def can_add_partnership(user: User) -> bool:
    """Training co-ordinators set up partnerships."""
    return user.is_authenticated and user.has_role(Role.COORDINATOR)


def can_edit_partnership(user: User, partnership: Partnership) -> bool:
    """Its lead and co-lead say who is in it, and so do co-ordinators."""
    leads = {partnership.lead_id, partnership.co_lead_id}
    return user.is_authenticated and (user.pk in leads or can_add_partnership(user))
