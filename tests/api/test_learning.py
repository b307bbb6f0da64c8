"""Modules, units, the check, certificates and the learning record: what the pages say and do, through the API."""

import json

import pytest
from django.urls import reverse

from people.models import GivenAnswer
from people.policy import set_policy
from people.transitions import Refused, person
from tests.factories.certificates import a_certificate
from tests.factories.required import completed, required_of
from tests.factories.training import finish_all_units, make_module, publish, right_answers, try_check, units_of
from training.certificates import withdraw
from training.checks import open_attempt
from training.enums import CompletionRule, WithdrawalReason
from training.models import (
    Certificate,
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
from training.renewal import renew

pytestmark = pytest.mark.django_db
CHECKED = CompletionRule.UNITS_AND_CHECK
ALL = CompletionRule.UNITS_AND_CHECK_AND_TRY
UNIT = "/modules/early/units/early-u1/"


@pytest.fixture
def ailsa(cast, caller_for):
    return caller_for(cast.ailsa)


@pytest.fixture
def page(cast, client_for):
    """Ailsa on the pages."""
    return client_for(cast.ailsa)


def address(name, *parts):
    return reverse(f"learning:{name}", args=parts)


def said(answer, status):
    """The sentences of a refusal."""
    assert answer.status_code == status, answer.content
    return [error["detail"] for error in answer.json()["errors"]]


# --- Modules -----------------------------------------------------------------------------------------------------


def test_the_catalogue_is_that_of_the_page(cast, ailsa, page):
    make_module("early", minutes=15, summary="Bring people in early", units=3)
    make_module("late", minutes=50, behaviours=("PB2",))
    make_module("draft", publish_it=False)
    start = start_module(ModulePage.objects.get(slug="early"), by=cast.ailsa)
    finish_unit(start, units_of(start.module)[0], by=cast.ailsa)

    for query in ("", "?q=people+EARLY", "?length=long", "?status=in-progress", "?status=completed"):
        by_page = [module.slug for module, _names in page.get(address("catalogue") + query).context["modules"]]
        assert [row["slug"] for row in ailsa.read(f"/modules/{query}").json()["results"]] == by_page, query
    first = ailsa.read("/modules/").json()["results"][0]
    assert first["unit_count"] == 3
    assert first["progress"]["status"] == "in-progress"
    assert (first["progress"]["units_done"], first["progress"]["units_required"]) == (1, 3)
    assert ailsa.read("/modules/?length=endless").status_code == 400
    assert ailsa.read("/modules/?behaviour=nonsense").status_code == 400


def test_nobody_reads_a_draft_or_without_a_token(cast, ailsa, caller_for):
    make_module("draft", publish_it=False)

    for path in ("/modules/draft/", "/modules/none/", "/modules/draft/units/draft-u1/", "/modules/draft/check/"):
        assert ailsa.read(path).status_code == 404
        assert caller_for(None).read(path).status_code == 401


def test_progress_is_the_callers_own(cast, ailsa, caller_for):
    start_module(make_module(), by=cast.ailsa)

    assert ailsa.read("/modules/early/").json()["progress"]["status"] == "in-progress"
    assert caller_for(cast.morag).read("/modules/early/").json()["progress"]["status"] == "not-started"


def test_start_finish_and_complete_write_what_the_page_writes(cast, ailsa, client_for):
    make_module("early", units=2)
    page = client_for(cast.morag)

    started = ailsa.send("/modules/early/start/", {"confidence": 2, "person": cast.dougie.pk, "rule": "units_and_try"})
    page.post(address("start", "early"), {"confidence": "2"})
    for unit in ("early-u1", "early-u2"):
        last = ailsa.send(f"/modules/early/units/{unit}/finish/")
        page.post(address("finish", "early", unit))

    assert started.json()["next_unit"] == "early-u1"
    assert last.json()["progress"]["status"] == "completed"
    assert last.json()["left"]["units_left"] == 0
    for model, path in ((ModuleStart, "person"), (UnitFinish, "start__person"), (Completion, "start__person")):
        rows = {name: model.objects.filter(**{path: cast.people[name]}).count() for name in ("ailsa", "morag")}
        assert rows["ailsa"] == rows["morag"] > 0
    assert list(Confidence.objects.values_list("value", flat=True)) == [2, 2]
    assert set(Certificate.objects.values_list("holder__name", flat=True)) == {"Ailsa Grant", "Morag Sinclair"}


def test_starting_twice_with_a_key_is_one_start(cast, ailsa):
    make_module()

    answers = [ailsa.send("/modules/early/start/", {}, Idempotency_Key="k1") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[1]["Idempotent-Replayed"] == "true"
    assert ModuleStart.objects.count() == GivenAnswer.objects.count() == 1
    other = ailsa.send("/modules/early/start/", {"confidence": 3}, Idempotency_Key="k1")
    assert said(other, 409) == ["This Idempotency-Key was used for another request."]


def test_a_module_without_units_is_refused_in_the_words_of_the_page(cast, ailsa):
    make_module("early", units=1)
    units_of(ModulePage.objects.get(slug="early"))[0].unpublish()

    assert said(ailsa.send("/modules/early/start/"), 409) == ["This module has no units to read at the moment."]
    assert not ModuleStart.objects.exists()


@pytest.mark.parametrize("value", [0, 6, "many", [], 10**30])
def test_how_sure_is_a_number_from_one_to_five(cast, ailsa, value):
    make_module()

    assert ailsa.send("/modules/early/start/", {"confidence": value}).json()["errors"][0]["path"] == "/confidence"
    assert ailsa.call("PUT", "/api/v1/modules/early/confidence/", {"confidence": 4}).status_code == 404
    start_module(ModulePage.objects.get(), by=cast.ailsa)
    assert ailsa.call("PUT", "/api/v1/modules/early/confidence/", {"confidence": value}).status_code == 400
    assert ailsa.call("PUT", "/api/v1/modules/early/confidence/", {"confidence": 4}).json() == {"confidence": 4}


# --- Units -------------------------------------------------------------------------------------------------------


def test_a_unit_is_html_and_blocks_and_says_nothing_of_right_answers(cast, ailsa):
    make_module(rule=ALL, units=1)

    answer = ailsa.read(UNIT)
    told = answer.json()

    assert [block["kind"] for block in told["blocks"]] == ["text", "reflection", "question", "try_it"]
    assert "<p>Text of early-u1</p>" in told["html"]
    assert told["blocks"][2]["options"][0] == {"id": "a", "text": "Answer a", "chosen": False}
    assert told["blocks"][3]["mine"] is None
    text = answer.content.decode()
    assert "Reason" not in text
    assert '"right"' not in text
    assert "explanation" not in text
    assert not ModuleStart.objects.exists()  # reading starts nothing


def test_markup_in_a_question_is_text(cast, ailsa):
    module = make_module(units=1)
    unit = units_of(module)[0]
    raw = [*unit.body.raw_data]
    raw[1]["value"]["prompt"] = "<script>alert(1)</script>"
    raw[2]["value"]["text"] = "Is 1 < 2 <b>?"
    publish(unit, body=json.dumps(raw))

    told = ailsa.read(UNIT).json()

    assert "<script>" not in told["html"]
    assert "Is 1 &lt; 2 &lt;b&gt;?" in told["html"]
    assert told["blocks"][2]["text"] == "Is 1 < 2 <b>?"


def test_practice_tells_what_the_page_tells_and_keeps_nothing(cast, ailsa):
    make_module(units=1)

    wrong = ailsa.send(UNIT + "practice/", {"answers": {"early-u1-q": ["b"], "nonsense": ["a"]}}).json()
    empty = ailsa.send(UNIT + "practice/", {"answers": {"early-u1-q": []}}).json()

    assert [(question["id"], question["result"]) for question in wrong] == [("early-u1-q", "wrong")]
    assert [option.get("explanation") for option in wrong[0]["options"]] == [None, "Reason early-u1-q b", None]
    assert empty[0]["result"] == "empty"
    assert "Reason" not in str(empty)
    assert not ModuleStart.objects.exists()


def test_a_reflection_is_kept_shown_and_taken_away(cast, ailsa, caller_for, page):
    make_module(units=1)
    path = "/api/v1" + UNIT + "reflections/early-u1-r/"

    assert ailsa.call("PUT", path, {"text": "I ask too late.", "person": cast.morag.pk}).json()["text"]
    row = Reflection.objects.get()
    assert (row.person, row.text, row.prompt) == (cast.ailsa, "I ask too late.", "Think of early-u1")
    assert ailsa.read(UNIT).json()["blocks"][1]["mine"]["text"] == "I ask too late."
    assert caller_for(cast.morag).read(UNIT).json()["blocks"][1]["mine"] is None
    too_long = said(ailsa.call("PUT", path, {"text": "x" * 4001}), 400)
    by_page = page.post(
        address("reflection", "early", "early-u1", "early-u1-r"), {"text": "x" * 4001}, headers={"X-Autosave": "1"}
    )
    assert too_long == [by_page.json()["message"]]
    assert ailsa.call("PUT", path, {"text": " "}).json() == {"text": None, "written_at": None}
    assert not Reflection.objects.exists()
    assert ailsa.call("PUT", path.replace("early-u1-r", "nowhere"), {"text": "x"}).status_code == 404
    assert ailsa.call("PUT", path.replace("early-u1-r", "early-u1-q"), {"text": "x"}).status_code == 404


def test_a_note_on_what_was_tried_counts_the_step_as_done(cast, ailsa):
    make_module(rule=CompletionRule.UNITS_AND_TRY, units=1)
    path = "/api/v1" + UNIT + "try-notes/early-u1-try/"

    assert said(ailsa.call("PUT", path, {"text": ""}), 400) == ["Write a few words about what you heard."]
    assert said(ailsa.call("PUT", path, {}), 400) == ["Write a few words about what you heard."]
    assert ailsa.call("PUT", path, {"text": "They knew before us."}).status_code == 200
    assert TryItNote.objects.get().start.person == cast.ailsa
    assert ailsa.read("/modules/early/").json()["left"]["waits_for_try"] is False
    assert ailsa.call("PUT", path.replace("u1-try", "u1-r"), {"text": "x"}).status_code == 404


@pytest.mark.parametrize("body", [[], {"text": None}, {"text": []}, {"text": {"a": 1}}, {"text": "\x00"}, "{", '"x"'])
def test_no_body_breaks_a_text(cast, ailsa, body):
    make_module(rule=CompletionRule.UNITS_AND_TRY, units=1)

    assert ailsa.call("PUT", "/api/v1" + UNIT + "try-notes/early-u1-try/", body).status_code == 400


def test_a_withdrawn_unit_is_not_there(cast, ailsa):
    module = make_module(units=2)
    start_module(module, by=cast.ailsa)
    units_of(module)[0].unpublish()

    assert ailsa.read(UNIT).status_code == 404
    assert ailsa.send(UNIT + "finish/").status_code == 404
    assert ailsa.read("/modules/early/").json()["withdrawn_units"] == ["Early u1"]


# --- The check ---------------------------------------------------------------------------------------------------


def test_a_check_from_the_first_paper_to_the_certificate(cast, ailsa):
    module = make_module(rule=CHECKED, units=1)
    assert ailsa.send("/modules/early/check/papers/").status_code == 404  # not started
    start_module(module, by=cast.ailsa)
    assert said(ailsa.send("/modules/early/check/papers/"), 409) == ["The check opens when all units are done."]
    start = finish_all_units(module, cast.ailsa)

    paper = ailsa.send("/modules/early/check/papers/")
    again = ailsa.send("/modules/early/check/papers/")
    assert (paper.status_code, paper.json()) == (201, again.json())
    attempt = CheckAttempt.objects.get()
    right = right_answers(attempt)
    first = next(iter(right))
    kept = ailsa.call("PATCH", "/api/v1/modules/early/check/papers/1/", {"answers": {first: right[first], "no": ["a"]}})
    assert kept.json()["questions"][0]["options"][0]["chosen"] is True
    for told in (paper, kept, ailsa.read("/modules/early/check/")):
        assert "Reason" not in told.content.decode()
        assert '"right"' not in told.content.decode()
    assert ailsa.read("/modules/early/check/result/").status_code == 404

    missing = ailsa.send("/modules/early/check/papers/1/submission/", {"answers": {}})
    assert said(missing, 409) == ["Answer question 2", "Answer question 3", "Answer question 4"]
    done = ailsa.send("/modules/early/check/papers/1/submission/", {"answers": right})
    assert done.json() == ailsa.read("/modules/early/check/result/").json()
    assert (done.json()["passed"], done.json()["score"], done.json()["out_of"]) == (True, 4, 4)
    assert done.json()["certificate"] == Certificate.objects.get(completion__start=start).code
    assert ailsa.send("/modules/early/check/papers/1/submission/", {"answers": {}}).json() == done.json()
    late = said(ailsa.call("PATCH", "/api/v1/modules/early/check/papers/1/", {"answers": right}), 409)
    assert late == ["This try was handed in already, so its answers cannot change any more."]
    assert said(ailsa.send("/modules/early/check/papers/"), 409) == ["You have passed this check already."]


def test_answers_that_miss_one_are_kept_as_the_page_keeps_them(cast, ailsa):
    start = finish_all_units(make_module(rule=CHECKED, units=1), cast.ailsa)
    attempt = open_attempt(start, by=cast.ailsa)
    given = dict(list(right_answers(attempt).items())[:2])

    assert ailsa.send("/modules/early/check/papers/1/submission/", {"answers": given}).status_code == 409
    attempt.refresh_from_db()
    assert attempt.answers == given
    assert attempt.submitted_at is None


def test_what_was_wrong_is_told_without_the_right_answer(cast, ailsa, page):
    start = finish_all_units(make_module(rule=CHECKED, units=1), cast.ailsa)
    try_check(start, passes=False)

    told = ailsa.read("/modules/early/check/result/").json()
    shown = page.get(address("result", "early")).context

    assert told["questions"] == shown["questions"]
    assert [row["topic"] for row in told["again"]] == [topic for topic, _unit in shown["again"]]
    assert told["tries_left"] == shown["tries_left"] == 1
    assert not [option for question in told["questions"] for option in question["options"] if option.get("right")]


def test_nobody_else_reads_or_fills_a_paper(cast, ailsa, caller_for):
    start = finish_all_units(make_module(rule=CHECKED, units=1), cast.ailsa)
    attempt = open_attempt(start, by=cast.ailsa)

    for other in (cast.morag, cast.priya, cast.rhona):
        caller = caller_for(other)
        assert caller.read("/modules/early/check/").json()["attempts"] == []
        path = "/api/v1/modules/early/check/papers/1/"
        assert caller.call("PATCH", path, {"answers": right_answers(attempt)}).status_code == 404
        assert caller.call("POST", path + "submission/", {"answers": {}}).status_code == 404
    attempt.refresh_from_db()
    assert attempt.answers == {}


@pytest.mark.parametrize("answers", [None, [], "x", {"q": "a"}, {"q": [1.5, {}]}, {"q": ["a"] * 9}, {"q": ["x" * 65]}])
def test_wrong_answers_are_sentences(cast, ailsa, answers):
    start = finish_all_units(make_module(rule=CHECKED, units=1), cast.ailsa)
    open_attempt(start, by=cast.ailsa)

    answer = ailsa.call("PATCH", "/api/v1/modules/early/check/papers/1/", {"answers": answers})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["path"].startswith("/answers")


def test_papers_of_an_earlier_round_are_history(cast, ailsa, page):
    module = make_module(rule=CHECKED, units=1, validity_months=1)
    try_check(finish_all_units(module, cast.ailsa), passes=True)
    Certificate.objects.update(completed_on="2020-01-01", expires_on="2020-02-01")
    assert ailsa.read("/modules/early/").json()["renewal"]["is_open"] is True

    assert ailsa.send("/modules/early/renewal/").status_code == 200
    start = finish_all_units(module, cast.ailsa)
    paper = open_attempt(start, by=cast.ailsa)

    assert (start.round, paper.number) == (2, 1)
    form = {"attempt": "1"} | {f"q-{key}": value for key, value in right_answers(paper).items()}
    assert page.post(address("check-save", "early"), form).status_code == 302
    assert ailsa.send("/modules/early/check/papers/1/submission/", {"answers": {}}).json()["passed"] is True
    assert Completion.objects.count() == 2


def test_nothing_to_renew_is_said_as_on_the_page(cast, ailsa):
    start_module(make_module(), by=cast.ailsa)

    assert said(ailsa.send("/modules/early/renewal/"), 409) == ["There is nothing to renew here."]
    with pytest.raises(Refused, match="There is nothing to renew here"):
        renew(ModulePage.objects.get(), by=cast.ailsa)


# --- Certificates ------------------------------------------------------------------------------------------------


def test_a_certificate_is_its_holders(cast, ailsa, caller_for):
    certificate = a_certificate(cast.ailsa)

    assert [row["code"] for row in ailsa.read("/certificates/").json()["results"]] == [certificate.code]
    one = ailsa.read(f"/certificates/{certificate.grouped_code.lower()}/")
    assert one.json()["holder_name"] == "Ailsa Grant"
    assert one["ETag"] == f'"{certificate.version}"'
    assert "PB" not in json.dumps(one.json()["behaviours"])
    for other in (cast.morag, cast.priya):
        assert caller_for(other).read("/certificates/").json()["results"] == []
        for path in ("", "pdf/"):
            assert caller_for(other).read(f"/certificates/{certificate.code}/{path}").status_code == 404


def test_the_pdf_is_that_of_the_page(cast, ailsa, page):
    certificate = a_certificate(cast.ailsa)

    by_page = page.get(reverse("certificates:pdf", args=[certificate.code]))
    by_api = ailsa.read(f"/certificates/{certificate.code}/pdf/")

    assert by_api.status_code == by_page.status_code
    if by_page.status_code == 200:
        assert by_api.content == by_page.content
        assert by_api["Content-Type"] == "application/pdf"
    Certificate.objects.update(pdf="")
    assert said(ailsa.read(f"/certificates/{certificate.code}/pdf/"), 404) == [
        "The PDF is being made. The page of the certificate is complete meanwhile."
    ]


def test_anybody_checks_a_code_and_sees_no_more_than_on_the_page(cast, caller_for):
    certificate = a_certificate(cast.ailsa)
    stranger = caller_for(None)

    told = stranger.read(f"/verify/{certificate.grouped_code}/").json()

    assert set(told) == {
        "status", "holder_name", "title", "is_of_session", "completed_on", "issued_on", "valid_until",
    }  # fmt: skip
    assert told["status"] == "valid"
    withdraw(certificate, reason=WithdrawalReason.NOT_OWN_WORK, by=person(cast.priya))
    told = stranger.read(f"/verify/{certificate.code}/")
    assert (told.json()["status"], told.json()["valid_until"]) == ("withdrawn", None)
    assert "own" not in told.content.decode()
    for code in ("0000000000000000", "%00", "x" * 5000, "é"):
        assert stranger.read(f"/verify/{code}/").status_code == 404


def test_looking_up_codes_has_the_limit_of_the_page(cast, caller_for, client_for):
    set_policy("verify_lookups_per_minute", 2)
    certificate = a_certificate(cast.ailsa)
    stranger = caller_for(None)

    assert client_for(None).get(reverse("verify:verify-code", args=[certificate.code])).status_code == 200
    assert [stranger.read(f"/verify/{certificate.code}/").status_code for _ in range(2)] == [200, 429]


# --- Record and what is required ---------------------------------------------------------------------------------


def test_the_record_is_that_of_the_page(cast, ailsa, caller_for, page):
    module = make_module("early")
    completed(module, cast.ailsa)
    start_module(make_module("late"), by=cast.ailsa)
    required_of(cast, module=module)
    ailsa.call("PUT", "/api/v1" + UNIT + "reflections/early-u1-r/", {"text": "Mine alone"})

    told = ailsa.read("/learning-record/").json()
    record = page.get(address("record")).context["record"]

    assert [(row["kind"], row["title"]) for row in told["done"]] == [(row.kind, row.title) for row in record.done]
    assert [row["title"] for row in told["planned"]] == [row.title for row in record.planned]
    assert [row["text"] for row in told["written"]] == ["Mine alone"]
    assert told["minutes"] == record.minutes
    assert [row["words"] for row in told["required"]] == [one.words for _owed, one, _why in record.required]
    assert told["required"] == ailsa.read("/required-learning/").json()
    assert "Mine alone" not in caller_for(cast.morag).read("/learning-record/").content.decode()


def test_partners_are_asked_and_owe_nothing(cast, caller_for):
    assert caller_for(cast.rhona).read("/required-learning/").json() == []
