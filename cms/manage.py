"""What the hub of /manage/ offers to whom: one row a page, with the roles that work there."""

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import ActorKind, Role
from people.models import AuditEvent, PolicyValue, User
from people.policy import POLICIES, Policy, policy, set_policy


@dataclass(frozen=True)
class Entry:
    """One page of the hub."""

    label: str
    hint: str
    url_name: str
    roles: frozenset[str]

    @property
    def url(self) -> str:
        return reverse(self.url_name)


ENTRIES = (
    Entry(
        _("Joint sessions"),
        _("Plan a session, invite people, and see what each one needs next"),
        "manage-sessions:list",
        frozenset({Role.COORDINATOR}),
    ),
    Entry(
        _("Certificates"),
        _("Find a certificate, replace it by a newer one, or withdraw it with a reason"),
        "manage-certificates:list",
        frozenset({Role.COORDINATOR}),
    ),
    Entry(
        _("Final checks"),
        _("People who have used all their tries: give one more"),
        "manage-tries:list",
        frozenset({Role.COORDINATOR}),
    ),
    Entry(
        _("Proposals"),
        _("Sessions and visits that partners and staff propose: reply by the day that was promised"),
        "manage-proposals:list",
        frozenset({Role.COORDINATOR}),
    ),
    Entry(
        _("Venues"),
        _("Places to meet and what is known about each: ways in, loop, quiet room; ask the host by mail"),
        "manage-venues:list",
        frozenset({Role.COORDINATOR}),
    ),
    Entry(
        _("Who is in the room"),
        _("A year of joint sessions in numbers: sectors, newcomers, support, who travels, who could speak"),
        "manage-participation:year",
        frozenset({Role.COORDINATOR}),
    ),
    Entry(
        _("Required learning"),
        _("What is asked of whom and by when; how far it is; who need not"),
        "manage-required:list",
        frozenset({Role.COORDINATOR}),
    ),
    Entry(
        _("Organisations that people typed"),
        _("Names from bookings: confirm each as a new organisation, or say which one it is; merge two that are one"),
        "organisations:list",
        frozenset({Role.COORDINATOR}),
    ),
    Entry(
        _("Access needs"),
        _("What people need in order to take part in your sessions: answer each one before the day"),
        "needs:list",
        frozenset({Role.COORDINATOR}),
    ),
    Entry(
        _("Partnerships"),
        _("The register: add a partnership, its organisations and its people"),
        "partnerships:list",
        frozenset({Role.COORDINATOR}),
    ),
    Entry(
        _("Review cycles"),
        _("Open a cycle of reviews, see how far it is, remind people"),
        "cycles:list",
        frozenset({Role.HR}),
    ),
    Entry(
        _("Posts, teams and line managers"),
        _("Who works where and for whom; who stands in for a line manager"),
        "posts:list",
        frozenset({Role.HR}),
    ),
    Entry(
        _("Numbers we have set"),
        _("How long certificates are valid, how often somebody may be asked, how long records are kept"),
        "policies",
        frozenset({Role.COORDINATOR, Role.HR}),
    ),
    Entry(
        _("What we expect of each other"),
        _("Write the next version, record both sponsors' agreement, publish"),
        "manage-framework:list",
        frozenset({Role.EDITOR}),
    ),
    Entry(
        _("Pages and modules"),
        _("The content admin: modules, units, good practice, pictures"),
        "wagtailadmin_home",
        frozenset({Role.EDITOR, Role.MODERATOR}),
    ),
)


def links_for(user: User) -> list[Entry]:
    """The pages of the hub that this person's roles open."""
    return [entry for entry in ENTRIES if entry.roles & user.role_names]


def policies_for(user: User) -> list[Policy]:
    """The numbers that this person's roles may set."""
    return [row for row in POLICIES.values() if row.role in user.role_names]


@transaction.atomic
def change_policy(key: str, value: int, *, by: User) -> bool:
    """Set a number and keep who did it; False when it is that number already."""
    before = policy(key)
    if before == value:
        return False
    set_policy(key, value)
    AuditEvent.objects.create(
        at=timezone.now(),
        record_type=PolicyValue._meta.label_lower,
        record_id=PolicyValue.objects.get(key=key).pk,
        move="set",
        actor_kind=ActorKind.PERSON,
        actor_id=by.pk,
        actor_label=by.name,
        reason=f"{key}: {before} -> {value}",
    )
    return True
