"""Pages of examples: add, read, share, ask; who finds them; what they cost."""

import datetime
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from appraisal.evidence import change_entry
from appraisal.models import EvidenceConfirmation, EvidenceEntry
from people.lib.dates import today
from people.models import AuditEvent, ManagerCover
from people.transitions import person
from tests.factories.appraisal import answered, asked, asked_through_manager, example, shared_example
from tests.factories.partnerships import PartnershipFactory
from tests.factories.pictures import photograph
from tests.factories.training import make_module, units_of
from training.models import Reflection

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def text(response):
    return response.content.decode()


def form_of(response):
    """The values a browser would post back."""
    form = response.context["form"]
    return {
        field.html_name: field.value() for field in form if field.value() not in (None, "") and field.name != "file"
    }


def test_add_page_takes_one_box_and_a_day(cast, client_for):
    client = client_for(cast.ailsa)
    page = client.get(reverse("evidence:add"))
    assert "Only you." in text(page)

    response = client.post(reverse("evidence:add"), form_of(page) | {"situation": "I rang first."}, follow=True)

    entry = EvidenceEntry.objects.get()
    assert (entry.owner, entry.state, entry.situation, entry.happened_on) == (
        cast.ailsa,
        "draft",
        "I rang first.",
        today(),
    )
    assert "Only you." in text(response)


def test_form_sent_twice_makes_one_example(cast, client_for):
    client = client_for(cast.ailsa)
    values = form_of(client.get(reverse("evidence:add"))) | {"situation": "I rang first."}

    for _press in range(2):
        client.post(reverse("evidence:add"), values)

    assert EvidenceEntry.objects.count() == 1


def test_autosave_keeps_what_is_there_without_a_trail(cast, client_for):
    client = client_for(cast.ailsa)
    values = form_of(client.get(reverse("evidence:add")))
    headers = {"X-Autosave": "1"}

    assert client.post(reverse("evidence:add"), values, headers=headers).status_code == 204
    first = client.post(reverse("evidence:add"), values | {"situation": "I ra"}, headers=headers)
    client.post(reverse("evidence:add"), values | {"situation": "I rang", "happened_on": "32"}, headers=headers)

    entry = EvidenceEntry.objects.get()
    assert first.json() == {"version": 1}
    assert (entry.situation, entry.version) == ("I rang", 2)
    assert EvidenceEntry.history.count() == 0


def test_autosave_does_not_touch_a_shared_example(cast, client_for):
    entry = shared_example(cast.ailsa)
    client, address = client_for(cast.ailsa), reverse("evidence:edit", args=[entry.pk])
    page = client.get(address)
    assert "data-autosave" not in text(page)

    response = client.post(address, form_of(page) | {"situation": "Other"}, headers={"X-Autosave": "1"})

    assert response.status_code == 409
    assert EvidenceEntry.objects.get().situation == entry.situation


def test_autosave_rests_once_somebody_was_asked(cast, client_for):
    entry = example(cast.ailsa)
    asked(entry)
    client, address = client_for(cast.ailsa), reverse("evidence:edit", args=[entry.pk])
    page = client.get(address)

    response = client.post(address, form_of(page) | {"situation": "Half a th"}, headers={"X-Autosave": "1"})

    assert "data-autosave" not in text(page)
    assert response.status_code == 409
    assert EvidenceEntry.objects.get().text_version == 1


def test_two_windows_keep_both_texts(cast, client_for):
    entry = example(cast.ailsa)
    client, address = client_for(cast.ailsa), reverse("evidence:edit", args=[entry.pk])
    values = form_of(client.get(address))
    client.post(address, values | {"situation": "From the first window"})

    response = client.post(address, values | {"situation": "From the second window"})

    assert response.status_code == 409
    assert "From the first window" in text(response)
    assert "From the second window" in text(response)
    client.post(address, form_of(response))
    assert EvidenceEntry.objects.get().situation == "From the second window"


def test_history_holds_shared_texts_only(cast):
    entry = example(cast.ailsa)
    change_entry(entry, {"situation": "Draft two"}, by=cast.ailsa)
    from people.transitions import move

    move(entry, "share", by=person(cast.ailsa))
    change_entry(entry, {"situation": "Shared two"}, by=cast.ailsa)

    rows = EvidenceEntry.history.order_by("history_id").values_list("situation", "history_user_id")
    assert list(rows) == [("Draft two", cast.ailsa.pk), ("Shared two", cast.ailsa.pk)]


