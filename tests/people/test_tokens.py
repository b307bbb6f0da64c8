"""Tokens on the account page: a fresh proof, shown once, one of a name, ended at once."""

import datetime
import re

import pytest
import time_machine
from django.utils import timezone

from people.models import ApiToken, AuditEvent, OutgoingMail
from people.policy import set_policy
from people.tokens import MOST, make_token
from people.transitions import Refused
from tests.cast import PASSWORD

LIST, ADD = "/account/tokens/", "/account/tokens/add/"
SAID = {"name": "Dates into our calendar", "areas": ["sessions", "me"], "writes": "no", "days": "90"}


@pytest.fixture
def proved(client_for):
    """A function that signs somebody in and types their password once more."""

    def client_of(user):
        client = client_for(user)
        client.post(f"/accounts/reauthenticate/?next={ADD}", {"password": PASSWORD})
        return client

    return client_of


def raw_on(page) -> str:
    return re.search(r"cg_[A-Za-z0-9_-]{43}", page.content.decode()).group()


def test_the_password_is_asked_for_before_anything_is_typed(cast, client_for):
    answer = client_for(cast.ailsa).get(ADD)

    assert (answer.status_code, answer.url) == (302, "/accounts/reauthenticate/?next=%2Faccount%2Ftokens%2Fadd%2F")


def test_whoever_signs_in_by_code_has_done_so_lately(cast, client_for, settings, django_capture_on_commit_callbacks):
    settings.KEEP_SENT_MAIL = True
    cast.rhona.set_unusable_password()
    cast.rhona.save()
    client, begun = client_for(), timezone.now()
    with time_machine.travel(begun, tick=False):
        with django_capture_on_commit_callbacks(execute=True):
            client.post("/accounts/login/code/", {"email": cast.rhona.email})
        code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", OutgoingMail.objects.get().text, re.MULTILINE)
        client.post("/accounts/login/code/confirm/", {"code": code.group(1)})

    with time_machine.travel(begun + datetime.timedelta(seconds=299), tick=False):
        assert client.get(ADD).status_code == 200
    with time_machine.travel(begun + datetime.timedelta(seconds=301), tick=False):
        assert client.post(ADD, SAID).status_code == 403
    assert client_for(cast.rhona).get(ADD).status_code == 403
    assert not ApiToken.objects.exists()


def test_it_is_shown_once_works_and_is_told(cast, proved, client_for):
    client = proved(cast.ailsa)
    page = client.post(ADD, SAID)
    raw, token = raw_on(page), ApiToken.objects.get()

    assert page["Cache-Control"] == "private, no-store"
    assert (token.person, token.areas, token.writes) == (cast.ailsa, ["me", "sessions"], False)
    assert datetime.timedelta(days=89) < token.expires_at - timezone.now() <= datetime.timedelta(days=90)
    assert token.digest == ApiToken.digest_of(raw)
    assert raw not in client.get(LIST).content.decode()
    assert client_for().get("/api/v1/me/", headers={"Authorization": f"Bearer {raw}"}).json()["name"] == "Ailsa Grant"
    assert [(row.to, row.template) for row in OutgoingMail.objects.all()] == [("staff@example.org", "token-made")]
    assert raw not in str(OutgoingMail.objects.values())
    assert list(AuditEvent.objects.values_list("record_type", "move", "subject_id")) == [
        ("people.apitoken", "make", cast.ailsa.pk)
    ]


@pytest.mark.parametrize(("areas", "shown"), [(["me", "sessions"], True), (["sessions"], False)])
def test_a_call_to_try_is_shown_only_where_it_would_work(cast, proved, areas, shown):
    page = proved(cast.ailsa).post(ADD, SAID | {"areas": areas}).content.decode()

    assert ("/api/v1/me/" in page) is shown


def test_revoking_ends_it_at_once_and_twice_is_once(cast, client_for):
    raw, token = make_token(name="A program", areas=["me"], writes=True, days=7, by=cast.ailsa)
    client = client_for(cast.ailsa)
    client.post(f"{LIST}{token.pk}/revoke/")
    client.post(f"{LIST}{token.pk}/revoke/")

    assert client_for().get("/api/v1/me/", headers={"Authorization": f"Bearer {raw}"}).status_code == 401
    assert AuditEvent.objects.filter(move="revoke").count() == 1
    assert "revoked on" in client.get(LIST).content.decode()


