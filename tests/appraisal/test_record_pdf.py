"""The PDF of a record: tagged, small, complete, made once after the commit and never by a web request."""

import hashlib
from collections import Counter
from itertools import pairwise

import pytest
from django.core.management import call_command

from appraisal import tasks
from appraisal.enums import AdditionKind
from appraisal.models import RecordAddition, ReviewRecord, ReviewRecordPdf
from appraisal.record_pdf import record_pdf
from appraisal.records import why_broken
from people.lib.pdf import PdfUnavailable
from tests.debian import needs_pdf
from tests.factories.records import CHANGED, SHOWN, close_again
from tests.factories.reviews import review_in
from tests.pdfs import fonts_are_embedded, opened, tags, text_of, untagged

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(closed_cast):
    return closed_cast


@pytest.fixture
def record(told) -> ReviewRecord:
    return told.review.records.get()


@needs_pdf
def test_it_is_a_tagged_document_under_60_kb(record):
    content = record_pdf(record)

    pdf = opened(content)
    assert len(content) <= 60 * 1024
    assert [round(float(side) / 72 * 25.4) for side in pdf.pages[0].MediaBox[2:]] == [210, 297]
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "en-GB"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.docinfo.Title) == f"Record {record.number}: Ailsa Grant, Reviews 2026"
    assert str(pdf.open_metadata()["pdfuaid:part"]) == "1"
    assert not pdf.check_pdf_syntax()
    assert untagged(pdf) == 0


@needs_pdf
def test_its_structure_reads_in_order(record):
    pdf = opened(record_pdf(record))

    counted = Counter(tags(pdf))
    headings = [tag for tag in tags(pdf) if tag in ("/H1", "/H2", "/H3", "/H4")]
    assert headings[0] == "/H1"
    assert headings.count("/H1") == 1
    assert all(int(later[2]) <= int(earlier[2]) + 1 for earlier, later in pairwise(headings))
    assert (counted["/Table"], counted["/Caption"]) == (9, 9)  # about, signatures, five behaviours, steps, certificates
    assert counted["/TH"] == 6 + (3 + 3) + 5 * (3 + 2) + (3 + 1) + (3 + 1)
    assert counted["/L"] == 10  # what each side's levels rest on
    assert counted["/LI"] == 12


@needs_pdf
def test_every_font_is_embedded(record):
    assert fonts_are_embedded(opened(record_pdf(record)))


@needs_pdf
def test_it_holds_everything_that_was_signed_and_no_code(record, told):
    content = record_pdf(record)
    words = text_of(content)

    for part in (
        f"Record {record.number}, version 1",
        "Confidential",
        f"Page 1 of {len(opened(content).pages)}",
        "Development only",
        "Signed by Morag Sinclair. Ailsa Grant disagrees. Fergus Reid has confirmed that it was fair.",
        "I have read this review and I disagree with it.",
        "The radio was quicker than any of us.",
        "I asked the farms; both are true.",
        "The farms heard late.",
        "Help wanted: A day a month",
        CHANGED,
        SHOWN,
        "Rhona MacBain",
        "And you rang again on Friday.",
        "Changed since Rhona answered",
        "Thank you, I had forgotten.",
        "The farms heard of the closed road from the radio.",
        told.certificate.grouped_code,
        "Learning, not proof of a level",
        "Do the module together",
        "Module: Closing the loop",
        record.sha256,
    ):
        assert part in words, part
    assert not any(f"PB{number}" in words for number in range(1, 9))


@needs_pdf
def test_what_stands_beside_the_record_is_not_in_it(record, cast):
    RecordAddition.objects.create(record=record, kind=AdditionKind.STATEMENT, words="Said later.", by=cast.ailsa)

    assert "Said later." not in text_of(record_pdf(record))


@needs_pdf
def test_markup_and_long_names_stay_text(cast):
    cast.ailsa.name = '<b>Bobby</b> & "T" {{ x }} ' + "W" * 150
    cast.ailsa.save()
    record = review_in(cast, "closed", name="Another").records.get()

    content = record_pdf(record)

    assert '<b>Bobby</b> & "T" {{ x }}' in text_of(content)
    assert not opened(content).check_pdf_syntax()


