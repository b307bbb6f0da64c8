"""Numbers a body sets for itself."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.enums import Role
from people.models import PolicyValue
from people.policy import POLICIES, policy, set_policy


def test_without_a_row_the_default_holds(db):
    assert policy("certificate_validity_months") == POLICIES["certificate_validity_months"].default


def test_a_body_sets_its_own_number_and_it_holds_at_once(db):
    assert policy("confirmation_days") == 30

    set_policy("confirmation_days", 14)

    assert policy("confirmation_days") == 14
    set_policy("confirmation_days", 21)
    assert policy("confirmation_days") == 21
    assert PolicyValue.objects.get().value == 21


def test_zero_is_a_number(db):
    set_policy("confirmation_days", 0)
    assert policy("confirmation_days") == 0


def test_an_unknown_key_is_a_programming_error(db):
    with pytest.raises(KeyError):
        policy("no_such_number")
    with pytest.raises(KeyError):
        set_policy("no_such_number", 1)


def test_values_are_read_once(db):
    with CaptureQueriesContext(connection) as queries:
        for key in POLICIES:
            policy(key)
    assert len(queries) == 1


@pytest.mark.parametrize("key", POLICIES)
def test_every_policy_says_what_it_means_and_who_may_change_it(key):
    row = POLICIES[key]
    assert row.key == key
    assert row.default >= 0
    assert row.unit
    assert row.meaning[0].isupper()
    assert row.role in set(Role)
