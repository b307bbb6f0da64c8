"""The PDF of a certificate: one page, tagged, small, and right whatever the name is."""

import datetime
import hashlib

import pytest

from people.lib.pdf import PdfUnavailable
from tests.debian import needs_pdf
from tests.factories.certificates import a_certificate
from tests.pdfs import fonts_are_embedded, nodes, opened, tags, text_of
from training import tasks
from training.models import Certificate
from training.pdf import certificate_context, certificate_pdf, name_size

EIGHTY = "Wolfeschlegelsteinhausenbergerdorff Maximiliana-Theodora von und zu Hohenlohe La"
NAMES = {
    "plain": "Ailsa Grant",
    "one letter": "Ö",
    "eighty letters": EIGHTY,
    "eighty wide ones": "W" * 80,
    "as long as it can be": "W" * 200,
    "Arabic": "محمد عبد الله الخوارزمي",
    "combining marks": "Z̸͑a̷l̶g̵ö́ Ngô Đình Ñ̃ǵ",
    "emoji": "Rhona 🦦 MacBain 👩🏽‍🌾",
    "markup": '<b>Bobby</b> & "T" {{ x }} <img src="http://192.0.2.1/x.png">',
}


def drafted(name="Ailsa Grant", **values):
    given = {
        "holder_name": name,
        "title": "Why we work in partnership",
        "issuer": "Scottish Rivers Authority",
        "completed_on": datetime.date(2026, 11, 23),
        "expires_on": datetime.date(2029, 11, 23),
        "code": "7K3M0QXB2R9DV1TA",
        "behaviours": [{"code": "PB1", "name": "Starts early"}, {"code": "PB3", "name": "Closes the loop"}],
    }
    return Certificate(**given | values)


@needs_pdf
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_pdf_is_one_tagged_page_under_60_kb(name):
    content = certificate_pdf(drafted(name))

    pdf = opened(content)
    assert len(content) <= 60 * 1024
    assert len(pdf.pages) == 1
    assert [round(float(side) / 72 * 25.4) for side in pdf.pages[0].MediaBox[2:]] == [297, 210]
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "en-GB"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.docinfo.Title) == f"Certificate: Why we work in partnership, {name}"
    assert str(pdf.open_metadata()["pdfuaid:part"]) == "1"
    assert not pdf.check_pdf_syntax()


@needs_pdf
def test_pdf_structure_reads_in_order():
    pdf = opened(certificate_pdf(drafted()))

    assert [tag for tag in tags(pdf) if tag in ("/H1", "/H2", "/L", "/Figure")] == ["/H1", "/H2", "/L", "/L", "/Figure"]
    figure = next(node for node in nodes(pdf.Root.StructTreeRoot) if node.get("/S") == "/Figure")
    assert "7K3M-0QXB-2R9D-V1TA" in str(figure.Alt)


@needs_pdf
@pytest.mark.parametrize("name", [NAMES[key] for key in ("plain", "Arabic", "combining marks")])
def test_every_font_is_embedded(name):
    assert fonts_are_embedded(opened(certificate_pdf(drafted(name))))


@needs_pdf
@pytest.mark.parametrize("leaders", [["Rhona MacBain"], [f"{EIGHTY} {n}" for n in range(9)]], ids=["one", "many"])
@pytest.mark.parametrize("name", [NAMES[key] for key in ("plain", "as long as it can be")], ids=["plain", "long"])
def test_pdf_of_a_session_says_who_led_it_and_stays_one_page(name, leaders):
    content = certificate_pdf(drafted(name, place_id=1, led_by=leaders, minutes=270, expires_on=None))

    words = text_of(content)
    assert len(opened(content).pages) == 1
    for part in ("JOINT SESSION ATTENDED", "has taken part in", "Led by", "Attended on", "4 hours 30 minutes"):
        assert part in words


