"""What an administrator writes when they do something with a review or a cycle: a reason, another manager."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import User


class ReasonForm(forms.Form):
    """Why an administrator does something; those concerned read it."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Those concerned read it word for word."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "class": "input--short"}),
        error_messages={"required": _("Give the reason")},
    )


class HandOverForm(ReasonForm):
    """Who takes a review over, and why."""

    manager = forms.TypedChoiceField(
        label=_("Who takes it over"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who takes the review over")},
    )
    field_order = ("manager", "reason")

    def __init__(self, *args, managers, **kwargs):
        super().__init__(*args, **kwargs)
        known = {str(manager.pk): manager for manager in managers}
        self.fields["manager"].choices = [(pk, manager.name) for pk, manager in known.items()]
        self.fields["manager"].coerce = known.get


class SecondManagerForm(ReasonForm):
    """Who confirms a review in place of somebody who has left, and why."""

    email = forms.EmailField(
        label=_("E-mail address of the new second manager"),
        help_text=_("Usually the manager of the line manager."),
        error_messages={
            "required": _("Enter the e-mail address"),
            "invalid": _("Enter an e-mail address, such as name@example.org"),
        },
    )
    field_order = ("email", "reason")

    def clean_email(self):
        self.chosen = User.objects.filter(email=self.cleaned_data["email"].lower(), is_active=True).first()
        if self.chosen is None:
            raise forms.ValidationError(_("Nobody here has this e-mail address"))
        return self.cleaned_data["email"]
