"""My learning record: what stands on it, its files, and that nobody but the person reads a word of it."""

import csv
import datetime
import io

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from cms.retention import RULES, apply_rule
from people.lib.pdf import PdfUnavailable
from people.models import Affiliation, Post
from tests.debian import needs_pdf
from tests.factories.required import completed, required_of
from tests.factories.sessions import ask, begin, session_of
from tests.factories.training import finish_all_units, make_module, units_of
from tests.pdfs import fonts_are_embedded, opened, tags, text_of, untagged
from training import record_files
from training.enums import Audience, Presence
from training.learning_record import HEAD, record_of, time_words
from training.models import Attendance, Certificate, LearningRecordFile, ModulePage, Place, Reflection, TryItNote
from training.progress import start_module
from training.record_files import make_file, make_missing_files, order_file, record_pdf
from training.required.requirements import make_exception

pytestmark = pytest.mark.django_db
PAGE, PDF, MAKE, TABLE = (f"/learning/record/{more}" for more in ("", "pdf/", "pdf/make/", "csv/"))
SECRET = "I had not listened, and I said so to nobody"


def came(cast, user, presence=Presence.FULL, **values):
    """The person's place in a session of four hours that is over, with this mark."""
    session = session_of(cast, **values)
    place = ask(session, user)
    begin(session)
    ago = timezone.now() - datetime.timedelta(days=10)
    session.dates.update(starts_at=ago, ends_at=ago + datetime.timedelta(hours=4))
    Attendance.objects.create(place=place, date=session.dates.get(), presence=presence, marked_by=cast.priya)
    return place


def learnt(cast, user):
    """Some of everything: a module done with its certificate, one begun, a session attended, one to come, words."""
    start = finish_all_units(make_module(), user)
    unit = units_of(start.module)[0]
    Reflection.objects.create(person=user, unit=unit, block_id="r", prompt="When did you listen?", text=SECRET)
    TryItNote.objects.create(start=start, unit=unit, block_id="t", text=f"Tried: {SECRET}")
    start_module(make_module("begun"), by=user)
    came(cast, user)
    ask(session_of(cast, title="Still to come"), user)


def page_of(client):
    return client.get(PAGE).content.decode()


def table_of(client):
    text = b"".join(client.get(TABLE).streaming_content).decode().lstrip("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_everything_stands_on_the_page(cast, client_for):
    learnt(cast, cast.rhona)

    record, shown = record_of(cast.rhona), page_of(client_for(cast.rhona))

    assert [(row.kind, row.title, row.minutes) for row in record.done] == [
        ("module", "Early", 40),
        ("session", "Starting early together", 240),
    ]
    assert record.done[0].certificate == Certificate.objects.get(holder=cast.rhona, title="Early")
    assert [(row.kind, row.title) for row in record.planned] == [("session", "Still to come"), ("module", "Begun")]
    assert {row.text for row in record.written} == {f"Tried: {SECRET}", SECRET}
    for words in ("4 hours 40 minutes", "Still to come", "Begun", SECRET, "for Varrach Carers&#x27; Voice", "Module"):
        assert words in shown
    assert "Only you see this page." in shown


def test_an_empty_record_says_what_comes_there(cast, client_for):
    shown = page_of(client_for(cast.stranger))

    assert "Nothing is begun or booked." in shown
    assert "What you complete or attend is listed here" in shown
    assert "0 minutes" in shown


MARKS = [
    (Presence.FULL, [("", 240)]),
    (Presence.PART, [("", 120)]),
    (Presence.NO_SHOW, []),
    (Presence.APOLOGIES, []),
    (None, []),
]


@pytest.mark.parametrize(("presence", "rows"), MARKS, ids=str)
def test_a_session_counts_with_the_time_one_was_there(cast, presence, rows):
    place = came(cast, cast.rhona, presence or Presence.FULL)
    if presence is None:
        Attendance.objects.filter(place=place).delete()

    assert [(row.note, row.minutes) for row in record_of(cast.rhona).done] == rows


def test_part_is_said_where_the_session_asks_for_the_whole(cast):
    came(cast, cast.rhona, Presence.PART, attendance_rule="whole")

    (row,) = record_of(cast.rhona).done

    assert row.note == "in part"


def test_the_last_twelve_months_are_counted_apart(cast):
    completed(make_module(), cast.ailsa, days_ago=400)
    completed(make_module("new"), cast.ailsa, days_ago=40)

    record = record_of(cast.ailsa)

    assert (record.minutes, record.minutes_of_the_year) == (80, 40)


def test_what_is_required_stands_there_with_the_reason_of_an_exception(cast, client_for):
    row = required_of(cast)
    make_exception(row, cast.ailsa, reason="You wrote it yourself", until=None, by=cast.priya)

    shown = page_of(client_for(cast.ailsa))

    assert "You need not do it: You wrote it yourself" in shown
    assert "Excepted" in shown
    assert "You need not do it" not in page_of(client_for(cast.morag))


def test_who_leaves_an_organisation_keeps_it(cast, client_for):
    learnt(cast, cast.rhona)
    before = record_of(cast.rhona)
    Affiliation.objects.filter(person=cast.rhona).update(ends_on="2025-12-31")

    after = record_of(cast.fresh("rhona"))

    assert (after.done, after.written, after.minutes) == (before.done, before.written, before.minutes)
    assert client_for(cast.fresh("rhona")).get(PAGE).status_code == 200


def test_a_place_by_address_is_mine_once_i_sign_in(cast):
    place = came(cast, cast.rhona)
    Place.objects.filter(pk=place.pk).update(person=None)

    assert [row.title for row in record_of(cast.rhona).done] == ["Starting early together"]
    assert record_of(cast.dougie).done == []


def test_a_certificate_outlives_what_it_was_earned_by(cast):
    finish_all_units(make_module(), cast.ailsa)
    Certificate.objects.update(completion=None)

    rows = [(row.kind, row.title, row.certificate is not None) for row in record_of(cast.ailsa).done]

    assert rows == [("module", "Early", False), ("certificate", "Early", True)]


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 minutes"), (1, "1 minute"), (60, "1 hour"), (135, "2 hours 15 minutes")]
)
def test_time_in_words(minutes, words):
    assert time_words(minutes) == words


