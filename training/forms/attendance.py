"""Forms of the day itself: the marks of a page of people, and somebody who came without a place."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from people.lib.names import no_web_address
from people.models import User
from training.booking.organisations import organisation_named
from training.booking.places import Asker, hats_of
from training.enums import Presence

MARKS = {*Presence.values, ""}


def read_marks(data: QueryDict, pks: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Place -> (the mark as it was shown, the mark as it is wanted), for rows that the page showed.

    What is no mark is left out: it cannot come from our form.
    """
    sent = {pk: (data.get(f"p{pk}-seen", ""), data[f"p{pk}"]) for pk in pks if f"p{pk}" in data}
    return {pk: pair for pk, pair in sent.items() if set(pair) <= MARKS}


class WalkInForm(forms.Form):
    """Somebody in the door: a name is enough."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        validators=[no_web_address],
        error_messages={"required": _("Write the name as it should be read")},
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_(
            "Ask whether they want to give one. With it they are asked how it was, and find their certificate when "
            "they sign in. Without it nothing is sent."
        ),
        error_messages={"invalid": _("This is not an e-mail address. Correct it, or leave it empty")},
    )
    organisation = forms.CharField(
        label=_("Organisation or group"),
        max_length=200,
        required=False,
        validators=[no_web_address],
        help_text=_("Leave it empty for somebody who comes for themselves."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        for name, value in (("autocomplete", "off"), ("list", "organisations")):
            self.fields["organisation"].widget.attrs[name] = value
        for name in ("name", "email"):
            self.fields[name].widget.attrs["autocomplete"] = "off"  # it is not the person at the keyboard

    def asker(self) -> Asker:
        """Who came, as they say it."""
        values = self.cleaned_data
        named = " ".join(values["organisation"].split())
        known = organisation_named(named, with_host=_is_staff(values["email"])) if named else None
        return Asker(
            name=values["name"], email=values["email"], organisation=known, organisation_name="" if known else named
        )


def _is_staff(email: str) -> bool:
    """True when the account with this address may come for the host body."""
    user = User.objects.filter(email=email.casefold(), is_active=True).first() if email else None
    return user is not None and any(hat.is_host for hat in hats_of(user))
