"""Forms for writing a review: one behaviour, the summary, next steps. What must be there to send stands in ground.py.

A draft may be saved unfinished, so hardly anything is required here.
"""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from appraisal.enums import RatingStatus
from appraisal.models.review import MOST_NEXT_STEPS
from appraisal.ratings import offered_examples, offered_notes
from partnerships.enums import Level
from people.lib.dates import today

LEVELS = [(str(level.value), level.label) for level in Level]
REASONS = [(RatingStatus.NO_OPPORTUNITY.value, RatingStatus.NO_OPPORTUNITY.label)]
REASONS += [(RatingStatus.NOT_SEEN.value, RatingStatus.NOT_SEEN.label)]


def _text(label, rows, limit):
    too_long = {"max_length": _("Make this shorter: at most %(limit_value)d characters")}
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=limit, widget=widget, error_messages=too_long)


@dataclass
class Choice:
    """One description, or one reason why there is none, as the page shows it."""

    value: str
    name: str
    text: str
    id: str
    is_expected: bool = False
    is_chosen: bool = False
    is_first_reason: bool = False


@dataclass
class Tick:
    """One example or note that can be ticked."""

    row: object
    id: str
    is_ticked: bool


class RatingForm(forms.Form):
    """One side's answer for one behaviour."""

    mark = forms.ChoiceField(
        label=_("What fits most of the time"),
        required=False,
        choices=[("", ""), *LEVELS, *REASONS],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the descriptions")},
    )
    examples = forms.ModelMultipleChoiceField(
        label=_("Examples"),
        required=False,
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("One of the examples can no longer be ticked. Load the page again")},
    )
    notes = forms.ModelMultipleChoiceField(
        label=_("Notes"), required=False, queryset=None, widget=forms.CheckboxSelectMultiple
    )
    words = _text(_("In your own words"), 5, 3000)
    help = _text(_("What would help you?"), 3, 1000)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, draft, rating, **kwargs):
        self.draft, self.rating = draft, rating
        super().__init__(*args, **kwargs)
        self.fields["examples"].queryset = offered_examples(draft.review, draft.part.part)
        self.fields["notes"].queryset = offered_notes(draft.review)
        self.fields["words"].widget.attrs["aria-describedby"] = ""
        if draft.is_self:
            del self.fields["notes"]
        else:
            del self.fields["help"]

    @classmethod
    def initial_of(cls, rating, near, example=None, note=None):
        """What the form shows of an answer that is saved; `near` is what lies beside it. `example` and `note` are the
        keys of what was just added for it."""
        number, examples, notes = (
            rating.behaviour.number,
            (*near.examples, *near.others),
            (*near.notes, *near.other_notes),
        )
        examples = [row.pk for row in examples if number in row.ticked or row.pk == example]
        notes = [row.pk for row in notes if number in row.ticked or row.pk == note]
        return {
            "mark": rating.mark,
            "words": rating.words,
            "help": rating.help,
            "examples": examples,
            "notes": notes,
            "seen": rating.version,
        }

    def values(self):
        """What is kept: everything but the version that was looked at."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def choices(self, texts):
        """The four descriptions and the two reasons; `texts` is what each level means, by number."""
        chosen, own = str(self["mark"].value() or ""), self.draft.is_self
        hints = SELF_HINTS if own else MANAGER_HINTS
        name = self.draft.review.job_holder.get_short_name()
        rows = [
            Choice(value, texts[value][0], texts[value][1], "", is_expected=int(value) == self.rating.behaviour.level)
            for value, label in LEVELS
            if value in texts
        ]
        rows += [Choice(value, label, str(hints[value]) % {"name": name}, "") for value, label in REASONS]
        for place, row in enumerate(rows):
            row.id, row.is_chosen = f"{self['mark'].auto_id}_{place}", row.value == chosen
            row.is_first_reason = row.value == REASONS[0][0]
        return rows

    def ticks(self, name, near, others):
        """Two lists: what is about this behaviour or ticked in the form, and the rest."""
        chosen = {str(value) for value in self[name].value() or ()}
        rows = [Tick(row, "", str(row.pk) in chosen) for row in (*near, *others)]
        for place, tick in enumerate(rows):
            tick.id = f"{self[name].auto_id}_{place}"
        first = [tick for place, tick in enumerate(rows) if place < len(near) or tick.is_ticked]
        return first, [tick for tick in rows if tick not in first]


SELF_HINTS = {
    RatingStatus.NO_OPPORTUNITY: _("My work gave me too little chance to do this. It is not a low level."),
    RatingStatus.NOT_SEEN: _(
        "There were moments for it, and I have not done it yet. It counts as below the level expected."
    ),
}
MANAGER_HINTS = {
    RatingStatus.NO_OPPORTUNITY: _("The work gave %(name)s too little chance to do this. It is not a low level."),
    RatingStatus.NOT_SEEN: _(
        "There were moments for it, and %(name)s did not do it. It counts as below the level expected."
    ),
}


class SummaryForm(forms.Form):
    """What one side says overall."""

    summary = _text(_("In your own words"), 8, 4000)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class StepForm(forms.Form):
    """One thing that follows: what, who, when. A row without any of it is left out."""

    what = forms.CharField(label=_("What"), required=False, max_length=300)
    owner = forms.TypedChoiceField(label=_("Who"), required=False, coerce=int, empty_value=None)
    due_on = forms.DateField(label=_("By when"), required=False)
    module = forms.TypedChoiceField(label=_("Module to learn from"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args, people, modules, number, **kwargs):
        super().__init__(*args, prefix=f"step{number}", **kwargs)
        self.number = number
        self.fields["owner"].choices = [("", _("Choose")), *((person.pk, person.name) for person in people)]
        self.fields["module"].choices = [("", _("None")), *modules]

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day is not None and day <= today():
            raise forms.ValidationError(_("The day must lie in the future"))
        return day

    def clean(self):
        data = super().clean()
        if self.is_empty:
            return data
        missing = {
            "what": _("Say what is to be done in step %(number)d"),
            "owner": _("Say who does step %(number)d"),
            "due_on": _("Say by when step %(number)d is done"),
        }
        for name, words in missing.items():
            if not data.get(name) and name not in self.errors:
                self.add_error(name, words % {"number": self.number})
        return data

    @property
    def is_empty(self):
        """True when nothing was filled in; who alone is not a step."""
        return not any(self.data.get(self.add_prefix(name)) for name in ("what", "due_on", "module"))

    def values(self):
        """What save_summary takes."""
        data = self.cleaned_data
        return {
            "what": data["what"],
            "owner_id": data["owner"],
            "due_on": data["due_on"],
            "module_id": data["module"],
        }


class SummaryForms:
    """The words overall and, for the manager, the rows of next steps."""

    def __init__(self, draft, modules, data=None):
        self.draft = draft
        review, part = draft.review, draft.part
        self.words = SummaryForm(data, initial={"summary": part.summary, "seen": part.version})
        self.steps = []
        if draft.is_self:
            return
        kept = {} if data is not None else {step.number: step for step in review.next_steps.all()}
        self.steps = [
            StepForm(
                data,
                people=(review.job_holder, review.manager),
                modules=modules,
                number=number,
                initial=_initial_of(kept.get(number)),
            )
            for number in range(1, MOST_NEXT_STEPS + 1)
        ]

    def is_valid(self):
        """True when the words are in order and every step that was begun is complete."""
        return all(form.is_valid() for form in (self.words, *self.steps))

    @property
    def errors(self):
        """Every error, as (id of the control, sentence)."""
        forms = (self.words, *self.steps)
        return [
            (form[name].first_id, error) for form in forms for name, found in form.errors.items() for error in found
        ]

    def steps_values(self):
        """The complete steps in order; None when the steps are not to be touched, because one is unfinished."""
        if self.draft.is_self or not all(form.is_valid() for form in self.steps):
            return None
        return [form.values() for form in self.steps if not form.is_empty]

    def look_at(self, version):
        """From now on the writer has seen this version."""
        self.words.data = self.words.data.copy()
        self.words.data["seen"] = version


def _initial_of(step):
    if step is None:
        return {}
    return {"what": step.what, "owner": step.owner_id, "due_on": step.due_on, "module": step.module_id}
