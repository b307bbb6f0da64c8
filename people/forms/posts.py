"""Forms of posts, teams, job families and cover: input into clean values. What may stand is decided in posts.py."""

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import JobFamily, ManagerCover, Post, Team
from people.posts import holds_post, person_at, problems_of_cover, problems_of_post

SAID_IN_WORDS = ("starts_on", "person")  # constraints on these have sentences in posts.py
NEEDS_ACCOUNT = gettext_lazy("Nobody here has this address. They join with it first, then you can name them here.")


class LongSelect(forms.Select):
    """A select of some hundred teams: Django's own renders a template for each option."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = set(self.format_value(value))
        rows = ((key, mark_safe(" selected") if str(key) in chosen else "", label) for key, label in self.choices)
        options = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        return format_html(
            "<select{}>{}</select>", flatatt(self.build_attrs(self.attrs, {**attrs, "name": name})), options
        )


class PersonField(forms.EmailField):
    """A person with an account, given by e-mail address: no list of everybody, and it works for thousands.

    Prepared with the person who stands there now, who may have left; a new one holds a post when `staff` is set.
    """

    def __init__(self, *args, staff=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.staff, self.now = staff, None

    def prepare_value(self, value):
        return getattr(value, "email", value)

    def clean(self, value):
        address = super().clean(value)
        if not address:
            return None
        if self.now is not None and self.now.email == address.lower():
            return self.now
        person = person_at(address)
        if person is None:
            raise forms.ValidationError(str(NEEDS_ACCOUNT))
        if self.staff and not holds_post(person):
            raise forms.ValidationError(_("%(name)s holds no post here. Add one first.") % {"name": person.name})
        return person


class PlainForm(forms.ModelForm):
    """No colons after labels, no browser messages; sentences of posts.py beside the fields they are about."""

    use_required_attribute = False
    problems = staticmethod(lambda instance: {})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        for name, sentence in self.problems(self.instance).items():
            self.add_error(name, sentence)

    def _get_validation_exclusions(self):
        return {*super()._get_validation_exclusions(), *SAID_IN_WORDS}


class PostForm(PlainForm):
    """A new post. Who holds it cannot be changed afterwards: that would be another post."""

    problems = staticmethod(problems_of_post)

    person = PersonField(
        label=gettext_lazy("Who holds it"),
        help_text=gettext_lazy("Type the e-mail address that this person signs in with."),
        error_messages={"required": gettext_lazy("Say who holds the post")},
    )
    line_manager = PersonField(
        label=gettext_lazy("Line manager"),
        required=False,
        staff=True,
        help_text=gettext_lazy("Type the e-mail address. Leave it empty only at the very top."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Post
        fields = ("person", "title", "team", "line_manager", "job_family", "starts_on", "ends_on")
        labels = {
            "team": gettext_lazy("Team"),
            "job_family": gettext_lazy("Job family"),
            "starts_on": gettext_lazy("First day in this post"),
            "ends_on": gettext_lazy("Last day, if it is known"),
        }
        widgets = {"team": LongSelect}
        help_texts = {"job_family": gettext_lazy("Decides what a review expects. Without one no review can be opened.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].empty_label = _("Choose a team")
        self.fields["job_family"].empty_label = _("None yet")
        manager = self.instance.line_manager
        self.fields["line_manager"].now = self.initial["line_manager"] = manager


class PostChangeForm(PostForm):
    """The same for a post that is there; its last day has a page of its own."""

    class Meta(PostForm.Meta):
        fields = ("title", "team", "line_manager", "job_family", "starts_on")

    person = None


class PostEndForm(PlainForm):
    """The last day of a post."""

    problems = staticmethod(problems_of_post)

    class Meta:
        model = Post
        fields = ("ends_on",)
        labels = {"ends_on": gettext_lazy("Last day in this post")}
        help_texts = {"ends_on": gettext_lazy("The post holds until the evening of this day. Empty: it goes on.")}


class PostFilterForm(forms.Form):
    """What a list of posts is narrowed by."""

    q = forms.CharField(label=gettext_lazy("Name, address or job title"), required=False, max_length=100)
    team = forms.ModelChoiceField(
        label=gettext_lazy("Team"),
        queryset=Team.objects.all(),
        required=False,
        empty_label=gettext_lazy("Every team"),
        widget=LongSelect,
    )
    manager = forms.ChoiceField(
        label=gettext_lazy("Line manager"),
        required=False,
        choices=(("", gettext_lazy("Anybody or nobody")), ("none", gettext_lazy("Without a line manager"))),
    )


class NamedForm(PlainForm):
    """A name that nobody else of the kind has."""

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if self._meta.model.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("This name is taken already."))
        return name


class TeamForm(NamedForm):
    class Meta:
        model = Team
        fields = ("name",)
        labels = {"name": gettext_lazy("Name of the team")}
        error_messages = {"name": {"required": gettext_lazy("Give the team a name")}}


class JobFamilyForm(NamedForm):
    class Meta:
        model = JobFamily
        fields = ("name",)
        labels = {"name": gettext_lazy("Name of the job family")}
        error_messages = {"name": {"required": gettext_lazy("Give the job family a name")}}


class CoverForm(PlainForm):
    """Somebody stands in for a line manager."""

    problems = staticmethod(problems_of_cover)

    manager = PersonField(
        label=gettext_lazy("Line manager who is away"),
        staff=True,
        help_text=gettext_lazy("Type the e-mail address."),
        error_messages={"required": gettext_lazy("Say who is away")},
    )
    cover = PersonField(
        label=gettext_lazy("Who stands in"),
        staff=True,
        help_text=gettext_lazy("Type the e-mail address."),
        error_messages={"required": gettext_lazy("Say who stands in")},
    )

    class Meta:
        model = ManagerCover
        fields = ("manager", "cover", "starts_on", "ends_on")
        labels = {"starts_on": gettext_lazy("First day"), "ends_on": gettext_lazy("Last day")}
        help_texts = {"ends_on": gettext_lazy("It ends by itself after this day.")}
