"""The page of a record: who reads it, what it says, that it reads the frozen text alone, and what is put beside it."""

import datetime
import hashlib
import html
import re

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from appraisal.enums import AdditionKind
from appraisal.evidence import change_entry
from appraisal.models import ReasonedAccess, RecordAddition, ReviewRecord, ReviewRecordPdf
from people import audit
from people.models import AuditEvent, ManagerCover, OutgoingMail, Post
from people.transitions import move, person
from tests.cast import PEOPLE
from tests.factories.records import CHANGED, close_again
from tests.factories.reviews import review_in
from training.models import Certificate

pytestmark = pytest.mark.django_db
WORDS = "I have asked the farms since: two of them heard from me first."


@pytest.fixture
def cast(closed_cast):
    return closed_cast


@pytest.fixture
def record(told) -> ReviewRecord:
    return told.review.records.get()


@pytest.fixture
def read(client_for):
    """A function: the words on the record's page, as somebody sees it."""

    def look(user, record, query="") -> str:
        response = client_for(user).get(reverse("reviews:record", args=[record.review_id]) + query)
        assert response.status_code == 200
        return words_of(response)

    return look


def words_of(response) -> str:
    main = re.search(r"<main.*?</main>", response.content.decode(), re.S)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def keep_pdf(record, content: bytes = b"%PDF-1.7") -> None:
    """The record's file, without the seconds that printing takes."""
    ReviewRecordPdf(record=record, sha256=hashlib.sha256(content).hexdigest()).file.save(
        "record.pdf", ContentFile(content)
    )


def give_reason(cast, review) -> None:
    ReasonedAccess.objects.create(
        review=review, reader=cast.tom, reason="An appeal", until=timezone.now() + datetime.timedelta(hours=1)
    )


# ---- who reads it ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("address", ["reviews:record", "reviews:record-pdf"])
def test_the_person_and_the_line_manager_read_it_and_nobody_else(cast, client_for, record, name, address):
    keep_pdf(record)

    response = client_for(cast.people[name]).get(reverse(address, args=[record.review_id]))

    assert response.status_code == (200 if name in ("ailsa", "morag") else 404)


def test_nobody_who_is_not_signed_in(client_for, record):
    assert client_for().get(reverse("reviews:record", args=[record.review_id])).status_code == 302


def test_superuser_rights_give_nothing(cast, client_for, record):
    cast.stranger.is_superuser = cast.stranger.is_staff = True
    cast.stranger.save()

    assert client_for(cast.stranger).get(reverse("reviews:record", args=[record.review_id])).status_code == 404


def test_a_former_manager_reads_no_more_and_the_new_one_does(cast, client_for, record):
    Post.objects.filter(person=cast.ailsa).update(line_manager=cast.donald)
    address = reverse("reviews:record", args=[record.review_id])

    assert client_for(cast.fresh("morag")).get(address).status_code == 404
    assert client_for(cast.fresh("donald")).get(address).status_code == 200


def test_an_administrator_reads_it_under_a_reason_until_the_hour(cast, client_for, record):
    give_reason(cast, record.review)
    client, address = client_for(cast.tom), reverse("reviews:record", args=[record.review_id])

    assert client.get(address).status_code == 200
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=2)):
        assert client_for(cast.tom).get(address).status_code == 404


def test_reading_by_others_is_kept_and_ones_own_is_not(cast, client_for, record):
    address = reverse("reviews:record", args=[record.review_id])

    client_for(cast.ailsa).get(address)
    client_for(cast.morag).get(address)

    rows = AuditEvent.objects.filter(move=audit.READ, record_type="appraisal.appraisalreview")
    assert [(row.actor_id, row.record_id, row.subject_id) for row in rows] == [
        (cast.morag.pk, record.review_id, cast.ailsa.pk)
    ]


def test_the_page_says_who_can_see_it(cast, read, record):
    told = "Administrators open it only for a reason, which Ailsa Grant can read."
    assert f"You and Morag Sinclair. {told.replace('Ailsa Grant', 'you')}" in read(cast.ailsa, record)
    assert f"You and Ailsa Grant. {told}" in read(cast.morag, record)
    give_reason(cast, record.review)
    until = date_format(timezone.localtime(ReasonedAccess.objects.get().until), "j F Y, H:i")
    assert f"You (for a reason given, until {until}), Ailsa Grant and Morag Sinclair. {told}" in read(cast.tom, record)
    assert f"You, Morag Sinclair and Tom Baxter (for a reason given, until {until})." in read(cast.ailsa, record)


def test_somebody_who_stands_in_is_named_and_somebody_who_left_is_not(cast, read, record):
    days = {"starts_on": timezone.localdate(), "ends_on": timezone.localdate()}
    ManagerCover.objects.create(manager=cast.morag, cover=cast.donald, **days)
    cast.morag.is_active = False
    cast.morag.save()

    words = read(cast.ailsa, record)

    assert "You and Donald Iqbal (who stands in for Morag Sinclair until" in words


