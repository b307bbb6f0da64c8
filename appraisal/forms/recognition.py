"""The form of a thank you: to whom, for which way of working, in one line."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.framework import behaviour_choices


class ThanksForm(forms.Form):
    """Only people whom one has met can be chosen."""

    use_required_attribute = False
    to = forms.ModelChoiceField(
        label=_("Whom would you like to thank?"),
        queryset=None,
        empty_label=_("Choose somebody you have met"),
        help_text=_("People who work here and whom you have met in a partnership or a session."),
        error_messages={
            "required": _("Choose whom you thank"),
            "invalid_choice": _("Choose somebody from the list"),
        },
    )
    words = forms.CharField(
        label=_("What for? One line"),
        max_length=200,
        help_text=_("What they did, and what came of it. Name nobody else."),
        error_messages={"required": _("Write one line: what did they do?")},
    )
    behaviour = forms.ChoiceField(
        label=_("Which of these was it most?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the one that fits best")},
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["to"].queryset = people
        self.fields["to"].label_from_instance = lambda row: row.name
        choices = behaviour_choices()
        self.behaviours = {row.slug: row for row, _text in choices}
        self.fields["behaviour"].choices = [(row.slug, text.short_name) for row, text in choices]

    def values(self) -> dict:
        """What say_thanks takes."""
        data = self.cleaned_data
        return {"to": data["to"], "words": data["words"], "behaviour": self.behaviours[data["behaviour"]]}
