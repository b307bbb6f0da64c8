"""What a name may hold that somebody types and others read, in lists and in mails that we send."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

UNSEEN_LETTERS = "\u115f\u1160\u3164\uffa0"  # fillers of Hangul: letters by their class, and nothing to see


def can_be_read(name: str) -> bool:
    """True when there is a letter or a digit that somebody can see."""
    return any(character.isalnum() and character not in UNSEEN_LETTERS for character in name)


def no_web_address(name: str) -> None:
    """A name carries nobody's link into our mails; a validator of form fields."""
    if "://" in name or "www." in name.casefold():
        raise ValidationError(_("Please write the name alone, without a web address"))
