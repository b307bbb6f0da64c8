"""Who may keep the records of people. Which rows somebody sees stands in querysets.py; no query here."""

from people.enums import Role
from people.models import User


def can_keep_posts(user: User) -> bool:
    """Appraisal administrators keep posts, teams, job families and cover."""
    return user.is_authenticated and user.has_role(Role.HR)
