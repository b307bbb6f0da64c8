"""Forms after a session: the four questions, and one thing that was heard."""

from django import forms
from django.utils.translation import gettext_lazy as _

from training.enums import SaidIt
from training.models import FeedbackLoopItem

AGREE = [
    (5, _("Yes, fully")),
    (4, _("Mostly")),
    (3, _("Half and half")),
    (2, _("Hardly")),
    (1, _("Not at all")),
]


def _scale(label, missing):
    return forms.TypedChoiceField(
        label=label,
        choices=AGREE,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing},
    )


class FeedbackForm(forms.Form):
    """Four questions, two minutes. Only the words may stay empty."""

    useful = _scale(_("Was it worth your time?"), _("Say whether it was worth your time"))
    learnt = _scale(_("Did you learn something from the other side?"), _("Say whether you learnt something"))
    said_it = forms.ChoiceField(
        label=_("Could you say what you came to say?"),
        choices=SaidIt,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say whether you could say what you came to say"),
            "invalid_choice": _("Say whether you could say what you came to say"),
        },
    )
    words = forms.CharField(
        label=_("What should we keep, and what should we change?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
        help_text=_("Leave out names and whatever shows who you are."),
        error_messages={"max_length": _("Please write no more than 1,000 characters.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)


class HeardForm(forms.ModelForm):
    """One thing that was heard, and what becomes of it."""

    use_required_attribute = False

    class Meta:
        model = FeedbackLoopItem
        fields = ("heard", "doing", "why")
        labels = {"heard": _("What we heard"), "doing": _("What we do"), "why": _("Why")}
        help_texts = {
            "heard": _("In your own words. Quote nobody in a way that shows who it was."),
            "doing": _("Also when it is nothing: then say so."),
        }
        error_messages = {
            "heard": {"required": _("Write what you heard")},
            "doing": {"required": _("Write what becomes of it, also when it is nothing")},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