@pytest.mark.parametrize("data", [{"behaviours": []}, {"link": "https://example.org"}, {"partnership": None}])
def test_text_version_stays_when_the_account_stays(cast, data):
    assert change_entry(example(cast.ailsa), data, by=cast.ailsa).text_version == 1


@pytest.mark.parametrize("data", [{"result": "x"}, {"happened_on": datetime.date(2026, 1, 5)}, {"title": "New"}])
def test_text_version_rises_with_what_others_read(cast, data):
    assert change_entry(example(cast.ailsa), data, by=cast.ailsa).text_version == 2


def test_later_change_shows_beside_the_answer(cast, client_for):
    entry = shared_example(cast.ailsa)
    answered(entry, cast.rhona, words="Just so.")
    change_entry(entry, {"situation": "A grander story"}, by=cast.ailsa)

    for name in ("ailsa", "morag"):
        page = text(client_for(getattr(cast, name)).get(entry.get_absolute_url()))
        assert "Changed since Rhona answered" in page
        assert "I rang Rhona MacBain before I drafted" in page


def test_reading_somebody_elses_example_is_on_record(cast, client_for):
    entry = shared_example(cast.ailsa)
    client_for(cast.ailsa).get(entry.get_absolute_url())
    client_for(cast.morag).get(entry.get_absolute_url())

    assert list(AuditEvent.objects.filter(move="read").values_list("actor_id", "subject_id")) == [
        (cast.morag.pk, cast.ailsa.pk)
    ]


def test_own_reflection_can_be_copied_and_nobody_elses(cast, client_for):
    unit = units_of(make_module(units=1))[0]
    row = Reflection.objects.create(person=cast.ailsa, unit=unit, block_id="a", prompt="?", text="My own thought")
    address = f"{reverse('evidence:add')}?reflection={row.pk}"

    assert "My own thought" in text(client_for(cast.ailsa).get(address))
    assert client_for(cast.morag).get(address).status_code == 404


def test_reflection_of_somebody_else_prefills_nothing(cast, client_for):
    address = reverse("evidence:add") + "?reflection=999"

    assert client_for(cast.ailsa).get(address).status_code == 404


# --- Who finds what ---


@pytest.mark.parametrize("name", ["morag", "fergus", "rhona", "tom", "priya", "senga", "stranger"])
def test_draft_is_found_by_its_owner_alone(cast, client_for, name):
    entry = example(cast.ailsa)
    asked(entry)
    client = client_for(getattr(cast, name))

    found = {
        (page, pk): client.get(reverse(f"evidence:{page}", args=[pk])).status_code
        for page in ("detail", "edit", "delete", "file", "ask")
        for pk in (entry.pk, entry.pk + 1000)
    }

    assert found == dict.fromkeys(found, 404)


@pytest.mark.parametrize(
    ("name", "status"),
    [("ailsa", 200), ("morag", 200), ("fergus", 404), ("rhona", 404), ("tom", 404), ("stranger", 404)],
)
def test_shared_example_is_read_by_owner_and_manager(cast, client_for, name, status):
    entry = shared_example(cast.ailsa)
    response = client_for(getattr(cast, name)).get(entry.get_absolute_url())

    assert response.status_code == status
    assert ("I rang Rhona MacBain before" in text(response)) is (status == 200)


def test_cover_reads_while_it_lasts(cast, client_for):
    entry = shared_example(cast.ailsa)
    ManagerCover.objects.create(manager=cast.morag, cover=cast.donald, starts_on=today(), ends_on=today())

    page = client_for(cast.fresh("donald")).get(entry.get_absolute_url())

    assert page.status_code == 200
    assert "Ailsa Grant, Morag Sinclair and you." in text(page)


@pytest.mark.parametrize("page", ["edit", "delete", "ask"])
def test_manager_reads_and_never_writes(cast, client_for, page):
    entry = shared_example(cast.ailsa)

    assert client_for(cast.morag).get(reverse(f"evidence:{page}", args=[entry.pk])).status_code == 403


def test_page_of_the_manager_shows_answers_and_no_open_request(cast, client_for):
    entry = shared_example(cast.ailsa)
    answered(entry, cast.rhona, words="Just so.")
    open_request = asked(entry, email="somebody@example.org", name="Quiet Person")

    page = text(client_for(cast.morag).get(entry.get_absolute_url()))
    send = client_for(cast.morag).get(reverse("evidence:send", args=[open_request.pk]))
    assert send.status_code == 404

    assert "Just so." in page
    assert "Quiet Person" not in page