@needs_pdf
def test_it_is_made_once_after_the_commit(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        record = review_in(cast, "closed", name="Another").records.get()
    assert not ReviewRecordPdf.objects.exists()
    for callback in callbacks:
        callback()

    made = ReviewRecordPdf.objects.get(record=record)
    with made.file.open("rb") as file:
        assert made.sha256 == hashlib.sha256(file.read()).hexdigest()
    assert record.number not in made.file.name
    assert tasks.print_record.func(record.pk) is False
    assert why_broken(ReviewRecord.objects.get(pk=record.pk)) is None


@needs_pdf
def test_tick_makes_missing_ones_and_one_failure_stops_no_other(cast, told, monkeypatch):
    close_again(cast, told, words="On the same day.")
    real = tasks.record_pdf

    def failing(record):
        if record.version == 1:
            raise ValueError("no")
        return real(record)

    monkeypatch.setattr(tasks, "record_pdf", failing)

    assert tasks.print_missing_records() == 1
    assert list(ReviewRecordPdf.objects.values_list("record__version", flat=True)) == [2]


def test_missing_libraries_leave_the_record_waiting(record, monkeypatch):
    def unavailable(_record):
        raise PdfUnavailable("Run: apt-get install x")

    monkeypatch.setattr(tasks, "record_pdf", unavailable)

    assert tasks.print_record.func(record.pk) is False
    assert tasks.print_missing_records() == 0
    assert not ReviewRecordPdf.objects.exists()


@pytest.fixture
def printed(record, monkeypatch):
    """The record with a PDF; what happens to the file does not depend on drawing it."""
    monkeypatch.setattr(tasks, "record_pdf", lambda _record: b"%PDF-1.7")
    assert tasks.print_record.func(record.pk)
    return record


def test_second_maker_leaves_no_file_behind(record, monkeypatch):
    storage = ReviewRecordPdf._meta.get_field("file").storage
    before = set(_files(storage))

    def slow(_record):
        monkeypatch.setattr(tasks, "record_pdf", lambda _record: b"%PDF-1.7 first")
        assert tasks.print_record.func(record.pk) is True
        return b"%PDF-1.7 second"

    monkeypatch.setattr(tasks, "record_pdf", slow)

    assert tasks.print_record.func(record.pk) is False
    assert len(set(_files(storage)) - before) == 1


def test_a_removed_pdf_takes_its_file_along(printed, django_capture_on_commit_callbacks):
    storage = ReviewRecordPdf._meta.get_field("file").storage
    name = ReviewRecordPdf.objects.get().file.name

    with django_capture_on_commit_callbacks(execute=True):
        ReviewRecordPdf.objects.all().delete()

    assert not storage.exists(name)


# ---- verifying ---------------------------------------------------------------------------------------------------


def verified(capsys) -> tuple[int, str]:
    """The exit code and the last line of the command."""
    try:
        call_command("verify_records")
    except SystemExit as end:
        return int(str(end.code)), capsys.readouterr().out
    return 0, capsys.readouterr().out


def test_whole_records_are_verified(printed, capsys):
    assert verified(capsys) == (0, "1 records, 0 broken, 0 without a PDF yet\n")


def test_a_pdf_that_is_still_to_be_made_is_not_broken(record, capsys):
    assert verified(capsys) == (0, "1 records, 0 broken, 1 without a PDF yet\n")


def test_a_changed_pdf_is_found(printed, capsys):
    ReviewRecordPdf.objects.update(sha256="0" * 64)

    assert verified(capsys) == (
        1,
        f"{printed}: The PDF is not the one that was stored.\n1 records, 1 broken, 0 without a PDF yet\n",
    )


def test_a_lost_pdf_is_found(printed, capsys):
    pdf = ReviewRecordPdf.objects.get()
    pdf.file.storage.delete(pdf.file.name)

    assert verified(capsys) == (
        1,
        f"{printed}: The PDF that was stored is gone.\n1 records, 1 broken, 0 without a PDF yet\n",
    )


def test_a_record_written_around_us_is_found(record, capsys):
    values = {"review": record.review, "number": record.number, "content": record.content}
    ReviewRecord.objects.create(**values, version=2, sha256="0" * 64)
    ReviewRecord.objects.create(**values, version=3, sha256=record.sha256)

    assert verified(capsys) == (
        1,
        f"{record.number}/2: The text is not the one that was hashed.\n"
        f"{record.number}/3: The text is that of another record.\n"
        "3 records, 2 broken, 3 without a PDF yet\n",
    )


def _files(storage):
    return storage.listdir("records")[1] if storage.exists("records") else []
