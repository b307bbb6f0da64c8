"""Forms that prepare a cycle: what and when, which teams, whom to leave out. Rules stand in drafts.py and workflow/."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from appraisal.drafts import FIELDS
from appraisal.models import AppraisalCycle, CycleExclusion
from appraisal.workflow.cycles import purpose_allowed
from partnerships.models import FrameworkVersion
from people.lib.dates import today
from people.models import Post, Team
from people.posts import staff_at
from people.transitions import SYSTEM

IN_ORDER = (  # each day, the day it may not lie before, and the sentence
    ("ends_on", "starts_on", gettext_lazy("The last day cannot be before the first, %(day)s.")),
    ("self_due_on", "starts_on", gettext_lazy("Self-assessments come after the first day looked at, %(day)s.")),
    ("share_due_on", "self_due_on", gettext_lazy("Reviews are shared after the self-assessments, due on %(day)s.")),
    ("close_due_on", "share_due_on", gettext_lazy("Reviews are confirmed after they were shared, by %(day)s.")),
)


class CycleForm(forms.ModelForm):
    """What and when."""

    use_required_attribute = False

    second_manager = forms.EmailField(
        label=gettext_lazy("Second manager where a manager has none"),
        required=False,
        help_text=gettext_lazy(
            "A second manager is the line manager's own line manager, and confirms that the review was fair. Where "
            "there is none, this person confirms. Type their e-mail address."
        ),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = AppraisalCycle
        fields = FIELDS
        widgets = {"purpose": forms.RadioSelect}
        labels = {
            "starts_on": gettext_lazy("First day looked at"),
            "ends_on": gettext_lazy("Last day looked at"),
            "purpose": gettext_lazy("What the reviews are for"),
            "framework_version": gettext_lazy("What we expect of each other"),
            "self_due_on": gettext_lazy("Self-assessments sent by"),
            "share_due_on": gettext_lazy("Reviews shared by"),
            "close_due_on": gettext_lazy("Reviews confirmed and closed by"),
            "hide_self_levels": gettext_lazy("Hide a person's own level until the manager has chosen one"),
        }
        help_texts = {
            "name": gettext_lazy("For example: Reviews 2026/27. It stands on every review."),
            "starts_on": gettext_lazy("Examples from this day on count."),
            "ends_on": gettext_lazy("Examples up to this day count."),
            "purpose": gettext_lazy("It stands on every review and cannot be changed once the cycle is open."),
            "framework_version": gettext_lazy("The published words that people are reviewed against."),
            "self_due_on": gettext_lazy("Until then a manager cannot share without the self-assessment."),
            "share_due_on": gettext_lazy("Managers share by this day, then the two talk."),
            "close_due_on": gettext_lazy("Second managers confirm by this day."),
            "hide_self_levels": gettext_lazy(
                "Knowing it first sways a judgement. If you turn this off, that is kept on record, and everybody in "
                "the cycle and their managers read it."
            ),
        }
        error_messages = {
            "name": {
                "required": gettext_lazy("Give the cycle a name"),
                "unique": gettext_lazy("There is a cycle of this name already. It stands in the list of cycles."),
            },
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["framework_version"].queryset = FrameworkVersion.objects.published()
        self.fields["framework_version"].empty_label = None
        named = self.initial.get("second_manager") or self.instance.second_manager
        self.initial["second_manager"] = getattr(named, "email", "")
        self.initial["seen"] = self.instance.version

    def clean_purpose(self):
        purpose = self.cleaned_data["purpose"]
        if sentence := purpose_allowed(AppraisalCycle(purpose=purpose), SYSTEM, {}):
            raise forms.ValidationError(sentence)
        return purpose

    def clean_second_manager(self):
        address = self.cleaned_data["second_manager"]
        if not address:
            return None
        found = staff_at(address)
        if found is None:
            raise forms.ValidationError(_("Nobody who works here has this address."))
        return found

    def clean_self_due_on(self):
        day = self.cleaned_data["self_due_on"]
        if day < today():
            raise forms.ValidationError(_("This day has passed: nobody could send anything by then."))
        return day

    def clean(self):
        data = super().clean()
        for name, before, sentence in IN_ORDER:
            if data.get(name) and data.get(before) and data[name] < data[before]:
                self.add_error(name, sentence % {"day": date_format(data[before], "j F Y")})
        return data

    def values(self):
        """The clean values, without what only the page needs."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    @property
    def has_framework(self):
        """False when no version is published: then nothing can be opened."""
        return self.fields["framework_version"].queryset.exists()


class TeamsForm(forms.Form):
    """Which teams are in it; each says how many people it has today."""

    teams = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Teams"),
        queryset=Team.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one team")},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, cycle, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        field = self.fields["teams"]
        field.queryset = Team.objects.with_people()
        field.label_from_instance = _team_label
        field.initial = [team.pk for team in cycle.teams.all()]
        self.fields["seen"].initial = cycle.version


class LeaveOutForm(forms.Form):
    """People who are left out by name, and one reason for all of them."""

    posts = forms.ModelMultipleChoiceField(
        queryset=Post.objects.none(), error_messages={"required": gettext_lazy("Tick whom you leave out")}
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=CycleExclusion._meta.get_field("reason").max_length,
        help_text=gettext_lazy("For example: is in another cycle. Write nothing about anybody's health."),
        error_messages={"required": gettext_lazy("Give the reason")},
    )

    def __init__(self, *args, posts, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["posts"].queryset = posts


def _team_label(team):
    count = ngettext("%(n)s person", "%(n)s people", team.people_count) % {"n": team.people_count}
    return f"{team.name}, {count}"
