"""People, organisations, posts, audit, mail and settings; one subject a file."""

from people.models.audit import AuditEvent, RetentionPass
from people.models.link import TokenLink
from people.models.mail import OutgoingMail
from people.models.organisation import Affiliation, Organisation
from people.models.settings import Identity, PolicyValue
from people.models.stateful import Stateful
from people.models.team import JobFamily, ManagerCover, Post, Team
from people.models.token import ApiToken, GivenAnswer
from people.models.user import User, display_name

__all__ = [
    "Affiliation",
    "ApiToken",
    "AuditEvent",
    "GivenAnswer",
    "Identity",
    "JobFamily",
    "ManagerCover",
    "Organisation",
    "OutgoingMail",
    "PolicyValue",
    "Post",
    "RetentionPass",
    "Stateful",
    "Team",
    "TokenLink",
    "User",
    "display_name",
]
