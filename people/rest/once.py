"""Idempotency-Key: a request that creates something, sent twice, is carried out once and answered the same.

The answer is kept with its key in the transaction of the work itself, so that there is never one without the other. A
second request with the same key waits for the first on the unique row. What was refused is not kept: it did nothing.
"""

import datetime
import hashlib
import json
from functools import wraps

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from people.models import GivenAnswer
from people.policy import policy
from people.rest.problems import Conflict

HEADER = "Idempotency-Key"
LONGEST = 100
KEPT_HEADERS = ("ETag", "Location")


def once(action):
    """The action of a view, carried out once for each Idempotency-Key of a person."""

    @wraps(action)
    def carried_out_once(view, request, *args, **kwargs):
        key = request.headers.get(HEADER)
        if key is None:
            return action(view, request, *args, **kwargs)
        if not (0 < len(key) <= LONGEST and key.isascii() and key.isprintable()):
            raise ValidationError({HEADER: [_("An Idempotency-Key has 1 to 100 plain characters.")]})
        asked = {"person": request.user, "key": key}
        digest = _digest(request)
        _long_ago(asked).delete()
        try:
            with transaction.atomic():
                row = GivenAnswer.objects.create(**asked, request_digest=digest)
                response = action(view, request, *args, **kwargs)
                _keep(row, response)
                return response
        except IntegrityError:
            given = GivenAnswer.objects.filter(**asked).first()
            if given is None:  # it was another constraint: not ours to answer
                raise
        return _told_again(given, digest)

    carried_out_once.takes_a_key = True
    return carried_out_once


def _long_ago(asked: dict):
    """An answer whose time is over, whether or not retention has come round."""
    edge = timezone.now() - datetime.timedelta(hours=policy("api_answer_hours"))
    return GivenAnswer.objects.filter(**asked, at__lt=edge)


def _digest(request) -> str:
    """What was asked: method, address, body."""
    said = f"{request.method} {request.get_full_path()}\n".encode() + request.body
    return hashlib.sha256(said).hexdigest()


def _keep(row: GivenAnswer, response: Response) -> None:
    row.status = response.status_code
    row.headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    row.body = json.dumps(response.data, default=str)
    row.save(update_fields=["status", "headers", "body"])


def _told_again(given: GivenAnswer, digest: str) -> Response:
    if given.request_digest != digest:
        raise Conflict(_("This Idempotency-Key was used for another request."), code="key_used_before")
    headers = {**given.headers, "Idempotent-Replayed": "true"}
    return Response(json.loads(given.body), status=given.status, headers=headers)