def test_share_button_only_with_a_manager(cast, client_for):
    own, partners = example(cast.ailsa), example(cast.rhona)

    assert "Share with Morag Sinclair" in text(client_for(cast.ailsa).get(own.get_absolute_url()))
    assert "Share with" not in text(client_for(cast.rhona).get(partners.get_absolute_url()))


def test_moves_need_a_post(cast, client_for):
    entry = example(cast.ailsa)
    request = asked(entry)
    client = client_for(cast.ailsa)

    for address in (
        reverse("evidence:move", args=[entry.pk, "share"]),
        reverse("evidence:withdraw", args=[request.pk]),
        reverse("evidence:reply", args=[request.pk]),
    ):
        assert client.get(address).status_code == 405


def test_delete_removes_a_draft_and_its_file(cast, client_for, django_capture_on_commit_callbacks):
    entry = example(cast.ailsa, file=SimpleUploadedFile("a.pdf", PDF), file_name="a.pdf", file_type="application/pdf")
    storage, name = entry.file.storage, entry.file.name
    assert storage.exists(name)

    with django_capture_on_commit_callbacks(execute=True):
        client_for(cast.ailsa).post(reverse("evidence:delete", args=[entry.pk]))

    assert EvidenceEntry.objects.count() == 0
    assert not storage.exists(name)


def test_example_somebody_was_asked_about_cannot_be_deleted(cast, client_for):
    entry = example(cast.ailsa)
    answered(entry, cast.rhona, "not_so")

    response = client_for(cast.ailsa).post(reverse("evidence:delete", args=[entry.pk]))

    assert response.status_code == 409
    assert EvidenceEntry.objects.count() == 1


def test_reply_stands_beside_the_answer(cast, client_for):
    entry = shared_example(cast.ailsa)
    row = answered(entry, cast.rhona, "not_so", "I heard late.")
    address = reverse("evidence:reply", args=[row.pk])

    client_for(cast.ailsa).post(address, {"text": "I should have rung sooner."})

    assert client_for(cast.morag).post(address, {"text": "Mine"}).status_code == 403
    assert client_for(cast.rhona).post(address, {"text": "Mine"}).status_code == 404
    page = text(client_for(cast.morag).get(entry.get_absolute_url()))
    assert "I heard late." in page
    assert "I should have rung sooner." in page


# --- Files ---


def test_file_is_served_as_a_download_under_a_safe_name(cast, client_for):
    client = client_for(cast.ailsa)
    values = form_of(client.get(reverse("evidence:add"))) | {"situation": "With a file"}
    upload = SimpleUploadedFile('..\\..\\evil"\u202e.html', PDF, "text/html")
    client.post(reverse("evidence:add"), values | {"file": upload})

    response = client.get(reverse("evidence:file", args=[EvidenceEntry.objects.get().pk]))

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="evil.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response) == PDF
    assert (
        client_for(cast.morag).get(reverse("evidence:file", args=[EvidenceEntry.objects.get().pk])).status_code == 404
    )


def zip_of(**members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, content in members.items():
            package.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"<html><script>1</script>", "The file must be a PDF, a picture"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "The file must be a PDF, a picture"),
        ("a.pdf", b"", "The file is empty"),
        ("a.pdf", b"%PDF-1.7 cut", "damaged or incomplete"),
        ("a.docx", b"PK\x03\x04rubbish", "damaged or locked"),
        ("a.zip", zip_of(readme="hello"), "The file must be a PDF, a picture"),
        ("a.docm", zip_of(**{"[Content_Types].xml": "", "word/document.xml": "", "word/vbaProject.bin": ""}), "macros"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40, "The picture is damaged"),
        ("a.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024) + b"%%EOF", "no larger than 10 MB"),
    ],
)
def test_refused_upload_says_why_and_keeps_the_text(cast, client_for, name, content, sentence):
    client = client_for(cast.ailsa)
    values = form_of(client.get(reverse("evidence:add"))) | {"situation": "All my words"}

    response = client.post(reverse("evidence:add"), values | {"file": SimpleUploadedFile(name, content)})

    assert sentence in text(response)
    assert "All my words" in text(response)
    assert EvidenceEntry.objects.count() == 0


