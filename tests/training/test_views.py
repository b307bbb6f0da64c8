"""The learning pages as a reader meets them: what happens, who may, what never leaks, what each costs."""

import re

import pytest
from django.urls import reverse

from tests.factories.training import (
    finish_all_units,
    make_module,
    make_unit,
    right_answers,
    try_check,
    units_of,
)
from training.checks import open_attempt
from training.enums import CompletionRule
from training.models import (
    CheckAttempt,
    Completion,
    Confidence,
    ModulePage,
    ModuleStart,
    Reflection,
    TryItNote,
    UnitFinish,
)
from training.progress import finish_unit, start_module

CHECKED = CompletionRule.UNITS_AND_CHECK
ALL = CompletionRule.UNITS_AND_CHECK_AND_TRY


def address(name, *parts):
    return reverse(f"learning:{name}", args=parts)


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def client(cast, client_for):
    return client_for(cast.ailsa)


@pytest.fixture
def published_framework(db):
    from partnerships.framework_file import load_framework

    return load_framework()


# --- Catalogue -----------------------------------------------------------------------------------------------------


def test_catalogue_finds_by_words_length_behaviour_and_status(client, cast):
    make_module("early", minutes=15, summary="Bring people in early")
    make_module("late", minutes=50, behaviours=("PB2",))
    start_module(ModulePage.objects.get(slug="early"), by=cast.ailsa)

    def found(**query):
        return [module.slug for module, _names in client.get(address("catalogue"), query).context["modules"]]

    assert found() == ["early", "late"]
    assert found(q="people EARLY") == ["early"]
    assert found(q="early late") == []
    assert found(length="short") == ["early"]
    assert found(length="long") == ["late"]
    assert ModulePage.objects.live().about("pb2").get().slug == "late"
    assert found(status="in-progress") == ["early"]
    assert found(status="not-started") == ["late"]
    assert found(status="completed") == []
    assert found(length="nonsense", status="x", behaviour="y") == ["early", "late"]


def test_catalogue_counts_units_and_shows_no_drafts(client, cast):
    module = make_module(units=3)
    make_module("draft", publish_it=False)
    finish_unit(start_module(module, by=cast.ailsa), units_of(module)[0], by=cast.ailsa)

    response = client.get(address("catalogue"))

    assert [m.slug for m, _names in response.context["modules"]] == ["early"]
    assert "1 of 3 units done" in text_of(response)


# --- Module and units ----------------------------------------------------------------------------------------------


def test_reading_changes_nothing(client, cast):
    module = make_module(rule=ALL)
    unit = units_of(module)[0]
    for url in (
        address("module", "early"),
        address("unit", "early", unit.slug),
        address("check", "early"),
        address("result", "early"),
    ):
        client.get(url)

    assert not ModuleStart.objects.exists()
    assert not UnitFinish.objects.exists()


def test_start_leads_to_the_first_unit_and_keeps_confidence_private(client, cast, client_for):
    make_module()

    response = client.post(address("start", "early"), {"confidence": "2"})

    assert response["Location"] == address("unit", "early", "early-u1")
    assert Confidence.objects.get().value == 2
    assert not ModuleStart.objects.visible_to(cast.morag).exists()


def test_start_again_resumes_at_the_first_unfinished_unit(client, cast):
    module = make_module(units=3)
    start = start_module(module, by=cast.ailsa)
    finish_unit(start, units_of(module)[0], by=cast.ailsa)

    assert client.post(address("start", "early"))["Location"] == address("unit", "early", "early-u2")


def test_finish_goes_to_the_next_unit_then_to_the_check(client):
    make_module(rule=CHECKED)

    assert client.post(address("finish", "early", "early-u1"))["Location"] == address("unit", "early", "early-u2")
    assert client.post(address("finish", "early", "early-u2"))["Location"] == address("check", "early")


def test_finish_the_last_unit_completes_the_module(client):
    make_module()
    client.post(address("finish", "early", "early-u1"))

    response = client.post(address("finish", "early", "early-u2"), follow=True)

    assert response.redirect_chain[-1][0] == address("module", "early")
    assert "You have completed this module" in text_of(response)
    assert "Look at my check again" not in text_of(response)


def test_unit_that_is_gone_leads_to_its_module_with_a_note(client):
    module = make_module()
    units_of(module)[1].unpublish()

    response = client.get(address("unit", "early", "early-u2"), follow=True)

    assert response.status_code == 200
    assert "That unit has been withdrawn" in text_of(response)
    assert client.get(address("unit", "early", "never-was")).status_code == 404


