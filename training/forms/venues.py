"""Forms about venues: what one is called and where, the checklist, and asking the host. Rules stand in venues.py."""

from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.lib.dates import today
from training.enums import FactAnswer
from training.models import Venue, VenueFact
from training.planning.venues import BY_CODE, DETAILS, Fact, details_mark, fact_words, facts_of, mark_of

ANSWERS = [
    (FactAnswer.NOT_CHECKED, FactAnswer.NOT_CHECKED.label),
    (FactAnswer.YES, FactAnswer.YES.label),
    (FactAnswer.NO, FactAnswer.NO.label),
    (FactAnswer.DESCRIBED, _("In words")),
]


class VenueSearchForm(forms.Form):
    """What the list is narrowed by."""

    q = forms.CharField(label=_("Name or address"), required=False, max_length=100)


class VenueForm(forms.ModelForm):
    """What a venue is called, where it is, whose it is and who lets people in."""

    use_required_attribute = False
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    class Meta:
        model = Venue
        fields = DETAILS
        help_texts = {
            "name": _("As people say it, for example: Skerrafin village hall"),
            "host": _("The organisation, when it is one of those that take part."),
            "contact": _("A name, for the co-ordinators. It does not stand on the page of a session."),
        }
        error_messages = {
            "name": {"unique": _("This venue is kept already. Look for it in the list")},
            "address": {"required": _("Say where it is")},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["host"].empty_label = gettext("Nobody of the organisations in the list")
        if self.instance.pk:
            self.initial["seen"] = details_mark(self.instance)

    def details(self) -> dict:
        """What change_venue takes."""
        return {name: self.cleaned_data[name] for name in DETAILS}

    def show_again(self, venue: Venue) -> None:
        """Keep what was typed and let it be saved over what stands there now."""
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = details_mark(venue)


@dataclass(frozen=True)
class FactFields:
    """One point of the checklist with its fields, for the template."""

    fact: Fact
    row: VenueFact
    answer: BoundField
    words: BoundField
    by: BoundField
    seen: BoundField

    @property
    def asks_day(self) -> bool:
        """A day by which it is known is asked for what nobody has checked, or what just lost its answer."""
        return not self.row.is_known or self.answer.value() == FactAnswer.NOT_CHECKED or bool(self.by.errors)


class ChecklistForm(forms.Form):
    """Every point of the checklist: an answer, words, and a day by which it will be known."""

    use_required_attribute = False

    def __init__(self, *args, venue, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.venue = venue
        self.facts = facts_of(venue)
        for fact, row in self.facts:
            self.fields[f"answer-{fact.code}"] = forms.ChoiceField(
                label=_("Answer"), choices=ANSWERS, initial=row.answer, required=False
            )
            self.fields[f"words-{fact.code}"] = forms.CharField(
                label=_("In words"), max_length=300, required=False, initial=row.words
            )
            self.fields[f"by-{fact.code}"] = forms.DateField(
                label=_("Known by, if it is not checked yet"), required=False, initial=row.known_by
            )
            self.fields[f"seen-{fact.code}"] = forms.CharField(
                widget=forms.HiddenInput, required=False, max_length=16, initial=mark_of(row)
            )

    def clean(self):
        data = super().clean()
        for fact, _row in self.facts:
            words, answer = f"words-{fact.code}", data.get(f"answer-{fact.code}")
            if answer == FactAnswer.DESCRIBED and words not in self.errors and not data.get(words):
                self.add_error(words, gettext("%(fact)s: write it in words") % {"fact": fact.label})
            by = data.get(f"by-{fact.code}")
            if answer == FactAnswer.NOT_CHECKED and by and by < today() and f"by-{fact.code}" in self.changed_data:
                self.add_error(f"by-{fact.code}", gettext("%(fact)s: choose a day to come") % {"fact": fact.label})
        return data

    def answers(self) -> dict:
        """What save_facts takes. A point that the page did not show stays as it is."""
        shown = [fact.code for fact, _row in self.facts if f"answer-{fact.code}" in self.data]
        return {
            code: {
                "answer": self.cleaned_data[f"answer-{code}"] or FactAnswer.NOT_CHECKED,
                "words": " ".join(self.cleaned_data[f"words-{code}"].split()),
                "known_by": self.cleaned_data[f"by-{code}"],
            }
            for code in shown
        }

    def seen(self) -> dict[str, str]:
        """The marks of what stood there when the form was drawn."""
        return {fact.code: self.cleaned_data[f"seen-{fact.code}"] for fact, _row in self.facts}

    def show_again(self, rows: list[VenueFact]) -> None:
        """Beside each point that somebody changed meanwhile, what stands there now; saved again, ours takes over."""
        self.data = self.data.copy()
        for row in rows:
            said = gettext("%(fact)s, changed meanwhile by %(who)s: %(words)s. Save again to put yours in its place")
            who = row.checked_by or gettext("somebody")
            values = {"fact": BY_CODE[row.code].label, "who": who, "words": fact_words(row)}
            self.add_error(f"answer-{row.code}", said % values)
            self.data[f"seen-{row.code}"] = mark_of(row)

    @property
    def rows(self) -> list[FactFields]:
        """The points with their fields, in the order of the list."""
        names = ("answer", "words", "by", "seen")
        return [FactFields(fact, row, *(self[f"{name}-{fact.code}"] for name in names)) for fact, row in self.facts]


class CheckedByForm(forms.Form):
    """Who looked, for what a co-ordinator writes down."""

    checked_by = forms.CharField(
        label=_("Who checked it?"),
        max_length=200,
        help_text=_("You, or whoever told you. Stands with today's date beside each answer that you change."),
        error_messages={"required": _("Say who checked it")},
    )


class HostForm(forms.Form):
    """Who is asked by mail."""

    name = forms.CharField(label=_("Name"), max_length=200, error_messages={"required": _("Say whom you ask")})
    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={
            "required": _("Give the address of the person you ask"),
            "invalid": _("Enter a whole address, such as name@example.org"),
        },
    )


class HostAnswerForm(ChecklistForm):
    """The same checklist for the host, who may also say that all the rest is still so."""

    all_still_so = forms.BooleanField(
        label=_("I have read the whole list, and what I did not change is still so"), required=False
    )

    def clean(self):
        data = super().clean()
        if not self.errors and not data.get("all_still_so") and not self.changed_data:
            self.add_error(None, gettext("Nothing is filled in or changed yet. Answer what you know of it."))
        return data

    def answers(self) -> dict:
        answers = super().answers()
        if not self.cleaned_data["all_still_so"]:
            return answers
        known = {fact.code for fact, row in self.facts if row.is_known}
        return {code: values | {"again": code in known} for code, values in answers.items()}
