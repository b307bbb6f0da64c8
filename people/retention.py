"""How long records are kept and which personal data exist. Each app lists its own rows; cms applies them."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import ApiToken, AuditEvent, GivenAnswer, OutgoingMail, RetentionPass
from people.policy import policy

Words = str | Promise  # a text, translated now or when it is shown


def delete_rows(rows: QuerySet) -> int:
    """Remove rows with everything that hangs from them; returns how many records went."""
    return rows.delete()[0]


@dataclass(frozen=True)
class Rule:
    """One kind of record: how long it is kept (in words), why, the rows whose time is over, and how they go."""

    record: str
    keep: Words
    reason: Words
    due: Callable[[], QuerySet]
    append_only: bool = False
    remove: Callable[[QuerySet], int] = delete_rows


@dataclass(frozen=True)
class PersonalData:
    """One kind of personal data: where it stands, whose it is, what for, and on which basis.

    `person_field` leads from the row to the person: a key, an id, or the address or name as it was given where
    nobody need have an account; `self` when the row is the person.
    """

    record: str
    person_field: str
    purpose: Words
    basis: Words


@contextmanager
def retention_pass(reason: str) -> Iterator[None]:
    """Open append-only tables for removal, inside one transaction and never beyond it."""
    with transaction.atomic():
        row = RetentionPass.objects.create(reason=reason)
        yield
        row.delete()


def _sent_long_ago() -> QuerySet:
    edge = timezone.now() - datetime.timedelta(days=policy("mail_keep_days"))
    return OutgoingMail.objects.filter(sent_at__lt=edge)


def _audited_long_ago() -> QuerySet:
    edge = timezone.now() - datetime.timedelta(days=365 * policy("audit_keep_years"))
    return AuditEvent.objects.filter(at__lt=edge)


def _answered_long_ago() -> QuerySet:
    return GivenAnswer.objects.filter(at__lt=timezone.now() - datetime.timedelta(hours=policy("api_answer_hours")))


def _tokens_long_over() -> QuerySet:
    edge = timezone.now() - datetime.timedelta(days=policy("api_token_keep_days"))
    return ApiToken.objects.filter(Q(expires_at__lt=edge) | Q(revoked_at__lt=edge))


RETENTION = [
    Rule(
        record="people.OutgoingMail",
        keep=_("as many days as the policy says after sending; what waits is never removed"),
        reason=_("Shows that somebody was told, while they may still ask about it."),
        due=_sent_long_ago,
    ),
    Rule(
        record="people.AuditEvent",
        keep=_("as many years as the policy says"),
        reason=_("Proves who did what for as long as a decision can be challenged."),
        due=_audited_long_ago,
        append_only=True,
    ),
    Rule(
        record="people.ApiToken",
        keep=_("as many days as the policy says after it ended"),
        reason=_("Its owner still sees what it was for and when it was last used."),
        due=_tokens_long_over,
    ),
    Rule(
        record="people.GivenAnswer",
        keep=_("as many hours as the policy says"),
        reason=_("A program that lost our answer asks again and is told the same, not served twice."),
        due=_answered_long_ago,
    ),
]
