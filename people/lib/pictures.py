"""Pictures without what a camera writes beside them: place, time, owner. The picture itself is copied bit for bit.

Only how it is to be turned is kept, or a photograph would lie on its side.
"""

import io
import re
import zlib
from collections.abc import Iterator

ORIENTATION = 0x0112
UPRIGHT = 1
PNG = b"\x89PNG\r\n\x1a\n"
PNG_TEXTS = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
WEBP_TEXTS = {b"EXIF", b"XMP "}
WEBP_HAS_EXIF, WEBP_HAS_XMP = 0x08, 0x04
JPEG_END, JPEG_SCAN = 0xD9, 0xDA
# Written by cameras and programs: all application segments but the plain header and Adobe's colours, and comments.
JPEG_TEXTS = {*range(0xE1, 0xF0), 0xFE} - {0xEE}
JPEG_COLOURS = b"ICC_PROFILE\0"
JPEG_NEXT = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # within a scan these alone are no data


def without_place(data: bytes) -> bytes:
    """The same picture without what was written beside it; a ValueError when it is damaged.

    A GIF comes back as it is: cameras write none.
    """
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    if data.startswith(PNG):
        return _png(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    return data


def _jpeg(data: bytes) -> bytes:
    turned = _turned(data)
    head = b"\xff\xe1" + (len(turned) + 8).to_bytes(2) + b"Exif\0\0" + turned if turned else b""
    return b"\xff\xd8" + head + b"".join(_jpeg_kept(data))


def _jpeg_kept(data: bytes) -> Iterator[bytes]:
    """The segments of the first picture; what follows its end is another picture, with texts of its own."""
    at = 2
    while data[at : at + 1] == b"\xff":
        marker = data[at + 1] if at + 1 < len(data) else JPEG_END
        if marker == JPEG_END:
            break
        if marker == 0xFF:  # filling
            at += 1
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker == JPEG_SCAN:
            following = JPEG_NEXT.search(data, end)
            end = following.start() if following else len(data)
        if marker not in JPEG_TEXTS or data.startswith(JPEG_COLOURS, at + 4):
            yield data[at:end]
        at = end
    if at < len(data) and data[at : at + 1] != b"\xff":
        raise ValueError("no JPEG segment")
    yield bytes([0xFF, JPEG_END])


def _png(data: bytes) -> bytes:
    turned, kept, at = _turned(data), [PNG], len(PNG)
    while at + 12 <= len(data):
        kind, end = data[at + 4 : at + 8], at + 12 + int.from_bytes(data[at : at + 4])
        if kind not in PNG_TEXTS:
            kept.append(data[at:end])
        if kind == b"IHDR" and turned:
            kept.append(_png_chunk(b"eXIf", turned))
        if kind == b"IEND":
            break
        at = end
    return b"".join(kept)


def _png_chunk(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)


def _webp(data: bytes) -> bytes:
    turned, kept, at = _turned(data), [b"WEBP"], 12
    while at + 8 <= len(data):
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        if kind == b"VP8X":
            flags = data[at + 8] & ~(WEBP_HAS_EXIF | WEBP_HAS_XMP) | (WEBP_HAS_EXIF if turned else 0)
            kept.append(data[at : at + 8] + bytes([flags]) + data[at + 9 : end])
        elif kind not in WEBP_TEXTS:
            kept.append(data[at:end])
        at = end
    if turned:
        kept.append(b"EXIF" + len(turned).to_bytes(4, "little") + turned + b"\0" * (len(turned) % 2))
    content = b"".join(kept)
    return b"RIFF" + len(content).to_bytes(4, "little") + content


def _turned(data: bytes) -> bytes:
    """A TIFF block that says how the picture is to be turned and nothing else; empty when it stands upright."""
    from PIL import Image  # heavy: only when somebody adds a picture

    try:
        with Image.open(io.BytesIO(data)) as picture:
            turn = picture.getexif().get(ORIENTATION, UPRIGHT)
    except Exception:  # Pillow raises whatever a broken text makes it raise; it is thrown away anyhow
        return b""
    if turn not in range(UPRIGHT + 1, 9):
        return b""
    # little-endian header, one entry: a short with the number
    entry = ORIENTATION.to_bytes(2, "little") + (3).to_bytes(2, "little") + (1).to_bytes(4, "little")
    return b"II*\0\x08\0\0\0\x01\0" + entry + turn.to_bytes(4, "little") + b"\0\0\0\0"
