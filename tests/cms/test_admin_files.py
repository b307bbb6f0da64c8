"""Documents and pictures in the content admin are checked like every other file."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection

from people.models import User
from people.policy import set_policy
from tests.factories.pictures import photograph

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF"
DOCUMENTS, IMAGES = "wagtaildocs:add", "wagtailimages:add"


@pytest.fixture
def admin(client_for, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return client_for(User.objects.create_superuser("tech@example.org", name="Tech"))


def word(**more) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, content in {"[Content_Types].xml": "", "word/document.xml": "<w/>", **more}.items():
            package.writestr(name, content)
    return packed.getvalue()


def stored(field) -> bytes:
    with field.open("rb") as file:
        return file.read()


def add(client, view, name, content):
    """What the multiple uploader sends, and what the plain form sends."""
    collection = Collection.get_first_root_node().pk
    values = {"title": "A file", "collection": collection}
    many = reverse(view.replace(":add", ":add_multiple"))
    answer = client.post(many, values | {"files[]": SimpleUploadedFile(name, content)}).json()
    page = client.post(reverse(view), values | {"file": SimpleUploadedFile(name, content)})
    return answer, page


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"<html><script>1</script>", "The file must be a PDF"),
        ("a.pdf", b"%PDF-1.7 cut", "damaged or incomplete"),
        ("a.pdf", word(), "should end in .docx"),
        ("a.docx", PDF, "should end in .pdf"),
        ("a.docx", word(**{"word/vbaProject.bin": ""}), "macros"),
        ("a.pdf", b"%PDF-" + b"0" * (1024 * 1024) + b"%%EOF", "no larger than 1 MB"),
        ("a.csv", b"=1+1,2", "The file must be a PDF"),
        ("a.html", b"<script>1</script>", "The file must be a PDF"),
    ],
)
def test_a_document_that_is_not_what_it_says_is_refused(admin, name, content, sentence):
    set_policy("upload_megabytes", 1)

    answer, page = add(admin, DOCUMENTS, name, content)

    assert answer["success"] is False
    assert sentence in answer["error_message"]
    assert sentence in page.text
    assert not Document.objects.exists()


@pytest.mark.parametrize(("name", "content"), [("Plan.PDF", PDF), ("notes.docx", word())])
def test_a_document_is_taken_and_edited(admin, name, content):
    answer, page = add(admin, DOCUMENTS, name, content)

    assert answer["success"] is True
    assert page.status_code == 302
    document = Document.objects.first()
    values = {"title": "Another title", "collection": document.collection_id}
    admin.post(reverse("wagtaildocs:edit", args=[document.pk]), values)
    document.refresh_from_db()
    assert document.title == "Another title"
    assert stored(document.file) == content


def test_a_photograph_is_kept_without_its_place(admin):
    answer, page = add(admin, IMAGES, "hill.jpg", photograph("JPEG"))

    assert answer["success"] is True
    assert page.status_code == 302
    for picture in Image.objects.all():
        kept = stored(picture.file)
        assert b"Owner Marker" not in kept
        assert (picture.file_size, picture.width, picture.height) == (len(kept), 40, 30)
    assert Image.objects.count() == 2


def test_a_photograph_without_a_title_is_kept_without_its_place_too(admin):
    from wagtail.models import UploadedFile  # where Wagtail keeps what still needs a title

    upload = SimpleUploadedFile("hill.jpg", photograph("JPEG"))
    admin.post(reverse("wagtailimages:add_multiple"), {"title": "", "collection": 1, "files[]": upload})

    assert b"Owner Marker" not in stored(UploadedFile.objects.get().file)


@pytest.mark.parametrize(("name", "content"), [("a.png", photograph("JPEG")), ("a.svg", b"<svg/>"), ("a.jpg", PDF)])
def test_a_picture_that_is_not_what_it_says_is_refused(admin, name, content):
    answer, page = add(admin, IMAGES, name, content)

    assert answer["success"] is False
    assert page.status_code == 200
    assert not Image.objects.exists()
