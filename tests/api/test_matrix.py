"""Who may do what through the API: every operation, everybody and nobody, one's own, another's and a missing record.

The operations come from the description; TABLE says what each of them answers to whom. An operation that is not in it
fails the test, as does a row that no operation has.
"""

from dataclasses import dataclass, field

import pytest
from django.db import transaction
from drf_spectacular.generators import SchemaGenerator

from cms.api import described
from people.lib.dates import today
from people.policy import set_policy
from tests.api.conftest import Caller, token_for
from tests.api.world import world_of
from tests.cast import PEOPLE
from tests.factories.appraisal import ACCOUNT

NOBODY = "nobody"
EXAMPLE = {"situation": ACCOUNT, "happened_on": "2026-01-05"}
DOUGIE = {"name": "Dougie Ross", "email": "union@example.org", "decides": False}
ALL = (*PEOPLE, NOBODY)
MISSING = {"int": 10**12, "slug": "nothing-of-this-name", "str": "NOTHING", "uuid": "0" * 32}


@dataclass(frozen=True)
class Row:
    """What one operation answers about one record of the world: to `these` a status, to the others another one."""

    of: str = ""  # the record whose values stand in the address, by its name in world.py
    these: str = ""  # names of the cast, by spaces; empty means everybody who is signed in
    status: int = 200
    sees: str = ""  # names of those who may see the record but not do this: 403
    others: int = 404
    body: dict = field(default_factory=dict)
    public: bool = False

    def expected(self, who: str) -> int:
        """The status for one of the cast, or for nobody."""
        if who == NOBODY and not self.public:
            return 401
        if not self.these or who in self.these.split():
            return self.status
        return 403 if who in self.sees.split() else self.others


MYSELF = {"come_for": "myself", "sector": "community"}

