"""Tables as CSV: one line at a time, and no cell that a spreadsheet would run."""

import csv
import datetime
import io

import pytest

from people.lib.csv import safe_cell, stream


@pytest.mark.parametrize("text", ["=1+1", "+44", "-2", "@sum", "\t=1", "  =1", "\r=1", "＝1", "\u00a0=1"])
def test_a_formula_gets_an_apostrophe(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (0, "0"), ("a=b", "a=b"), (datetime.date(2026, 11, 27), "2026-11-27"), ("O'Neil", "O'Neil")],
)
def test_other_values_are_written_as_they_are(value, text):
    assert safe_cell(value) == text


def test_rows_are_asked_for_one_by_one_and_read_back():
    asked = []

    def rows():
        for number in range(3):
            asked.append(number)
            yield number, f'Name "{number}", a\nline'

    lines = stream(["number", "name"], rows())
    head, first = next(lines), next(lines)

    assert asked == [0]
    assert head == "\ufeffnumber,name\r\n"
    read = list(csv.reader(io.StringIO(first + "".join(lines))))
    assert read == [[str(n), f'Name "{n}", a\nline'] for n in range(3)]
