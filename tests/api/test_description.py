"""The description of the API: valid, complete, without a warning, and for those who may call it."""

import re

import pytest
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from cms.api import described
from people.enums import ApiArea
from tests.api.conftest import BASE, Caller


@pytest.fixture(scope="module")
def description():
    GENERATOR_STATS.reset()
    return SchemaGenerator(patterns=described).get_schema(request=None, public=True)


def operations(description):
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def test_it_is_valid_openapi_without_a_warning(description):
    validate_schema(description)

    assert description["openapi"] == "3.1.0"
    assert not GENERATOR_STATS._warn_cache
    assert not GENERATOR_STATS._error_cache


def test_every_operation_says_what_it_does_for_whom_and_what_can_go_wrong(description):
    wrong = []
    for name, operation in operations(description):
        wrong += [f"{name}: no {part}" for part in ("summary", "description", "x-role") if not operation.get(part)]
        wrong += [f"{name}: {operation['summary']!r} ends in a full stop"] * operation["summary"].endswith(".")
        statuses = set(operation["responses"])
        wrong += [f"{name}: no {status}" for status in ("400", "401", "403", "429") if status not in statuses]
        wrong += [f"{name}: no 404"] * ("{" in name and "404" not in statuses)
        wrong += [f"{name}: no answer that is fine"] * (not any(status[0] == "2" for status in statuses))
        wrong += [f"{name}: group {tag}" for tag in operation["tags"] if tag not in ApiArea.values]
        wrong += [f"{name}: {operation['operationId']}"] * (not re.fullmatch(r"[a-z_]+", operation["operationId"]))
    assert not wrong, "\n".join(wrong)


def test_every_body_that_is_sent_has_an_example(description):
    schemas, wrong = description["components"]["schemas"], []
    for name, operation in operations(description):
        sent = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        component = schemas.get(sent.get("schema", {}).get("$ref", "").rpartition("/")[2], {})
        wrong += [name] * bool(component.get("properties") and not sent.get("examples"))
    assert not wrong, "\n".join(wrong)


def test_every_field_of_a_body_has_a_type(description):
    wrong = [
        f"{name}.{field}"
        for name, component in description["components"]["schemas"].items()
        for field, schema in component.get("properties", {}).items()
        if not {"type", "$ref", "allOf", "oneOf", "anyOf", "enum"} & set(schema)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_programs_and_people_read_it(cast, caller_for, client_for):
    answer = caller_for(cast.rhona).read("/schema/", Accept="application/vnd.oai.openapi+json")

    assert answer.status_code == 200
    assert answer.json()["info"]["title"] == "Common Ground API"
    assert answer.json()["info"]["description"].startswith("Common Ground is where")
    assert Caller().read("/schema/").status_code in (401, 403)
    page = client_for(cast.rhona).get(f"{BASE}/docs/")
    assert page.status_code == 200
    assert "//cdn" not in page.content.decode()
    assert Caller().read("/docs/")["Location"] == "/accounts/login/?next=/api/v1/docs/"


@pytest.mark.django_db
def test_a_password_opens_nothing_by_itself(cast):
    basic = {"Authorization": "Basic c3RhZmZAZXhhbXBsZS5vcmc6Y29tbW9uLWdyb3VuZA=="}

    for path in ("/me/", "/schema/"):
        assert Caller().read(path, **basic).status_code in (401, 403), path


def test_what_is_lost_with_an_answer_taken_back_is_said_before(description):
    path = "/api/v1/reviews/{id}/moves/take_back_answer/"

    assert "What was said goes with it" in description["paths"][path]["post"]["description"]