TABLE: dict[str, tuple[Row, ...]] = {
    # who I am
    "me": (Row(),),
    "my_work": (Row(),),
    # what we expect of each other; the register
    "framework_current": (Row(public=True),),
    "framework_versions": (Row(public=True),),
    "framework_version": (
        Row("published version", public=True),
        Row("draft version", "senga", public=True),
    ),
    "partnerships_list": (Row(),),
    "partnerships_read": (Row("partnership"),),
    "organisations_list": (Row(),),
    "organisations_read": (Row("organisation"),),
    # learning
    "modules_list": (Row(),),
    "module_read": (Row("module"),),
    "module_start": (Row("module"),),
    "module_renew": (Row("module", status=409),),
    "module_confidence": (Row("module", "ailsa", body={"confidence": 3}),),
    "unit_read": (Row("unit"),),
    "unit_finish": (Row("unit"),),
    "unit_practice": (Row("unit", body={"answers": {}}),),
    "reflection_write": (Row("reflection", body={"text": "I ask too late."}),),
    "try_note_write": (Row("step to try", body={"text": "They knew."}),),
    "check_read": (Row("module"),),
    "check_result": (Row("module, completed", "ailsa"), Row("module", status=404)),
    "paper_open": (Row("module", "ailsa", 201), Row("module, completed", "ailsa", 409)),
    "paper_save": (Row("paper", "ailsa", body={"answers": {}}),),
    "paper_submit": (Row("paper", "ailsa", 409, body={"answers": {}}),),
    "certificates_list": (Row(),),
    "certificate_read": (Row("certificate", "ailsa"),),
    "certificate_pdf": (Row("certificate", "ailsa"),),
    "certificate_verify": (Row("certificate", public=True),),
    "learning_record": (Row(),),
    "required_learning": (Row(),),
    # joint sessions
    "sessions_list": (Row(),),
    "session_read": (Row("session"), Row("draft session", "priya")),
    "session_confirm_attendance": (Row("session", "priya", 409, others=403), Row("draft session", "priya", 409)),
    "place_book": (Row("session", status=201, body=MYSELF), Row("draft session", "priya", 409, body=MYSELF)),
    "places_list": (Row(),),
    "place_read": (Row("place", "dougie"),),
    "place_take": (Row("place", "dougie", 409),),
    "place_cancel": (Row("place", "dougie"),),
    "place_calendar": (Row("date of a place", "dougie"),),
    "getting_ready_read": (Row("place", "dougie"),),
    "getting_ready_say": (Row("place", "dougie", body={"brings": "The rota"}),),
    "access_need_ask": (Row("place", "dougie", 201, body={"words": "Large print"}),),
    "access_needs_list": (Row(),),
    "access_need_read": (Row("access need", "dougie"),),
    "access_need_ask_again": (Row("access need", "dougie", body={"words": "Two chairs"}),),
    "access_need_withdraw": (Row("access need", "dougie", 204),),
    "attendance_list": (Row("date", "priya rhona", others=403),),
    "attendance_mark": (Row("date", "priya rhona", others=403, body={"marks": []}),),
    "attendance_everyone": (Row("date", "priya rhona", others=403),),
    "attendance_walk_in": (Row("date", "priya rhona", 201, others=403, body={"name": "Pal Hamish"}),),
    "participation_year": (Row(these="priya", others=403),),
    "participation_session": (Row("room", "priya", others=403),),
    # examples, requests about them, and what one is asked
    "examples_list": (Row(),),
    "example_write": (Row(status=201, body=EXAMPLE), Row(status=400, body={"situation": ["no text"]})),
    "example_read": (Row("Ailsa's draft", "ailsa"), Row("Ailsa's shared example", "ailsa morag")),
    "example_change": (
        Row("Ailsa's draft", "ailsa", body={"title": "Another"}),
        Row("Ailsa's shared example", "ailsa", sees="morag", body={"title": "Another"}),
    ),
    "example_delete": (Row("Ailsa's draft", "ailsa", 204), Row("Ailsa's shared example", "ailsa", 409, sees="morag")),
    "example_file": (Row("Ailsa's draft", status=404), Row("Ailsa's example with a file", "ailsa morag")),
    "example_ask": (Row("Ailsa's draft", "ailsa", 201, body=DOUGIE),),
    "example_ask_preview": (Row("Ailsa's draft", "ailsa", body=DOUGIE),),
    "example_share": (Row("Ailsa's draft", "ailsa"), Row("Ailsa's shared example", "ailsa", sees="morag")),
    "example_unshare": (Row("Ailsa's shared example", "ailsa", sees="morag"),),
    "requests_list": (Row(),),
    "request_read": (Row("Ailsa's request to Rhona", "ailsa"), Row("request by Morag", "ailsa morag")),
    "request_withdraw": (
        Row("Ailsa's request to Rhona", "ailsa"),
        Row("request by Morag", "ailsa", sees="morag"),
    ),
    "request_reply": (Row("Rhona's answer", "ailsa", 201, body={"text": "Thank you."}),),
    "request_send": (
        Row("request by Morag", "morag", sees="ailsa"),
        Row("Ailsa's request to Rhona", "nobody else", sees="ailsa"),
    ),
    "request_not_send": (Row("request by Morag", "morag", sees="ailsa", body={"reason": "We asked them in May."}),),
    "asked_list": (Row(),),
    "asked_read": (Row("Ailsa's request to Rhona", "rhona"), Row("Rhona's answer", "rhona")),
    "asked_file": (Row("Ailsa's request to Rhona", status=404),),
    "asked_answer": (Row("Ailsa's request to Rhona", "rhona", body={"answer": "yes", "words": ""}),),
    "asked_answer_quietly": (Row("Ailsa's request to Rhona", "rhona", body={"answer": "rather_not"}),),
    "asked_take_back": (Row("Rhona's answer", "rhona"), Row("Ailsa's request to Rhona", "rhona", 409)),
    # reviews: the person, the line manager, the second manager from sharing on; no administrator, no partner
    "reviews_list": (Row(),),
    "review_read": (
        Row("self-assessment", "ailsa morag"),
        Row("review being written", "morag"),
        Row("shared review", "morag fergus"),
        Row("answered review", "morag fergus"),
        Row("closed review", "ailsa morag"),
    ),
    "review_draft": (Row("self-assessment", "ailsa morag"), Row("shared review", "morag", sees="fergus")),
    "review_draft_behaviour": (Row("behaviour of it", "ailsa morag"),),
    "review_draft_behaviour_save": (Row("behaviour of it", "ailsa morag", body={"words": "Rang first."}),),
    "review_draft_summary": (Row("self-assessment", "ailsa morag"),),
    "review_draft_summary_save": (
        Row("self-assessment", "ailsa morag", body={"summary": "A year."}),
        Row("shared review", "morag", 409, body={"summary": "A year."}, sees="fergus"),
    ),
    "review_send": (Row("self-assessment", "ailsa", 409, body={"text": "never"}, sees="morag"),),
    "review_take_back_self": (Row("self-assessment", "ailsa", 409, sees="morag"),),
    "review_share": (
        Row("review being written", "morag", 409, body={"text": "never"}),
        Row("shared review", "morag", 409, body={"text": "never"}, sees="fergus"),
    ),
    "review_take_back": (Row("shared review", "morag", sees="fergus"),),
    "review_change_after_talk": (Row("shared review", "morag", 409, sees="fergus"),),
    "review_talk_held": (Row("shared review", "morag", body={"talk_on": str(today())}, sees="fergus"),),
    "review_answer": (Row("shared review", "nobody-else", body={"answer": "agree"}, sees="morag fergus"),),
    "review_take_back_answer": (Row("answered review", "nobody-else", sees="morag fergus"),),
    "review_return_to_manager": (Row("answered review", "fergus", body={"reason": "Once more"}, sees="morag"),),
    "review_confirm_fair": (Row("answered review", "fergus", 409, sees="morag"),),
    "review_point_reply": (Row("point", "fergus", body={"reply": "So it was.", "seen": ""}, sees="morag"),),
    "review_record": (Row("closed review", "ailsa morag"),),
    "review_record_pdf": (Row("closed review", "ailsa morag"),),
    "review_record_add": (
        Row(
            "closed review",
            "ailsa",
            201,
            body={"version": 1, "kind": "statement", "words": "Beside it."},
            sees="morag",
        ),
    ),
    "team_list": (Row(),),
    "team_person": (Row("post", "morag"),),
    "team_notes": (Row("post", "morag"),),
    "team_note": (Row("post", "morag", 400, body={"kind": "good", "behaviour": "none"}),),
    "notes_list": (Row(),),
    "note_answer": (Row("note", "ailsa", 201, body={"answer": "I was there."}),),
    "steps_list": (Row(),),
    "step_mark": (Row("step", "ailsa morag", body={"done": True}),),
}


