"""Forms of a partnership: what it is, which organisations take part, and who comes for them."""

from django import forms
from django.forms import inlineformset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.models import Partnership, PartnershipOrganisation, PartnershipPerson
from people.models import User

BLANK_ROWS = 2
LEADS = ("lead", "co_lead")


class PersonField(forms.EmailField):
    """A person with an account, given by e-mail address; a list of everybody would be long and would tell too much."""

    def clean(self, value):
        address = super().clean(value)
        if not address:
            return None
        person = User.objects.filter(email=address.lower(), is_active=True).first()
        if person is None:
            raise forms.ValidationError(
                _("Nobody with an account has this address. They sign in once, then you can add them.")
            )
        return person


class PlainForm(forms.ModelForm):
    """No colons after labels, no browser messages."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class PartnershipForm(PlainForm):
    """Name, purpose, leads and start."""

    lead = PersonField(label=gettext_lazy("Lead, by e-mail address"), required=False)
    co_lead = PersonField(label=gettext_lazy("Co-lead, by e-mail address"), required=False)
    no_co_lead = forms.BooleanField(label=gettext_lazy("Nobody is co-lead any more"), required=False)
    field_order = ["name", "slug", "purpose", "lead", "co_lead", "no_co_lead", "started_on"]

    class Meta:
        model = Partnership
        fields = ["name", "slug", "purpose", "lead", "co_lead", "started_on"]
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 4}),
            "started_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "slug": gettext_lazy("The last part of the page's address, for example varrach-flood-warning-group.")
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in LEADS:
            self.initial[name] = ""  # addresses are typed, never shown
            if now := getattr(self.instance, name):
                self.fields[name].help_text = _("Now %(name)s. Leave it empty to keep it so.") % {"name": now.name}
        if self.instance.pk:
            del self.fields["slug"]  # people keep the address
        if not self.instance.co_lead_id:
            del self.fields["no_co_lead"]  # a lead is replaced, never taken away: somebody has to answer for it

    def clean(self):
        for name in LEADS:  # an empty box keeps whom it was
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.cleaned_data[name] = getattr(self.instance, name)
        if self.cleaned_data.get("no_co_lead"):
            if self.cleaned_data.get("co_lead") != self.instance.co_lead:
                self.add_error("no_co_lead", _("Enter a co-lead or say that there is none, not both."))
            self.cleaned_data["co_lead"] = None
        return super().clean()

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if slug == "add":
            raise forms.ValidationError(_("This address is taken. Choose another."))
        return slug


class OrganisationRowForm(PlainForm):
    """One organisation and what it brings."""

    class Meta:
        model = PartnershipOrganisation
        fields = ["organisation", "brings"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["organisation"]  # it stands above the row

    def clean(self):
        data = super().clean()
        organisation = data.get("organisation")
        if organisation and self.instance.partnership.organisations.filter(organisation=organisation).exists():
            self.add_error("organisation", _("%(name)s is in it already.") % {"name": organisation.name})
        return data


class PersonRowForm(PlainForm):
    """One person and the organisation they come for."""

    person = PersonField(label=gettext_lazy("E-mail address"))

    class Meta:
        model = PartnershipPerson
        fields = ["person", "organisation", "role"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["person"], self.fields["organisation"]  # the same here

    def clean(self):
        data = super().clean()
        person, organisation = data.get("person"), data.get("organisation")
        there = self.instance.partnership.people.filter(person=person, organisation=organisation)
        if person and organisation and there.exists():  # Django does not check this with the parent of an inline row
            self.add_error("person", _("%(name)s is in it for this organisation already.") % {"name": person.name})
        return data


OrganisationRows = inlineformset_factory(
    Partnership, PartnershipOrganisation, form=OrganisationRowForm, extra=BLANK_ROWS, can_delete=True
)
PersonRows = inlineformset_factory(
    Partnership, PartnershipPerson, form=PersonRowForm, extra=BLANK_ROWS, can_delete=True
)
