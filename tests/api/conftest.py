"""A caller of the API: somebody's token, JSON in and out."""

import datetime
import json

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.utils import timezone

from people.enums import ApiArea
from people.models import ApiToken
from people.policy import set_policy

BASE = "/api/v1"


class Caller(Client):
    """A client that speaks JSON with a token, or with none."""

    def __init__(self, token: str = "", **options):
        super().__init__(**options)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def call(self, method: str, path: str, body=None, **headers):
        """One request; headers are written with underscores. Text is sent as it is, anything else as JSON."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        data = body if isinstance(body, (str, bytes)) else "" if body is None else json.dumps(body)
        return self.generic(method, path, data, content_type="application/json", headers={**self.headers, **named})

    def read(self, path: str, **headers):
        """The answer to GET."""
        return self.call("GET", f"{BASE}{path}", **headers)

    def send(self, path: str, body=None, **headers):
        """The answer to POST."""
        return self.call("POST", f"{BASE}{path}", {} if body is None else body, **headers)


def token_for(user, *, areas=tuple(ApiArea), writes=True, **fields) -> str:
    """A raw token of this person, for all areas unless said."""
    raw, kept = ApiToken.make()
    fields.setdefault("expires_at", timezone.now() + datetime.timedelta(days=30))
    ApiToken.objects.create(person=user, name="A program", areas=list(areas), writes=writes, **kept, **fields)
    return raw


@pytest.fixture
def caller_for(db):
    """A function that gives a caller with a token of somebody; for None one without."""

    def make(user=None, **options) -> Caller:
        return Caller(token_for(user, **options) if user is not None else "", raise_request_exception=False)

    return make


@pytest.fixture
def one_connection():
    """A server closes its connection after a request; here all stay in the transaction of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def tokens(demo):
    """A token of everybody for everything, over the demo."""
    set_policy("api_requests_per_minute", 10**6)
    set_policy("api_strangers_per_minute", 10**6)
    return {name: token_for(person) for name, person in demo.items()}
