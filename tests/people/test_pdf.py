"""Making PDFs: nothing is fetched from anywhere, fonts are ours, missing libraries are said with the command."""

import builtins
import io
import subprocess

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from people.lib import pdf
from people.lib.pdf import APT_LINE, FACES, AddressRefused, PdfUnavailable
from tests.debian import needs_font_cutter, needs_pdf, needs_poppler


def fetch(url):
    return pdf.locked_fetcher().fetch(url)


@needs_pdf
@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.1/x.png",
        "https://example.org/x.css",
        "file:///etc/passwd",
        "ftp://example.org/x",
        "static:../../cms/settings/base.py",
        "static:/etc/passwd",
        "static:nothing/here.svg",
        "static:",
        "font:99",
        "font:-1",
        "font:../../etc/passwd",
        "gopher:x",
        "//example.org/x.png",
        "",
    ],
)
def test_everything_foreign_is_refused(url):
    with pytest.raises(AddressRefused):
        fetch(url)


@needs_pdf
def test_data_and_our_own_files_are_served():
    assert fetch("data:text/plain,hello").read() == b"hello"
    assert fetch("static:cms/icon.svg").content_type == "image/svg+xml"
    assert b"<svg" in fetch("static:cms/icon.svg").read()


@needs_font_cutter
@pytest.mark.parametrize("number", range(len(FACES)))
def test_each_face_is_cut_out_at_its_weight(number):
    font = TTFont(io.BytesIO(fetch(f"font:{number}").read()))

    assert "fvar" not in font
    assert font["OS/2"].usWeightClass == FACES[number].weight
    assert len(font.getBestCmap()) > 500


@needs_pdf
def test_without_harfbuzz_the_whole_font_serves(monkeypatch):
    monkeypatch.setattr(pdf, "_load", lambda *names: None)

    assert fetch("font:0").read() == FACES[0].path.read_bytes()


@needs_pdf
def test_a_document_that_asks_elsewhere_is_made_without_it(settings, tmp_path, monkeypatch):
    (tmp_path / "x.html").write_text(
        '<html lang="en"><title>T</title><link rel="stylesheet" href="http://192.0.2.1/a.css">'
        '<p>Hello<img src="file:///etc/hostname" alt="x"></p></html>'
    )
    asked = []
    fetcher = type(pdf.locked_fetcher())
    real = fetcher.fetch
    monkeypatch.setattr(fetcher, "fetch", lambda self, url, *rest: (asked.append(url), real(self, url, *rest))[1])
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    assert pdf.render("x.html", {}).startswith(b"%PDF-1.")
    foreign = [url for url in asked if not url.startswith("font:")]  # fonts are loaded for the first document only
    assert foreign == ["http://192.0.2.1/a.css", "file:///etc/hostname"]


@pytest.mark.parametrize(
    ("missing", "number", "words"),
    [
        ("pango", "people.W001", "cannot be made: libpango-1.0-0, libpangoft2-1.0-0 not found"),
        ("harfbuzz-subset", "people.W002", "made slowly: libharfbuzz-subset0 not found"),
    ],
)
def test_check_says_what_is_missing_and_the_exact_command(monkeypatch, missing, number, words):
    monkeypatch.setattr(pdf, "_load", lambda *names: None if missing in names[0] else object())

    (warning,) = pdf.check_libraries()

    assert warning.id == number
    assert words in warning.msg
    assert warning.hint == "Run: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def test_check_is_silent_when_everything_is_here(monkeypatch):
    monkeypatch.setattr(pdf, "_load", lambda *names: object())

    assert list(pdf.check_libraries()) == []


@needs_poppler
def test_another_program_draws_what_we_print(settings, tmp_path):
    (tmp_path / "x.html").write_text('<html lang="en"><title>T</title><p>Hello</p></html>')
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    command = ["pdftoppm", "-png", "-r", "72", "-singlefile", "-", str(tmp_path / "page")]

    subprocess.run(command, input=pdf.render("x.html", {}), check=True)

    with Image.open(tmp_path / "page.png") as page:
        dark, light = page.convert("L").getextrema()
    assert dark < 128 < light


def test_missing_pango_is_a_sentence(monkeypatch, tmp_path, settings):
    (tmp_path / "x.html").write_text("<p>Hello</p>")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)

    with pytest.raises(PdfUnavailable, match=APT_LINE):
        pdf.render("x.html", {})
