"""One form for each part of the plan of a session (plan_summary.PARTS), by its code in FORMS.

What may be published is decided by the moves; here input becomes clean values, or a sentence beside its field.
"""

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partnerships.framework import behaviour_choices
from training.enums import SessionFormat, Support
from training.forms.plan_rows import DatesForm, LeadsForm, PartForm
from training.models import ModulePage
from training.models.session import HELD_FOR
from training.planning.session_changes import behaviours_of, held_of, leaders_of

ADDRESS = {"invalid": gettext_lazy("Enter a web address, such as https://example.org/page")}


class WhatForm(PartForm):
    names = ("title", "purpose")
    widgets = {"purpose": forms.Textarea(attrs={"rows": 5})}


class WhereForm(PartForm):
    names = ("format", "venue", "join_link", "dial_in", "has_captions", "camera_optional", "materials")
    labels = {"materials": gettext_lazy("Forms in which papers come")}
    hints = {
        "join_link": gettext_lazy("Only those who hold a place see it."),
        "materials": gettext_lazy("For example: large print, and as a web page."),
    }
    widgets = {"format": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["format"].choices = SessionFormat.choices
        self.fields["venue"].empty_label = _("Not decided yet")
        self.fields["join_link"] = forms.URLField(
            label=_("Link to join"),
            required=False,
            max_length=500,
            assume_scheme="https",
            validators=[URLValidator(schemes=["http", "https"])],
            error_messages=ADDRESS,
            help_text=self.hints["join_link"],
        )


class WithForm(PartForm):
    names = ("host", "partnership", "module")
    hints = {"host": gettext_lazy("Whose ground it is on, or who brings people together.")}

    behaviours = forms.MultipleChoiceField(
        label=gettext_lazy("Which of the ways we work is it about?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.names:
            self.fields[name].empty_label = _("None")
        self.fields["module"].queryset = ModulePage.objects.live().order_by("title")
        self.rows = {str(row.pk): (row, text.short_name) for row, text in behaviour_choices()}
        self.fields["behaviours"].choices = [(key, label) for key, (_row, label) in self.rows.items()]
        self.initial["behaviours"] = [str(row.pk) for row in behaviours_of(self.session)]

    def values(self):
        return super().values() | {"behaviours": [self.rows[key][0] for key in self.cleaned_data["behaviours"]]}


class OpenForm(PartForm):
    names = ("fixed", "still_open", "decided_on")
    widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("fixed", "still_open")}
    hints = {
        "fixed": gettext_lazy("Say it plainly: nobody likes to be asked about what is settled."),
        "still_open": gettext_lazy("What those who come can still change."),
    }


class PlacesForm(PartForm):
    """How many, for whom they wait, and who says yes."""

    names = ("capacity", "release_on", "sector_limit_percent", "needs_approval")
    hints = {
        "capacity": gettext_lazy("Leave it empty when there is no limit."),
        "release_on": gettext_lazy("From this day on, places that wait for somebody are open to everybody."),
        "sector_limit_percent": gettext_lazy("In per cent. Leave it empty when there is none."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        there = held_of(self.session)
        self.held_names = []
        for key, label in HELD_FOR:
            words = _("Places that wait for: %(who)s") % {"who": label}
            field = forms.IntegerField(label=words, required=False, min_value=0, max_value=10_000)
            self.fields[f"held_{key}"], self.initial[f"held_{key}"] = field, there.get(key)
            self.held_names.append((key, f"held_{key}"))
        self.order_fields(["capacity", *(name for _key, name in self.held_names)])

    def clean_capacity(self):
        capacity = self.cleaned_data["capacity"]
        if capacity == 0:
            raise forms.ValidationError(_("Nobody could come. Leave it empty when there is no limit."))
        leaders = len(leaders_of(self.session))
        if capacity is not None and capacity < leaders:
            words = ngettext("%(n)d person leads it", "%(n)d people lead it", leaders) % {"n": leaders}
            raise forms.ValidationError(_("%(words)s, so there have to be as many places.") % {"words": words})
        return capacity

    def clean_sector_limit_percent(self):
        share = self.cleaned_data["sector_limit_percent"]
        if share is not None and not 1 <= share <= 100:
            raise forms.ValidationError(_("Enter a number from 1 to 100, or leave it empty."))
        return share

    def clean(self):
        data = super().clean()
        capacity, minimum = data.get("capacity"), self.session.minimum
        held = sum(self.held.values())
        if capacity is not None and held > capacity:
            words = _("%(held)d places would wait for somebody, but there are only %(places)d.")
            self.add_error(None, words % {"held": held, "places": capacity})
        if capacity is not None and minimum is not None and capacity < minimum:
            words = _("It takes place from %(n)d people on, so there have to be as many places.")
            self.add_error("capacity", words % {"n": minimum})
        if held and "release_on" in data and data["release_on"] is None:
            self.add_error("release_on", _("Say from which day on these places are open to everybody."))
        return data

    @property
    def held(self):
        """How many places wait for whom."""
        return {key: self.cleaned_data[name] for key, name in self.held_names if self.cleaned_data.get(name)}

    def values(self):
        return super().values() | {"held": self.held}


class SignUpForm(PartForm):
    names = ("sign_up_from", "sign_up_until", "cancel_days")
    hints = {
        "sign_up_from": gettext_lazy("Leave it empty when it opens with publishing."),
        "cancel_days": gettext_lazy("Leave it empty when people can cancel until it begins."),
    }

    def clean(self):
        data = super().clean()
        opens, closes = data.get("sign_up_from"), data.get("sign_up_until")
        if opens and closes and closes < opens:
            self.add_error("sign_up_until", _("Sign-up would close before it opens."))
        first = self.session.starts_at
        if closes and first and closes > first.date():
            self.add_error("sign_up_until", _("Sign-up would close after the session has begun."))
        return data


class DecisionForm(PartForm):
    is_told = False
    names = ("minimum", "decide_on")
    hints = {"minimum": gettext_lazy("Leave it empty when it takes place however many come.")}

    def clean(self):
        data = super().clean()
        minimum, capacity = data.get("minimum"), self.session.capacity
        if minimum == 0:
            self.add_error("minimum", _("Leave it empty when it takes place however many come."))
        if minimum and capacity is not None and minimum > capacity:
            self.add_error("minimum", _("There are only %(n)d places.") % {"n": capacity})
        if minimum and data.get("decide_on") is None and "decide_on" not in self.errors:
            self.add_error("decide_on", _("Say on which day it is decided."))
        first = self.session.starts_at
        if data.get("decide_on") and first and data["decide_on"] > first.date():
            self.add_error("decide_on", _("It has to be decided before it begins."))
        return data


class SupportForm(PartForm):
    support = forms.MultipleChoiceField(
        label=gettext_lazy("What do you offer to people who are not paid to come?"),
        choices=[row for row in Support.choices if row[0] != Support.NONE],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("It stands in the invitation. Whoever books says what they would like."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["support"] = self.session.support

    def values(self):
        return {"support": self.cleaned_data["support"]}


class AfterForm(PartForm):
    names = ("attendance_rule", "gives_certificate")
    widgets = {"attendance_rule": forms.RadioSelect}


class ReadyForm(PartForm):
    is_told = False
    names = ("interpreter", "no_papers", "short_notice_reason")
    hints = {
        "interpreter": gettext_lazy(
            "Who interprets into what, and when it was booked; or that nobody needs one. Name nobody who needs it: "
            "every co-ordinator reads this."
        ),
        "short_notice_reason": gettext_lazy("People read it in the invitation. Leave it empty when there is enough."),
    }


FORMS: dict[str, type[PartForm]] = {
    "what": WhatForm,
    "dates": DatesForm,
    "where": WhereForm,
    "leads": LeadsForm,
    "with": WithForm,
    "open": OpenForm,
    "places": PlacesForm,
    "sign-up": SignUpForm,
    "decision": DecisionForm,
    "support": SupportForm,
    "after": AfterForm,
    "ready": ReadyForm,
}
