"""What an administrator picks on the page of a cycle. Opening a cycle has forms of its own (cycles.py)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from appraisal import cycle_status
from people.lib.numbers import whole_number


class ReviewFilterForm(forms.Form):
    """Narrow the list of reviews: a tab, part of a name, a team."""

    tab = forms.CharField(required=False, max_length=20)
    q = forms.CharField(label=_("Name"), required=False, max_length=200)
    team = forms.CharField(label=_("Team"), required=False, max_length=120)

    def found_in(self, cycle, tab=None):
        """The reviews asked for; all of them when the address makes no sense."""
        data = self.cleaned_data if self.is_valid() else {}
        tab = data.get("tab", "") if tab is None else tab
        return cycle_status.find_reviews(cycle, tab=tab, name=data.get("q", ""), team=data.get("team", ""))


class ChosenForm(ReviewFilterForm):
    """Whom to remind: the reviews that were ticked, or everything late that the filter finds."""

    @property
    def all_late(self):
        """True when nobody was ticked but everybody is meant."""
        return "all_late" in self.data

    @property
    def hidden(self):
        """What was chosen, to be sent again by the button of the check page."""
        names = ("all_late", "q", "team") if self.all_late else ("review",)
        return [(name, value) for name in names for value in self.data.getlist(name)]

    def found_in(self, cycle, tab=None):
        """The reviews chosen; none when nothing was ticked."""
        if self.all_late:
            return super().found_in(cycle, tab=cycle_status.LATE)
        numbers = {whole_number(value) for value in self.data.getlist("review")} - {None}
        return cycle.reviews.filter(pk__in=numbers)