@needs_pdf
def test_pdf_says_what_was_completed_and_no_level():
    words = text_of(certificate_pdf(drafted("Łukasz Grant")))

    for part in ("Łukasz Grant", "Why we work in partnership", "Starts early", "Closes the loop", "23 November 2026"):
        assert part in words
    assert "7K3M-0QXB-2R9D-V1TA" in words
    assert "It is not proof of a level" in words
    assert "PB1" not in words


@needs_pdf
def test_markup_in_a_name_stays_text():
    assert '<b>Bobby</b> & "T" {{ x }}' in text_of(certificate_pdf(drafted(NAMES["markup"])))


def test_qr_code_leads_to_the_public_check(settings):
    settings.SITE_URL = "https://learn.example.org"

    context = certificate_context(drafted())

    assert context["verify_address"] == "https://learn.example.org/verify/7K3M0QXB2R9DV1TA/"
    assert context["verify_page"] == "learn.example.org/verify/"
    assert context["qr"].startswith("data:image/png")


@pytest.mark.parametrize(
    ("length", "size"), [(1, "large"), (24, "large"), (25, "medium"), (64, "small"), (80, "smallest"), (200, "tiny")]
)
def test_longer_names_are_set_smaller(length, size):
    assert name_size("n" * length) == size


@needs_pdf
@pytest.mark.django_db
def test_pdf_is_made_once_after_the_commit(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        certificate = a_certificate(cast.ailsa)
    assert not Certificate.objects.get(pk=certificate.pk).pdf
    for callback in callbacks:
        callback()

    made = Certificate.objects.get(pk=certificate.pk)
    with made.pdf.open("rb") as file:
        content = file.read()
    assert made.pdf_sha256 == hashlib.sha256(content).hexdigest()
    assert made.code not in made.pdf.name
    assert tasks.make_pdf.func(made.pk) is False
    assert tasks.make_missing_pdfs() == 0
    assert Certificate.objects.get(pk=made.pk).pdf.name == made.pdf.name


@needs_pdf
@pytest.mark.django_db
def test_tick_makes_missing_pdfs_and_one_failure_stops_no_other(cast, monkeypatch):
    first, second = a_certificate(cast.ailsa), a_certificate(cast.rhona)
    real = tasks.certificate_pdf

    def failing(certificate):
        if certificate == first:
            raise ValueError("no")
        return real(certificate)

    monkeypatch.setattr(tasks, "certificate_pdf", failing)

    assert tasks.make_missing_pdfs() == 1
    assert Certificate.objects.get(pk=second.pk).pdf
    assert not Certificate.objects.get(pk=first.pk).pdf


@pytest.mark.django_db
def test_missing_libraries_leave_the_certificate_waiting(cast, monkeypatch):
    certificate = a_certificate(cast.ailsa)

    def unavailable(_certificate):
        raise PdfUnavailable("Run: apt-get install x")

    monkeypatch.setattr(tasks, "certificate_pdf", unavailable)

    assert tasks.make_pdf.func(certificate.pk) is False
    assert tasks.make_missing_pdfs() == 0
    assert not Certificate.objects.get(pk=certificate.pk).pdf


@pytest.mark.django_db
def test_second_maker_leaves_no_file_behind(cast, monkeypatch):
    certificate = a_certificate(cast.ailsa)
    storage = certificate._meta.get_field("pdf").storage
    before = set(_files(storage))

    def slow(_certificate):
        monkeypatch.setattr(tasks, "certificate_pdf", lambda _certificate: b"%PDF-1.7 first")
        assert tasks.make_pdf.func(certificate.pk) is True
        return b"%PDF-1.7 second"

    monkeypatch.setattr(tasks, "certificate_pdf", slow)

    assert tasks.make_pdf.func(certificate.pk) is False
    assert len(set(_files(storage)) - before) == 1


def _files(storage):
    return storage.listdir("certificates")[1] if storage.exists("certificates") else []
