"""Input of what people say after booking, and of the answers to access needs. Rules stand in getting_ready.py."""

from django import forms
from django.utils.translation import gettext_lazy as _

from training.enums import NeedState

TOO_LONG = {"max_length": _("Please write no more than 300 characters.")}


class AboutForm(forms.Form):
    """What I bring, what I need from the others, and the support I would like."""

    brings = forms.CharField(
        label=_("What I bring"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Something you know, have lived through or can show."),
        error_messages=TOO_LONG,
    )
    needs_from_others = forms.CharField(
        label=_("What I need from the others"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("What should be different when you go home?"),
        error_messages=TOO_LONG,
    )
    support = forms.ChoiceField(
        label=_("Support"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("For people who are not paid to come. You need not say why."),
        error_messages={"invalid_choice": _("Choose one of the kinds that are offered.")},
    )

    def __init__(self, *args, support=(), **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["support"].choices = support
        if not support:
            del self.fields["support"]


class NeedForm(forms.Form):
    """One thing that somebody needs, and who may read it besides those who answer."""

    words = forms.CharField(
        label=_("What I need to take part"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("For example large print by Monday, a seat near the door, a sign language interpreter."),
        error_messages={"required": _("Write what you need to take part"), **TOO_LONG},
    )
    readers = forms.MultipleChoiceField(
        label=_("Who else may read it?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, readers=(), **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["readers"].choices = [(str(row.pk), row.name) for row in readers]
        if not readers:
            del self.fields["readers"]


class AnswerNeedForm(forms.Form):
    """What becomes of a need."""

    state = forms.ChoiceField(
        label=_("Your answer"),
        choices=[(state.value, state.label) for state in NeedState if state != NeedState.ASKED],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer"), "invalid_choice": _("Choose an answer")},
    )
    answer = forms.CharField(
        label=_("What is arranged, or why not"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("The person reads it on their own page. Needed unless everything is arranged."),
        error_messages=TOO_LONG,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
