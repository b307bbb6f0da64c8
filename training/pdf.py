"""What the PDF of a certificate shows. How a PDF is made stands in people/lib/pdf.py."""

import segno
from django.conf import settings
from django.urls import reverse

from people.lib import pdf
from training.models import Certificate

# The most characters each size holds, and the fields' own limits at the end; the sizes stand in the template.
NAME_SIZES = {"large": 24, "medium": 40, "small": 64, "smallest": 100, "tiny": 200}
TITLE_SIZES = {"normal": 60, "long": 130, "longest": 255}

QR_SCALE = 4  # dots on each side of a square: enough for print, and drawn faster than as lines


def certificate_pdf(certificate: Certificate) -> bytes:
    """One page, A4 on its side, to be read by eye or by screen reader and to hang on a wall."""
    return pdf.render("pdf/certificate.html", certificate_context(certificate), style="pdf/certificate.css")


def certificate_context(certificate: Certificate) -> dict:
    """The values of the page."""
    address = verify_address(certificate)
    return {
        "certificate": certificate,
        "name": certificate.holder_name.strip(),
        "name_size": name_size(certificate.holder_name),
        "led_by": shortened(certificate.led_by),
        "title_size": title_size(certificate.title),
        "verify_address": address,
        "verify_page": settings.SITE_URL.partition("://")[2] + reverse("verify:verify"),
        "qr": segno.make(address, error="m", micro=False).png_data_uri(dark="#122b45", border=0, scale=QR_SCALE),
    }


def verify_address(certificate: Certificate) -> str:
    """Where anybody can check it."""
    return settings.SITE_URL + reverse("verify:verify-code", args=[certificate.code])


def shortened(names: list[str], most: int = 90) -> str:
    """Names on one line; what does not fit stands on the page of the certificate."""
    words = ", ".join(names)
    return words if len(words) <= most else words[: most - 1].rstrip(" ,") + "…"


def name_size(name: str) -> str:
    """How large the name is set, so that one letter, eighty and two hundred all look right."""
    return _first_that_holds(len(name.strip()), NAME_SIZES)


def title_size(title: str) -> str:
    """The same for the title."""
    return _first_that_holds(len(title), TITLE_SIZES)


def _first_that_holds(length: int, sizes: dict[str, int]) -> str:
    return next(size for size, most in sizes.items() if length <= most)
