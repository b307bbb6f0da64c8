"""The final check: frozen papers, tries counted once, and right answers nowhere before they are due."""

import json

import pytest

from people.transitions import NotYours, Refused
from tests.factories.training import (
    finish_all_units,
    make_module,
    publish,
    question,
    right_answers,
    try_check,
    wrong_answers,
)
from training.checks import open_attempt, paper_pieces, result_pieces, save_answers, submit_attempt
from training.enums import CompletionRule
from training.models import CheckAttempt, Completion, ModulePage
from training.progress import start_module

CHECKED = CompletionRule.UNITS_AND_CHECK


@pytest.fixture
def start(cast):
    return finish_all_units(make_module(rule=CHECKED), cast.ailsa)


def test_open_attempt_twice_gives_the_same_paper(start, cast):
    assert open_attempt(start, by=cast.ailsa) == open_attempt(start, by=cast.ailsa)
    assert CheckAttempt.objects.count() == 1


def test_open_attempt_before_the_units_are_done_is_refused(cast):
    begun = start_module(make_module(rule=CHECKED), by=cast.ailsa)

    with pytest.raises(Refused, match="opens when all units are done"):
        open_attempt(begun, by=cast.ailsa)


def test_open_attempt_for_somebody_else_is_refused(start, cast):
    for other in (cast.morag, cast.priya, cast.stranger):
        with pytest.raises(NotYours):
            open_attempt(start, by=other)


def test_paper_is_frozen_when_the_editor_changes_the_questions(start, cast):
    attempt = open_attempt(start, by=cast.ailsa)
    stream = ModulePage._meta.get_field("check_questions").stream_block
    publish(
        start.module,
        check_questions=stream.to_python([question("new", right=("b",), topic="new", unit=None)]),
        pass_mark=1,
    )

    marked = submit_attempt(attempt, right_answers(attempt), by=cast.ailsa)

    assert (marked.score, marked.passed, len(marked.questions)) == (4, True, 4)


def test_pass_mark_is_the_border(start, cast):
    attempt = open_attempt(start, by=cast.ailsa)
    answers = right_answers(attempt) | {"early-c1": ["b"]}

    assert submit_attempt(attempt, answers, by=cast.ailsa).passed is True


def test_one_below_the_pass_mark_fails(start, cast):
    attempt = open_attempt(start, by=cast.ailsa)
    answers = right_answers(attempt) | {"early-c1": ["b"], "early-c2": ["b"]}

    marked = submit_attempt(attempt, answers, by=cast.ailsa)

    assert (marked.score, marked.passed) == (2, False)
    assert not Completion.objects.exists()


def test_submit_twice_counts_once_and_the_second_answers_change_nothing(start, cast):
    attempt = open_attempt(start, by=cast.ailsa)
    submit_attempt(attempt, wrong_answers(attempt), by=cast.ailsa)

    again = submit_attempt(attempt, right_answers(attempt), by=cast.ailsa)

    assert (again.score, again.passed, start.attempts.count()) == (0, False, 1)


def test_save_keeps_what_was_not_sent_and_drops_what_is_unknown(start, cast):
    attempt = open_attempt(start, by=cast.ailsa)
    save_answers(attempt, {"early-c1": ["a"], "early-c2": ["b"]}, by=cast.ailsa)

    saved = save_answers(attempt, {"early-c2": ["c", "a", "zzz"], "no-such": ["a"]}, by=cast.ailsa)

    assert saved.answers == {"early-c1": ["a"], "early-c2": ["a"]}


def test_save_after_handing_in_is_refused(start, cast):
    attempt = try_check(start, passes=False)

    with pytest.raises(Refused, match="handed in already"):
        save_answers(attempt, right_answers(attempt), by=cast.ailsa)


def test_tries_end(start, cast):
    try_check(start, passes=False)
    try_check(start, passes=False)

    with pytest.raises(Refused, match="all your tries"):
        open_attempt(start, by=cast.ailsa)


def test_no_try_after_passing(start, cast):
    try_check(start, passes=True)

    with pytest.raises(Refused, match="passed this check already"):
        open_attempt(start, by=cast.ailsa)


def test_no_limit_of_tries_when_the_module_sets_none(cast):
    start = finish_all_units(make_module(rule=CHECKED, tries=None), cast.ailsa)

    assert [try_check(start, passes=False).number for _ in range(5)] == [1, 2, 3, 4, 5]


def test_paper_as_shown_holds_no_trace_of_what_is_right(start, cast):
    shown = json.dumps(paper_pieces(open_attempt(start, by=cast.ailsa)))

    assert "Answer a" in shown
    assert "right" not in shown
    assert "Reason" not in shown


def test_result_tells_reasons_only_for_what_was_chosen_while_tries_are_left(start):
    told = json.dumps(result_pieces(try_check(start, passes=False), tell_all=False))

    assert "Reason early-c1 b" in told
    assert "Reason early-c1 a" not in told


def test_attempts_are_seen_by_the_person_alone(start, cast):
    try_check(start, passes=False)

    readers = {name for name in cast.people if CheckAttempt.objects.visible_to(cast.fresh(name)).exists()}

    assert readers == {"ailsa"}
