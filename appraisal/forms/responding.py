"""Forms about a shared review: the day of the talk, the person's answer, the second manager's part."""

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from appraisal.enums import ResponseAnswer
from appraisal.models import DisputedPoint
from appraisal.responding import GIVEN_ANSWERS, STATEMENTS
from people.lib.dates import today


def _long_text(label, rows, limit, **more):
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=limit, **more)


class TalkForm(forms.Form):
    """The day on which the two talked."""

    talk_on = forms.DateField(
        label=_("On which day did you talk?"),
        error_messages={"required": _("Say on which day you talked"), "invalid": _("Enter a day, such as 2026-05-12")},
    )

    def __init__(self, *args, review, **kwargs):
        super().__init__(*args, initial={"talk_on": review.talk_on or today()}, **kwargs)
        self.first = review.cycle.starts_on

    def clean_talk_on(self):
        day = self.cleaned_data["talk_on"]
        if day > today():
            raise forms.ValidationError(_("The talk cannot lie in the future"))
        if day < self.first:
            raise forms.ValidationError(_("That day lies before the time that this review looks at"))
        return day


class ResponseForm(forms.Form):
    """What the person says to the review. Nothing typed is left out without a word, whatever was chosen."""

    answer = forms.ChoiceField(
        label=_("What do you say to it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers")},
    )
    words = _long_text(
        _("In your own words"),
        6,
        3000,
        required=False,
        help_text=_("Your comments, or what you see differently in general."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, behaviours, **kwargs):
        super().__init__(*args, **kwargs)
        self.behaviours = {f"point_{row.number}": row for row in behaviours}
        self.fields["answer"].choices = [(value, _with_statement(value)) for value in GIVEN_ANSWERS]
        for name, row in self.behaviours.items():
            self.fields[name] = _long_text(row.text.name, 4, 3000, required=False)

    def clean(self):
        data = super().clean()
        answer = data.get("answer")
        if answer == ResponseAnswer.AGREE and data.get("words"):
            said = _("You wrote something. Choose “I agree, with comments”, so that it is kept, or remove it")
            self.add_error("words", said)
        if answer and answer != ResponseAnswer.DISAGREE:
            for name in self._filled():
                said = _("You wrote what you see differently. Choose “I disagree”, so that it is kept, or remove it")
                self.add_error(name, said)
        if answer in (ResponseAnswer.COMMENTS, ResponseAnswer.DISAGREE) and not self._has_words():
            self.add_error("words", _("Say in your own words what you want to add or what you see differently"))
        return data

    @property
    def point_fields(self):
        """The optional boxes, one for each behaviour."""
        return [self[name] for name in self.behaviours]

    @staticmethod
    def data_of(said, points, behaviours):
        """What the form held when this answer was sent."""
        numbers = {row.pk: row.number for row in behaviours}
        boxes = {f"point_{numbers[one.behaviour_id]}": one.words for one in points if one.behaviour_id}
        general = dict.fromkeys([said.words, *(one.words for one in points if one.behaviour_id is None)])
        return {"answer": said.answer, "words": "\n\n".join(words for words in general if words)} | boxes

    def values(self):
        """What the move takes: each filled box of a disagreement is a point of its own, the general words the last."""
        data = self.cleaned_data
        if data["answer"] != ResponseAnswer.DISAGREE:
            return {"answer": data["answer"], "words": data["words"].strip()}
        points = [(self.behaviours[name], data[name].strip()) for name in self._filled()]
        if data["words"].strip():
            points.append((None, data["words"].strip()))
        return {"answer": data["answer"], "points": points}

    def _filled(self):
        return [name for name in self.behaviours if (self.cleaned_data.get(name) or "").strip()]

    def _has_words(self):
        """True when anything was written, in order or not: a text that is too long has its own error."""
        return any((self.data.get(name) or "").strip() for name in ("words", *self.behaviours))


class FairForm(forms.Form):
    """The second manager's page as one form, so that no press loses what stands in another box."""

    words = _long_text(
        _("Words of yours"),
        4,
        2000,
        required=False,
        help_text=_("If you confirm. They stand beside your signature in the record."),
    )
    reason = _long_text(_("Why look again?"), 4, 1000, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, points, **kwargs):
        super().__init__(*args, **kwargs)
        self.points = {f"reply_{point.pk}": point for point in points}
        for name, point in self.points.items():
            label = gettext("Your answer in general")
            if point.behaviour:
                label = gettext("Your answer about “%(name)s”") % {"name": point.behaviour.text.short_name}
            self.fields[name] = _long_text(label, 4, 3000, required=False, initial=point.reply)
            self.fields[f"seen_{point.pk}"] = forms.CharField(
                widget=forms.HiddenInput, required=False, initial=point.seen_mark, max_length=60
            )

    def clean(self):
        data = super().clean()
        for name, point in self.points.items():
            if point.reply and name not in self.errors and not data[name].strip():
                self.add_error(name, _("An answer that is saved cannot be emptied. Write other words"))
        if "return_to_manager" in self.data:
            self._check_return(data)
        elif "confirm_fair" in self.data and data.get("reason"):
            said = _("You wrote a reason to look again. Remove it to confirm, or press the button below it")
            self.add_error("reason", said)
        return data

    def _check_return(self, data):
        if "reason" not in self.errors and not data["reason"].strip():
            self.add_error("reason", _("Give the reason. Both read it"))
        if data.get("words"):
            said = _("These words go with a confirmation. Remove them to ask the manager to look again")
            self.add_error("words", said)

    def anew(self, points, version):
        """The same form with everything typed still in it, and review and points as they now stand."""
        data = self.data.copy()
        data["seen"] = version
        for point in points:
            data[f"seen_{point.pk}"] = point.seen_mark
        again = FairForm(data, points=points)
        again.is_valid()
        return again

    def ask_for_answers(self):
        """Mark every point that nobody has answered yet; it is let through while answers are only saved."""
        for name, point in self.points.items():
            if not point.reply and not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, _("Answer this point in words before you confirm"))

    @property
    def left_over(self):
        """Texts for points that are not there any more: kept on the page, to be copied."""
        known = set(self.points)
        sent = [(name, text) for name, text in self.data.items() if name.startswith("reply_") and name not in known]
        return [text.strip() for _name, text in sent if text.strip()]

    @property
    def replies(self):
        """(point, its words, the version that was looked at) of every box that holds something else than is saved."""
        rows = [(point, self.cleaned_data[name].strip(), self._seen(point)) for name, point in self.points.items()]
        return [(point, words, seen) for point, words, seen in rows if words and words != point.reply]

    @property
    def point_rows(self):
        """Each point with its two fields, for the template."""
        return [(point, self[name], self[f"seen_{point.pk}"]) for name, point in self.points.items()]

    def _seen(self, point: DisputedPoint) -> str:
        return self.cleaned_data.get(f"seen_{point.pk}") or ""


def _with_statement(value):
    """An answer with the sentence that is signed by choosing it."""
    label, words = ResponseAnswer(value).label, STATEMENTS[ResponseAnswer(value)]
    return format_html('{}<span class="hint">{}</span>', label, gettext("You sign: “%(words)s”") % {"words": words})
