"""Input of the decision which organisation a typed name means. What may stand is decided in organisations.py."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from people.enums import Sector
from people.lib.names import can_be_read, no_web_address
from training.booking.organisations import look_alikes, organisation_named
from training.models import Place

NEW, OTHER = "new", "other"


class DecideForm(forms.Form):
    """One that we know, or a new one with its name and sector."""

    means = forms.ChoiceField(
        label=_("Which organisation is it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say which organisation it is"), "invalid_choice": _("Choose one of these")},
    )
    known = forms.CharField(
        label=_("Name of the one we know"),
        max_length=200,
        required=False,
        help_text=_("Only if it is not among those above: its full name."),
    )
    name = forms.CharField(
        label=_("Name of the new one"),
        max_length=200,
        required=False,
        validators=[no_web_address],
        help_text=_("As it should be read by all."),
    )
    sector = forms.ChoiceField(
        label=_("What it is part of"),
        choices=Sector,
        required=False,
        help_text=_("For those who book from now on. Places that are booked keep what people said."),
        error_messages={"invalid_choice": _("Choose one of these")},
    )

    def __init__(self, *args, place: Place, **kwargs):
        first = {"name": place.organisation_name, "sector": place.sector}
        super().__init__(*args, initial=first, label_suffix="", **kwargs)
        self.alike = {str(row.pk): row for row in look_alikes(place.organisation_name, with_host=True)}
        rows = [(key, row.name) for key, row in self.alike.items()]
        more = [(OTHER, _("Another one that we know")), (NEW, _("A new one"))]
        self.fields["means"].choices = [*rows, *more]

    def clean(self):
        values = super().clean()
        means = values.get("means")
        values["organisation"] = self.alike.get(means or "")
        if means == OTHER:
            values["organisation"] = organisation_named(values.get("known", ""), with_host=True)
            if values["organisation"] is None:
                self.add_error("known", _now("We know no organisation with exactly this name"))
        if means == NEW and "name" not in self.errors and not can_be_read(values["name"]):
            self.add_error("name", _now("Write its name"))
        if means == NEW and not values.get("sector"):
            self.add_error("sector", _now("Say what it is part of"))
        return values
