"""Sign-in by allauth, told about our mail and our people: messages are kept until sent, no password is needed."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.core import context as allauth_context
from django import forms
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from people.lib.names import no_web_address
from people.mail import queue_rendered
from people.models import Identity
from people.tokens import revoke_all
from training.afterwards.session_certificates import join_places


class AccountAdapter(DefaultAccountAdapter):
    """Mail goes through OutgoingMail rows; the name given at joining becomes the person's one name."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This address is on your account already."),
        "email_password_mismatch": _(
            "The e-mail address and the password do not belong together. Try again, or use a code."
        ),
        "email_taken": _("Somebody has joined with this address already."),
        "enter_current_password": _("Type the password you have now."),
        "incorrect_code": _("This code is not right. Check it, or ask for a new one."),
        "incorrect_password": _("This password is not right."),
        "invalid_password_reset": _("This link no longer works. Ask for a new one."),
        "max_email_addresses": _("You can have at most %d addresses."),
        "too_many_login_attempts": _("Too many tries in a short time. Wait a few minutes, or use a code by e-mail."),
        "unverified_primary_email": _("Confirm the address first, then make it the main one."),
        "rate_limited": _("Too many tries in a short time. Wait a few minutes."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        request = allauth_context.request
        context = {
            "email": email,
            "identity": Identity.load(),
            "site_url": settings.SITE_URL,
            "site_name": "Common Ground",
            **context,
        }
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context, request).split())
        text = render_to_string(f"{template_prefix}_message.txt", context, request).strip() + "\n"
        html = render_to_string("email/account-body.html", {**context, "subject": subject, "text": text})
        queue_rendered(template_prefix, email, subject, text, html)

    def post_login(self, request, user, **kwargs):
        """Whoever signs in has proved their address: places that hold it become theirs at once."""
        join_places(user)
        return super().post_login(request, user, **kwargs)

    def set_password(self, user, password: str) -> None:
        """Programs that act for the person stop with the password that was right when their tokens were made."""
        with transaction.atomic():
            super().set_password(user, password)
            revoke_all(user, by=user)

    def save_user(self, request, user, form, commit=True):
        user.name = " ".join(form.cleaned_data.get("name", "").split())
        user.email = form.cleaned_data["email"].lower()
        return super().save_user(request, user, form, commit)

    def clean_email(self, email: str) -> str:
        return super().clean_email(email).lower()


class SignupForm(AllauthSignupForm):
    """Name and e-mail address; a mailed code proves the address and signs in."""

    field_order = ["name", "email"]
    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        validators=[no_web_address],
        help_text=_("As it should stand on your certificates."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("password1", None)  # a mailed code signs in; a password can be set later
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].widget.attrs.pop("placeholder", None)
        self.fields["email"].help_text = _("We send a code to it. You need no password.")
