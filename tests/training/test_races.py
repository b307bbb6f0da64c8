"""Several requests at once: everything that counts is counted once, on both databases."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from people.transitions import Refused
from tests.factories.training import finish_all_units, make_module, right_answers, units_of, wrong_answers
from training.checks import open_attempt, submit_attempt
from training.enums import CompletionRule
from training.models import Certificate, CheckAttempt, Completion, ModuleStart, RequiredUnit, UnitFinish
from training.progress import finish_unit, start_module

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def at_once(action, times=8):
    """Run the action in threads that all begin together; gives back what each came to."""
    gate = threading.Barrier(times)

    def run(_n):
        gate.wait()
        try:
            return action()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_race_double_start_freezes_one_list(committed_cast):
    module = make_module(units=3)

    at_once(lambda: start_module(module, by=committed_cast.ailsa))

    assert (ModuleStart.objects.count(), RequiredUnit.objects.count()) == (1, 3)


def test_race_double_finish_completes_once_with_one_certificate(committed_cast):
    module = make_module(units=1)
    start = start_module(module, by=committed_cast.ailsa)
    (unit,) = units_of(module)

    at_once(lambda: finish_unit(start, unit, by=committed_cast.ailsa))

    assert (UnitFinish.objects.count(), Completion.objects.count(), Certificate.objects.count()) == (1, 1, 1)


def test_race_last_try_under_double_submission_counts_once(committed_cast):
    start = finish_all_units(make_module(rule=CompletionRule.UNITS_AND_CHECK, tries=1), committed_cast.ailsa)
    attempt = open_attempt(start, by=committed_cast.ailsa)

    at_once(lambda: submit_attempt(attempt, wrong_answers(attempt), by=committed_cast.ailsa))

    assert CheckAttempt.objects.filter(submitted_at__isnull=False).count() == 1
    assert all(
        isinstance(result, Refused) for result in at_once(lambda: open_attempt(start, by=committed_cast.ailsa), 2)
    )


def test_race_double_opening_hands_out_one_paper(committed_cast):
    start = finish_all_units(make_module(rule=CompletionRule.UNITS_AND_CHECK), committed_cast.ailsa)

    papers = at_once(lambda: open_attempt(start, by=committed_cast.ailsa))

    assert len({paper.pk for paper in papers}) == CheckAttempt.objects.count() == 1


def test_race_double_passing_issues_one_certificate(committed_cast):
    start = finish_all_units(make_module(rule=CompletionRule.UNITS_AND_CHECK), committed_cast.ailsa)
    attempt = open_attempt(start, by=committed_cast.ailsa)

    at_once(lambda: submit_attempt(attempt, right_answers(attempt), by=committed_cast.ailsa))

    assert (Completion.objects.count(), Certificate.objects.count()) == (1, 1)
