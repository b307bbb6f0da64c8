"""Forms of the roof. They turn input into clean values; what may be changed by whom is decided in cms/manage.py."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cms.manage import change_policy
from people.policy import policy
from training.booking.organisations import look_alikes, organisation_named

LARGEST = 1000


class PolicyForm(forms.Form):
    """One whole number for each policy of the person's roles."""

    use_required_attribute = False

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        for row in rows:
            wrong = _("%(label)s: enter a whole number from 1 to %(largest)s") % {
                "label": row.meaning,
                "largest": LARGEST,
            }
            self.fields[row.key] = forms.IntegerField(
                label=row.meaning,
                help_text=_("A number of %(unit)s. The default is %(default)s.")
                % {"unit": row.unit, "default": row.default},
                error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
                initial=policy(row.key),
                min_value=1,
                max_value=LARGEST,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def save(self, *, by) -> int:
        """Set what differs; returns how many numbers changed."""
        return sum(change_policy(key, value, by=by) for key, value in self.cleaned_data.items())


class TwoOrganisationsForm(forms.Form):
    """Two organisations on the list, each by its name."""

    use_required_attribute = False
    gone = forms.CharField(
        label=_("The one that goes"),
        max_length=200,
        help_text=_("Its full name. What belongs to it moves, and its name stays known."),
        error_messages={"required": _("Write the name of the one that goes")},
    )
    kept = forms.CharField(
        label=_("The one that stays"),
        max_length=200,
        help_text=_("Its full name. Name, sector and size stay as they are."),
        error_messages={"required": _("Write the name of the one that stays")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def clean_gone(self):
        return self._named("gone")

    def clean_kept(self):
        return self._named("kept")

    def clean(self):
        values = super().clean()
        if values.get("gone") and values["gone"] == values.get("kept"):
            self.add_error("kept", _now("Both names lead to %(name)s already") % {"name": values["gone"].name})
        return values

    def _named(self, field):
        typed = self.cleaned_data[field]
        found = organisation_named(typed, with_host=True)
        if found is None:
            raise forms.ValidationError(self._unknown(typed))
        return found

    def _unknown(self, typed):
        alike = ", ".join(row.name for row in look_alikes(typed))
        if alike:
            return _now("We know no organisation with exactly this name. Like it are: %(names)s") % {"names": alike}
        return _now("We know no organisation with exactly this name")
