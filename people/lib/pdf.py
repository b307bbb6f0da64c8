"""HTML template in, tagged PDF/UA-1 out. The only file that touches WeasyPrint; what a document says stands elsewhere.

WeasyPrint is imported when the first document is made: it is heavy, and without Pango the import itself fails.
"""

import atexit
import contextlib
import ctypes
import io
import mimetypes
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core import checks
from django.template.loader import render_to_string

VARIANT = "pdf/ua-1"
APT_LINE = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
NOT_AT_ALL = "PDFs cannot be made: {} not found. Pages work, and waiting PDFs are made once it is there."
SLOWLY = "PDFs are made slowly: {} not found."


class PdfUnavailable(Exception):
    """PDFs cannot be made on this machine; the text names the command that helps."""


class AddressRefused(ValueError):
    """A document asked for something that is neither data: nor one of our own files."""


@dataclass(frozen=True)
class Face:
    """One weight of a family. Whole families: fonts cut up for the web print wrong letters in names."""

    family: str
    weight: int
    package: str
    file: str
    axes: dict[str, float]

    @property
    def path(self) -> Path:
        """The font file in its package."""
        spec = find_spec(self.package)
        if spec is None or not spec.submodule_search_locations:
            raise PdfUnavailable(f"The font package {self.package} is missing. Install requirements/base.txt again.")
        return Path(spec.submodule_search_locations[0]) / "files" / self.file


FACES = (
    Face("Source Sans 3", 400, "fontpkg_source_sans_3", "SourceSans3[wght].ttf", {"wght": 400}),
    Face("Source Sans 3", 600, "fontpkg_source_sans_3", "SourceSans3[wght].ttf", {"wght": 600}),
    Face("Source Serif 4", 500, "fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf", {"wght": 500, "opsz": 40}),
    Face("Noto Sans", 500, "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf", {"wght": 500, "wdth": 100}),
    Face(
        "Noto Sans Arabic", 500, "fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf", {"wght": 500, "wdth": 100}
    ),
)
LIBRARIES = {
    "libpango-1.0-0": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
    "libharfbuzz-subset0": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),
}
ONLY_FASTER = {"libharfbuzz-subset0"}  # PDFs are made without it, each in seconds instead of a fraction of one
LAYOUT_FEATURES = 6  # HarfBuzz's number for the set of layout features
HARFBUZZ_POINTERS = ("hb_blob_create_from_file", "hb_face_create", "hb_face_reference_blob", "hb_blob_get_data")
SUBSET_POINTERS = (
    "hb_subset_input_create_or_fail",
    "hb_subset_input_unicode_set",
    "hb_subset_input_set",
    "hb_subset_or_fail",
)
_lock = threading.Lock()  # one font configuration is shared, and it is not made for two documents at once


def render(template: str, context: dict[str, Any], style: str = "") -> bytes:
    """The PDF of a template; language and title come from its <html lang> and <title>.

    `style` is a template, too: the look that all documents of a kind share, read once in a process.
    """
    html = render_to_string(template, context)
    with _lock, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # our fonts come from packages, and the system check speaks of libraries
        try:
            with contextlib.redirect_stdout(io.StringIO()):  # it prints advice of its own when a library is missing
                import weasyprint  # heavy, and missing system libraries must not take the site down
        except OSError as error:
            raise PdfUnavailable(f"PDFs need system libraries that are missing. Run: {APT_LINE}") from error
        font_config, font_css = _fonts()
        sheets = [font_css, _style(style)] if style else [font_css]
        document = weasyprint.HTML(string=html, base_url="static:", url_fetcher=locked_fetcher())
        return document.write_pdf(
            stylesheets=sheets, font_config=font_config, pdf_variant=VARIANT, custom_metadata=False
        )


