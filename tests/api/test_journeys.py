"""Schemathesis goes on with what it got: it creates, reads, changes and deletes in a row, as everybody."""

import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from schemathesis.specs.openapi.checks import ignored_auth

from tests.api.test_fuzz import LEFT_OUT, schema
from tests.cast import PEOPLE

JOURNEYS = int(os.environ.get("API_ROUNDS", "1")) * 3


@pytest.mark.parametrize("who", list(PEOPLE))
def test_journeys_are_answered_as_described(who, tokens, one_connection):
    class Journey(schema.as_state_machine()):
        def get_call_kwargs(self, case):
            return {"headers": {"Authorization": f"Bearer {tokens[who]}", "If-Match": "*"}}

        def validate_response(self, response, case, **options):
            case.validate_response(response, excluded_checks=[*LEFT_OUT, ignored_auth])

    with transaction.atomic():
        run_state_machine_as_test(
            Journey,
            settings=settings(
                max_examples=JOURNEYS,
                stateful_step_count=8,
                deadline=None,
                derandomize=True,
                suppress_health_check=list(HealthCheck),
                phases=[Phase.generate],
            ),
        )
        transaction.set_rollback(True)
