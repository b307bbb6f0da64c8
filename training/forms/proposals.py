"""Forms about proposals: the three answers, and the reply."""

from django import forms
from django.utils.translation import gettext_lazy as _

from training.models import SessionProposal


class ProposalForm(forms.ModelForm):
    """Three answers in one's own words, and for whom one speaks when there are several."""

    use_required_attribute = False
    organisation = forms.ChoiceField(
        label=_("Whom do you speak for?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whom you speak for")},
    )

    class Meta:
        model = SessionProposal
        fields = ("what", "where_and_when", "who_for")
        labels = {
            "what": _("What would you like to do together?"),
            "where_and_when": _("Where and when could it be?"),
            "who_for": _("Who is it for?"),
        }
        help_texts = {
            "what": _("A session, a visit, a day at your place: a few sentences are enough."),
            "where_and_when": _("With you, with us, online; a day or a season. Say if you could be the host."),
            "who_for": _("Which people from either side should be in the room?"),
        }
        widgets = {"what": forms.Textarea(attrs={"rows": 5})}
        error_messages = {
            "what": {"required": _("Say what you would like to do")},
            "where_and_when": {"required": _("Say where and when it could be, or that it is open")},
            "who_for": {"required": _("Say who it is for")},
        }

    def __init__(self, *args, hats, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.hats = {str(hat.pk): hat for hat in hats}
        self.fields["organisation"].choices = [(key, hat.name) for key, hat in self.hats.items()]
        if len(self.hats) < 2:
            del self.fields["organisation"]

    def answers(self) -> dict:
        """What propose takes."""
        return {name: self.cleaned_data[name].strip() for name in self.Meta.fields}

    def speaks_for(self):
        """The organisation, asked only when there are several."""
        chosen = self.cleaned_data.get("organisation")
        return self.hats[chosen] if chosen else next(iter(self.hats.values()), None)


class ReplyForm(forms.Form):
    """The reply to a proposal, whatever is decided."""

    words = forms.CharField(
        label=_("Your reply"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=1000,
        help_text=_("What happens next, and when; or why not, and what would have to be different."),
        error_messages={"required": _("Write a few words: they wait for them")},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
