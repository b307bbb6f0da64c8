"""How long records are kept and which personal data exist. Each app lists its own rows; cms applies them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise

from people.models import RetentionPass

Words = str | Promise  # a text, translated now or when it is shown


@dataclass(frozen=True)
class Rule:
    """One kind of record: how long it is kept (in words), why, and the rows whose time is over."""

    record: str
    keep: Words
    reason: Words
    due: Callable[[], QuerySet]
    append_only: bool = False


@dataclass(frozen=True)
class PersonalData:
    """One kind of personal data: where it stands, whose it is, what for, and on which basis."""

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
