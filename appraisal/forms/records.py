"""The form of what is put beside a frozen record. Rules stand in additions.py."""

from django import forms
from django.utils.translation import gettext_lazy as _

from appraisal.enums import AdditionKind
from appraisal.models import RecordAddition

LABELS = {
    True: (_("Your statement"), _("What you want to be read beside the record.")),
    False: (_("What is said, and why"), _("Say what is corrected or decided, by whom, and the reason.")),
}


class AdditionForm(forms.Form):
    """Kind and words; `kinds` are those open to the person."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what it is")},
    )
    words = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 7}),
        max_length=RecordAddition._meta.get_field("words").max_length,
        error_messages={"required": _("Write what is to stand beside the record")},
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        own = kinds == [AdditionKind.STATEMENT]
        self.fields["words"].label, self.fields["words"].help_text = LABELS[own]
        if own:
            self.fields["kind"].widget = forms.HiddenInput()
            self.fields["kind"].initial = AdditionKind.STATEMENT.value

    @property
    def kind_label(self):
        """The chosen kind in words."""
        return AdditionKind(self.cleaned_data["kind"]).label
