"""How operations of the API are described (OpenAPI 3.1): by the view's own words, with every answer that can come."""

from django.utils.text import capfirst
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema_serializer

from people.rest.problems import CONTENT_TYPE, ProblemSerializer

WORDS = {
    400: "The request cannot be read, or a value is not right: `errors` names each with its path.",
    401: "No token, or one that does not work (any more).",
    403: "Known, but not allowed: not this person's to do, or not reached by the token.",
    404: "There is nothing here, or nothing that the caller may see. Both read the same.",
    409: "It cannot be done as things stand: every reason has its sentence.",
    412: "The record was changed after it was read: read it again.",
    413: "The body is too large.",
    415: "The body is not `application/json`.",
    428: "If-Match is missing.",
    429: "Too much in one minute: wait as many seconds as Retry-After says.",
}
KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="1 to 100 characters. The same request with the same key is carried out once and answered the same.",
)


def for_example(**body):
    """A class decorator for what is sent: a body that somebody would send."""
    return extend_schema_serializer(examples=[OpenApiExample("For example", body, request_only=True)])


class Schema(AutoSchema):
    """Summary and description from the docstring, the role from the view, problems from what the operation does."""

    def get_summary(self):
        """The first line of what the action says about itself."""
        return super().get_summary() or capfirst(self._words()[0].rstrip("."))

    def get_description(self):
        """The rest of it, whom it is for, and what a token needs."""
        rest = self._words()[1]
        area, role = self.view.area, self.view.role
        reach = f"Token: area `{area}`{'' if self._reads() else ', writing'}." if area else ""
        return "\n\n".join(words for words in (rest, f"For: {role}." if role else "", reach) if words)

    def get_tags(self):
        """One group in the documentation for each area, or what the view says."""
        return [str(self.view.group or self.view.area or "general")]

    def get_auth(self):
        """Nothing is asked of strangers where the view is public."""
        return super().get_auth() + ([{}] if self.view.is_public else [])

    def get_override_parameters(self):
        """The header that makes a creation safe to repeat."""
        return [KEY] if getattr(self._action(), "takes_a_key", False) else []

    def get_operation(self, path, path_regex, path_prefix, method, registry):
        """The operation with every problem it may answer with."""
        operation = super().get_operation(path, path_regex, path_prefix, method, registry)
        if operation is None:
            return None
        component = self.resolve_serializer(ProblemSerializer, "response")
        for status in self._problems(operation):
            operation["responses"][str(status)] = {
                "description": WORDS[status],
                "content": {CONTENT_TYPE: {"schema": component.ref}},
            }
        operation["x-role"] = str(self.view.role)
        return operation

    def _problems(self, operation) -> list[int]:
        found = {400, 401, 403, 429}
        if "{" in self.path or self.view.may_be_missing:
            found.add(404)
        if not self._reads():
            found |= {409, 413, 415}
        if any(row["name"] == "If-Match" for row in operation.get("parameters", [])):
            found |= {412, 428}
        return sorted(found)

    def _action(self):
        return getattr(self.view, getattr(self.view, "action", None) or self.method.lower(), None)

    def _words(self) -> tuple[str, str]:
        text = (getattr(self._action(), "__doc__", "") or type(self.view).__doc__ or "").strip()
        first, _dot, rest = text.partition("\n")
        return first, "\n".join(line.strip() for line in rest.strip().splitlines())

    def _reads(self) -> bool:
        return self.method.upper() in ("GET", "HEAD", "OPTIONS")