NEW_PASSWORD = {"password1": "heron-kettle-thimble", "password2": "heron-kettle-thimble"}
TOLD = "Programs that act for you need new tokens: those made before no longer work."


def by_the_page(client, user):
    """The password changed by somebody who is signed in."""
    return client.post("/accounts/password/change/", {"oldpassword": PASSWORD, **NEW_PASSWORD}, follow=True)


def by_the_link(client, user):
    """The password set anew by the link in a mail."""
    client.logout()
    client.post("/accounts/password/reset/", {"email": user.email})
    link = re.search(r"http\S+/password/reset/key/\S+", OutgoingMail.objects.latest("pk").text).group()
    form = client.get(link, follow=True)
    return client.post(form.redirect_chain[-1][0], NEW_PASSWORD, follow=True)


def set_for_the_first_time(client, user):
    """A password set by somebody who signed in by code until now."""
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    return client.post("/accounts/password/set/", NEW_PASSWORD, follow=True)


@pytest.mark.parametrize("change", [by_the_page, by_the_link, set_for_the_first_time])
def test_tokens_end_with_the_password(cast, client_for, settings, change):
    settings.KEEP_SENT_MAIL = True
    made = [make_token(name=name, areas=["me"], writes=True, days=7, by=cast.ailsa) for name in ("One", "Two", "Late")]
    ApiToken.objects.filter(name="Late").update(expires_at=timezone.now())
    raw_of_another, _token = make_token(name="Hers", areas=["me"], writes=True, days=7, by=cast.morag)

    page = change(client_for(cast.ailsa), cast.ailsa)

    assert cast.fresh("ailsa").check_password(NEW_PASSWORD["password1"]), page.content.decode()
    for raw, _token in made:
        assert client_for().get("/api/v1/me/", headers={"Authorization": f"Bearer {raw}"}).status_code == 401
    headers = {"Authorization": f"Bearer {raw_of_another}"}
    assert client_for().get("/api/v1/me/", headers=headers).status_code == 200
    rows = AuditEvent.objects.filter(move="revoke").values_list("record_type", "record_id", "actor_id", "subject_id")
    ailsa = cast.ailsa.pk
    assert sorted(rows) == [("people.apitoken", token.pk, ailsa, ailsa) for _raw, token in made[:2]]
    assert TOLD in page.content.decode()
    assert TOLD in " ".join(OutgoingMail.objects.latest("pk").text.split())


def test_a_wrong_password_ends_no_token(cast, client_for):
    make_token(name="One", areas=["me"], writes=True, days=7, by=cast.ailsa)

    client_for(cast.ailsa).post("/accounts/password/change/", {"oldpassword": "guessed", **NEW_PASSWORD})

    assert ApiToken.objects.live().count() == 1


def test_nobody_sees_or_revokes_another_ones(cast, client_for):
    _raw, token = make_token(name="Secret program", areas=["me"], writes=True, days=7, by=cast.ailsa)

    for name, other in cast.people.items():
        if name == "ailsa":
            continue
        client = client_for(other)
        assert "Secret program" not in client.get(LIST).content.decode(), name
        assert client.post(f"{LIST}{token.pk}/revoke/").status_code == 404, name
    assert ApiToken.objects.live().count() == 1


def test_a_name_means_one_token_and_there_are_not_endless_ones(cast):
    def made(name, days=7):
        return make_token(name=name, areas=["me"], writes=False, days=days, by=cast.ailsa)

    made("The same")
    with pytest.raises(Refused, match="You have a token with this name"):
        made("The same")
    for number in range(MOST - 1):
        made(f"Number {number}")
    with pytest.raises(Refused, match="You have 20 tokens"):
        made("One more")
    ApiToken.objects.update(revoked_at=timezone.now())
    set_policy("api_token_most_days", 30)
    with pytest.raises(Refused, match="at most 30 days"):
        made("The same", days=90)
    assert made("The same")[1].is_live


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "Say what it is for"),
        ({"areas": []}, "Choose at least one"),
        ({"areas": ["everything"]}, "not one of the available choices"),
        ({"writes": ""}, "Choose one of these"),
        ({"days": "9999"}, "not one of the available choices"),
        ({"name": "x" * 81}, "at most 80 characters"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_kept(cast, proved, wrong, sentence):
    page = proved(cast.ailsa).post(ADD, SAID | {"name": "<b>Mine</b>"} | wrong)

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert "<b>Mine</b>" not in page.content.decode()
    assert not ApiToken.objects.exists()
