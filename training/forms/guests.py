"""Input of people who come without an account. What may stand is decided in places.py and workflow/."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from people.enums import Sector
from people.lib.names import can_be_read, no_web_address
from people.models import Organisation
from training.booking.guests import Booking
from training.booking.organisations import look_alikes, organisation_named
from training.enums import WhyNot

OTHER, MYSELF, NEW = "other", "myself", "new"


class ComeBackForm(forms.Form):
    """The address to which the links are sent."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("The one with which you booked or were invited."),
        error_messages={"required": _("Type your e-mail address"), "invalid": _("This is not a whole e-mail address")},
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class OrganisationFields(forms.Form):
    """Whom I come for: one of my organisations, one that is typed, or nobody but myself."""

    come_for = forms.ChoiceField(
        label=_("Whom do you come for?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whom you come for"), "invalid_choice": _("Say whom you come for")},
    )
    organisation = forms.CharField(
        label=_("Name of the organisation or group"),
        max_length=200,
        required=False,
        validators=[no_web_address],
        help_text=_("Only if you come for another one. A group without a constitution counts like any other."),
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    same_as = forms.ChoiceField(label=_("Is it one of these?"), required=False, widget=forms.RadioSelect)
    sector = forms.ChoiceField(
        label=_("What are you part of?"),
        required=False,
        choices=[("", _("Choose")), *Sector.choices],
        help_text=_(
            "Not needed if we know the organisation. Places are shared out by this, so that no side fills the room."
        ),
        error_messages={"invalid_choice": _("Choose one of these")},
    )

    def __init__(self, *args, hats=(), **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.hats = {str(hat.pk): hat for hat in hats}
        named = [(key, hat.name) for key, hat in self.hats.items()]
        others = [(OTHER, _("Another organisation or group")), (MYSELF, _("Nobody but myself"))]
        self.fields["come_for"].choices = [*named, *others]
        if self.hats:
            self.initial.setdefault("come_for", next(iter(self.hats)))
        self.with_host = any(hat.is_host for hat in self.hats.values())
        typed = self.data.get("organisation", "") if self.data.get("come_for") == OTHER else ""
        self.alike = {str(row.pk): row for row in look_alikes(typed, with_host=self.with_host)}
        if self.alike:
            choices = [*((key, row.name) for key, row in self.alike.items()), (NEW, _("None of these"))]
            self.fields["same_as"].choices = choices
        else:
            del self.fields["same_as"]

    def clean(self):
        values = super().clean()
        if values.get("come_for") == OTHER:
            self._clean_other(values)
        unknown = values.get("come_for") in (OTHER, MYSELF) and not self.found and "same_as" not in self.errors
        if unknown and not values.get("sector"):
            self.add_error("sector", _now("Say what you are part of"))
        return values

    def _clean_other(self, values):
        if "organisation" in self.errors:
            return
        if not can_be_read(values.get("organisation", "")):
            self.add_error("organisation", _now("Write the name of the organisation or group"))
        elif self.found is None and self.alike and values.get("same_as") != NEW:
            self.add_error("same_as", _now("We know names like this one. Choose it, or say that it is none of these"))

    @property
    def found(self) -> Organisation | None:
        """The organisation on our list that was meant, if it is one."""
        values = self.cleaned_data
        if values.get("come_for") in self.hats:
            return self.hats[values["come_for"]]
        if values.get("come_for") != OTHER:
            return None
        named = organisation_named(values.get("organisation", ""), with_host=self.with_host)
        return self.alike.get(values.get("same_as", "")) or named

    def said(self) -> dict:
        """What was said, as fields of a booking."""
        found, values = self.found, self.cleaned_data
        if found is not None:
            return {"organisation": found}
        named = values.get("organisation", "") if values["come_for"] == OTHER else ""
        return {"organisation_name": " ".join(named.split()), "sector": values["sector"]}


class GuestBookingForm(OrganisationFields):
    """Everything that a booking needs from somebody who was invited."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        validators=[no_web_address],
        help_text=_("As it should stand on the list and on your certificate."),
        error_messages={"required": _("Write your name")},
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    field_order = ("name", "come_for", "organisation", "same_as", "sector")

    def booking(self) -> Booking:
        return Booking(name=" ".join(self.cleaned_data["name"].split()), **self.said())


class ColleagueForm(forms.Form):
    """Who the colleague is."""

    name = forms.CharField(
        label=_("Their name"),
        max_length=200,
        validators=[no_web_address],
        error_messages={"required": _("Write their name")},
    )
    email = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("They get a mail with a link of their own. Ask them before you give it."),
        error_messages={"required": _("Type their e-mail address"), "invalid": _("This is not a whole e-mail address")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"  # it is not the person at the keyboard


class DeclineForm(forms.Form):
    """No, and why if somebody says."""

    why_not = forms.ChoiceField(
        label=_("Why not?"),
        required=False,
        choices=WhyNot,
        widget=forms.RadioSelect,
        help_text=_("The co-ordinators count the reasons, so that the next session suits more people."),
        error_messages={"invalid_choice": _("Choose one of the reasons, or none.")},
    )
    words = forms.CharField(
        label=_("In your own words"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": _("Please write no more than 300 characters.")},
    )


class LaterForm(forms.Form):
    """Until when somebody would like to answer."""

    asked_until = forms.DateField(
        label=_("I answer by"),
        error_messages={"required": _("Say until which day"), "invalid": _("This is not a day, for example 4/12/2026")},
    )


class PassOnForm(forms.Form):
    """Who else should be asked."""

    email = forms.EmailField(
        label=_("Their e-mail address"),
        error_messages={"required": _("Type their e-mail address"), "invalid": _("This is not a whole e-mail address")},
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
