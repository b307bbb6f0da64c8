"""Sign-in: one door for site and content admin, kept mail, nobody learns whether an address exists."""

import re
from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from django.conf import settings as project_settings
from django.test import RequestFactory
from django.urls import reverse

from people.models import OutgoingMail, User


@pytest.fixture
def known(cast):
    EmailAddress.objects.get_or_create(
        user=cast.rhona, email=cast.rhona.email, defaults={"verified": True, "primary": True}
    )
    return cast.rhona


def code_in(mail):
    return re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", mail.text, re.MULTILINE).group(1)


@pytest.fixture(autouse=True)
def keep_mail(settings):
    settings.KEEP_SENT_MAIL = True


def test_the_content_admin_uses_the_same_door(client_for, db):
    anonymous = client_for()

    assert anonymous.get("/cms/login/?next=/cms/").url == "/accounts/login/?next=/cms/"
    assert anonymous.get("/cms/").url.startswith("/accounts/login/")


def test_a_mailed_code_signs_in_and_its_mail_is_kept(client_for, known, django_capture_on_commit_callbacks):
    client = client_for()

    with django_capture_on_commit_callbacks(execute=True):
        asked = client.post(reverse("account_request_login_code"), {"email": known.email.upper()})
    mail = OutgoingMail.objects.get()
    client.post(reverse("account_confirm_login_code"), {"code": code_in(mail)})

    assert asked.status_code == 302
    assert (mail.to, mail.template) == (known.email, "account/email/login_code")
    assert mail.sent_at is not None
    assert "Varrach" not in mail.subject
    assert client.get("/my-work/").status_code == 200


def test_asking_for_a_code_says_the_same_for_an_unknown_address(client_for, known):
    there = client_for().post(reverse("account_request_login_code"), {"email": known.email})
    not_there = client_for().post(reverse("account_request_login_code"), {"email": "nobody@example.org"})

    assert (there.status_code, there.url) == (not_there.status_code, not_there.url)
    subjects = set(OutgoingMail.objects.values_list("to", "subject"))
    assert subjects == {
        (known.email, "Your code to sign in"),
        ("nobody@example.org", "Somebody tried to sign in with your address"),
    }


def test_joining_needs_a_name_and_an_address_and_no_password(client_for, db):
    client = client_for()

    client.post(reverse("account_signup"), {"name": " Isla  Reid ", "email": "Isla@Example.org"})
    mail = OutgoingMail.objects.get()
    client.post(reverse("account_email_verification_sent"), {"code": code_in(mail)})

    user = User.objects.get()
    assert (user.name, user.email, user.has_usable_password()) == ("Isla Reid", "isla@example.org", False)
    assert EmailAddress.objects.get().verified
    assert client.get("/my-work/").status_code == 200


def test_joining_with_a_web_address_for_a_name_is_refused(client_for, db):
    response = client_for().post(reverse("account_signup"), {"name": "www.evil.example", "email": "isla@example.org"})

    assert "Please write the name alone, without a web address" in response.content.decode()
    assert not User.objects.filter(email="isla@example.org").exists()


def test_joining_with_a_known_address_looks_the_same_and_tells_its_owner(client_for, known):
    new = client_for().post(reverse("account_signup"), {"name": "Isla", "email": "isla@example.org"})
    again = client_for().post(reverse("account_signup"), {"name": "Isla", "email": known.email})

    assert (new.status_code, new.url) == (again.status_code, again.url)
    assert OutgoingMail.objects.get(to=known.email).subject == "You have an account already"


