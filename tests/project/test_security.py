"""What every answer carries: headers, content policy, cookies. What production insists on."""

import os
import re
import subprocess
import sys

import pytest
from django.test import Client

from tests.project.test_settings import GOOD, ROOT

ABOUT_DEBIAN = {"people.W001", "people.W002"}  # packages of this machine say nothing about the settings


@pytest.fixture
def front(db) -> Client:
    return Client()


def policy_of(response) -> dict[str, list[str]]:
    header = response["Content-Security-Policy"]
    return {words[0]: words[1:] for part in header.split(";") if (words := part.split())}


@pytest.mark.parametrize("address", ["/accounts/login/", "/verify/", "/framework/", "/no-such-page/"])
def test_our_pages_carry_every_header(front, address):
    response = front.get(address)

    policy = policy_of(response)
    assert policy["default-src"] == ["'self'"]
    assert policy["object-src"] == ["'none'"]
    assert policy["base-uri"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'self'"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    for power in ("camera", "geolocation", "microphone", "payment", "usb"):
        assert f"{power}=()" in response["Permissions-Policy"]


def test_a_signed_in_page_has_the_strict_policy_too(client_for, cast):
    assert "unsafe" not in client_for(cast.ailsa).get("/my-work/")["Content-Security-Policy"]


def test_only_the_content_admin_may_run_what_wagtail_writes_inline(client_for, cast):
    policy = policy_of(client_for(cast.senga).get("/cms/"))

    assert "'unsafe-inline'" in policy["script-src"]
    assert policy["object-src"] == ["'none'"]
    assert "'unsafe-eval'" not in policy["script-src"]


def test_the_session_cookie_is_out_of_reach_of_scripts(client_for, cast, settings):
    client = Client()
    client.post("/accounts/login/", {"login": cast.ailsa.email, "password": "common-ground"})

    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_form_from_another_site_is_refused(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ailsa, backend="django.contrib.auth.backends.ModelBackend")

    assert client.post("/evidence/add/", {"title": "x"}).status_code == 403


def test_sign_in_does_not_tell_whether_an_address_exists(cast):
    answers = {
        Client().post("/accounts/login/", {"login": address, "password": "wrong-password"}).content.count(b"<form")
        for address in (cast.ailsa.email, "nobody@example.org")
    }
    known, unknown = (
        Client().post("/accounts/login/code/", {"email": address})
        for address in (cast.ailsa.email, "nobody@example.org")
    )
    assert len(answers) == 1
    assert (known.status_code, known.headers.get("Location")) == (unknown.status_code, unknown.headers.get("Location"))


def test_sign_in_is_limited_by_rate(cast):
    client = Client()
    answers = [
        client.post("/accounts/login/", {"login": cast.ailsa.email, "password": f"wrong-{n}"}) for n in range(12)
    ]

    right = client.post("/accounts/login/", {"login": cast.ailsa.email, "password": "common-ground"})
    assert right.status_code != 302
    assert answers[0].status_code == 200


def test_a_page_of_another_site_is_not_a_place_to_go_next(cast):
    response = Client().post(
        "/accounts/login/?next=https://evil.example.com/",
        {"login": cast.ailsa.email, "password": "common-ground", "next": "https://evil.example.com/"},
    )

    assert "evil" not in response.headers.get("Location", "")


@pytest.mark.parametrize("left_out", [(), ("DATABASE_URL", "CACHE_URL")], ids=["PostgreSQL", "SQLite"])
def test_the_deploy_check_is_clean(tmp_path, left_out):
    environment = {name: value for name, value in GOOD.items() if name not in left_out} | {"VAR_DIR": str(tmp_path)}
    environment |= {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "manage.py", "check", "--deploy"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    said = set(re.findall(r"\((\w+\.[CEIW]\d+)\)", done.stderr))
    assert done.returncode == 0, done.stderr
    assert said - ABOUT_DEBIAN == set(), done.stderr


def test_production_cookies_and_transport():
    code = (
        "from django.conf import settings as s; print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, "
        "s.SESSION_COOKIE_NAME, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS >= 31536000, s.DEBUG, s.DEMO)"
    )
    environment = GOOD | {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["True", "True", "__Host-session", "True", "True", "False", "False"], done.stderr
