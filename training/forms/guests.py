"""Input of people who come without an account. What may stand is decided in places.py and workflow/."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ComeBackForm(forms.Form):
    """The address to which the links are sent."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("The one with which you booked or were invited."),
        error_messages={"required": _("Type your e-mail address"), "invalid": _("This is not a whole e-mail address")},
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
