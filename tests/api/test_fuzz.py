"""Schemathesis calls every operation with every kind of input, as everybody: nothing breaks, all is as described."""

import itertools
import os

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from cms.api import described
from tests.cast import PEOPLE

ROUNDS = int(os.environ.get("API_ROUNDS", "1"))  # inputs of each of them for each operation; 10 for a night's run
# A value may be as described and still be refused: a cursor that was never given out, a rule that does not hold
LEFT_OUT = [positive_data_acceptance]

schema = schemathesis.openapi.from_dict(SchemaGenerator(patterns=described).get_schema(request=None, public=True))
schema.app = get_wsgi_application()
pytestmark = pytest.mark.usefixtures("one_connection")


@pytest.fixture
def turns(tokens):
    """Whose turn it is: everybody in order, then nobody, and again."""
    return itertools.cycle([*tokens.values(), ""])


@pytest.mark.parametrize("rounds", [ROUNDS])  # gives each operation a test of its own name, by which workers share them
@schema.parametrize()
@settings(
    max_examples=ROUNDS * (len(PEOPLE) + 1),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
def test_every_input_is_answered_to_everybody_as_described(case, rounds, turns):
    token = next(turns)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with transaction.atomic():
        case.call_and_validate(headers=headers, excluded_checks=LEFT_OUT)
        transaction.set_rollback(True)