# ---- what it says ----------------------------------------------------------------------------------------------


def test_it_says_everything_that_was_signed(cast, read, record, told):
    words = read(cast.ailsa, record)

    for part in (
        f"Record {record.number}, version 1",
        "Catchment officer, Varrach catchment",
        "Signed by Morag Sinclair. Ailsa Grant disagrees. Fergus Reid has confirmed that it was fair.",
        "Development only",
        "version 1",
        f"{record.sha256[:12]}… holds: this is the text that was signed",
        record.sha256,
        "I have read this review and I disagree with it.",
        "And adds: “I read both sides.”",
        "confirmed by both",
        "Not in the first point.",
        "The radio was quicker than any of us.",
        "I asked the farms; both are true.",
        "The role expects: Reliably",
        "Helps the group",
        "The group asks me.",
        "Help wanted: A day a month",
        "With prompting",
        "The farms heard late.",
        "Rests on: example 1 , example 2 , note 1",
        "A year of calls.",
        "A steady year.",
        "Do the module together Module: Closing the loop",
        "Learning, not proof of a level",
        told.certificate.grouped_code,
        "Walk along the flood bank · Varrach Flood Warning Group",
        CHANGED,
        "Rhona MacBain Yes, and I would add something",
        "And you rang again on Friday.",
        "Changed since Rhona answered",
        "Thank you, I had forgotten.",
        "Walked the bank at night",
        "No answer of anybody who was there stood beside it.",
        "The farms heard of the closed road from the radio.",
        "Nothing was added.",
    ):
        assert part in words, part
    assert not re.search(r"\bPB[1-8]\b", words)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("agree", "Signed by Morag Sinclair. Ailsa Grant agrees. Fergus Reid has confirmed that it was fair."),
        ("comments", "Signed by Morag Sinclair. Ailsa Grant agrees and has added comments. Fergus Reid has confirmed"),
    ],
)
def test_the_end_is_said_as_it_was(cast, read, answer, sentence):
    review = review_in(cast, "closed", name="Another", answer=answer)

    assert sentence in read(cast.ailsa, review.records.get())


def test_it_reads_the_frozen_text_alone(cast, read, record, told):
    before = read(cast.ailsa, record)

    change_entry(told.call, {"title": "Another title", "situation": "Another story."}, by=cast.ailsa)
    Certificate.objects.filter(pk=told.certificate.pk).update(state="withdrawn", withdrawn_reason="other")
    told.review.next_steps.update(what="Another step")
    told.review.manager_part.ratings.update(words="Another view")

    assert read(cast.ailsa, record) == before


def test_an_older_record_with_less_in_it_can_still_be_read(cast, read, told):
    content = '{"format": 1, "number": "2019-000001", "version": 2, "job_holder": {"name": "Ailsa Grant"}}'
    older = ReviewRecord.objects.create(
        review=told.review, number="2019-000001", version=2, content=content, sha256=ReviewRecord.hash_of(content)
    )

    words = read(cast.ailsa, older)

    assert "Record 2019-000001, version 2" in words
    assert "No level rests on an example." in words
    assert "No talk about it was recorded." in words


def test_a_text_that_is_not_the_hashed_one_is_told(cast, read, told, record):
    ReviewRecord.objects.create(
        review=told.review, number=record.number, version=2, content=record.content, sha256="0" * 64
    )

    assert "This is not the text that was signed" in read(cast.ailsa, record)


def test_earlier_versions_are_linked_and_say_so(cast, read, told, record):
    close_again(cast, told, words="On the same day.")

    newest, first = read(cast.ailsa, record), read(cast.ailsa, record, "?version=1")

    assert "version 2" in newest
    assert "On the same day." in newest
    assert "The text was shared 2 times; this is the last one." in newest
    assert "This is an earlier version." in first
    assert "The farms heard late." in first
    assert "On the same day." not in first


@pytest.mark.parametrize("query", ["?version=3", "?version=", "?version=x", "?version=²", "?version=-1"])
def test_a_version_that_is_not_there(cast, client_for, record, query):
    address = reverse("reviews:record", args=[record.review_id]) + query

    assert client_for(cast.ailsa).get(address).status_code == 404


def test_opened_again_and_void_are_told_beside_it(cast, read, told, record):
    move(told.review, "reopen", by=person(cast.tom), data={"reason": "A wrong example"})
    assert "The review has been opened again." in read(cast.ailsa, record)
    move(told.review, "void", by=person(cast.fresh("tom")), data={"reason": "Wrong post"})
    assert "The review was declared void on" in read(cast.ailsa, record)
    assert "The review was declared void on" in read(cast.morag, record)


def test_markup_in_words_stays_text(cast, client_for):
    cast.morag.name = "<script>alert(1)</script>"
    cast.morag.save()
    review = review_in(cast, "closed", name="Another")

    page = client_for(cast.ailsa).get(reverse("reviews:record", args=[review.pk])).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


