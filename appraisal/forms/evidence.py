"""Forms of examples, of asking and of answering: input into clean values. Rules stand in workflow.py."""

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from appraisal.enums import Answer, EvidenceKind, QuietAnswer
from appraisal.models import EvidenceEntry
from partnerships.framework import behaviour_choices
from partnerships.models import Partnership, PartnershipPerson
from people.lib.dates import today
from people.lib.files import IMAGES, FileRefused, recognise, safe_name, take_place_out
from people.models import Organisation
from people.policy import policy

ACCEPT = [f".{extension}" for extension in ("pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp")]
ACCEPT += [content_type for _extension, content_type in IMAGES.values()]


def _long_text(label, rows, limit, **more):
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=limit, **more)


class ExampleForm(forms.Form):
    """An example. One box may carry the whole account; autosave takes whatever is there."""

    situation = _long_text(
        _("What happened?"),
        7,
        6000,
        help_text=_(
            "What you did with somebody from another organisation, and what came of it. A few sentences will do. "
            "Leave out names, health and union matters that nobody needs to know."
        ),
        error_messages={"required": _("Write down what happened")},
    )
    task = _long_text(_("What had to be done?"), 3, 3000, required=False)
    action = _long_text(_("What did you do?"), 3, 3000, required=False)
    result = _long_text(_("What came of it?"), 3, 3000, required=False)
    happened_on = forms.DateField(label=_("When?"), error_messages={"required": _("Say when it happened")})
    behaviours = forms.TypedMultipleChoiceField(
        label=_("How did you work with partners?"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what this is an example of."),
    )
    partnership = forms.ModelChoiceField(
        label=_("Partnership"), queryset=Partnership.objects.none(), required=False, empty_label=_("None of these")
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(ACCEPT)}),
        allow_empty_file=True,
    )
    remove_file = forms.BooleanField(label=_("Remove this file"), required=False)
    link = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        error_messages={"invalid": _("Enter a web address, such as https://example.org/page")},
    )
    title = forms.CharField(
        label=_("Title"), required=False, max_length=120, help_text=_("Else the first words are used.")
    )
    kind = forms.ChoiceField(label=_("Kind of example"), choices=EvidenceKind.choices, required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, owner, entry=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.entry = entry
        self.fields["behaviours"].choices = [(row.pk, text.short_name) for row, text in behaviour_choices()]
        mine = Partnership.objects.of_person(owner)
        if entry is not None and entry.partnership_id:
            mine = mine | Partnership.objects.filter(pk=entry.partnership_id).distinct()
        self.fields["partnership"].queryset = mine.order_by("name")
        self.fields["file"].help_text = _(
            "PDF, picture or office document, up to %(limit)s MB. A photo taken now will do."
        ) % {"limit": policy("upload_megabytes")}
        if entry is None or not entry.file:
            del self.fields["remove_file"]

    def clean_happened_on(self):
        day = self.cleaned_data["happened_on"]
        if day > today():
            raise forms.ValidationError(_("The day must be today or in the past"))
        return day

    def clean_kind(self):
        return self.cleaned_data["kind"] or EvidenceKind.EXAMPLE

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file is None or file is False:
            return None
        try:
            self.recognised = recognise(file.file, file.size, limit=policy("upload_megabytes"))
            file.size = take_place_out(file.file, self.recognised)
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file

    def values(self):
        """What was given and is in order, for keep_entry and change_entry."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("form_key", "seen")}
        file = data.pop("file", None)
        if file is not None:
            name, content_type = safe_name(file.name, self.recognised.extension), self.recognised.content_type
            data.update(file=file, file_name=name, file_type=content_type)
        return data

    @property
    def has_account(self):
        """True when there is anything worth keeping."""
        return any(self.cleaned_data.get(name) for name in ("situation", "task", "action", "result", "title"))

    @staticmethod
    def initial_of(entry: EvidenceEntry) -> dict:
        """What the form shows for an example that exists."""
        names = (
            "situation",
            "task",
            "action",
            "result",
            "happened_on",
            "partnership",
            "link",
            "title",
            "kind",
            "form_key",
        )
        values = {name: getattr(entry, name) for name in names}
        return {**values, "behaviours": [row.pk for row in entry.behaviours.all()], "seen": entry.version}


class AskForm(forms.Form):
    """Whom to ask, and what the asker declares."""

    person = forms.ModelChoiceField(
        label=_("Who was there?"),
        queryset=PartnershipPerson.objects.none(),
        required=False,
        empty_label=_("Somebody else"),
    )
    name = forms.CharField(label=_("Their name"), max_length=200, error_messages={"required": _("Enter their name")})
    email = forms.EmailField(
        label=_("Their e-mail address"),
        max_length=200,
        error_messages={
            "required": _("Enter their e-mail address"),
            "invalid": _("Enter an e-mail address, such as name@example.org"),
        },
    )
    organisation = forms.ModelChoiceField(
        label=_("Their organisation"),
        queryset=Organisation.objects.order_by("name"),
        required=False,
        empty_label=_("Not in this list, or none"),
    )
    organisation_name = forms.CharField(
        label=_("Organisation, if it is not in the list"), required=False, max_length=200
    )
    decides = forms.TypedChoiceField(
        label=_("Do you now decide a permit, grant, contract or complaint of theirs or of their organisation?"),
        help_text=_("Then it would be hard for them to refuse you, so your line manager asks instead."),
        choices=[("no", _("No")), ("yes", _("Yes"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you now decide something of theirs")},
    )
    show = forms.MultipleChoiceField(
        label=_("Show them more than the account and its date?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, entry, **kwargs):
        super().__init__(*args, **kwargs)
        self.entry = entry
        people = PartnershipPerson.objects.filter(partnership_id=entry.partnership_id).exclude(person_id=entry.owner_id)
        self.fields["person"].queryset = people.select_related("person", "organisation").order_by("person__name", "pk")
        self.fields["person"].label_from_instance = lambda row: f"{row.person.name}, {row.organisation.name}"
        if entry.partnership_id is None:
            del self.fields["person"]
        somebody_else = "person" not in self.fields or not self.data.get("person")
        self.fields["name"].required = self.fields["email"].required = somebody_else
        self.fields["show"].choices = self._more_to_show()

    def _more_to_show(self):
        choices = [("names", _("Full names of other people that stand in the account"))]
        if self.entry.partnership_id:
            choices.append(
                ("partnership", _("The name of the partnership: %(name)s") % {"name": self.entry.partnership})
            )
        if self.entry.file:
            choices.append(("file", _("The file: %(name)s") % {"name": self.entry.file_name}))
        if self.entry.link:
            choices.append(("link", _("The link: %(link)s") % {"link": self.entry.link}))
        return choices

    def clean(self):
        data = super().clean()
        chosen = data.get("person")
        if chosen:
            data.update(name=chosen.person.name, email=chosen.person.email, organisation=chosen.organisation)
            data["organisation_name"] = ""
            return data
        return data

    def values(self):
        """What prepare_request takes."""
        names = ("name", "email", "organisation", "organisation_name", "decides", "show")
        return {name: self.cleaned_data[name] for name in names}


class AnswerForm(forms.Form):
    """What the person who was asked says."""

    answer = forms.ChoiceField(
        label=_("Is this how it happened?"),
        choices=[*Answer.choices, *QuietAnswer.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers")},
    )
    words = _long_text(
        _("In your words"),
        5,
        3000,
        required=False,
        help_text=_("What you would add, or how you saw it. You can leave it empty."),
    )

    def clean(self):
        data = super().clean()
        if data.get("answer") in QuietAnswer.values and data.get("words"):
            self.add_error(
                "words", _("Your words would not be kept with this answer. Remove them, or choose another one")
            )
        return data

    @property
    def is_quiet(self):
        """True for the answers that nobody else learns of."""
        return self.cleaned_data["answer"] in QuietAnswer.values


class ReplyForm(forms.Form):
    """The owner's words beside an answer."""

    text = _long_text(
        _("Your reply"),
        4,
        2000,
        help_text=_("It stands beside the answer with today's date and cannot be changed later."),
    )


class NotSendForm(forms.Form):
    """Why a manager does not ask."""

    reason = forms.CharField(label=_("Why not"), required=False, max_length=300)
