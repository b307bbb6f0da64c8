"""The links of the frame, by who is looking. Only what exists is linked; rights are checked by the pages themselves."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from people.enums import Role

MANAGING = frozenset({Role.COORDINATOR, Role.HR})
EDITING = frozenset({Role.EDITOR, Role.MODERATOR})


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool = False


def for_request(request) -> list[Link]:
    """The service navigation: few entries, the same order for all, the current one marked."""
    user = getattr(request, "user", None)
    entries = _signed_in(user) if user and user.is_authenticated else _public()
    return [Link(label, url, _is_current(request.path, url)) for label, url in entries]


def _public():
    return [
        (_("Home"), "/"),
        (_("What we expect of each other"), reverse("framework:detail")),
        (_("Good practice"), "/good-practice/"),
        (_("Check a certificate"), "/verify/"),
    ]


def _signed_in(user):
    entries = [
        (_("My work"), reverse("my-work")),
        (_("Learning"), "/learning/"),
        (_("Examples"), "/evidence/"),
        (_("Certificates"), "/certificates/"),
        (_("Partnerships"), "/partnerships/"),
        (_("What we expect"), reverse("framework:detail")),
        (_("Good practice"), "/good-practice/"),
    ]
    roles = user.role_names
    if roles & MANAGING:
        entries.append((_("Manage"), "/manage/"))
    if roles & EDITING:
        entries.append((_("Edit content"), "/cms/"))
    return entries


def _is_current(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
