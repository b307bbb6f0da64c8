"""Pictures keep what they show and lose what stands beside it."""

import io
from contextlib import suppress

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from PIL import Image, PngImagePlugin

from people.lib.files import FileRefused, Recognised, recognise, take_place_out
from people.lib.pictures import without_place
from tests.factories.pictures import GPS, ORIENTATION, photograph

ON_ITS_SIDE = 6
XMP = b"<x:xmpmeta><exif:GPSLatitude>57,12.3N</exif:GPSLatitude></x:xmpmeta>"


def texts() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    info.add_text("Comment", "Owner Marker")
    return info


PHOTOGRAPHS = {
    "jpeg": lambda **more: photograph("JPEG", xmp=XMP, comment=b"Owner Marker", **more),
    "progressive": lambda **more: photograph("JPEG", progressive=True, **more),
    "png": lambda **more: photograph("PNG", pnginfo=texts(), **more),
    "webp": lambda **more: photograph("WEBP", xmp=XMP, **more),
    "lossless": lambda **more: photograph("WEBP", lossless=True, **more),
}


def pixels(data: bytes) -> bytes:
    return Image.open(io.BytesIO(data)).convert("RGB").tobytes()


@pytest.mark.parametrize("kind", PHOTOGRAPHS)
def test_place_and_owner_go_and_the_picture_stays(kind):
    before = PHOTOGRAPHS[kind]()

    after = without_place(before)

    picture = Image.open(io.BytesIO(after))
    exif = picture.getexif()
    assert dict(exif.get_ifd(GPS)) == {}
    assert dict(exif) == {ORIENTATION: ON_ITS_SIDE}
    assert b"Owner Marker" in before
    assert b"Owner Marker" not in after
    assert b"GPSLatitude" not in after
    assert pixels(after) == pixels(before)
    Image.open(io.BytesIO(after)).verify()


@pytest.mark.parametrize("kind", PHOTOGRAPHS)
def test_a_picture_that_stands_upright_has_nothing_beside_it(kind):
    after = without_place(PHOTOGRAPHS[kind](turned=1))

    assert dict(Image.open(io.BytesIO(after)).getexif()) == {}
    assert b"Exif" not in after


def test_cleaning_twice_changes_nothing_more():
    for make in PHOTOGRAPHS.values():
        once = without_place(make())
        assert without_place(once) == once


def test_colours_are_kept():
    profile = b"colours" * 20
    after = without_place(photograph("JPEG", icc_profile=profile))

    assert Image.open(io.BytesIO(after)).info["icc_profile"] == profile


def test_a_second_picture_goes_with_its_place():
    first, second = (Image.new("RGB", (64, 48), colour) for colour in ("red", "blue"))
    exif = Image.Exif()
    exif[0x013B] = "Owner Marker"
    out = io.BytesIO()
    first.save(out, "MPO", save_all=True, append_images=[second], exif=exif.tobytes())
    file = io.BytesIO(out.getvalue())

    found = recognise(file, len(out.getvalue()), limit=1)
    take_place_out(file, found)

    assert found == Recognised("jpg", "image/jpeg")
    assert b"Owner Marker" not in file.getvalue()
    assert file.getvalue().count(b"\xff\xd8\xff") == 1
    assert Image.open(file).format == "JPEG"


def test_moving_pictures_keep_their_frames():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "green")]
    for kind in ("GIF", "WEBP"):
        out = io.BytesIO()
        frames[0].save(out, kind, save_all=True, append_images=frames[1:])
        assert Image.open(io.BytesIO(without_place(out.getvalue()))).n_frames == 3


def test_a_large_upload_on_disk_is_rewritten_where_it_stands():
    data = photograph("JPEG", xmp=XMP)
    upload = TemporaryUploadedFile("hill.jpg", "image/jpeg", len(data), None)
    upload.write(data)

    upload.size = take_place_out(upload.file, Recognised("jpg", "image/jpeg"))

    with open(upload.temporary_file_path(), "rb") as stored:
        kept = stored.read()
    assert len(kept) == upload.size < len(data)
    assert b"Owner Marker" not in kept


@pytest.mark.parametrize("kind", PHOTOGRAPHS)
@pytest.mark.parametrize("cut", [3, 21, 200])
def test_a_damaged_picture_ends_in_a_sentence_or_in_a_clean_one(kind, cut):
    file = io.BytesIO(PHOTOGRAPHS[kind]()[:cut] + b"rubbish" * 9)

    with suppress(FileRefused):
        take_place_out(file, Recognised("jpg", "image/jpeg"))


def test_a_jpeg_that_breaks_off_between_two_parts_is_refused():
    file = io.BytesIO(photograph("JPEG")[:2] + b"rubbish")

    with pytest.raises(FileRefused, match="The picture is damaged"):
        take_place_out(file, Recognised("jpg", "image/jpeg"))
