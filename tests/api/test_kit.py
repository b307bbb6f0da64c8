"""What every operation shares: bodies, problems, pages, tokens, limits."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from people.enums import ApiArea, Sector
from people.models import ApiToken, GivenAnswer, Organisation
from people.policy import set_policy
from people.rest.problems import CONTENT_TYPE, MOST_ERRORS
from tests.api.conftest import BASE, Caller, token_for

pytestmark = pytest.mark.django_db
SECOND = datetime.timedelta(seconds=1)


def test_me_is_whoever_made_the_token(cast, caller_for):
    answer = caller_for(cast.ailsa).read("/me/")

    assert answer.status_code == 200
    assert answer.json() == {
        "id": cast.ailsa.pk,
        "name": "Ailsa Grant",
        "email": "staff@example.org",
        "roles": [],
        "posts": [
            {
                "title": "Catchment officer",
                "team": "Varrach catchment",
                "line_manager": {"id": cast.morag.pk, "name": "Morag Sinclair"},
                "starts_on": cast.ailsa.posts.get().starts_on.isoformat(),
            }
        ],
        "affiliations": [],
    }
    assert answer["Cache-Control"] == "private, no-store"


def code_of(answer):
    assert answer["Content-Type"] == CONTENT_TYPE
    body = answer.json()
    assert body["status"] == answer.status_code
    return body["status"], body["code"]


def test_nobody_gets_in_without_a_token_that_works(cast, caller_for):
    over = token_for(cast.ailsa, expires_at=timezone.now() - SECOND)
    revoked = token_for(cast.ailsa, revoked_at=timezone.now())
    gone = token_for(cast.dougie)
    type(cast.dougie).objects.filter(pk=cast.dougie.pk).update(is_active=False)

    for token in ("", "cg_nonsense", over, revoked, gone, "é", "two words"):
        answer = Caller(token).read("/me/")
        assert answer.status_code == 401, token
        assert answer["WWW-Authenticate"] == "Bearer"
        code_of(answer)


def test_only_the_hash_of_a_token_is_kept(cast):
    raw = token_for(cast.ailsa)

    row = ApiToken.objects.get()
    assert raw.startswith(row.start)
    assert len(row.start) == 11
    assert raw not in str(vars(row))


def test_a_token_reaches_no_other_area(cast, caller_for):
    answer = caller_for(cast.ailsa, areas=[ApiArea.LEARNING]).read("/me/")

    assert code_of(answer) == (403, "permission_denied")
    assert answer.json()["detail"] == "This token was not made for this part of the API."


def test_a_session_reads_too(cast, client_for):
    assert client_for(cast.ailsa).get(f"{BASE}/me/").json()["name"] == "Ailsa Grant"


def test_the_last_use_is_kept_at_most_every_few_minutes(cast):
    caller = Caller(token_for(cast.ailsa))
    caller.read("/me/")
    first = ApiToken.objects.get().last_used_at
    caller.read("/me/")

    assert first is not None
    assert ApiToken.objects.get().last_used_at == first


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing/", 404),
        ("/organisations/999999/", 404),
        ("/organisations/99999999999999999999999/", 404),
        ("/organisations/nobody/", 404),
        ("/organisations/?page_size=0", 400),
        ("/organisations/?page_size=-1", 400),
        ("/organisations/?page_size=1e9", 400),
        ("/organisations/?page_size=1000000000", 200),
        ("/organisations/?page_size=" + "9" * 5000, 200),
        ("/organisations/?cursor=nonsense", 400),
        ("/organisations/?cursor=cD0lMDA%3D%00", 400),
        ("/organisations/?cursor=cD0lMDA%3D", 400),
        ("/partnerships/?q=%00", 400),
        ("/partnerships/?q=" + "x" * 100_000, 400),
        ("/partnerships/?q=%ed%a0%80", 200),
        ("/me/?format=xml", 200),
    ],
)
def test_what_no_address_means_is_json_and_never_breaks(cast, caller_for, path, status):
    answer = caller_for(cast.ailsa).read(path)

    assert answer.status_code == status
    assert answer["Content-Type"] == (CONTENT_TYPE if status > 399 else "application/json")


def test_pages_follow_their_cursor(cast, caller_for):
    rows = [Organisation(name=f"Group {n:03}", slug=f"group-{n}", sector=Sector.COMMUNITY) for n in range(150)]
    Organisation.objects.bulk_create(rows)
    caller, seen, path = caller_for(cast.ailsa), [], "/organisations/?page_size=1000"
    while path:
        page = caller.read(path).json()
        seen.append([row["name"] for row in page["results"]])
        path = page["next"] and page["next"].split(BASE)[1]

    assert [len(names) for names in seen] == [100, 53]
    names = [name for page in seen for name in page]
    assert names == sorted(names)


def test_limits_are_told_and_kept(cast, caller_for):
    set_policy("api_requests_per_minute", 2)
    caller = caller_for(cast.ailsa)

    told = [caller.read("/me/") for _ in range(3)]

    assert [answer.status_code for answer in told] == [200, 200, 429]
    assert [answer["RateLimit-Limit"] for answer in told] == ["2", "2", "2"]
    assert [answer["RateLimit-Remaining"] for answer in told] == ["1", "0", "0"]
    assert 0 < int(told[2]["Retry-After"]) <= 60
    assert code_of(told[2]) == (429, "throttled")
    assert caller_for(cast.morag).read("/me/").status_code == 200


def test_wrong_tokens_are_counted_by_address(cast):
    set_policy("api_strangers_per_minute", 2)

    assert [Caller("cg_guess").read("/me/").status_code for _ in range(3)] == [401, 401, 429]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_an_address_that_means_nothing_is_no_page(cast, caller_for, method):
    for path in ("/nothing/", "/me", "/examples/AAA/moves/share/", "/examples/null,null/", "/"):
        for caller in (caller_for(cast.ailsa), Caller(enforce_csrf_checks=True)):
            answer = caller.call(method, f"{BASE}{path}", None if method == "GET" else {})
            assert code_of(answer) == (404, "not_found"), path


def test_a_session_writes_with_its_csrf_token_alone(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ailsa, backend="django.contrib.auth.backends.ModelBackend")
    body = {"situation": "We met on Tuesday.", "happened_on": "2026-01-05"}
    path, kind = f"{BASE}/examples/", {"content_type": "application/json"}

    refused = client.post(path, body, **kind)
    client.get("/account/")
    token = client.cookies["csrftoken"].value
    kept = client.post(path, body, headers={"X-CSRFToken": token}, **kind)

    assert code_of(refused) == (403, "permission_denied")
    assert kept.status_code == 201


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("a=1", "application/x-www-form-urlencoded", 415),
        ("<a/>", "application/xml", 415),
        ("{}", "text/plain", 415),
        ("{", "application/json", 400),
        ("[]", "application/json", 400),
        ("null", "application/json", 400),
        ('"text"', "application/json", 400),
        ('{"situation": 1e400}', "application/json", 400),
        ('{"situation": "x", "situation": "y"}', "application/json", 400),
        ('{"situation": "\\ud800"}', "application/json", 400),
        ("[" * 50_000, "application/json", 400),
        ('"' + "x" * 3_000_000 + '"', "application/json", 413),
    ],
)
def test_a_body_that_is_none_is_refused_in_json(cast, body, kind, status):
    headers = {"Authorization": f"Bearer {token_for(cast.ailsa)}"}
    answer = Client(raise_request_exception=False).generic(
        "POST", f"{BASE}/examples/", body, content_type=kind, headers=headers
    )

    assert code_of(answer)[0] == status


def test_a_body_with_very_many_mistakes_gets_a_short_answer(cast, caller_for):
    body = {"situation": "We met.", "happened_on": "2026-01-05", "behaviours": [[]] * 1900}

    answer = caller_for(cast.ailsa).send("/examples/", body)

    assert code_of(answer) == (400, "invalid")
    assert len(answer.json()["errors"]) <= MOST_ERRORS
    assert len(answer.content) < 20_000


def test_an_answer_is_told_again_for_as_long_as_the_policy_says(cast, caller_for):
    caller, body = caller_for(cast.ailsa), {"situation": "We met.", "happened_on": "2026-01-05"}
    first = caller.send("/examples/", body, Idempotency_Key="k")
    again = caller.send("/examples/", body, Idempotency_Key="k")
    GivenAnswer.objects.update(at=timezone.now() - datetime.timedelta(hours=25))
    anew = caller.send("/examples/", body, Idempotency_Key="k")

    assert again.json() == first.json()
    assert again["Idempotent-Replayed"] == "true"
    assert anew.status_code == 201
    assert anew.json()["id"] != first.json()["id"]


def test_a_session_with_its_csrf_token_may_send_a_key(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ailsa, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/account/")
    headers = {"X-CSRFToken": client.cookies["csrftoken"].value, "Idempotency-Key": "k"}
    body = {"situation": "We met.", "happened_on": "2026-01-05"}

    kept = client.post(f"{BASE}/examples/", body, content_type="application/json", headers=headers)

    assert kept.status_code == 201


def test_wrong_tokens_are_counted_at_the_description_too(cast):
    set_policy("api_strangers_per_minute", 2)

    assert [Caller("cg_guess").read("/schema/").status_code for _ in range(3)] == [401, 401, 429]
