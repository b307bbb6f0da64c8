"""Making and revoking tokens of the API (SECURITY 4). What one opens stands in rest/access.py."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit, mail
from people.models import ApiToken, User
from people.policy import policy
from people.transitions import Refused

MOST = 20  # that work at once; a program needs one


def make_token(*, name: str, areas: Iterable[str], writes: bool, days: int, by: User) -> tuple[str, ApiToken]:
    """A new token of this person's: its raw text, which nobody sees again, and its row. Its owner is told by mail.

    Refused when one of that name works already, when there are too many, or when it would work longer than allowed.
    """
    if days > policy("api_token_most_days"):
        raise Refused(_("A token works for at most %(days)d days.") % {"days": policy("api_token_most_days")})
    with transaction.atomic():
        User.objects.select_for_update().order_by().get(pk=by.pk)  # two presses make no two tokens
        live = ApiToken.objects.visible_to(by).live()
        if live.filter(name=name).exists():
            raise Refused(_("You have a token with this name. Give this one another, or revoke the earlier one."))
        if live.count() >= MOST:
            raise Refused(_("You have %(most)d tokens. Revoke one that you do not use.") % {"most": MOST})
        raw, kept = ApiToken.make()
        token = ApiToken.objects.create(
            person=by,
            name=name,
            areas=sorted(areas),
            writes=writes,
            expires_at=timezone.now() + datetime.timedelta(days=days),
            **kept,
        )
        audit.record_change(token, "make", by=by, subject_id=by.pk)
        link = settings.SITE_URL + reverse("tokens:list")
        mail.queue("token-made", by.email, {"person": by, "token": token, "link": link})
    return raw, token


def revoke_token(token: ApiToken, *, by: User) -> None:
    """End it at once; done again it changes nothing."""
    _end(ApiToken.objects.visible_to(by).filter(pk=token.pk), by)


def revoke_all(person: User, *, by: User) -> None:
    """End every one of this person's that works: whoever made it may have known a password that is no longer right."""
    with transaction.atomic():
        User.objects.select_for_update().order_by().get(pk=person.pk)  # none is made meanwhile
        _end(ApiToken.objects.filter(person=person, expires_at__gt=timezone.now()), by)


def _end(tokens: QuerySet[ApiToken], by: User) -> None:
    with transaction.atomic():
        for token in tokens.filter(revoked_at=None):
            if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
                audit.record_change(token, "revoke", by=by, subject_id=token.person_id)
