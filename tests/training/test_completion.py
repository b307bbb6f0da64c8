"""When a module is completed, under every rule and any order of events; and what takes nothing away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.transitions import NotYours, Refused
from tests.factories.training import finish_all_units, make_module, make_unit, publish, try_check, units_of
from training.completion import Standing, complete_if_done
from training.enums import CompletionRule
from training.models import Certificate, Completion, UnitFinish
from training.progress import finish_unit, note_try, start_module, withdrawn_titles

facts = st.builds(
    Standing,
    units_left=st.integers(0, 5),
    units_done=st.integers(0, 5),
    needs_check=st.booleans(),
    check_passed=st.booleans(),
    needs_try=st.booleans(),
    tried=st.booleans(),
)


@given(facts)
def test_complete_means_nothing_the_rule_asks_for_is_missing(now):
    missing = [
        now.units_left > 0,
        now.units_done == 0,
        now.needs_check and not now.check_passed,
        now.needs_try and not now.tried,
    ]

    assert now.is_complete == (not any(missing))


@given(facts)
def test_check_never_opens_before_the_units_are_done(now):
    assert not (now.check_open and now.units_left)


def _units(start):
    for unit in units_of(start.module):
        finish_unit(start, unit, by=start.person)


def _check(start):
    try_check(start, passes=True)


def _try(start):
    unit = units_of(start.module)[-1]
    note_try(start, unit, unit.try_it_ids()[0], "They said no", by=start.person)


@pytest.mark.parametrize(
    ("rule", "steps"),
    [
        (CompletionRule.UNITS, [_units]),
        (CompletionRule.UNITS_AND_CHECK, [_units, _check]),
        (CompletionRule.UNITS_AND_TRY, [_units, _try]),
        (CompletionRule.UNITS_AND_TRY, [_try, _units]),
        (CompletionRule.UNITS_AND_CHECK_AND_TRY, [_units, _check, _try]),
        (CompletionRule.UNITS_AND_CHECK_AND_TRY, [_units, _try, _check]),
        (CompletionRule.UNITS_AND_CHECK_AND_TRY, [_try, _units, _check]),
    ],
)
def test_completed_with_the_last_step_of_the_rule_and_not_before(cast, rule, steps):
    start = start_module(make_module(rule=rule), by=cast.ailsa)

    for step in steps[:-1]:
        step(start)
        assert not Completion.objects.exists()
    steps[-1](start)

    completion = Completion.objects.get(start=start)
    assert (completion.title, completion.edition, completion.revision_id) == ("Early", 1, start.module.live_revision_id)
    assert Certificate.objects.filter(holder=cast.ailsa).count() == 1


def test_completed_twice_is_completed_once(cast):
    start = finish_all_units(make_module(), cast.ailsa)
    finish_all_units(start.module, cast.ailsa)

    assert complete_if_done(start) == complete_if_done(start) == Completion.objects.get()
    assert (UnitFinish.objects.count(), Certificate.objects.count()) == (2, 1)


def test_completed_stays_when_editors_change_everything(cast):
    module = make_module()
    start = finish_all_units(module, cast.ailsa)

    make_unit(module, "added-later")
    units_of(module)[0].unpublish()
    publish(module, completion_rule=CompletionRule.UNITS, change="material")
    finish_unit(start, units_of(module)[0], by=cast.ailsa)

    completion = Completion.objects.select_related("start__module").get()
    assert (completion.edition, completion.is_on_earlier_edition) == (1, True)


def test_unit_added_after_the_start_is_not_required(cast):
    module = make_module()
    start = start_module(module, by=cast.ailsa)
    first, second = units_of(module)

    make_unit(module, "added-later")
    finish_unit(start, first, by=cast.ailsa)
    finish_unit(start, second, by=cast.ailsa)

    assert Completion.objects.filter(start=start).exists()


def test_unit_withdrawn_before_it_was_finished_stands_in_nobodys_way(cast):
    module = make_module()
    start = start_module(module, by=cast.ailsa)
    first, second = units_of(module)

    second.unpublish()
    finish_unit(start, first, by=cast.ailsa)

    assert withdrawn_titles(start) == ["Early u2"]
    assert Completion.objects.filter(start=start).exists()
    with pytest.raises(Refused, match="withdrawn"):
        finish_unit(start, type(second).objects.get(pk=second.pk), by=cast.ailsa)


def test_nothing_read_is_never_completed_even_when_all_is_withdrawn(cast):
    module = make_module()
    start = start_module(module, by=cast.ailsa)
    for unit in units_of(module):
        unit.unpublish()

    assert complete_if_done(start) is None


def test_rule_of_the_start_is_kept_when_the_module_asks_for_more(cast):
    module = make_module(rule=CompletionRule.UNITS)
    start = start_module(module, by=cast.ailsa)
    type(module).objects.filter(pk=module.pk).update(completion_rule=CompletionRule.UNITS_AND_CHECK)

    finish_all_units(type(module).objects.get(pk=module.pk), cast.ailsa)

    assert Completion.objects.filter(start=start).exists()


def test_unit_of_another_module_is_refused(cast):
    start = start_module(make_module(), by=cast.ailsa)
    other = make_module("other")

    with pytest.raises(Refused):
        finish_unit(start, units_of(other)[0], by=cast.ailsa)


def test_nobody_finishes_for_somebody_else(cast):
    start = start_module(make_module(), by=cast.ailsa)

    for other in (cast.morag, cast.priya, cast.stranger):
        with pytest.raises(NotYours):
            finish_unit(start, units_of(start.module)[0], by=other)


def test_completions_are_seen_by_the_person_and_the_line_manager_only(cast):
    finish_all_units(make_module(), cast.ailsa)

    readers = {name for name in cast.people if Completion.objects.visible_to(cast.fresh(name)).exists()}

    assert readers == {"ailsa", "morag"}


def test_check_that_editors_dropped_is_asked_of_nobody_any_more(cast):
    module = make_module(rule=CompletionRule.UNITS_AND_CHECK)
    start = finish_all_units(module, cast.ailsa)
    assert not Completion.objects.exists()

    publish(module, completion_rule=CompletionRule.UNITS, change="correction")

    assert complete_if_done(type(start).objects.get(pk=start.pk)) is not None
