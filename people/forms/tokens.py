"""Form of a new token of the API. What may be made is decided in tokens.py."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.enums import ApiArea


class TokenForm(forms.Form):
    """A new token of the API: what it is for, what it reaches, how long."""

    name = forms.CharField(
        label=_("What is it for?"),
        max_length=80,
        help_text=_("So that you know it again, for example: dates into our calendar."),
        error_messages={"required": _("Say what it is for")},
    )
    areas = forms.MultipleChoiceField(
        label=_("What may it reach?"),
        choices=ApiArea,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("It never reaches more than you do."),
        error_messages={"required": _("Choose at least one")},
    )
    writes = forms.TypedChoiceField(
        label=_("What may it do there?"),
        choices=[("no", _("Only read")), ("yes", _("Read, and act in my name"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        initial="no",
        error_messages={"required": _("Choose one of these")},
    )
    days = forms.TypedChoiceField(
        label=_("How long does it work?"),
        choices=[(7, _("A week")), (90, _("Three months")), (365, _("A year"))],
        coerce=int,
        initial=90,
        error_messages={"required": _("Choose one of these")},
    )

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())
