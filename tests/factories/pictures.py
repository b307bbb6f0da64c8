"""Photographs as a camera writes them: with a place, an owner and a turn."""

import io

from PIL import Image

GPS, ORIENTATION, OWNER = 0x8825, 0x0112, 0x013B


def photograph(kind: str, *, turned: int = 6, **more) -> bytes:
    """A small picture with a place, an owner and, mostly, a turn."""
    picture = Image.effect_noise((40, 30), 60).convert("RGB")
    exif = Image.Exif()
    exif[ORIENTATION], exif[OWNER] = turned, "Owner Marker"
    exif.get_ifd(GPS).update({1: "N", 2: (57.0, 12.0, 3.5), 3: "W", 4: (4.0, 11.0, 0.5)})
    out = io.BytesIO()
    picture.save(out, kind, exif=exif.tobytes(), **more)
    return out.getvalue()
