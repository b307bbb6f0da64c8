"""The links of the frame, by who is looking. Only what exists is linked; rights are checked by the pages themselves."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from people.enums import Role

MANAGING = frozenset({Role.COORDINATOR, Role.HR})
EDITING = frozenset({Role.EDITOR, Role.MODERATOR})
BELOW = {
    "/learning/": ("/certificates/",),
    "/evidence/": ("/thanks/",),
}  # places without an entry of their own belong to this one


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool = False


def for_request(request) -> list[Link]:
    """The service navigation: few entries, the same order for all, the current one marked.

    A page that belongs elsewhere than its address says so in `request.section`.
    """
    user, here = getattr(request, "user", None), getattr(request, "section", request.path)
    entries = _signed_in(user) if user and user.is_authenticated else _public()
    return [Link(label, url, _is_current(here, url)) for label, url in entries]


def _public():
    return [
        (_("Home"), "/"),
        (_("What we expect of each other"), reverse("framework:detail")),
        (_("Good practice"), "/good-practice/"),
        (_("Check a certificate"), "/verify/"),
    ]


def _signed_in(user):
    """Few for each; certificates are reached from Learning. It costs the one query of the person's standing."""
    standing = user.standing
    entries = (
        (True, _("My work"), reverse("my-work")),
        (True, _("Learning"), "/learning/"),
        (True, _("Sessions"), reverse("sessions:list")),
        (True, _("Examples"), "/evidence/"),
        (standing.holds_post, _("My reviews"), reverse("reviews:list")),
        (True, _("Partnerships"), "/partnerships/"),
        (True, _("What we expect"), reverse("framework:detail")),
        (True, _("Good practice"), "/good-practice/"),
        (standing.manages, _("My team"), reverse("team:list")),
        (standing.roles & MANAGING, _("Manage"), "/manage/"),
        (standing.roles & EDITING, _("Edit content"), "/cms/"),
    )
    return [(label, url) for shown, label, url in entries if shown]


def _is_current(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith((url, *BELOW.get(url, ())))