@cache
def locked_fetcher() -> Any:
    """What answers a document's requests for files: data:, static:<path>, font:<number>. Nothing else, no redirects."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # see render

    class LockedFetcher(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            scheme, _, rest = url.partition(":")
            if scheme == "data":
                return super().fetch(url, headers)
            content = {"static": _static_file, "font": _font_file}.get(scheme, _nothing)(rest)
            if content is None:
                raise AddressRefused(f"A PDF may not load {url[:200]}")
            kind = mimetypes.guess_type(rest)[0] or "application/octet-stream"
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return LockedFetcher(allowed_protocols=("data",), allow_redirects=False)


def missing_libraries() -> list[str]:
    """Debian names of the system libraries that are not here."""
    return [package for package, names in LIBRARIES.items() if _load(*names) is None]


def can_render() -> bool:
    """True when everything is here that a PDF cannot do without."""
    return set(missing_libraries()) <= ONLY_FASTER


def check_libraries(app_configs: Any = None, **kwargs: Any) -> Iterator[checks.CheckMessage]:
    """System check: say which command brings what PDFs need. The site itself works without."""
    missing = missing_libraries()
    if not missing:
        return
    sentence, number = (SLOWLY, "people.W002") if can_render() else (NOT_AT_ALL, "people.W001")
    yield checks.Warning(sentence.format(", ".join(missing)), hint=f"Run: {APT_LINE}", id=number)


@cache
def _fonts() -> tuple[Any, Any]:
    """One font configuration for the life of the process: one for each document would leak and be slow."""
    from weasyprint import CSS  # see render
    from weasyprint.text.fonts import FontConfiguration

    faces = "".join(
        f'@font-face {{ font-family: "{face.family}"; src: url("font:{number}"); font-weight: {face.weight}; }}'
        for number, face in enumerate(FACES)
    )
    config = FontConfiguration()
    atexit.register(_fonts.cache_clear)  # it tidies up after itself, which needs a living interpreter
    return config, CSS(string=faces, font_config=config, url_fetcher=locked_fetcher())


@cache
def _style(template: str) -> Any:
    from weasyprint import CSS  # see render

    return CSS(string=render_to_string(template), base_url="static:", url_fetcher=locked_fetcher())


def _font_file(number: str) -> bytes | None:
    if number not in map(str, range(len(FACES))):
        return None
    face = FACES[int(number)]
    return _one_weight(face) or face.path.read_bytes()


def _one_weight(face: Face) -> bytes | None:
    """The face at one fixed weight, cut out of the variable font by HarfBuzz: forty times faster than in each document.

    None when HarfBuzz cannot do it here; the variable font then serves, slowly and with the same letters.
    """
    harfbuzz, subset = _load("libharfbuzz.so.0", "libharfbuzz.0.dylib"), _load(*LIBRARIES["libharfbuzz-subset0"])
    if harfbuzz is None or not hasattr(subset, "hb_subset_input_pin_axis_location"):
        return None
    pointer = ctypes.c_void_p
    for library, names in ((harfbuzz, HARFBUZZ_POINTERS), (subset, SUBSET_POINTERS)):
        for name in names:
            getattr(library, name).restype = pointer
    source = pointer(harfbuzz.hb_face_create(pointer(harfbuzz.hb_blob_create_from_file(bytes(face.path))), 0))
    wanted = pointer(subset.hb_subset_input_create_or_fail())
    for every in (subset.hb_subset_input_unicode_set(wanted), subset.hb_subset_input_set(wanted, LAYOUT_FEATURES)):
        harfbuzz.hb_set_clear(pointer(every))
        harfbuzz.hb_set_invert(pointer(every))
    for tag, value in face.axes.items():
        axis = int.from_bytes(tag.encode(), "big")
        if not subset.hb_subset_input_pin_axis_location(wanted, source, axis, ctypes.c_float(value)):
            return None
    made = subset.hb_subset_or_fail(source, wanted)
    return _bytes_of(harfbuzz, pointer(made)) if made else None


def _bytes_of(harfbuzz: ctypes.CDLL, face: ctypes.c_void_p) -> bytes:
    length = ctypes.c_uint()
    blob = ctypes.c_void_p(harfbuzz.hb_face_reference_blob(face))
    start = harfbuzz.hb_blob_get_data(blob, ctypes.byref(length))
    return ctypes.string_at(start, length.value)


def _static_file(name: str) -> bytes | None:
    found = Path(finders.find(name) or "") if name and ".." not in name and not name.startswith("/") else Path()
    return found.read_bytes() if found.is_file() else None


def _nothing(_name: str) -> None:
    return None


def _load(*names: str) -> ctypes.CDLL | None:
    """The first of these system libraries that is here."""
    for name in names:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None
