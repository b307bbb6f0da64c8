"""The frozen record: exactly what was signed, once a closing, and nothing that happens later changes it."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from appraisal.additions import add_to_record
from appraisal.enums import AdditionKind, Part
from appraisal.evidence import change_entry
from appraisal.models import EvidenceConfirmation, ManagerNote, RecordAddition, ReviewRecord
from appraisal.records import content_of
from appraisal.responding import keep_response
from people.lib.dates import today
from people.retention import retention_pass
from people.transitions import NotVisible, Refused, move, person
from tests.factories.appraisal import answered, example
from tests.factories.certificates import a_certificate
from tests.factories.records import CHANGED, SHOWN, close_again
from tests.factories.reviews import answer_all, days, open_cycle, review_in, review_of
from training.models import Certificate

pytestmark = pytest.mark.django_db
FIRST = "PB1"


@pytest.fixture
def cast(closed_cast):
    return closed_cast


@pytest.fixture
def record(told) -> ReviewRecord:
    return told.review.records.get()


def refused():
    return pytest.raises(DatabaseError, match="this table is append-only")


# ---- what it holds ---------------------------------------------------------------------------------------------


def test_it_says_whose_review_it_is_and_for_what(record, told):
    data, cycle = record.data, told.review.cycle

    assert {name: data[name] for name in ("format", "number", "version", "manager", "second_manager")} == {
        "format": 1,
        "number": f"{cycle.ends_on.year}-{told.review.pk:06d}",
        "version": 1,
        "manager": "Morag Sinclair",
        "second_manager": "Fergus Reid",
    }
    assert data["job_holder"] == {
        "name": "Ailsa Grant",
        "job_title": "Catchment officer",
        "team": "Varrach catchment",
    }
    assert data["cycle"] == {
        "name": "Reviews 2026",
        "starts_on": str(days(-300)),
        "ends_on": str(days(60)),
        "purpose": "Development only",
        "own_levels_hidden_first": True,
    }
    assert data["framework"]["version"] == 1
    assert data["talk"] == {
        "on": str(today()),
        "confirmed_by_both": True,
        "said_by_manager": True,
        "said_by_job_holder": True,
    }
    assert data["shared"] == [{"version": 1, "by": "Morag Sinclair", "on": str(today())}]


def test_it_holds_levels_and_words_of_both_sides(record, told):
    data = record.data
    first = data["behaviours"][0]

    assert [(row["number"], row["code"], row["expected"]) for row in data["behaviours"]] == [
        (1, "PB1", 2),
        (2, "PB4", 2),
        (3, "PB5", 2),
        (4, "PB6", 2),
        (5, "PB7", 1),
    ]
    assert first["expected_words"] == "Reliably"
    assert set(first["levels"]) == {"1", "2", "3", "4"}
    assert data["self"]["author"] == "Ailsa Grant"
    assert data["self"]["summary"] == "A year of calls."
    assert data["self"]["ratings"][FIRST] == {
        "mark": "3",
        "mark_words": "Helps the group",
        "words": "The group asks me.",
        "help": "A day a month",
        "examples": [told.call.pk],
        "notes": [],
    }
    assert data["manager_part"]["author"] == "Morag Sinclair"
    assert data["manager_part"]["ratings"][FIRST] == {
        "mark": "1",
        "mark_words": "With prompting",
        "words": "The farms heard late.",
        "help": "",
        "examples": [told.call.pk, told.walk.pk],
        "notes": [told.concern.pk],
    }
    assert data["earlier_managers"] == []


def test_it_holds_each_example_once_with_the_answers_as_given(record, told):
    call, walk = record.data["examples"]

    assert call == {
        "id": told.call.pk,
        "title": "Rang before drafting",
        "happened_on": str(days(-40)),
        "account": [["what happened", CHANGED], ["what came of it", "They heard."]],
        "partnership": "Varrach Flood Warning Group",
        "partnership_id": told.call.partnership_id,
        "engagement": "Walk along the flood bank",
        "engagement_on": str(days(-40)),
        "link": "",
        "file": "",
        "answers": [
            {
                "name": "Rhona MacBain",
                "organisation": "",
                "answer": "Yes, and I would add something",
                "answer_kind": "yes_and",
                "words": "And you rang again on Friday.",
                "on": str(today()),
                "changed_since": True,
                "shown": {
                    "title": "Rang before drafting",
                    "happened_on": str(days(-40)),
                    "text": f"What happened\n{SHOWN}\n\nWhat came of it\nThey heard.",
                },
                "decides_something_of_theirs": False,
                "asked_by": "Ailsa Grant",
                "replies": [{"text": "Thank you, I had forgotten.", "on": str(today())}],
            }
        ],
    }
    assert (walk["title"], walk["partnership"], walk["answers"]) == ("Walked the bank at night", "", [])


def test_it_holds_notes_certificates_and_next_steps(record, told):
    data = record.data

    assert data["notes"] == [
        {
            "id": told.concern.pk,
            "kind": "concern",
            "kind_words": "A concern",
            "author": "Morag Sinclair",
            "seen_on": str(days(-60)),
            "raised_on": str(told.concern.raised_on),
            "text": "The farms heard of the closed road from the radio.",
            "answer": "",
        }
    ]
    assert data["certificates"] == [
        {
            "title": "Why we work in partnership",
            "code": told.certificate.grouped_code,
            "completed_on": str(today()),
            "expires_on": str(told.certificate.expires_on),
            "status": "valid",
            "behaviours": ["PB1"],
        }
    ]
    assert data["next_steps"] == [
        {
            "what": "Do the module together",
            "who": "Ailsa Grant",
            "by": str(days(30)),
            "module": "Closing the loop",
            "module_id": told.module.pk,
            "behaviours": ["PB1"],
        }
    ]


def test_it_holds_the_answer_and_who_signed_what(record, told):
    data = record.data

    assert data["response"] == {
        "answer": "disagree",
        "answer_words": "I disagree",
        "words": "Not in the first point.",
        "on": str(today()),
        "points": [
            {
                "behaviour": data["behaviours"][0]["name"],
                "words": "The radio was quicker than any of us.",
                "reply": "I asked the farms; both are true.",
                "replied_by": "Fergus Reid",
                "replied_on": str(today()),
            }
        ],
    }
    assert [(row["role"], row["name"], row["statement"], row["words"]) for row in data["signatures"]] == [
        (
            "manager",
            "Morag Sinclair",
            "This is my view of each behaviour. Each level rests on the examples named beside it.",
            "",
        ),
        ("job_holder", "Ailsa Grant", "I have read this review and I disagree with it.", ""),
        (
            "second_manager",
            "Fergus Reid",
            "I have read this review and what was said to it, and it was fair.",
            "I read both sides.",
        ),
    ]


def test_silence_is_no_signature(cast):
    review = review_in(cast, "shared", name="Another")
    keep_response(review, "no_response", "", [])  # as the move of the system does, days later

    data = content_of(review)

    assert data["response"]["answer"] == "no_response"
    assert [row["role"] for row in data["signatures"]] == ["manager"]
    assert data["talk"] == {
        "on": "",
        "confirmed_by_both": False,
        "said_by_manager": False,
        "said_by_job_holder": False,
    }


def test_a_self_assessment_that_was_never_sent_is_not_in_it(cast):
    review = review_of(cast, open_cycle(cast, name="Another", self_due_on=days(-1)))
    private = example(cast.ailsa, title="Only mine")
    answer = answered(private, cast.rhona, words="So it was.")
    answer_all(review, Part.SELF, cast.fresh("ailsa"), words="Mine alone.", examples=[private])
    seen = example(cast.ailsa, title="For both")
    move(seen, "share", by=person(cast.ailsa))
    answer_all(review, Part.MANAGER, cast.fresh("morag"), examples=[seen])
    review = move(review, "share", by=person(cast.fresh("morag")))
    review = move(review, "answer", by=person(cast.fresh("ailsa")), data={"answer": "agree", "words": ""})
    review = move(review, "confirm_fair", by=person(cast.fresh("fergus")))

    content = review.records.get().content

    assert json.loads(content)["self"] is None
    assert "Only mine" not in content
    assert "Mine alone." not in content
    answer.refresh_from_db()
    assert answer.signed_at is None
    assert move(answer, "take_back", by=person(cast.rhona)).state == "taken_back"


def test_withdrawn_certificates_are_no_learning_that_stands(cast, told):
    a_certificate(cast.ailsa, behaviours=("PB1",), state="withdrawn", withdrawn_reason="other")
    a_certificate(cast.ailsa, behaviours=("PB2",), title="About something else")
    a_certificate(cast.morag, behaviours=("PB1",), title="Somebody else's")
    kept = a_certificate(cast.ailsa, behaviours=("PB1",), title="Over", completed_on=days(-90), expires_on=days(-5))

    data = review_in(cast, "closed", name="Another").records.get().data

    assert [(row["code"], row["status"]) for row in data["certificates"]] == [
        (kept.grouped_code, "expired"),
        (told.certificate.grouped_code, "valid"),
    ]


# ---- that it stays ---------------------------------------------------------------------------------------------


def test_the_hash_is_of_the_very_text(record):
    assert record.sha256 == ReviewRecord.hash_of(record.content)
    assert record.hash_holds
    record.content = record.content.replace("late", "soon")
    assert not record.hash_holds


def test_nothing_later_changes_it(cast, record, told):
    before = (record.content, record.sha256)

    change_entry(told.call, {"title": "Another title", "situation": "Another story."}, by=cast.ailsa)
    Certificate.objects.filter(pk=told.certificate.pk).update(state="withdrawn", withdrawn_reason="other")
    ManagerNote.objects.filter(pk=told.concern.pk).update(text="Another note")
    told.review.next_steps.update(what="Another step")
    cast.ailsa.name = "Ailsa Munro"
    cast.ailsa.save()
    told.module.title = "Another module"
    told.module.save()

    fresh = ReviewRecord.objects.get()
    assert (fresh.content, fresh.sha256) == before


def test_answers_in_it_can_no_longer_be_taken_back(cast, record, told):
    told.answer.refresh_from_db()
    assert told.answer.signed_at is not None
    with pytest.raises(Refused, match="signed"):
        move(told.answer, "take_back", by=person(cast.rhona))
    assert EvidenceConfirmation.objects.get(pk=told.answer.pk).words == "And you rang again on Friday."


def test_opened_and_closed_again_gives_a_second_version_beside_the_first(cast, record, told):
    review = close_again(cast, told, words="The farms heard on the same day.")

    second, first = review.records.order_by("-version")
    assert (first.pk, first.content, first.sha256) == (record.pk, record.content, record.sha256)
    assert (second.number, second.version) == (record.number, 2)
    assert second.data["manager_part"]["ratings"][FIRST]["words"] == "The farms heard on the same day."
    assert second.data["response"]["answer"] == "agree"
    assert [row["version"] for row in second.data["shared"]] == [1, 2]
    assert [row["role"] for row in second.data["signatures"]] == ["manager", "job_holder", "second_manager"]
    assert first.hash_holds
    assert second.hash_holds


def test_whoever_closed_it_cannot_do_so_again(cast, told):
    with pytest.raises(NotVisible):
        move(told.review, "confirm_fair", by=person(cast.fresh("fergus")))

    assert told.review.records.count() == 1


@pytest.fixture
def addition(cast, record) -> RecordAddition:
    return add_to_record(
        record, AdditionKind.STATEMENT, "I have asked the farms since.", by=person(cast.fresh("ailsa"))
    )


@pytest.mark.parametrize("table", ["reviewrecord", "recordaddition"])
@pytest.mark.parametrize("sql", ["UPDATE appraisal_{} SET id = id", "DELETE FROM appraisal_{}"])
def test_neither_record_nor_addition_can_be_changed(addition, table, sql):
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table))


def test_models_cannot_change_them_either(record, addition):
    record.content, addition.words = "{}", "Something else"

    for row in (record, addition):
        with refused(), transaction.atomic():
            row.save()
        with refused(), transaction.atomic():
            type(row).objects.filter(pk=row.pk)._raw_delete("default")
    assert RecordAddition.objects.get().words == "I have asked the farms since."
    assert ReviewRecord.objects.get().hash_holds


def test_retention_alone_lets_an_old_record_go(addition):
    with retention_pass("the time is over"):
        RecordAddition.objects.all().delete()
        ReviewRecord.objects.all().delete()

    assert not ReviewRecord.objects.exists()


def test_an_addition_stands_beside_and_never_inside(record, addition):
    fresh = ReviewRecord.objects.get()

    assert fresh.content == record.content
    assert "I have asked the farms since." not in fresh.content
    assert list(fresh.additions.all()) == [addition]
