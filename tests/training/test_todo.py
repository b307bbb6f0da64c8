"""What learning puts on My work: where to go on, and nothing that is done."""

import pytest
from django.urls import reverse

from people.transitions import SYSTEM, person
from tests.factories.training import finish_all_units, make_module, try_check, units_of
from training.enums import CompletionRule
from training.progress import finish_unit, start_module
from training.todo import todo_for


def test_begun_module_leads_to_its_first_unfinished_unit(cast):
    module = make_module(units=3)
    finish_unit(start_module(module, by=cast.rhona), units_of(module)[0], by=cast.rhona)

    (task,) = todo_for(person(cast.rhona))

    assert task.title == "Go on with “Early”: Early u2"
    assert task.url == reverse("learning:unit", args=["early", "early-u2"])
    assert (task.hint, task.kind, task.due) == ("1 of 3 units done, about 16 minutes left", "continue", None)


def test_all_units_done_leads_to_the_check_then_to_what_is_left(cast):
    start = finish_all_units(make_module(rule=CompletionRule.UNITS_AND_CHECK_AND_TRY), cast.ailsa)
    assert [task.url for task in todo_for(person(cast.ailsa))] == [reverse("learning:check", args=["early"])]

    try_check(start, passes=True)
    assert [task.url for task in todo_for(person(cast.ailsa))] == [reverse("learning:module", args=["early"])]


def test_withdrawn_unit_is_nobodys_next_step(cast):
    module = make_module(units=2)
    start_module(module, by=cast.ailsa)
    units_of(module)[0].unpublish()

    assert [task.url for task in todo_for(person(cast.ailsa))] == [reverse("learning:unit", args=["early", "early-u2"])]


def test_completed_modules_and_other_peoples_are_no_task(cast):
    finish_all_units(make_module(), cast.ailsa)
    start_module(make_module("other"), by=cast.rhona)

    assert todo_for(person(cast.ailsa)) == []
    assert todo_for(person(cast.morag)) == []
    assert todo_for(SYSTEM) == []


@pytest.mark.parametrize("count", [1, 3, 12])
def test_todo_asks_the_same_queries_whatever_was_begun(cast, django_assert_num_queries, count):
    for n in range(count):
        start_module(make_module(f"m{n}"), by=cast.ailsa)

    with django_assert_num_queries(3):
        assert len(todo_for(person(cast.ailsa))) == count