def operations() -> dict[str, tuple[str, str, dict]]:
    """(method, path, description) of every operation, by its id."""
    schema = SchemaGenerator(patterns=described).get_schema(request=None, public=True)
    return {
        operation["operationId"]: (method.upper(), path, operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    }


OPERATIONS = operations()


@pytest.fixture(scope="module")
def world(demo):
    """Values for the addresses, by name of the record."""
    set_policy("api_requests_per_minute", 10**6)
    set_policy("api_strangers_per_minute", 10**6)
    set_policy("verify_lookups_per_minute", 10**6)
    return world_of(demo)


@pytest.fixture(scope="module")
def callers(demo):
    """Everybody with a token for everything; nobody without."""
    return {NOBODY: Caller()} | {name: Caller(token_for(person)) for name, person in demo.items()}


def ask(caller, operation_id: str, values: dict, body: dict) -> int:
    """The status; whatever was done is taken back."""
    method, path, operation = OPERATIONS[operation_id]
    headers = {"If-Match": "*"} if _takes(operation, "If-Match") else {}
    with transaction.atomic():
        answer = caller.call(method, path.format(**values), None if method == "GET" else body, **headers)
        answer.getvalue()  # a file is read to its end, and closed
        transaction.set_rollback(True)
    return answer.status_code


def _takes(operation: dict, header: str) -> bool:
    return any(row["name"] == header for row in operation.get("parameters", []))


def test_the_table_names_every_operation_and_no_other():
    assert set(TABLE) == set(OPERATIONS)


@pytest.mark.parametrize("operation_id", sorted(TABLE))
def test_everybody_gets_what_the_table_says(world, callers, operation_id):
    for row in TABLE[operation_id]:
        told = {who: ask(callers[who], operation_id, world.get(row.of, {}), row.body) for who in ALL}
        assert told == {who: row.expected(who) for who in ALL}, row


@pytest.mark.parametrize("operation_id", sorted(name for name in TABLE if "{" in OPERATIONS[name][1]))
def test_what_is_missing_reads_like_what_is_not_yours(world, callers, operation_id):
    """Each part of the address in turn leads nowhere."""
    row = TABLE[operation_id][0]
    values = world[row.of]
    for part, value in values.items():
        elsewhere = values | {part: MISSING["int"] if isinstance(value, int) else MISSING["slug"]}
        told = {who: ask(callers[who], operation_id, elsewhere, row.body) for who in ALL}
        assert told == {who: 401 if who == NOBODY and not row.public else 404 for who in ALL}, part