def test_resume_skips_a_withdrawn_unit_and_the_module_says_so(client, cast):
    module = make_module(units=3)
    start_module(module, by=cast.ailsa)
    units_of(module)[0].unpublish()

    page = text_of(client.get(address("module", "early")))

    assert address("unit", "early", "early-u2") in page
    assert "Early u1. You do not need it any more" in page


def test_all_left_withdrawn_can_be_completed_by_a_post(client, cast):
    module = make_module()
    start = start_module(module, by=cast.ailsa)
    first, second = units_of(module)
    finish_unit(start, first, by=cast.ailsa)
    second.unpublish()

    assert "Everything that is left has been withdrawn" in text_of(client.get(address("module", "early")))
    assert not Completion.objects.exists()
    client.post(address("start", "early"))
    assert Completion.objects.exists()


def test_unit_page_tells_no_right_answer_before_it_is_checked(client):
    make_module(rule=CHECKED)

    page = text_of(client.get(address("unit", "early", "early-u1")))

    assert "Answer a" in page
    for secret in ("Reason", "is-right", "explanation", "Correct"):
        assert secret not in page


def test_check_answer_tells_the_reason_of_the_chosen_answer_only(client):
    make_module()
    url = address("unit", "early", "early-u1")

    wrong = text_of(client.post(url, {"check": "early-u1-q", "q-early-u1-q": "b"}))
    right = text_of(client.post(url, {"check": "early-u1-q", "q-early-u1-q": "a"}))

    assert "Reason early-u1-q b" in wrong
    assert "Reason early-u1-q a" not in wrong
    assert "Not quite" in wrong
    assert "Correct" in right
    assert "Choose an answer first" in text_of(client.post(url, {"check": "early-u1-q"}))


def test_reflection_is_kept_changed_taken_away_and_seen_by_nobody_else(client, cast, client_for):
    make_module()
    url, page = address("reflection", "early", "early-u1", "early-u1-r"), address("unit", "early", "early-u1")

    assert client.post(url, {"text": "My private words"})["Location"] == f"{page}#early-u1-r"
    client.post(url, {"text": "My better words"})

    assert "My better words" in text_of(client.get(page))
    reflection = Reflection.objects.get()
    assert reverse("evidence:add") + f"?reflection={reflection.pk}" in text_of(client.get(page))
    for name in set(cast.people) - {"ailsa"}:
        assert "My better words" not in text_of(client_for(getattr(cast, name)).get(page))
        assert not Reflection.objects.visible_to(getattr(cast, name)).exists()
    client.post(url, {"text": "  "})
    assert not Reflection.objects.exists()


def test_reflection_that_is_too_long_keeps_its_text(client):
    make_module()

    response = client.post(address("reflection", "early", "early-u1", "early-u1-r"), {"text": "x" * 4001})

    assert response.status_code == 422
    assert "no more than 4,000 characters" in text_of(response)
    assert "x" * 4001 in text_of(response)


def test_reflection_is_kept_by_the_script_while_it_is_written(client):
    make_module()
    url = address("reflection", "early", "early-u1", "early-u1-r")

    kept = client.post(url, {"text": "Half a sent"}, headers={"X-Autosave": "1"})
    refused = client.post(url, {"text": "x" * 4001}, headers={"X-Autosave": "1"})

    assert (kept.json(), refused.status_code) == ({"saved": True}, 422)
    assert Reflection.objects.get().text == "Half a sent"


def test_try_it_needs_words_and_counts_as_done(client, cast):
    make_module(rule=CompletionRule.UNITS_AND_TRY)
    url = address("try", "early", "early-u2", "early-u2-try")

    assert "Write a few words" in text_of(client.post(url, {"text": " "}))
    client.post(url, {"text": "They told me about the low road"})

    assert TryItNote.objects.get().start.person == cast.ailsa
    assert "They told me" in text_of(client.get(address("unit", "early", "early-u2")))


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "“quotes” & ampersands", "مرحبا", "é́é́", "🤝"])
def test_reflection_comes_back_escaped_whatever_it_holds(client, text):
    make_module()
    client.post(address("reflection", "early", "early-u1", "early-u1-r"), {"text": text})

    page = client.get(address("unit", "early", "early-u1"))

    assert "<script>alert" not in page.content.decode()
    assert page.context["sections"][1][1].saved.text == text


# --- Final check ---------------------------------------------------------------------------------------------------


@pytest.fixture
def start(cast):
    return finish_all_units(make_module(rule=CHECKED), cast.ailsa)


def fields(answers, number=1):
    return {"attempt": number} | {f"q-{key}": value for key, value in answers.items()}


def test_check_from_start_card_to_certificate(client, start):
    assert "Start the check" in text_of(client.get(address("check", "early")))
    client.post(address("check-start", "early"))
    attempt = CheckAttempt.objects.get()

    response = client.post(address("check", "early"), fields(right_answers(attempt)), follow=True)

    assert response.redirect_chain[-1][0] == address("result", "early")
    assert "4 of 4 right." in text_of(response)
    assert "The module is completed" in text_of(response)
    assert Completion.objects.filter(start=start).exists()