# --- Files -----------------------------------------------------------------------------------------------------------


def test_the_table_has_stable_columns_and_no_private_words(cast, client_for):
    learnt(cast, cast.rhona)
    required_of(cast, Audience.ROLE, role="Training co-ordinators")

    rows = table_of(client_for(cast.rhona))

    assert tuple(rows[0]) == HEAD
    assert [(row["kind"], row["title"], row["minutes"]) for row in rows] == [
        ("module", "Early", "40"),
        ("session", "Starting early together", "240"),
        ("session", "Still to come", ""),
        ("module", "Begun", ""),
    ]
    assert rows[0]["certificate_code"] == Certificate.objects.get(holder=cast.rhona, title="Early").grouped_code
    assert SECRET not in str(rows)


def test_a_title_is_no_formula(cast, client_for):
    completed(make_module(title="=cmd()"), cast.ailsa)

    assert table_of(client_for(cast.ailsa))[0]["title"] == "'=cmd()"


@needs_pdf
@pytest.mark.parametrize("with_words", [True, False])
def test_the_pdf_is_tagged_and_holds_the_words_only_when_wanted(cast, with_words):
    learnt(cast, cast.rhona)

    content = record_pdf(cast.rhona, with_words=with_words)

    pdf, text = opened(content), text_of(content)
    assert len(content) <= 60 * 1024
    assert str(pdf.open_metadata()["pdfuaid:part"]) == "1"
    assert str(pdf.docinfo.Title) == "Learning record: Rhona MacBain"
    assert {"H1", "H2", "Table", "TH", "TD"} <= {tag.lstrip("/") for tag in tags(pdf)}
    assert fonts_are_embedded(pdf)
    assert untagged(pdf) == 0
    for words in ("Starting early together", "4 hours 40 minutes", "Still to come"):
        assert words in text
    assert (SECRET in text) is with_words


@needs_pdf
def test_the_file_is_made_by_a_task_and_downloaded_by_its_owner(
    cast, client_for, settings, tmp_path, django_capture_on_commit_callbacks
):
    client = client_for(cast.rhona)
    assert client.get(PDF).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        said = client.post(MAKE, {"with_words": "yes"}, follow=True)
    assert "Your PDF is being made." in said.content.decode()

    response = client.get(PDF)

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="my-learning-record.pdf"'
    assert response.content.startswith(b"%PDF")
    assert "with what you wrote for yourself." in page_of(client)
    for name in ("morag", "priya", "tom", "dougie"):
        assert client_for(cast.fresh(name)).get(PDF).status_code == 404


@needs_pdf
def test_asking_again_replaces_the_file_and_time_takes_it(cast, django_capture_on_commit_callbacks):
    for with_words in (True, False):
        with django_capture_on_commit_callbacks(execute=True):
            order_file(cast.rhona, with_words=with_words)
        row = LearningRecordFile.objects.get()
        storage, name = row.file.storage, row.file.name
        assert storage.exists(name)
    assert row.with_words is False
    assert make_file.func(row.pk) is False  # it is there

    rule = next(rule for rule in RULES if rule.record == "training.LearningRecordFile")
    assert apply_rule(rule) == 0
    LearningRecordFile.objects.update(asked_at=timezone.now() - datetime.timedelta(days=31))
    assert apply_rule(rule) == 1
    assert not storage.exists(name)
    assert not LearningRecordFile.objects.exists()


def test_a_file_that_cannot_be_made_waits(cast, client_for, monkeypatch, django_capture_on_commit_callbacks):
    def missing(user, with_words):
        raise PdfUnavailable("no Pango here")

    monkeypatch.setattr(record_files, "record_pdf", missing)
    with django_capture_on_commit_callbacks(execute=True):
        order_file(cast.rhona, with_words=False)
    assert LearningRecordFile.objects.get().file.name == ""
    assert client_for(cast.rhona).get(PDF).status_code == 404

    monkeypatch.setattr(record_files, "record_pdf", lambda user, with_words: b"%PDF-later")
    assert make_missing_files() == 1
    assert client_for(cast.rhona).get(PDF).content == b"%PDF-later"


# --- Nobody else -----------------------------------------------------------------------------------------------------


def test_a_manager_reads_nothing_of_it(cast, client_for):
    learnt(cast, cast.ailsa)
    post = Post.objects.get(person=cast.ailsa)
    addresses = ("/team/", f"/team/{post.pk}/", f"/team/{post.pk}/talk/", "/my-work/", PAGE)

    for name in ("morag", "fergus", "priya", "tom", "rhona"):
        client = client_for(cast.fresh(name))
        read = "".join(client.get(address).content.decode() for address in addresses)
        assert SECRET not in read, name
        assert "When did you listen?" not in read, name
        assert "4 hours 40 minutes" not in read, name
        assert SECRET not in str(table_of(client)), name


def test_it_is_closed_to_whoever_is_not_signed_in(client, db):
    for address in (PAGE, PDF, TABLE):
        assert client.get(address).status_code == 302
    assert client.post(MAKE).status_code == 302


def test_no_module_takes_its_address(cast):
    make_module()

    with pytest.raises(ValidationError, match="taken by the system"):
        ModulePage(title="Record", slug="record", summary="x", minutes=1).clean()
    assert reverse("learning:record") == PAGE
