"""The one shape of everything that goes wrong in the API: problem details (RFC 9457), in the sentences of the pages.

    {"type": "about:blank", "title": "Conflict", "status": 409, "code": "needs_not_met",
     "detail": "…", "errors": [{"path": "/dates/0/start", "code": "required", "detail": "…"}]}

`code` is for programs and stays; `detail` and the sentences are for people and may change. `path` is a JSON pointer
into the body (or `?name` for a parameter of the address, or the name of a header); it is empty when the sentence is
about the whole request.
"""

from http import HTTPStatus

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as ModelError
from django.http import Http404
from django.utils.translation import gettext as _
from drf_standardized_errors.formatter import flatten_errors
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import exception_handler

from people.transitions import ChangedSince, NeedsNotMet, Refused, WrongState

CONTENT_TYPE = "application/problem+json"
MOST_ERRORS = 50  # nobody reads more, and a body could have thousands


class PreconditionFailed(exceptions.APIException):
    """The record was changed after the caller read it."""

    status_code = 412
    default_code = "changed_since"


class PreconditionRequired(exceptions.APIException):
    """The caller did not say which version they are looking at."""

    status_code = 428
    default_code = "if_match_needed"
    default_detail = "Send the ETag that you read as If-Match, so that nothing is written over unseen."


class Conflict(exceptions.APIException):
    """What is asked cannot be done as things stand."""

    status_code = 409
    default_code = "conflict"


class TooLarge(exceptions.APIException):
    """The body is larger than the API reads."""

    status_code = 413
    default_code = "too_large"
    default_detail = "The body is too large."


class ErrorSerializer(serializers.Serializer):
    """One thing that is wrong."""

    path = serializers.CharField(
        help_text="JSON pointer into the body, `?name` of a parameter, a header’s name, or empty."
    )
    code = serializers.CharField(help_text="For programs; stays the same.")
    detail = serializers.CharField(help_text="For people: the sentence that the page would show.")


class ProblemSerializer(serializers.Serializer):
    """What went wrong (RFC 9457)."""

    type = serializers.CharField(help_text="Always `about:blank`: `code` tells problems apart.")
    title = serializers.CharField(help_text="The name of the HTTP status.")
    status = serializers.IntegerField(help_text="The HTTP status, again.")
    code = serializers.CharField(help_text="For programs; stays the same.")
    detail = serializers.CharField(help_text="All sentences together.")
    errors = ErrorSerializer(many=True, help_text="The first 50.")


def problem(status: int, code: str, errors: list[dict]) -> dict:
    """The body of an answer that says no. Each error has path, code and detail."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": " ".join(dict.fromkeys(error["detail"] for error in errors)),
        "errors": errors,
    }


def handle(error, context) -> Response | None:
    """DRF asks this about every exception of a view; None (a 500) for what nobody foresaw."""
    if isinstance(error, Refused):
        return _answer(*_refusal(error))
    known = _known(error)
    response = exception_handler(known, context)
    if response is None:
        return None
    headers = {name: response[name] for name in ("WWW-Authenticate", "Retry-After", "Allow") if name in response}
    return _answer(response.status_code, _code(known), _errors(known), headers)


def _refusal(error: Refused) -> tuple[int, str, list[dict]]:
    """A move that the engine refused, with all its sentences."""
    for kind, status, code in (
        (ChangedSince, 412, "changed_since"),
        (WrongState, 409, "wrong_state"),
        (NeedsNotMet, 409, "needs_not_met"),
        (Refused, 409, "refused"),
    ):
        if isinstance(error, kind):
            return status, code, [{"path": "", "code": code, "detail": str(words)} for words in error.sentences]
    raise error


def _known(error: Exception) -> Exception:
    """The error as DRF knows it."""
    if isinstance(error, RequestDataTooBig):
        return TooLarge()
    if isinstance(error, SuspiciousOperation):
        return exceptions.ParseError(_("This request cannot be read."))
    if isinstance(error, ModelError):
        return exceptions.ValidationError(serializers.as_serializer_error(error))
    if isinstance(error, Http404):
        return exceptions.NotFound(_("There is nothing here, or nothing that you may see."))
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied(str(error) or _("You may see this, but this is not yours to do."))
    return error


def _code(error: Exception) -> str:
    if isinstance(error, exceptions.ValidationError):
        return "invalid"
    codes = error.get_codes() if isinstance(error, exceptions.APIException) else "error"
    return codes if isinstance(codes, str) else "error"


def _errors(error: Exception) -> list[dict]:
    if isinstance(error, exceptions.ValidationError):
        return [
            {"path": _pointer(row.attr), "code": row.code, "detail": str(row.detail)}
            for row in flatten_errors(error.detail)[:MOST_ERRORS]
        ]
    return [{"path": "", "code": _code(error), "detail": str(getattr(error, "detail", error))}]


def _pointer(attribute: str | None) -> str:
    """`dates.0.start` as `/dates/0/start`; a parameter or a header by its name; what is about the whole has none."""
    if attribute and (attribute.startswith("?") or attribute[0].isupper()):
        return attribute
    words = [] if not attribute else [word for word in attribute.split(".") if word != "non_field_errors"]
    return "".join(f"/{word}" for word in words)


def _answer(status: int, code: str, errors: list[dict], headers: dict | None = None) -> Response:
    return Response(problem(status, code, errors), status=status, headers=headers, content_type=CONTENT_TYPE)
