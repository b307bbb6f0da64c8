"""Bodies that are no JSON, or JSON that nothing can keep."""

import io
import json

import pytest
from rest_framework.exceptions import ParseError

from people.rest.parsers import DEEPEST, MOST, StrictJSONParser


def parse(body: bytes):
    return StrictJSONParser().parse(io.BytesIO(body))


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "not valid JSON"),
        (b"{", "not valid JSON"),
        (b"\xff\xfe", "not valid JSON"),
        (b'{"a": NaN}', "NaN, which is no JSON number"),
        (b'{"a": -Infinity}', "-Infinity, which is no JSON number"),
        (b'{"a": 1e400}', "a number that is too large"),
        (b'{"a": [-1e999]}', "a number that is too large"),
        (b"1" * 5000, "not valid JSON"),
        (b'{"a": 1, "a": 2}', "a key twice"),
        (b'{"a": {"b": 1, "b": 1}}', "a key twice"),
        (b'"\\ud800"', "a character that cannot be kept"),
        (b'{"\\udfff": 1}', "a character that cannot be kept"),
        (b'["a\\u0000b"]', "a character that cannot be kept"),
        (b"[" * 100_000, "inside each other"),
        (b'{"a":' * 100_000, "inside each other"),
        (b"[" + b"[]," * MOST + b"1]", "more than 2000 values"),
        (b'{"a": [' + b"1," * MOST + b"1]}", "more than 2000 values"),
        (b"[" * (DEEPEST + 2) + b"]" * (DEEPEST + 2), "inside each other"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(body, sentence):
    with pytest.raises(ParseError, match=sentence):
        parse(body)


@pytest.mark.parametrize(
    "body",
    [
        b'{"a": [1, 2.5, null, true, "\\ud83d\\ude00"]}',
        b"[" * DEEPEST + b"]" * DEEPEST,
        b'"\xc3\xa9"',
    ],
)
def test_what_is_json_is_read(body):
    assert parse(body) == json.loads(body)
