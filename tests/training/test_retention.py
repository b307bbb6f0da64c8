"""What of learning goes with time, and what stays."""

import datetime

import time_machine
from django.utils import timezone

from tests.factories.training import finish_all_units, make_module, try_check, units_of
from training.enums import CompletionRule, Moment
from training.progress import say_confidence, write_reflection
from training.retention import RETENTION


def due():
    return {rule.record: rule.due().count() for rule in RETENTION}


def test_answers_and_confidence_go_after_two_years_and_private_texts_with_the_person(cast):
    start = finish_all_units(make_module(rule=CompletionRule.UNITS_AND_CHECK), cast.ailsa)
    try_check(start, passes=True)
    say_confidence(start, Moment.BEFORE, 3, by=cast.ailsa)
    write_reflection(units_of(start.module)[0], "early-u1-r", "mine", by=cast.ailsa)
    nothing = dict.fromkeys(due(), 0)
    assert due() == nothing

    with time_machine.travel(timezone.now() + datetime.timedelta(days=800)):
        assert due() == nothing | {"training.CheckAttempt": 1, "training.Confidence": 1}

    cast.ailsa.is_active = False
    cast.ailsa.save()
    assert due() == nothing | {"training.Reflection": 1}
