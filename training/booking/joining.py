"""Places taken by address become a person's own once that person has proved the address by signing in (DESIGN 6).

No account is made from what somebody else typed. What follows for a joined place stands in session_certificates.py.
"""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from people import audit
from people.models import User
from training.models import Place


def proved_users() -> QuerySet[User]:
    """People who have proved the address they sign in with."""
    proved = EmailAddress.objects.filter(user=OuterRef("pk"), email__iexact=OuterRef("email"), verified=True)
    return User.objects.filter(Exists(proved), is_active=True)


def person_of(rows: Iterable[Place]) -> dict[int, User]:
    """Place -> whose it is: the person who took it, or who has proved its address. One query more, whoever they are."""
    rows = list(rows)
    keys = [row.email_key for row in rows if row.person_id is None]
    found = {user.email.casefold(): user for user in proved_users().filter(email__in=keys)} if keys else {}
    theirs = {row.pk: row.person or found.get(row.email_key) for row in rows}
    return {pk: user for pk, user in theirs.items() if user is not None}


def join(rows: Iterable[Place]) -> list[Place]:
    """Join places to the people whose addresses they hold; returns those that were joined.

    Somebody who has a place of their own in the session already keeps that one alone.
    """
    rows = [row for row in rows if row.person_id is None]
    people, joined = person_of(rows), []
    for row in rows:
        user = people.get(row.pk)
        if user is None:
            continue
        with transaction.atomic():
            fresh = Place.objects.select_for_update().filter(pk=row.pk, person=None).first()
            if fresh is None or Place.objects.filter(session_id=row.session_id, person=user).exists():
                continue
            Place.objects.filter(pk=row.pk).update(person=user)
            audit.record_change(row, "join", by=user, subject_id=user.pk)
        row.person = user
        joined.append(row)
    return joined


def waiting_to_be_joined(user: User | None = None) -> QuerySet[Place]:
    """Places without a person whose address somebody has proved; of one person when given."""
    rows = Place.objects.filter(person=None)
    if user is not None:
        return rows.filter(email_key=user.email.casefold())
    return rows.filter(Exists(proved_users().filter(email=OuterRef("email_key"))))
