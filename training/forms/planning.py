"""The six questions that begin a session. What is changed afterwards stands in plan_parts.py."""

import datetime

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.models import Partnership
from people.lib.dates import local_moment, today
from training.enums import Recipe, SessionFormat
from training.forms.plan_rows import NO_SUCH_HOUR, time_field
from training.models import Venue
from training.planning import recipes

ONLINE, LATER = "online", ""


class NewSessionForm(forms.Form):
    """The six questions, and which recipe answers the rest."""

    use_required_attribute = False

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=160,
        error_messages={"required": gettext_lazy("Give the session a title")},
    )
    purpose = forms.CharField(
        label=gettext_lazy("What is it for?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("What people will have said or decided by the end. They read it in the invitation."),
        error_messages={"required": gettext_lazy("Say what it is for: people decide by it whether to come")},
    )
    day = forms.DateField(
        label=gettext_lazy("First day"), error_messages={"required": gettext_lazy("Say on which day it takes place")}
    )
    hour = time_field(
        gettext_lazy("Begins at"), error_messages={"required": gettext_lazy("Say at which hour it begins")}
    )
    where = forms.ChoiceField(label=gettext_lazy("Where?"), required=False)
    places = forms.IntegerField(
        label=gettext_lazy("How many places?"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=gettext_lazy("Leave it empty when there is no limit."),
    )
    partnership = forms.ModelChoiceField(
        label=gettext_lazy("Who is it for?"),
        queryset=Partnership.objects.all(),
        required=False,
        empty_label=gettext_lazy("Everybody who is interested"),
    )
    recipe = forms.ChoiceField(
        label=gettext_lazy("How is it done?"),
        choices=[(row.recipe, row.words) for row in recipes.RECIPES.values()],
        widget=forms.RadioSelect,
        initial=Recipe.HALF_DAY,
        help_text=gettext_lazy("It fills in the rest. You see all of it on the next page and can change each part."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        venues = [(str(venue.pk), f"{venue.name}, {venue.address}") for venue in Venue.objects.all()]
        self.fields["where"].choices = [(LATER, _("Not decided yet")), (ONLINE, _("Online")), *venues]
        self.fields["recipe"].choices = [
            (row.recipe, f"{row.recipe.label}. {row.words}") for row in recipes.RECIPES.values()
        ]

    def clean_day(self):
        return _not_past(self.cleaned_data["day"])

    def clean(self):
        data = super().clean()
        if data.get("day") and data.get("hour"):
            data["first_start"] = local_moment(data["day"], data["hour"])
            if data["first_start"] is None:
                self.add_error("hour", NO_SUCH_HOUR)
        return data

    def answers(self):
        """For planning.start."""
        data = self.cleaned_data
        names = ("title", "purpose", "first_start", "places", "partnership", "recipe")
        usual = recipes.RECIPES[Recipe(data["recipe"])].format
        if data["where"] == ONLINE:
            more = {"format": SessionFormat.ONLINE}
        elif data["where"] == LATER:
            more = {}
        else:
            meet = SessionFormat.IN_PERSON if usual == SessionFormat.ONLINE else usual
            more = {"venue": Venue.objects.get(pk=data["where"]), "format": meet}
        return {name: data[name] for name in names} | more


def _not_past(day: datetime.date) -> datetime.date:
    if day < today():
        raise forms.ValidationError(_("This day has passed. Choose one that is still to come."))
    return day
