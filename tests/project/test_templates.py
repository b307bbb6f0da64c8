"""Every template compiles; every page has one heading of the first rank."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

FOLDER = Path(__file__).resolve().parents[2] / "templates"
FILES = sorted(str(f.relative_to(FOLDER)) for f in FOLDER.rglob("*") if f.suffix in {".html", ".txt"})
# Frames that pages extend; the page brings the heading
FRAMES = {"base.html", "base_plain.html", "learning/_frame.html"}


def text_of(file: str) -> str:
    return re.sub(r"{% comment %}.*?{% endcomment %}", "", (FOLDER / file).read_text(encoding="utf-8"), flags=re.S)


@pytest.mark.parametrize("file", FILES)
def test_it_compiles(file):
    get_template(file)


@pytest.mark.parametrize("file", FILES)
def test_it_has_no_second_h1(file):
    apart = re.split(r"{% (?:else|elif)[^%]*%}", text_of(file))  # either branch may have its own
    assert all(len(re.findall(r"<h1[\s>]", part)) <= 1 for part in apart), file


def test_mails_have_their_three_files():
    folder = FOLDER / "email"
    kinds = {}
    for file in folder.rglob("*-*.*"):
        match = re.fullmatch(r"(.+)-(subject\.txt|body\.txt|body\.html)", str(file.relative_to(folder)))
        if match:
            kinds.setdefault(match[1], set()).add(match[2])
    incomplete = {name: found for name, found in kinds.items() if len(found) < 3 and name != "account"}
    assert incomplete == {}  # account: allauth writes the subject and the text, ours is the frame


def test_no_template_says_a_code_of_the_framework():
    assert [file for file in FILES if re.search(r"\bPB[1-8]\b", text_of(file))] == []