def test_office_documents_and_pictures_are_taken(cast, client_for):
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    word = zip_of(**{"[Content_Types].xml": "", "word/document.xml": "<w/>"})
    writer = zip_of(mimetype="application/vnd.oasis.opendocument.text", content="x")
    client = client_for(cast.ailsa)

    for content in (picture.getvalue(), word, writer):
        values = form_of(client.get(reverse("evidence:add"))) | {"situation": "With a file"}
        client.post(reverse("evidence:add"), values | {"file": SimpleUploadedFile("notes.exe", content)})

    assert set(EvidenceEntry.objects.values_list("file_name", flat=True)) == {"notes.png", "notes.docx", "notes.odt"}


def test_a_photograph_is_kept_without_its_place(cast, client_for):
    client = client_for(cast.ailsa)
    values = form_of(client.get(reverse("evidence:add"))) | {"situation": "With a photograph"}
    taken = photograph("JPEG")

    client.post(reverse("evidence:add"), values | {"file": SimpleUploadedFile("hill.jpg", taken)})

    with EvidenceEntry.objects.get().file.open("rb") as file:
        kept = file.read()
    assert kept.startswith(b"\xff\xd8")
    assert b"Owner Marker" in taken
    assert b"Owner Marker" not in kept


# --- Asking ---


def ask_values(**more):
    values = {"name": "Rhona MacBain", "email": "partner@example.org", "organisation": "", "decides": "no"}
    return values | more


def test_ask_preview_sends_nothing_and_then_sends_what_it_showed(cast, client_for):
    PartnershipFactory(lead=cast.ailsa, co_lead=cast.dougie)
    entry = example(cast.ailsa, situation="Rhona MacBain and Dougie Ross came along.")
    client, address = client_for(cast.ailsa), reverse("evidence:ask", args=[entry.pk])

    preview = client.post(address, ask_values(organisation=cast.carers.pk))
    assert "Rhona MacBain and (a name left out) came along." in text(preview)
    assert "Left out of the account: Dougie Ross." in text(preview)
    assert EvidenceConfirmation.objects.count() == 0
    client.post(address, ask_values(organisation=cast.carers.pk, step="send", seen=entry.text_version))

    row = EvidenceConfirmation.objects.get()
    assert (row.shown_text, row.organisation) == ("Rhona MacBain and (a name left out) came along.", cast.carers)


def test_ask_without_declaration_is_refused(cast, client_for):
    address = reverse("evidence:ask", args=[example(cast.ailsa).pk])
    values = ask_values(step="send")
    del values["decides"]

    assert "Say whether you now decide something of theirs" in text(client_for(cast.ailsa).post(address, values))
    assert EvidenceConfirmation.objects.count() == 0


def test_ask_over_the_limit_tells_why(cast, client_for):
    for title in ("One", "Two"):
        asked(example(cast.morag, title=title))
    address = reverse("evidence:ask", args=[example(cast.ailsa).pk])

    preview = client_for(cast.ailsa).post(address, ask_values())
    refused = client_for(cast.ailsa).post(address, ask_values(step="send"))

    assert "Rhona MacBain has been asked twice this quarter, by you or by others." in text(preview)
    assert refused.status_code == 409
    assert EvidenceConfirmation.objects.count() == 2


def test_manager_page_sends_or_declines(cast, client_for):
    entry = shared_example(cast.ailsa)
    waiting = asked_through_manager(entry)
    address = reverse("evidence:send", args=[waiting.pk])
    assert client_for(cast.ailsa).get(address).status_code == 403
    assert client_for(cast.rhona).get(address).status_code == 404

    page = client_for(cast.morag).get(address)
    client_for(cast.morag).post(address, {"move": "not_send", "reason": "Their permit is open."})

    assert "Only you may ask." in text(page)
    assert "Rhona MacBain sees nothing unless you send it." in text(page)
    assert "This is decided: nothing was sent." in text(client_for(cast.morag).get(address))
    assert "Their permit is open." in text(client_for(cast.ailsa).get(entry.get_absolute_url()))


def test_who_can_see_is_true_once_somebody_was_asked(cast, client_for):
    entry, other = shared_example(cast.ailsa), example(cast.ailsa)
    asked(other)

    mine, shared = (text(client_for(cast.ailsa).get(row.get_absolute_url())) for row in (other, entry))
    read = text(client_for(cast.morag).get(entry.get_absolute_url()))

    assert "Only you see this page. Rhona MacBain can read what you sent them." in mine
    assert "You and Morag Sinclair." in shared
    assert "Ailsa Grant and you. Somebody whom Ailsa Grant asks about it can read what they are sent." in read
    assert "You and 1 person asked" in text(client_for(cast.ailsa).get(reverse("evidence:list")))
