"""HTML template in, tagged PDF/UA-1 out. The only file that touches WeasyPrint; what a document says stands elsewhere.

WeasyPrint is imported when the first document is made: it is heavy, and without Pango the import itself fails.
"""

import ctypes
import mimetypes
import threading
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core import checks
from django.template.loader import render_to_string

VARIANT = "pdf/ua-1"
APT_LINE = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
# Family, package, file. Whole families: fonts cut up for the web print wrong letters in names.
FONTS = (
    ("Source Sans 3", "fontpkg_source_sans_3", "SourceSans3[wght].ttf"),
    ("Source Serif 4", "fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf"),
    ("Noto Sans", "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
    ("Noto Sans Arabic", "fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
)
LIBRARIES = {
    "libpango-1.0-0": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
    "libharfbuzz-subset0": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),
}
_lock = threading.Lock()  # one font configuration is shared, and it is not made for two documents at once


class PdfUnavailable(Exception):
    """PDFs cannot be made on this machine; the text names the command that helps."""


class AddressRefused(ValueError):
    """A document asked for something that is neither data: nor one of our own files."""


def render(template: str, context: dict[str, Any]) -> bytes:
    """The PDF of a template; language and title come from its <html lang> and <title>."""
    html = render_to_string(template, context)
    try:
        import weasyprint  # heavy, and missing system libraries must not take the site down
    except OSError as error:
        raise PdfUnavailable(f"PDFs need system libraries that are missing. Run: {APT_LINE}") from error
    with _lock:
        font_config, font_css = _fonts()
        document = weasyprint.HTML(string=html, base_url="static:", url_fetcher=fetch)
        return document.write_pdf(
            stylesheets=[font_css], font_config=font_config, pdf_variant=VARIANT, custom_metadata=False
        )


def fetch(url: str, *args: Any, **kwargs: Any) -> Any:
    """Answer a document's request for a file: data:, static:<path> or font:<number>. Nothing else, no redirects."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # see render

    scheme, _, rest = url.partition(":")
    if scheme == "data":
        return URLFetcher(allowed_protocols=("data",), allow_redirects=False).fetch(url)
    path = {"static": _static_path, "font": _font_path}.get(scheme, _nothing)(rest)
    if path is None:
        raise AddressRefused(f"A PDF may not load {url[:200]}")
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


def missing_libraries() -> list[str]:
    """Debian names of the system libraries that are not here."""
    return [package for package, names in LIBRARIES.items() if not any(map(_can_load, names))]


def check_libraries(app_configs: Any = None, **kwargs: Any) -> Iterator[checks.CheckMessage]:
    """System check: say which command brings what PDFs need. The site itself works without."""
    if missing := missing_libraries():
        text = f"PDFs cannot be made, or only slowly: {', '.join(missing)} not found."
        yield checks.Warning(text, hint=f"Run: {APT_LINE}", id="people.W001")


@cache
def _fonts() -> tuple[Any, Any]:
    """One font configuration for the life of the process: one for each document would leak and be slow."""
    from weasyprint import CSS  # see render
    from weasyprint.text.fonts import FontConfiguration

    faces = "".join(
        f'@font-face {{ font-family: "{family}"; src: url("font:{number}"); font-weight: 200 900; }}'
        for number, (family, _, _) in enumerate(FONTS)
    )
    config = FontConfiguration()
    return config, CSS(string=faces, font_config=config, url_fetcher=fetch)


def _font_path(number: str) -> Path | None:
    if number not in {str(known) for known in range(len(FONTS))}:
        return None
    _family, package, name = FONTS[int(number)]
    spec = find_spec(package)
    return Path(spec.submodule_search_locations[0]) / "files" / name if spec else None


def _static_path(name: str) -> Path | None:
    found = finders.find(name.lstrip("/")) if ".." not in name else None
    return Path(found) if found else None


def _nothing(_name: str) -> None:
    return None


def _can_load(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
