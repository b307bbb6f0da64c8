"""Input of the learning pages as clean values. Answers to questions are read by read_answers, rules stand elsewhere."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from partnerships.framework import behaviour_choices
from training.enums import Length, Status, WithdrawalReason

TOO_LONG = _("Please write no more than 4,000 characters.")
FEW_WORDS = _("Write a few words about what you heard.")


class CatalogueForm(forms.Form):
    """Search and filters of the catalogue; sent by GET, so that the address can be shared."""

    q = forms.CharField(label=_("Search"), max_length=100, required=False, widget=forms.TextInput({"type": "search"}))
    behaviour = forms.ChoiceField(label=_("What it is about"), required=False)
    length = forms.ChoiceField(label=_("Length"), required=False, choices=[("", _("Any length")), *Length.choices])
    status = forms.ChoiceField(label=_("Where I stand"), required=False, choices=[("", _("All")), *Status.choices])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = [(behaviour.slug, text.short_name) for behaviour, text in behaviour_choices()]
        self.fields["behaviour"].choices = [("", _("Everything")), *names]

    def chosen(self) -> dict:
        """What can be used of the address; a filter with a word we do not know is left out."""
        self.is_valid()
        return {key: value for key, value in self.cleaned_data.items() if value}


class TextForm(forms.Form):
    """A private text: a reflection."""

    text = forms.CharField(
        max_length=4000,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )


class TryForm(TextForm):
    """What came of trying it: a few words are needed."""

    text = forms.CharField(
        max_length=4000,
        error_messages={
            "required": FEW_WORDS,
            "max_length": TOO_LONG,
        },
    )


class ConfidenceForm(forms.Form):
    """How sure somebody is, if they say."""

    confidence = forms.TypedChoiceField(
        choices=[(n, n) for n in range(1, 6)], coerce=int, required=False, empty_value=None
    )


def read_answers(data: QueryDict, question_ids: Iterable[str]) -> dict[str, list[str]]:
    """Answers by question id, only for questions that the page showed: a missing one keeps what was saved."""
    return {key: [a for a in data.getlist(f"q-{key}") if a] for key in question_ids if f"q-{key}" in data}


class CertificateSearchForm(forms.Form):
    """Find certificates."""

    q = forms.CharField(label=_("Name, title or code"), max_length=200, required=False)


class PersonSearchForm(forms.Form):
    """Find people in a list."""

    q = forms.CharField(label=_("Name"), max_length=200, required=False)


class ExtraTryForm(forms.Form):
    """Why somebody gets one more try."""

    reason = forms.CharField(
        label=_("Why do they get one more try?"),
        max_length=300,
        help_text=_("Kept with your name. They are told that they can try again, not why. Leave out health matters."),
        error_messages={"required": _("Write why, in a few words")},
    )


class CertificateReplaceForm(forms.Form):
    """The name as it should read."""

    name = forms.CharField(
        label=_("Name on the new certificate"),
        max_length=200,
        help_text=_("The old certificate is kept and says that it was replaced. The new one has a new code."),
    )


class CertificateWithdrawForm(forms.Form):
    """Why it is taken back."""

    reason = forms.ChoiceField(
        label=_("Why is it withdrawn?"),
        choices=WithdrawalReason,
        widget=forms.RadioSelect,
        help_text=_("The holder is told. People who check the code see only that it was withdrawn."),
    )
