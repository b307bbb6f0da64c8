"""Forms of required learning: what, of whom and by when, and who need not. Rules stand in requirements.py."""

import datetime

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.models import Partnership
from people.enums import Role
from people.lib.dates import add_months, today
from people.models import JobFamily, Team
from people.posts import person_at
from training.enums import Audience
from training.models import JointSession, LearningException, ModulePage, RequiredLearning

MOST_MONTHS = 120  # of a day ahead, and between two rounds: a longer one is a slip of the finger
KINDS = (  # kind of audience, its field, what its choices are called
    (Audience.TEAM, "team", gettext_lazy("Teams"), Team),
    (Audience.JOB_FAMILY, "job_family", gettext_lazy("Job families"), JobFamily),
    (Audience.PARTNERSHIP, "partnership", gettext_lazy("Partnerships, both sides"), Partnership),
)


class RequiredForm(forms.ModelForm):
    """Of whom and what stand in one list each: nobody has to find the box that goes with another box."""

    use_required_attribute = False

    whom = forms.ChoiceField(
        label=gettext_lazy("Of whom"),
        error_messages={"required": gettext_lazy("Choose of whom it is required")},
    )
    what = forms.ChoiceField(
        label=gettext_lazy("What"), error_messages={"required": gettext_lazy("Choose a module or a session")}
    )

    class Meta:
        model = RequiredLearning
        fields = ("due_on", "repeat_months", "reason")
        labels = {
            "due_on": gettext_lazy("By which day"),
            "repeat_months": gettext_lazy("Due again after so many months"),
            "reason": gettext_lazy("Why"),
        }
        help_texts = {
            "due_on": gettext_lazy("Up to and with this day."),
            "repeat_months": gettext_lazy("Leave it empty for something that is done once. 12 is every year."),
            "reason": gettext_lazy("Everybody who is asked reads this sentence."),
        }
        error_messages = {
            "due_on": {"required": gettext_lazy("Choose a day")},
            "reason": {"required": gettext_lazy("Say why it is required, in a sentence")},
        }

    field_order = ("what", "whom", "due_on", "repeat_months", "reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        groups = [
            (label, [(f"{kind}:{row.pk}", str(row)) for row in model.objects.all()]) for kind, _f, label, model in KINDS
        ]
        roles = [(f"{Audience.ROLE}:{role.value}", role.label) for role in Role]
        everybody = (f"{Audience.EVERYONE}:", Audience.EVERYONE.label)
        self.fields["whom"].choices = [
            ("", _("Choose")),
            everybody,
            *(group for group in groups if group[1]),
            (_("Roles in this system"), roles),
        ]
        modules = ModulePage.objects.live().only("title", "path", "depth").order_by("title", "pk")
        sessions = JointSession.objects.published().coming()
        found = (
            (_("Modules"), [(f"module:{row.pk}", row.title) for row in modules]),
            (_("Joint sessions"), [(f"session:{row.pk}", row.title) for row in sessions]),
        )
        self.fields["what"].choices = [("", _("Choose")), *(group for group in found if group[1])]

    def clean_due_on(self) -> datetime.date:
        """Nobody is late from the first day on."""
        day = self.cleaned_data["due_on"]
        if day < today():
            raise forms.ValidationError(_("This day is over. Choose today or a later one."))
        if day > add_months(today(), MOST_MONTHS):
            raise forms.ValidationError(_("This day is more than ten years ahead. Is the year right?"))
        return day

    def clean(self):
        """The two lists become the fields of the record."""
        data = super().clean()
        if data.get("whom"):
            self._take_whom(*data["whom"].split(":", 1))
        if data.get("what"):
            kind, key = data["what"].split(":")
            setattr(self.instance, f"{kind}_id", int(key))
            if kind == "session":
                self._check_session(data)
        return data

    def _take_whom(self, kind: str, key: str) -> None:
        self.instance.audience = kind
        if kind == Audience.ROLE:
            self.instance.role = key
        for each, field, _label, _model in KINDS:
            if kind == each:
                setattr(self.instance, f"{field}_id", int(key))

    def _check_session(self, data) -> None:
        if data.get("repeat_months"):
            self.add_error("repeat_months", _("A session takes place once. Leave this empty, or choose a module."))
        ends_at = self.instance.session.ends_at
        if data.get("due_on") and ends_at and ends_at.date() > data["due_on"]:
            self.add_error("due_on", _("The session takes place after this day. Choose its last day or a later one."))


class ExceptionForm(forms.ModelForm):
    """Who need not do it, why, and until when."""

    use_required_attribute = False

    email = forms.EmailField(
        label=gettext_lazy("Who"),
        help_text=gettext_lazy("Type the e-mail address that this person signs in with."),
        error_messages={"required": gettext_lazy("Say who need not do it")},
    )

    class Meta:
        model = LearningException
        fields = ("reason", "until")
        labels = {"reason": gettext_lazy("Why"), "until": gettext_lazy("Until which day")}
        help_texts = {
            "reason": gettext_lazy("The person reads this; their manager does not. Leave out health matters."),
            "until": gettext_lazy("Leave it empty when they need not do it at all. Afterwards it is due again."),
        }
        error_messages = {"reason": {"required": gettext_lazy("Write why, in a few words")}}

    field_order = ("email", "reason", "until")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.person = None

    def clean_email(self) -> str:
        """Somebody who has an account."""
        self.person = person_at(self.cleaned_data["email"])
        if self.person is None:
            raise forms.ValidationError(_("Nobody here has this address."))
        return self.cleaned_data["email"]

    def clean_until(self) -> datetime.date | None:
        """A day to come."""
        day = self.cleaned_data["until"]
        if day is not None and day < today():
            raise forms.ValidationError(_("This day is over. Choose today or a later one."))
        return day