def test_check_page_holds_no_right_answer_in_any_response_before_submission(client, start):
    client.post(address("check-start", "early"))
    attempt = CheckAttempt.objects.get()
    saved = {"X-Autosave": "1"}
    some_right = {"early-c1": ["a"], "early-c2": ["a"]}
    some_wrong = {"early-c1": ["b"], "early-c3": ["c"]}
    assert attempt.submitted_at is None
    responses = [
        client.get(address("check", "early")),
        client.post(address("check-save", "early"), fields(some_right), follow=True),
        client.post(address("check-save", "early"), fields(some_wrong), headers=saved),
        client.post(address("check", "early"), {"attempt": 1}),
        client.get(address("result", "early"), follow=True),
        client.get(address("module", "early")),
    ]

    for response in responses:
        page = text_of(response)
        assert "Reason" not in page
        assert "is-right" not in page
        assert '"right"' not in page


def test_check_with_a_missing_answer_names_it_and_keeps_the_others(client, start):
    client.post(address("check-start", "early"))
    attempt = CheckAttempt.objects.get()
    answers = right_answers(attempt)
    del answers["early-c2"]

    response = client.post(address("check", "early"), fields(answers))

    assert "1 question has no answer yet" in text_of(response)
    assert 'href="#q-early-c2-a"' in text_of(response)
    assert "<title>Error: " in text_of(response)
    assert CheckAttempt.objects.get().answers == answers
    assert CheckAttempt.objects.get().submitted_at is None


def test_check_not_passed_shows_topics_reasons_and_tries_left(client, start):
    try_check(start, passes=False)

    page = text_of(client.get(address("result", "early")))

    assert "0 of 4. You need 3." in page
    assert "Topic 1" in page
    assert "1 try left" in page
    assert "Reason early-c1 b" in page
    assert "Reason early-c1 a" not in page


def test_check_last_try_used_shows_what_was_chosen_and_no_button(client, start):
    try_check(start, passes=False)
    try_check(start, passes=False)

    page = text_of(client.get(address("result", "early")))

    assert "who can give you one more" in page
    assert "Reason early-c1 b" in page
    assert "Reason early-c1 a" not in page  # one more try may be given
    assert address("check-start", "early") not in page


def test_old_tab_never_writes_into_a_new_try(client, start, cast):
    first = try_check(start, passes=False)
    second = open_attempt(start, by=cast.ailsa)

    client.post(address("check", "early"), fields(right_answers(first), number=1))
    saved = client.post(address("check-save", "early"), fields(right_answers(first), 1), headers={"X-Autosave": "1"})

    second.refresh_from_db()
    assert (second.answers, second.submitted_at, saved.status_code) == ({}, None, 409)


def test_check_of_somebody_else_is_not_found(client_for, cast, start):
    open_attempt(start, by=cast.ailsa)
    other = client_for(cast.morag)

    assert other.post(address("check-save", "early"), {"attempt": 1}).status_code == 404
    assert other.post(address("check", "early"), {"attempt": 1}).status_code == 404
    assert other.post(address("check-start", "early")).status_code == 404


# --- Access --------------------------------------------------------------------------------------------------------

GETS = [("catalogue",), ("module", "early"), ("unit", "early", "early-u1"), ("check", "early"), ("result", "early")]
POSTS = [
    ("start", "early"),
    ("confidence", "early"),
    ("check-start", "early"),
    ("check-save", "early"),
    ("finish", "early", "early-u1"),
    ("reflection", "early", "early-u1", "early-u1-r"),
    ("try", "early", "early-u1", "x"),
]


@pytest.mark.parametrize("parts", GETS + POSTS)
def test_nobody_enters_without_signing_in(client_for, cast, parts):
    make_module()
    url = address(*parts)
    response = client_for().post(url) if parts in POSTS else client_for().get(url)

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("parts", POSTS)
def test_what_changes_something_is_no_link(client, parts):
    make_module()

    assert client.get(address(*parts)).status_code == 405


def test_drafts_are_seen_by_nobody(client_for, cast):
    module = make_module("hidden", publish_it=False)
    shown = make_module()
    make_unit(shown, "secret-unit", live=False)

    for person in cast.people.values():
        assert client_for(person).get(address("module", "hidden")).status_code == 404
        assert "Secret unit" not in text_of(client_for(person).get(address("module", "early")))
        assert "Secret" not in text_of(client_for(person).get(address("unit", "early", "secret-unit"), follow=True))
    assert module.live is False
