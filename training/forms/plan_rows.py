"""What the forms of a plan are made of: one part of it, rows of the same fields, a person by address, an hour.

Which parts there are stands in plan_parts.py.
"""

import itertools

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.enums import Role, Side
from people.lib.dates import local_moment, today
from people.models import Organisation
from people.posts import person_at
from training.models import JointSession
from training.planning.session_changes import Leader, dates_of, leaders_of

MOST_ROWS = 12
NO_SUCH_HOUR = gettext_lazy("The clocks go forward on this day and leave this hour out. Choose another hour.")


def time_field(label, **more):
    """An hour of the day."""
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, **more)


class PersonByAddress(forms.EmailField):
    """A person with an account, given by e-mail address: no list of everybody."""

    def prepare_value(self, value):
        return getattr(value, "email", value)

    def clean(self, value):
        address = super().clean(value)
        if not address:
            return None
        found = person_at(address)
        if found is None:
            raise forms.ValidationError(_("Nobody here signs in with this address. Leave it empty, or check it."))
        return found


class PartForm(forms.Form):
    """One part of the plan of a session. `names` are its fields on the session; values() is what was given."""

    use_required_attribute = False
    is_told = True  # whether people hear of it once the session is published
    names: tuple[str, ...] = ()
    labels: dict = {}
    hints: dict = {}
    widgets: dict = {}

    def __init__(self, *args, session, **kwargs):
        self.session = session
        kwargs["initial"] = {name: getattr(session, name) for name in self.names}
        super().__init__(*args, label_suffix="", **kwargs)
        own = self.fields
        self.fields = forms.fields_for_model(
            JointSession, self.names, labels=self.labels, help_texts=self.hints, widgets=self.widgets
        )
        self.fields.update(own)

    def values(self):
        """The clean values by the name under which they are kept."""
        return {name: self.cleaned_data[name] for name in self.names}


class RowsForm(PartForm):
    """Rows of the same fields, numbered; a row that is emptied is taken out, two more are there to fill in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.row_names = list(self.row_fields())
        there = self.rows_there()
        self.row_count = min(MOST_ROWS, max(len(there) + 2, self._rows_sent()))
        for number in range(self.row_count):
            for name, field in self.row_fields().items():
                self.fields[f"{name}_{number}"] = field
                if number < len(there):
                    self.initial[f"{name}_{number}"] = there[number][name]

    def _rows_sent(self):
        first = self.add_prefix(self.row_names[0])
        return sum(f"{first}_{number}" in self.data for number in range(MOST_ROWS))

    @property
    def rows(self):
        """The fields of each row, for the page."""
        return [[self[f"{name}_{number}"] for name in self.row_names] for number in range(self.row_count)]

    def row_data(self, number):
        """What was given in one row, by the name of the field."""
        return {name: self.cleaned_data.get(f"{name}_{number}") for name in self.row_names}


class DatesForm(RowsForm):
    """One or several dates, each with its hours."""

    def row_fields(self):
        return {
            "day": forms.DateField(label=_("Day"), required=False),
            "starts": time_field(_("Begins at"), required=False),
            "ends": time_field(_("Ends at"), required=False),
        }

    def rows_there(self):
        return [
            {
                "day": timezone.localtime(first).date(),
                "starts": timezone.localtime(first).time(),
                "ends": timezone.localtime(last).time(),
            }
            for first, last in dates_of(self.session)
        ]

    def clean(self):
        found = []
        for number in range(self.row_count):
            row = self.row_data(number)
            if any(row.values()) and (pair := self._pair(number, row)):
                found.append(pair)
        found.sort()
        if not found and not self.errors:
            self.add_error("day_0", _("Say on which day it takes place"))
        if any(later[0] < earlier[1] for earlier, later in itertools.pairwise(found)):
            self.add_error("day_0", _("Two of the dates are at the same time."))
        self.dates = found
        return self.cleaned_data

    def _pair(self, number, row):
        missing = [name for name in self.row_names if row[name] is None and f"{name}_{number}" not in self.errors]
        for name in missing:
            self.add_error(f"{name}_{number}", _("Fill in the day and both hours."))
        if None in row.values():
            return None
        first, last = local_moment(row["day"], row["starts"]), local_moment(row["day"], row["ends"])
        if first is None or last is None:
            self.add_error(f"{'starts' if first is None else 'ends'}_{number}", NO_SUCH_HOUR)
        elif last <= first:
            self.add_error(f"ends_{number}", _("It would end before it begins. Check both hours."))
        elif row["day"] < today() and (first, last) not in dates_of(self.session):
            self.add_error(f"day_{number}", _("This day has passed."))
        else:
            return first, last
        return None

    def values(self):
        return {"dates": self.dates}


class LeadsForm(RowsForm):
    """Who leads it, from either side, and who stands in for the co-ordinator."""

    deputy = PersonByAddress(
        label=gettext_lazy("Deputy"),
        required=False,
        help_text=gettext_lazy(
            "Type the e-mail address. The deputy reads access needs too and answers them when you are away."
        ),
    )

    coordinator = PersonByAddress(
        label=gettext_lazy("Co-ordinator"),
        help_text=gettext_lazy("Who plans it, answers questions and reads access needs. Type the e-mail address."),
        error_messages={"required": gettext_lazy("Say who co-ordinates it")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {"deputy": self.session.deputy, "coordinator": self.session.coordinator}

    def clean_coordinator(self):
        found = self.cleaned_data["coordinator"]
        if not found.has_role(Role.COORDINATOR):
            raise forms.ValidationError(_("%(name)s is no training co-ordinator.") % {"name": found.name})
        return found

    def row_fields(self):
        return {
            "name": forms.CharField(label=_("Name"), max_length=200, required=False),
            "side": forms.ChoiceField(label=_("Side"), choices=[("", _("Choose")), *Side.choices], required=False),
            "organisation": forms.ModelChoiceField(
                label=_("Organisation"), queryset=Organisation.objects.all(), required=False, empty_label=_("None")
            ),
            "person": PersonByAddress(label=_("E-mail address, if they have an account"), required=False),
        }

    def rows_there(self):
        return [
            {"name": row.name, "side": row.side, "organisation": row.organisation, "person": row.person}
            for row in leaders_of(self.session)
        ]

    def clean(self):
        self.leaders = []
        for number in range(self.row_count):
            row = self.row_data(number)
            row["name"] = " ".join((row["name"] or (row["person"].name if row["person"] else "")).split())
            if row["name"] and not row["side"]:
                self.add_error(f"side_{number}", _("Say for which side %(name)s comes.") % {"name": row["name"]})
            if row["name"] in [leader.name for leader in self.leaders]:
                self.add_error(f"name_{number}", _("%(name)s stands here twice.") % {"name": row["name"]})
            elif row["name"]:
                self.leaders.append(Leader(row["name"], row["side"], row["organisation"], row["person"]))
        capacity = self.session.capacity
        if capacity is not None and len(self.leaders) > capacity:
            words = _("%(leaders)d people would lead it, but there are only %(places)d places.")
            self.add_error(None, words % {"leaders": len(self.leaders), "places": capacity})
        return self.cleaned_data

    def values(self):
        people = {name: self.cleaned_data[name] for name in ("deputy", "coordinator")}
        return {"facilitators": self.leaders, **people}
