"""Forms for a session on its way: whom to invite, why it is cancelled, a message, a paper."""

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.models import Partnership
from people.lib.files import FileRefused, recognise, safe_name, take_place_out
from people.policy import policy
from training.booking import invitees

ADDRESS = {"invalid": gettext_lazy("Enter a web address, such as https://example.org/page")}


class PlainForm(forms.Form):
    """No colons after labels, no browser messages."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)


class InviteForm(PlainForm):
    """Whom to invite: the people of partnerships, and pasted addresses."""

    partnerships = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Everybody in a partnership"),
        queryset=Partnership.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    addresses = forms.CharField(
        label=gettext_lazy("Addresses"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "One a line, or with commas: Ann Lee &lt;ann@example.org&gt;, or the address alone. They need no account."
        ),
    )

    def __init__(self, *args, session, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.session, self.by, self.choice = session, by, None

    def clean(self):
        data = super().clean()
        pasted = data.get("addresses", "")
        self.choice = invitees.choose(self.session, data.get("partnerships", []), pasted, by=self.by)
        if self.choice.unreadable:
            words = _("These are no e-mail addresses: %(words)s")
            self.add_error("addresses", words % {"words": "; ".join(self.choice.unreadable[:10])})
        return data


class ReasonForm(PlainForm):
    """A reason that somebody reads."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, hint="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = hint
        self.fields["reason"].error_messages["required"] = _("Give the reason")


class MessageForm(PlainForm):
    """One message to everybody."""

    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=160,
        error_messages={"required": gettext_lazy("Say in a few words what it is about")},
    )
    words = forms.CharField(
        label=gettext_lazy("Message"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": gettext_lazy("Write the message")},
    )


class PaperForm(PlainForm):
    """A paper: a file, or where it stands."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=160,
        error_messages={"required": gettext_lazy("Say what the paper is")},
    )
    file = forms.FileField(
        label=gettext_lazy("File"), required=False, allow_empty_file=True, help_text=gettext_lazy("For example a PDF.")
    )
    link = forms.URLField(
        label=gettext_lazy("Or its address"),
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        error_messages=ADDRESS,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not file:
            return None
        try:
            self.recognised = recognise(file.file, file.size, limit=policy("upload_megabytes"))
            file.size = take_place_out(file.file, self.recognised)
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file

    def clean(self):
        data = super().clean()
        if not self.errors and bool(data.get("file")) == bool(data.get("link")):
            self.add_error("file", _("Add a file or give its address, one of the two."))
        return data

    def values(self):
        """For papers.publish."""
        data = dict(self.cleaned_data)
        if data["file"]:
            data["file_name"] = safe_name(data["file"].name, self.recognised.extension)
            data["file_type"] = self.recognised.content_type
        return data
