"""Making PDFs: nothing is fetched from anywhere, fonts are ours, missing libraries are said with the command."""

import pytest

from people.lib import pdf
from people.lib.pdf import APT_LINE, FACES, AddressRefused, PdfUnavailable


def fetch(url):
    return pdf.locked_fetcher().fetch(url)


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


def test_data_and_our_own_files_are_served():
    assert fetch("data:text/plain,hello").read() == b"hello"
    assert fetch("static:cms/icon.svg").content_type == "image/svg+xml"
    assert b"<svg" in fetch("static:cms/icon.svg").read()


@pytest.mark.parametrize("number", range(len(FACES)))
def test_each_face_is_cut_out_at_its_weight(number):
    import io

    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(fetch(f"font:{number}").read()))

    assert "fvar" not in font
    assert font["OS/2"].usWeightClass == FACES[number].weight
    assert len(font.getBestCmap()) > 500


def test_without_harfbuzz_the_whole_font_serves(monkeypatch):
    monkeypatch.setattr(pdf, "_load", lambda *names: None)

    assert fetch("font:0").read() == FACES[0].path.read_bytes()


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
    assert asked == ["http://192.0.2.1/a.css", "file:///etc/hostname"]


def test_check_says_the_exact_command(monkeypatch):
    assert list(pdf.check_libraries()) == [] or pdf.missing_libraries()
    monkeypatch.setattr(pdf, "_load", lambda *names: None)

    (warning,) = pdf.check_libraries()

    assert warning.id == "people.W001"
    assert warning.hint == "Run: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def test_missing_pango_is_a_sentence(monkeypatch, tmp_path, settings):
    import builtins

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
