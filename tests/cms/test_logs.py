"""Log lines hold ids and paths, and nothing that opens a door."""

import json
import logging
import sys

import pytest
import structlog

from cms.logs import json_renderer

FORMATTER = structlog.stdlib.ProcessorFormatter(processors=[json_renderer])


def line(message, *args, **extra):
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, args, extra.get("exc_info"))
    return FORMATTER.format(record)


@pytest.mark.parametrize("path", ["/answer/{}/", "/verify/{}/", "/accounts/password/reset/key/{}/"])
def test_tokens_in_addresses_never_reach_the_log(path):
    written = line("Not Found: %s", path.format("ABCD-EFGH"))

    assert "ABCD-EFGH" not in written
    assert json.loads(written)["level"] == "warning"


def test_an_error_is_told_without_the_values_of_variables():
    secret = "a-raw-token"
    try:
        raise ValueError("broken")
    except ValueError:
        written = line("Internal Server Error: %s", "/my-work/", exc_info=sys.exc_info())

    assert "ValueError: broken" in json.loads(written)["exception"]
    assert f"'{secret}'" not in written


@pytest.mark.parametrize(("path", "is_kept"), [("/feedback/ABCD/", False), ("/my-work/?from=/feedback/", True)])
def test_a_request_that_answers_how_a_session_was_names_nobody(path, is_kept):
    event = {
        "event": "request_finished",
        "request": f"POST {path}",
        "code": 302,
        "user_id": 4711,
        "email": "a@b.example",
    }

    written = json.loads(json_renderer(None, "info", dict(event)))

    assert ("user_id" in written, "email" in written) == (is_kept, is_kept)
    assert written["code"] == 302
    assert "ABCD" not in str(written)
