"""What an uploaded file is, found from its content whatever its name claims. Views serve it, policies limit it."""

import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from io import SEEK_END
from pathlib import PurePath
from typing import BinaryIO

from django.utils.translation import gettext as _

from people.lib.pictures import without_place

MEGABYTE = 1024 * 1024
MAX_PIXELS = 60_000_000
MAX_UNPACKED = 200 * MEGABYTE
# What Python's zip reader raises on a damaged, locked or crafted package.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    EOFError,
)
MAX_MEMBERS = 5_000
IMAGES = {
    "JPEG": ("jpg", "image/jpeg"),
    "MPO": ("jpg", "image/jpeg"),  # a JPEG with a second picture in it, as many phones make
    "PNG": ("png", "image/png"),
    "GIF": ("gif", "image/gif"),
    "WEBP": ("webp", "image/webp"),
}
FORMATS = [name for name in IMAGES if name != "MPO"]  # Pillow finds a second picture by itself
OOXML = "application/vnd.openxmlformats-officedocument."
OFFICE = {
    "word/document.xml": ("docx", f"{OOXML}wordprocessingml.document"),
    "xl/workbook.xml": ("xlsx", f"{OOXML}spreadsheetml.sheet"),
    "ppt/presentation.xml": ("pptx", f"{OOXML}presentationml.presentation"),
}
OPEN_DOCUMENT = {
    f"application/vnd.oasis.opendocument.{name}": extension
    for name, extension in (("text", "odt"), ("spreadsheet", "ods"), ("presentation", "odp"))
}


class FileRefused(Exception):
    """A file that cannot be added; the message says why and what would do."""


@dataclass(frozen=True)
class Recognised:
    """What a file is, whatever its name claims."""

    extension: str
    content_type: str


def recognise(file: BinaryIO, size: int, *, limit: int) -> Recognised:
    """Say what the content is, or raise FileRefused with a sentence; `limit` is in megabytes."""
    if size > limit * MEGABYTE:
        raise FileRefused(_("The file must be no larger than %(limit)s MB.") % {"limit": limit})
    if size == 0:
        raise FileRefused(_("The file is empty."))
    file.seek(0)
    head = file.read(1024)
    try:
        found = _pdf(file, head) or _office(file, head) or _image(file, head)
    finally:
        file.seek(0)
    if found is None:
        raise FileRefused(_("The file must be a PDF, a picture (JPEG, PNG, GIF or WebP) or an office document."))
    return found


def take_place_out(file: BinaryIO, found: Recognised) -> int:
    """Rewrite a picture where it stands, without the place it was taken at; gives back its new size."""
    if found.content_type.startswith("image/"):
        file.seek(0)
        try:
            clean = without_place(file.read())
        except (ValueError, IndexError) as error:
            raise FileRefused(_("The picture is damaged.")) from error
        file.seek(0)
        file.write(clean)
        file.truncate()
    size = file.seek(0, SEEK_END)
    file.seek(0)
    return size


def safe_name(name: str, extension: str) -> str:
    """A download name without paths, control characters or tricks of direction, ending in what the file is."""
    stem = PurePath(name.replace("\\", "/")).name
    stem = "".join(c for c in unicodedata.normalize("NFC", stem) if unicodedata.category(c)[0] != "C")
    stem = re.sub(r'[<>:"/\\|?*%;\s]+', " ", stem).strip(" .")
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", stem).strip(" .")[:100]
    return f"{stem or _('file')}.{extension}"


def _pdf(file: BinaryIO, head: bytes) -> Recognised | None:
    if not head.startswith(b"%PDF-"):
        return None
    file.seek(0, 2)
    file.seek(max(0, file.tell() - 2048))
    if b"%%EOF" not in file.read():
        raise FileRefused(_("The PDF is damaged or incomplete."))
    return Recognised("pdf", "application/pdf")


def _office(file: BinaryIO, head: bytes) -> Recognised | None:
    if not head.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(file) as package:
            members = package.infolist()
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
                raise FileRefused(_("The document unpacks to more than we can check."))
            return _office_kind(package, {member.filename for member in members})
    except UNREADABLE as error:
        raise FileRefused(_("The document is damaged or locked with a password.")) from error


def _office_kind(package: zipfile.ZipFile, names: set[str]) -> Recognised | None:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileRefused(_("Documents with macros cannot be added. Save it as a PDF and add that."))
    if "mimetype" in names and package.getinfo("mimetype").file_size < 200:
        kind = package.read("mimetype").decode("ascii", "replace").strip()
        return Recognised(OPEN_DOCUMENT[kind], kind) if kind in OPEN_DOCUMENT else None
    if "[Content_Types].xml" not in names:
        return None
    return next((Recognised(*OFFICE[part]) for part in OFFICE if part in names), None)


def _image(file: BinaryIO, head: bytes) -> Recognised | None:
    from PIL import Image, UnidentifiedImageError  # heavy: only when somebody adds a picture

    file.seek(0)
    try:
        with Image.open(file, formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise FileRefused(_("The picture has too many pixels. A smaller copy will do."))
            kind = picture.format
            picture.verify()
    except UnidentifiedImageError:
        return None
    except FileRefused:
        raise
    except Exception as error:  # Pillow raises whatever a broken picture makes it raise
        raise FileRefused(_("The picture is damaged.")) from error
    return Recognised(*IMAGES[str(kind)])
