"""Log lines as JSON without personal data: ids and paths, never names, addresses, tokens or local variables."""

import datetime
import re

import structlog

# Paths that hold a token or a certificate code are cut after their first step.
TOKEN_PATHS = ("/answer/", "/verify/", "/accounts/", "/sessions/place/", "/invitations/", "/feedback/", "/venues/")
# An answer to how a session was leads to nobody: of such a request only these are kept, also of somebody signed in.
WITHOUT_PERSON = re.compile(r"(^|\s)/feedback/")
KEPT_WITHOUT_PERSON = {"event", "request", "path", "code", "level", "logger", "timestamp", "request_id", "exception"}


def hide_tokens(logger, name, event: dict) -> dict:
    """Cut what must not reach a log from the path of the request, and whose request it was where nobody may know."""
    paths = ("request", "path", "event")
    if any(WITHOUT_PERSON.search(str(event.get(key, ""))) for key in paths):
        event = {key: value for key, value in event.items() if key in KEPT_WITHOUT_PERSON}
    for key in paths:
        value = event.get(key)
        if isinstance(value, str):
            event[key] = _cut(value)
    event.pop("user_agent", None)
    event.pop("ip", None)
    return event


def _cut(text: str) -> str:
    for prefix in TOKEN_PATHS:
        if prefix in text:
            return text.split(prefix)[0] + prefix + "…"
    return text


_to_json = structlog.processors.JSONRenderer(ensure_ascii=False)


def json_renderer(logger, name, event: dict) -> str:
    """The last step for every line, ours and Django's."""
    record = event.pop("_record", None)
    if record is not None and not event.pop("_from_structlog", False):
        at = datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat()
        event |= {"level": record.levelname.lower(), "logger": record.name, "timestamp": at}
    event = structlog.processors.format_exc_info(logger, name, event)
    return _to_json(logger, name, hide_tokens(logger, name, event))


def configure() -> None:
    """Send structlog's lines through the standard handlers; called once by the production settings."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
