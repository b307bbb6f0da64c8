"""What tests need that only Debian has: marks that skip a test and say the command. The one place for it."""

import shutil

import pytest

from people.lib.pdf import missing_libraries

PANGO = ("libpango-1.0-0", "libpangoft2-1.0-0")
PROGRAMS = {"poppler-utils": "pdftoppm", "chromium": "chromium"}
MISSING = {*missing_libraries(), *(package for package, program in PROGRAMS.items() if shutil.which(program) is None)}


def _needs(*packages: str) -> pytest.MarkDecorator:
    missing = [package for package in packages if package in MISSING]
    return pytest.mark.skipif(bool(missing), reason=f"Run: apt-get install {' '.join(missing)}")


needs_pdf = _needs(*PANGO)
needs_font_cutter = _needs(*PANGO, "libharfbuzz-subset0")
needs_poppler = _needs(*PANGO, "poppler-utils")
needs_browser = _needs("chromium")
