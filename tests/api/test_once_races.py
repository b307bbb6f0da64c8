"""One Idempotency-Key at the same moment: carried out once, and everybody is told the same."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from appraisal.models import EvidenceEntry
from people.models import GivenAnswer
from tests.api.conftest import Caller, token_for

pytestmark = pytest.mark.race
AT_ONCE = 8


def test_race_many_requests_with_one_key_write_one_example(committed_cast):
    token, gate = token_for(committed_cast.ailsa), threading.Barrier(AT_ONCE)

    def send(_number):
        gate.wait()
        try:
            body = {"situation": "We met on Tuesday.", "happened_on": "2026-01-05"}
            answer = Caller(token).send("/examples/", body, Idempotency_Key="the-same")
            return answer.status_code, answer.content, answer["ETag"]
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = set(pool.map(send, range(AT_ONCE)))

    assert EvidenceEntry.objects.count() == GivenAnswer.objects.count() == 1
    assert len(told) == 1
    assert told.pop()[0] == 201