def test_a_refusing_server_keeps_the_mail(client_for, known, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with django_capture_on_commit_callbacks(execute=True):
        client_for().post(reverse("account_request_login_code"), {"email": known.email})

    mail = OutgoingMail.objects.get()
    assert mail.sent_at is None
    assert "ConnectionRefusedError" in mail.last_error
    assert code_in(mail)


def test_wrong_passwords_are_limited(client_for, known):
    client = client_for()
    answers = [
        client.post(reverse("account_login"), {"login": known.email, "password": f"wrong-{number}"}).content.decode()
        for number in range(12)
    ]

    assert "Too many" in answers[-1]
    assert "Too many" not in answers[0]


def test_hostile_names_stay_text_on_the_account_page(client_for, cast):
    client = client_for(cast.rhona)

    client.post("/account/", {"name": "<script>alert(1)</script>"})

    cast.rhona.refresh_from_db()
    assert cast.rhona.name == "<script>alert(1)</script>"
    assert "<script>alert" not in client.get("/account/").content.decode()


# --- Changing the address ---

NEW = {"action_add": "", "email": "rhona@example.net"}


def test_a_new_address_needs_the_password_again(client_for, known):
    client = client_for(known)

    response = client.post(reverse("account_email"), NEW)

    assert response.url.startswith(reverse("account_reauthenticate"))
    assert not EmailAddress.objects.filter(email="rhona@example.net").exists()
    assert not OutgoingMail.objects.exists()
    assert reverse("account_reset_password") in client.get(response.url).text  # for who signed in with a code
    client.post(response.url, {"password": "common-ground"})
    assert OutgoingMail.objects.get().to == "rhona@example.net"


def test_the_main_address_is_neither_changed_nor_removed_without_the_password(client_for, known):
    EmailAddress.objects.create(user=known, email="rhona@example.net", verified=True)
    client = client_for(known)

    for action in ("action_primary", "action_remove"):
        response = client.post(reverse("account_email"), {action: "", "email": "rhona@example.net"})
        assert response.url.startswith(reverse("account_reauthenticate"))

    assert EmailAddress.objects.get(email="rhona@example.net").primary is False


def test_who_signs_in_by_code_alone_can_still_change_the_address(client_for, known):
    known.set_unusable_password()
    known.save()
    client = client_for(known)

    client.post(reverse("account_email"), NEW)
    code = code_in(OutgoingMail.objects.get())
    client.post(reverse("account_email_verification_sent"), {"code": code})
    client.post(reverse("account_email"), {"action_primary": "", "email": "rhona@example.net"})

    assert EmailAddress.objects.get(user=known, primary=True).email == "rhona@example.net"
    told = OutgoingMail.objects.filter(template="account/email/email_changed").get()
    assert told.to == "partner@example.org"


# --- Every mail of allauth in our words ---

ALLAUTH = Path(allauth.__file__).parent / "templates"
OURS = Path(project_settings.BASE_DIR) / "templates"
MAILS = sorted(
    str(file.relative_to(ALLAUTH))
    for app in ("account", "mfa")
    for file in (ALLAUTH / app / "email").glob("*.txt")
    if not file.name.startswith("webauthn")  # not offered
)
NOTIFICATIONS = sorted(
    name.removesuffix("_message.txt") for name in MAILS
    if name.endswith("_message.txt") and "base_notification.txt" in (OURS / name).read_text(encoding="utf-8")
)  # fmt: skip


@pytest.mark.parametrize("name", MAILS)
def test_every_mail_of_allauth_has_a_text_of_ours(name):
    assert (OURS / name).exists()


@pytest.mark.parametrize("prefix", NOTIFICATIONS)
def test_a_notification_says_what_to_do_when_it_was_somebody_else(known, prefix):
    request = RequestFactory().get("/", headers={"user-agent": "A browser <b>"})
    request.user = known
    details = {"from_email": "old@example.org", "to_email": "new@example.org", "deleted_email": "old@example.org"}

    with allauth_context.request_context(request):
        get_adapter(request).send_notification_mail(prefix, known, details)

    mail = OutgoingMail.objects.get()
    assert "write to help@example.org at once" in " ".join(mail.text.split())
    assert "A browser <b>" in mail.text
    assert "A browser <b>" not in mail.html
    assert "!" not in mail.subject + mail.text
    assert "you need do nothing." not in mail.html.split("You get this because")[1]
