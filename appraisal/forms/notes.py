"""Forms of notes: input into clean values. Rules stand in notes.py."""

from django import forms
from django.utils.translation import gettext_lazy as _

from appraisal.enums import NoteKind
from appraisal.notes import why_not_noted
from partnerships.framework import behaviour_choices
from people.lib.dates import today


class NoteForm(forms.Form):
    """Something a manager saw, good or not."""

    kind = forms.ChoiceField(
        label=_("What kind of note is it?"),
        choices=NoteKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is something good or a concern")},
    )
    text = forms.CharField(
        label=_("What did you see or hear?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Two or three sentences: what happened and what came of it. "
            "Leave out names, health and union matters that nobody needs to know."
        ),
        error_messages={"required": _("Write down what you saw or heard")},
    )
    behaviour = forms.TypedChoiceField(
        label=_("What is it about?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about")},
    )
    seen_on = forms.DateField(label=_("When?"), initial=today, error_messages={"required": _("Say when it was")})
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.behaviours = {row.pk: (row, text) for row, text in behaviour_choices()}
        self.fields["behaviour"].choices = [(pk, text.short_name) for pk, (_row, text) in self.behaviours.items()]

    def clean_seen_on(self):
        day = self.cleaned_data["seen_on"]
        if sentence := why_not_noted("-", day):
            raise forms.ValidationError(sentence)
        return day

    def values(self):
        """What write_note takes."""
        data = {name: self.cleaned_data[name] for name in ("kind", "text", "seen_on")}
        return {**data, "behaviour": self.behaviours[self.cleaned_data["behaviour"]][0]}


class NoteAnswerForm(forms.Form):
    """The person's words beside a note."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write your answer")},
    )
