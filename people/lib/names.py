"""What a name may hold that somebody types and others read, in lists and in mails that we send."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def no_web_address(name: str) -> None:
    """A name carries nobody's link into our mails; a validator of form fields."""
    if "://" in name or "www." in name.casefold():
        raise ValidationError(_("Please write the name alone, without a web address"))
