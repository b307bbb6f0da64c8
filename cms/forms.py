"""Forms of the roof. They turn input into clean values; what may be changed by whom is decided in cms/manage.py."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.manage import change_policy
from people.policy import policy

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
