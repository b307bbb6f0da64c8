"""A PDF that a task makes once and keeps: after the commit, never in a web request. What it says stands in its app.

The page is complete without the file, so a machine that cannot make it now makes it later, when `tick` asks again.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable

from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile

from people.lib.pdf import PdfUnavailable

log = logging.getLogger(__name__)

Make = Callable[[], bytes]
Claim = Callable[[str, str], bool]  # name and SHA-256 of the stored file -> whether the row is now its own


def make_and_keep(file: FieldFile, make: Make, claim: Claim, *, called: str) -> bool:
    """Make a file, store it, then claim the row; False when it cannot be made now, or when somebody was quicker.

    `called` names it in the log, which holds no names of people.
    """
    try:
        content = make()
    except PdfUnavailable as reason:
        log.warning("%s has no PDF yet: %s", called, reason)
        return False
    name = file.storage.save(file.field.generate_filename(file.instance, "document.pdf"), ContentFile(content))
    if claim(name, hashlib.sha256(content).hexdigest()):
        return True
    file.storage.delete(name)
    return False


def make_missing(keys: Iterable[int], make: Callable[[int], bool]) -> int:
    """For tick: make what a task did not; one that fails stops no other. Returns how many were made."""
    made = 0
    for key in keys:
        try:
            made += make(key)
        except Exception:  # logged, and tried again at the next tick
            log.exception("a PDF could not be made: %s of %s", make.__name__, key)
    return made