# ---- the PDF ---------------------------------------------------------------------------------------------------


def test_the_page_says_that_the_pdf_is_being_made(cast, client_for, read, record, monkeypatch):
    monkeypatch.setattr("appraisal.views.records.can_render", lambda: True)

    assert "The PDF is being made; this page is the whole record." in read(cast.ailsa, record)
    assert client_for(cast.ailsa).get(reverse("reviews:record-pdf", args=[record.review_id])).status_code == 404


def test_the_stored_pdf_is_served(cast, client_for, read, record):
    keep_pdf(record, b"%PDF-1.7 the one")

    assert "Download as PDF" in read(cast.ailsa, record)
    response = client_for(cast.ailsa).get(reverse("reviews:record-pdf", args=[record.review_id]))
    assert response.content == b"%PDF-1.7 the one"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="record-{record.number}-1.pdf"'
    assert "no-store" in response["Cache-Control"]


def test_a_lost_file_is_a_page_and_no_fault(cast, client_for, record):
    keep_pdf(record)
    record.pdf.file.storage.delete(record.pdf.file.name)

    assert client_for(cast.ailsa).get(reverse("reviews:record-pdf", args=[record.review_id])).status_code == 404


# ---- beside it -------------------------------------------------------------------------------------------------


def put(client, record, step="put", **data):
    values = {"kind": "statement", "words": WORDS, "version": record.version, "step": step, **data}
    return client.post(reverse("reviews:record-add", args=[record.review_id]), values)


def test_the_person_puts_a_statement_beside_it_after_a_look(cast, client_for, read, record):
    client = client_for(cast.ailsa)

    checked = put(client, record, "check")
    assert "Nobody can change it or take it away afterwards" in words_of(checked)
    assert WORDS in words_of(checked)
    assert not RecordAddition.objects.exists()
    assert WORDS in put(client, record, "change").content.decode()
    response = put(client, record)

    assert response["Location"] == reverse("reviews:record", args=[record.review_id]) + "#beside"
    addition = RecordAddition.objects.get()
    assert (addition.kind, addition.words, addition.by) == (AdditionKind.STATEMENT, WORDS, cast.ailsa)
    assert WORDS in read(cast.morag, record)
    assert ReviewRecord.objects.get().content == record.content
    assert list(OutgoingMail.objects.filter(template="reviews/added").values_list("to", flat=True)) == [
        "manager@example.org"
    ]
    assert AuditEvent.objects.filter(move="add_statement", actor_id=cast.ailsa.pk).count() == 1


def test_a_double_click_puts_it_once(cast, client_for, record):
    client = client_for(cast.ailsa)

    put(client, record)
    put(client, record)

    assert RecordAddition.objects.count() == 1
    assert OutgoingMail.objects.filter(template="reviews/added").count() == 1


def test_an_administrator_puts_a_correction_beside_it(cast, client_for, read, record):
    give_reason(cast, record.review)
    client = client_for(cast.tom)

    assert "Put a correction beside it" in read(cast.tom, record)
    put(client, record, kind="correction", words="The second date is 4 May: the register says so.")

    assert RecordAddition.objects.get().kind == AdditionKind.CORRECTION
    told = OutgoingMail.objects.filter(template="reviews/added")
    assert sorted(told.values_list("to", flat=True)) == ["manager@example.org", "staff@example.org"]


@pytest.mark.parametrize(
    ("name", "kind", "status"),
    [
        ("morag", "statement", 403),
        ("morag", "correction", 403),
        ("ailsa", "correction", 200),  # not among the choices
        ("fergus", "statement", 404),
        ("tom", "correction", 404),  # without a reason
        ("stranger", "statement", 404),
    ],
)
def test_nobody_else_and_nothing_else(cast, client_for, record, name, kind, status):
    assert put(client_for(cast.people[name]), record, kind=kind).status_code == status
    assert not RecordAddition.objects.exists()


def test_words_are_needed_and_kept(cast, client_for, record):
    assert "Write what is to stand beside the record" in words_of(put(client_for(cast.ailsa), record, words=" "))
    long = put(client_for(cast.ailsa), record, words="x" * 4001)
    assert long.status_code == 200
    assert "x" * 4001 in long.content.decode()
    assert not RecordAddition.objects.exists()


def test_a_newer_version_in_between_keeps_the_words(cast, client_for, told, record):
    close_again(cast, told, words="On the same day.")

    response = put(client_for(cast.ailsa), record)

    assert response.status_code == 409
    assert WORDS in response.content.decode()
    assert "A newer version of this record was written meanwhile." in words_of(response)
    assert not RecordAddition.objects.exists()


def test_additions_stay_with_their_version(cast, client_for, read, told, record):
    put(client_for(cast.ailsa), record)
    close_again(cast, told, words="On the same day.")

    assert WORDS not in read(cast.ailsa, record)
    assert WORDS in read(cast.ailsa, record, "?version=1")
    assert "Put a statement beside it" not in read(cast.ailsa, record, "?version=1")
