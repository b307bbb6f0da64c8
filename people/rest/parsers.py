"""Reading the body of a request: JSON and nothing else, and only what a database can keep."""

import json
import math

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from people.rest.problems import TooLarge

DEEPEST = 30  # of lists and objects inside each other; our own bodies need 4
MOST = 2000  # values in one body: each is checked one by one, and each that is wrong gets a sentence; ours need 600


class StrictJSONParser(BaseParser):
    """JSON as its standard has it: no key twice, no endless number, no half character, nothing deep without need."""

    media_type = "application/json"

    def parse(self, stream, media_type=None, parser_context=None):
        """The value of the body; ParseError says what is wrong with it, TooLarge that it was not read."""
        body = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise TooLarge
        try:
            text = body.decode("utf-8")
            value = json.loads(text, object_pairs_hook=_no_twin_keys, parse_constant=_no_constant)
        except RecursionError:
            raise ParseError(_TOO_DEEP) from None
        except ValueError as error:
            raise ParseError(f"The body is not valid JSON: {error}") from None
        _check(value)
        return value


_TOO_DEEP = f"The body holds more than {DEEPEST} lists and objects inside each other."


def _no_twin_keys(pairs):
    row = dict(pairs)
    if len(row) != len(pairs):
        raise ParseError("The body holds a key twice in one object.")
    return row


def _no_constant(name):
    raise ParseError(f"The body holds {name}, which is no JSON number.")


def _check(value):
    """Walk it level by level; nothing is asked twice, and what is too deep or too much is not walked to its end."""
    level, count = [value], 0
    for _depth in range(DEEPEST + 1):
        count += len(level)
        if count > MOST:
            raise ParseError(f"The body holds more than {MOST} values.")
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return
    raise ParseError(_TOO_DEEP)


def _inside(value) -> list:
    """The values in a list or an object; anything else is looked at here and holds none."""
    if isinstance(value, dict):
        for key in value:
            _check_text(key)
        return list(value.values())
    if isinstance(value, list):
        return value
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, float) and not math.isfinite(value):
        raise ParseError("The body holds a number that is too large.")
    return []


def _check_text(text):
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ParseError("The body holds a character that cannot be kept.")
