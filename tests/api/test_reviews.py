"""Reviews through the API: nobody reads what their pages do not show them, and every act is that of the pages."""

import json

import pytest
from django.urls import reverse

from appraisal.enums import Part
from appraisal.models import (
    AppraisalReview,
    BehaviourRating,
    DisputedPoint,
    EvidenceEntry,
    ManagerNote,
    NextStep,
    RecordAddition,
    Signature,
)
from appraisal.tasks import print_record
from people.lib.dates import today
from people.models import AuditEvent, GivenAnswer, ManagerCover, Post
from people.transitions import move, person
from tests.api.conftest import BASE
from tests.factories import many_reviews
from tests.factories.appraisal import example
from tests.factories.review_people import become, undone
from tests.factories.reviews import answer_all, days, ground, next_step, note_seen, review_in, review_of
from tests.factories.secrets import ALL, PARTNER, REPLY, STATES, open_for_reason, secret_review

pytestmark = pytest.mark.django_db
SECRETS = ALL | {PARTNER}
READERS = (
    "ailsa", "morag", "morag as the former manager", "donald covering", "donald as the coming manager", "fergus",
    "fergus covering", "fergus who left", "tom", "tom with a reason", "tom whose reason ran out", "rhona", "superuser",
)  # fmt: skip


def words_in(answers) -> set[str]:
    text = "".join(answer.content.decode() for answer in answers if answer.status_code == 200)
    return {word for word in SECRETS if word in text}


def statuses(answers):
    return [answer.status_code for answer in answers]


# --- Leaks: a word in every text, in every state, for everybody ---


@pytest.mark.parametrize("state", STATES)
def test_the_api_shows_nobody_a_word_that_their_page_does_not(cast, client_for, caller_for, state):
    review = secret_review(cast, state)
    pages = [reverse(f"reviews:{name}", args=[review.pk]) for name in ("detail", "whole", "summary", "fair")]
    ours = [f"/reviews/{review.pk}/{part}" for part in ("", "draft/", "draft/summary/", "draft/behaviours/1/")]
    wrong = {}
    for who in READERS:
        with undone():
            user = become(who, cast, review).user
            client, caller = client_for(user), caller_for(user)
            page, body = [client.get(pages[0])], [caller.read(path) for path in ours]
            page += [client.get(address) for address in pages[1:] if page[0].status_code == 200]
            more, less = words_in(body) - words_in(page), words_in(page[:1]) - words_in(body)
            if more or less or page[0].status_code != body[0].status_code:
                wrong[who] = {"more": more, "less": less, "status": (statuses(page), statuses(body))}

    assert wrong == {}


@pytest.mark.parametrize("state", ["manager_review", "answered", "closed"])
def test_nor_beside_the_review(cast, client_for, caller_for, state):
    """Lists, the record, the team, notes, next steps, examples."""
    review = secret_review(cast, state)
    entry, post = EvidenceEntry.objects.get(), review.post_id
    pages = ["/reviews/", f"/reviews/{review.pk}/record/", "/team/", f"/team/{post}/", "/reviews/notes/"]
    pages += ["/reviews/steps/", "/evidence/", "/evidence/?view=team", f"/evidence/{entry.pk}/"]
    lists = [f"/reviews/?as={part}" for part in ("own", "team", "second")]
    ours = [*lists, f"/reviews/{review.pk}/record/", "/team/", f"/team/{post}/", f"/team/{post}/notes/", "/notes/"]
    ours += ["/next-steps/", "/next-steps/?done=yes", "/examples/", "/examples/?view=team", f"/examples/{entry.pk}/"]
    wrong = {}
    for who in ("ailsa", "morag", "donald covering", "fergus", "fergus covering", "tom with a reason", "rhona"):
        with undone():
            user = become(who, cast, review).user
            client, caller = client_for(user), caller_for(user)
            page, body = [client.get(address) for address in pages], [caller.read(path) for path in ours]
            if more := words_in(body) - words_in(page):
                wrong[who] = more
    assert wrong == {}


@pytest.mark.parametrize("state", ["self_review", "manager_review"])
def test_a_level_of_the_person_is_hidden_until_the_manager_has_chosen(cast, caller_for, state):
    review = review_of(cast)
    ground(cast)
    answer_all(review, Part.SELF, cast.fresh("ailsa"), mark=4)
    if state == "manager_review":
        review = move(review, "send", by=person(cast.fresh("ailsa")))
    path = f"/reviews/{review.pk}/"

    before = caller_for(cast.morag).read(path).json()["behaviours"]
    if state == "self_review":
        assert {row["own"] for row in map(_frozen, before)} == {"null"}
        return
    assert {(row["own"]["level"], row["own"]["said"], row["own"]["is_hidden"]) for row in before} == {(None, "", True)}
    answer_all(review, Part.MANAGER, cast.fresh("morag"))
    after = caller_for(cast.morag).read(path).json()["behaviours"]
    assert {(row["own"]["level"], row["own"]["is_hidden"]) for row in after} == {(4, False)}


def _frozen(row):
    return {name: json.dumps(value) for name, value in row.items()}


def test_that_the_second_manager_has_begun_to_answer_is_theirs_alone(cast, caller_for):
    review = secret_review(cast, "answered")

    def point(who):
        body = caller_for(cast.people[who]).read(f"/reviews/{review.pk}/").json()
        return [(row["reply"], row["seen"]) for line in body["behaviours"] for row in line["points"]]

    assert point("ailsa") == point("morag") == [("", None)]
    ((reply, seen),) = point("fergus")
    assert reply == REPLY
    assert seen


def test_no_code_and_no_address_of_anybody(cast, caller_for):
    review = secret_review(cast, "closed")
    paths = (f"/reviews/{review.pk}/", f"/reviews/{review.pk}/record/", "/team/", f"/team/{review.post_id}/", "/notes/")

    for who in ("ailsa", "morag"):
        text = "".join(caller_for(cast.people[who]).read(path).content.decode() for path in paths)
        assert "PB1" not in text
        assert "@example" not in text


def test_administrators_see_no_review_but_for_a_reason(cast, caller_for):
    review = secret_review(cast, "shared")
    tom = caller_for(cast.tom)
    paths = [f"/reviews/{review.pk}/", f"/reviews/{review.pk}/record/", f"/reviews/{review.pk}/draft/"]

    assert statuses(tom.read(path) for path in paths) == [404, 404, 404]
    assert tom.read("/reviews/?as=team").json()["results"] == []
    assert tom.send(f"/reviews/{review.pk}/moves/share/", {"text": "x"}, If_Match="*").status_code == 404
    open_for_reason(cast, review)
    assert tom.read(paths[0]).status_code == 200
    own = caller_for(cast.ailsa).read(paths[0]).json()
    assert [(row["name"], row["reasons"]) for row in own["readings"]] == [("Tom Baxter", ["Asked by the person"])]


@pytest.mark.parametrize("part", ["", "draft/", "draft/summary/", "draft/behaviours/1/"])
def test_every_reading_by_somebody_else_is_kept(cast, caller_for, part):
    review = secret_review(cast, "manager_review")
    reads = AuditEvent.objects.filter(move="read", record_type="appraisal.appraisalreview", record_id=review.pk)

    caller_for(cast.ailsa).read(f"/reviews/{review.pk}/{part}")
    assert reads.count() == 0
    answer = caller_for(cast.morag).read(f"/reviews/{review.pk}/{part}")

    assert answer.status_code == 200
    assert list(reads.values_list("actor_id", "subject_id")) == [(cast.morag.pk, cast.ailsa.pk)]


@pytest.mark.parametrize("part", ["draft/summary/", "draft/behaviours/1/"])
def test_reading_a_draft_by_a_save_of_nothing_is_kept_too(cast, caller_for, part):
    """A cover gets the words of the manager's draft as the answer, as with GET."""
    review = secret_review(cast, "manager_review")
    ManagerCover.objects.create(manager=cast.morag, cover=cast.donald, starts_on=today(), ends_on=today())
    reads = AuditEvent.objects.filter(move="read", record_type="appraisal.appraisalreview", record_id=review.pk)
    path = f"/reviews/{review.pk}/{part}"

    answer = caller_for(cast.donald).call("PATCH", BASE + path, {}, If_Match="*")

    assert list(reads.values_list("actor_id", "subject_id")) == [(cast.donald.pk, cast.ailsa.pk)]
    assert answer.content == caller_for(cast.donald).read(path).content


def test_a_save_of_nothing_holds_nothing_back(cast, caller_for):
    review = review_in(cast, "manager_review")
    morag, path = caller_for(cast.morag), f"/reviews/{review.pk}/draft/summary/"
    before = morag.read(path)

    after = morag.call("PATCH", BASE + path, {}, If_Match="*")

    assert (after.status_code, after["ETag"], after.content) == (200, before["ETag"], before.content)
    said = before.json()["summary"]
    assert morag.call("PATCH", BASE + path, {"summary": said}, If_Match="*").status_code == 200
    assert take(caller_for(cast.ailsa), review, "take_back_self").json()["state"] == "self_review"


def test_lists_are_of_one_part_each(cast, caller_for):
    review = review_in(cast, "shared")

    def ids(who, part):
        answer = caller_for(cast.people[who]).read(f"/reviews/?as={part}")
        return [row["id"] for row in answer.json()["results"]]

    found = {(who, part) for who in cast.people for part in ("own", "team", "second") if ids(who, part)}
    assert found == {("ailsa", "own"), ("morag", "team"), ("fergus", "second")}
    assert ids("ailsa", "own") == [review.pk]
    assert caller_for(cast.ailsa).read("/reviews/?as=all").status_code == 400


# --- Writing one side ---


def test_saving_a_behaviour_is_what_the_page_saves(cast, client_for, caller_for):
    review, entry = review_of(cast), ground(cast)
    said = {"mark": "3", "words": "She rang first.", "help": "A day a month"}
    client_for(cast.ailsa).post(
        reverse("reviews:write", args=[review.pk, 1]), {**said, "examples": [entry.pk], "seen": 1}
    )
    caller, path = caller_for(cast.ailsa), f"/reviews/{review.pk}/draft/behaviours/2/"
    tag = caller.read(path)["ETag"]
    mass = {"version": 9, "part": 1, "status": "rated", "level": 1, "notes": []}

    answer = caller.call("PATCH", BASE + path, {**said, "examples": [entry.pk], **mass}, If_Match=tag)

    assert (answer.status_code, answer["ETag"]) == (200, '"2"')
    rows = BehaviourRating.objects.filter(part__review=review, part__part=Part.SELF, behaviour__number__in=[1, 2])
    assert len(set(rows.values_list("status", "level", "words", "help", "examples", "version"))) == 1
    part = caller.call("PATCH", BASE + path, {"words": "Other words."}, If_Match='"2"').json()
    assert (part["mark"], part["words"], part["examples"]) == ("3", "Other words.", [entry.pk])
    stale = caller.call("PATCH", BASE + path, {"words": "Third"}, If_Match=tag)
    assert (stale.status_code, stale.json()["code"]) == (412, "changed_since")
    assert caller.call("PATCH", BASE + path, {"words": "Third"}).status_code == 428


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"mark": "5"}, "/mark"),
        ({"mark": 3.5}, "/mark"),
        ({"words": "x" * 3001}, "/words"),
        ({"words": None}, "/words"),
        ({"examples": [10**6]}, "/examples"),
        ({"examples": [10**30]}, "/examples"),
        ({"examples": "all"}, "/examples"),
        ({"notes": [1]}, None),
    ],
)
def test_what_cannot_be_written_is_named(cast, caller_for, body, path):
    review = review_of(cast)

    answer = caller_for(cast.ailsa).call("PATCH", f"{BASE}/reviews/{review.pk}/draft/behaviours/1/", body, If_Match="*")

    assert answer.status_code == (400 if path else 200)
    if path:
        assert f"/{answer.json()['errors'][0]['path'].split('/')[1]}" == path
    assert not BehaviourRating.objects.exclude(version=1).exists()


def test_examples_that_were_not_shared_cannot_be_ticked_by_the_manager(cast, caller_for):
    review, private = review_of(cast), example(cast.ailsa)
    path = f"{BASE}/reviews/{review.pk}/draft/behaviours/1/"

    own = caller_for(cast.ailsa).call("PATCH", path, {"examples": [private.pk]}, If_Match="*")
    managers = caller_for(cast.morag).call("PATCH", path, {"examples": [private.pk]}, If_Match="*")

    assert (own.status_code, managers.status_code) == (200, 400)
    assert private.heading not in caller_for(cast.morag).read(f"/reviews/{review.pk}/draft/").content.decode()


def test_the_summary_and_the_next_steps(cast, caller_for):
    review = review_of(cast)
    path, caller = f"/reviews/{review.pk}/draft/summary/", caller_for(cast.morag)
    step = {"what": "Walk the bank", "owner": cast.ailsa.pk, "due_on": str(days(30))}

    saved = caller.call("PATCH", BASE + path, {"summary": "A year.", "next_steps": [step]}, If_Match='"1"')
    kept = caller.call("PATCH", BASE + path, {"summary": "A good year."}, If_Match=saved["ETag"])
    stale = caller.call("PATCH", BASE + path, {"summary": "Mine"}, If_Match='"1"')
    wrong = [
        caller.call("PATCH", BASE + path, {"next_steps": [{**step, **change}]}, If_Match="*").json()["errors"][0][
            "path"
        ]
        for change in ({"due_on": "2020-01-01"}, {"owner": cast.tom.pk}, {"what": ""}, {"module": "none-such"})
    ]
    many = caller.call("PATCH", BASE + path, {"next_steps": [step] * 4}, If_Match="*")

    assert [row["what"] for row in kept.json()["next_steps"]] == ["Walk the bank"]
    assert (stale.status_code, many.status_code) == (412, 400)
    assert wrong == [f"/next_steps/0/{name}" for name in ("due_on", "owner", "what", "module")]
    assert NextStep.objects.get().owner == cast.ailsa
    own = caller_for(cast.ailsa).call("PATCH", BASE + path, {"next_steps": [step]}, If_Match="*")
    assert (own.status_code, own.json()["errors"][0]["path"]) == (400, "/next_steps")


def test_only_the_two_sides_write_and_only_while_it_is_open(cast, caller_for):
    review = review_in(cast, "shared")
    path = f"{BASE}/reviews/{review.pk}/draft/behaviours/1/"

    def save(who):
        return caller_for(cast.people[who]).call("PATCH", path, {"words": "Late"}, If_Match="*")

    assert {who: save(who).status_code for who in cast.people if save(who).status_code != 404} == {
        "ailsa": 409,
        "morag": 409,
        "fergus": 403,
    }
    assert "can no longer be changed" in save("ailsa").json()["detail"]
    assert not BehaviourRating.objects.filter(words="Late").exists()


# --- Moves ---


def take(caller, review, name, body=None, **headers):
    headers.setdefault("If_Match", f'"{AppraisalReview.objects.get(pk=review.pk).version}"')
    return caller.send(f"/reviews/{review.pk}/moves/{name}/", body, **headers)


def text_of(caller, review):
    return caller.read(f"/reviews/{review.pk}/draft/").json()["text"]


def test_a_whole_review_by_programs(cast, caller_for):
    """Written, sent, shared, talked about, disagreed with, answered, confirmed; the record as it stands afterwards."""
    review = review_of(cast)
    ground(cast)
    for part, who in ((Part.SELF, "ailsa"), (Part.MANAGER, "morag")):
        answer_all(review, part, cast.fresh(who))
    ailsa, morag, fergus = (caller_for(cast.people[who]) for who in ("ailsa", "morag", "fergus"))

    assert take(ailsa, review, "send", {"text": text_of(ailsa, review)}).json()["state"] == "manager_review"
    assert take(morag, review, "share", {"text": text_of(morag, review)}).json()["state"] == "shared"
    for caller in (morag, ailsa):
        assert take(caller, review, "talk_held", {"talk_on": str(today())}).status_code == 200
    said = {"answer": "disagree", "points": [{"behaviour": 1, "words": "I see it differently."}]}
    answered = take(ailsa, review, "answer", said)
    assert answered.json()["state"] == "answered"
    early = take(fergus, review, "confirm_fair", {"words": "Read."})
    assert (early.status_code, early.json()["code"]) == (409, "needs_not_met")
    body = fergus.read(f"/reviews/{review.pk}/").json()
    (point,) = body["behaviours"][0]["points"]
    path, reply = (
        f"{BASE}/reviews/{review.pk}/points/{point['id']}/",
        {"reply": "Both are true.", "seen": point["seen"]},
    )
    assert fergus.call("PUT", path, reply).status_code == 200
    assert fergus.call("PUT", path, {**reply, "reply": "Else"}).status_code == 412
    assert statuses([ailsa.call("PUT", path, reply), caller_for(cast.tom).call("PUT", path, reply)]) == [403, 404]
    closed = take(fergus, review, "confirm_fair", {"words": "I read both sides."}, Idempotency_Key="close")

    assert closed.json() == {"id": review.pk, "state": "closed", "moves": []}
    assert fergus.read(f"/reviews/{review.pk}/").status_code == 404
    assert Signature.objects.count() == 3
    record = morag.read(f"/reviews/{review.pk}/record/").json()
    assert [row["words"] for row in record["document"]["signatures"]] == ["", "", "I read both sides."]
    assert record["document"]["response"]["points"][0]["reply"] == "Both are true."
    kept = "".join(GivenAnswer.objects.values_list("body", flat=True))
    assert "both" not in kept.lower()
    moves = AuditEvent.objects.exclude(move="read").filter(record_type="appraisal.appraisalreview")
    assert list(moves.order_by("pk").values_list("move", flat=True))[1:] == [
        "send", "share", "talk_held", "talk_held", "answer", "confirm_fair",
    ]  # fmt: skip


def test_nobody_hands_in_what_they_have_not_read(cast, caller_for):
    review = review_of(cast)
    ground(cast)
    answer_all(review, Part.SELF, cast.fresh("ailsa"))
    caller = caller_for(cast.ailsa)
    text = text_of(caller, review)
    answer_all(review, Part.SELF, cast.fresh("ailsa"), words="Changed in another window.")

    assert take(caller, review, "send", {"text": text}).status_code == 412
    assert take(caller, review, "send", {}).status_code == 400
    assert take(caller, review, "send", {"text": text_of(caller, review)}, If_Match='"77"').status_code == 412
    assert caller.send(f"/reviews/{review.pk}/moves/send/", {"text": text}).status_code == 428
    review.refresh_from_db()
    assert review.state == "self_review"


def test_what_is_missing_is_said_as_on_the_page(cast, client_for, caller_for):
    review = review_of(cast)
    page = client_for(cast.ailsa).post(reverse("reviews:check", args=[review.pk]), {"seen": review.version})
    caller = caller_for(cast.ailsa)

    answer = take(caller, review, "send", {"text": "never"})
    told = caller.read(f"/reviews/{review.pk}/").json()["moves"]

    assert (answer.status_code, page.status_code) == (409, 409)
    assert [row["detail"] for row in answer.json()["errors"]] == page.context["refused"]
    assert [(row["name"], row["blocked_by"]) for row in told] == [("send", page.context["refused"])]


@pytest.mark.parametrize(
    "body",
    [
        {"answer": "agree", "words": "But"},
        {"answer": "comments", "words": " "},
        {"answer": "disagree"},
        {"answer": "agree", "points": [{"behaviour": 1, "words": "Differently"}]},
        {"answer": "disagree", "points": [{"behaviour": 5, "words": ""}]},
    ],
)
def test_answers_are_read_as_the_page_reads_them(cast, client_for, caller_for, body):
    review = review_in(cast, "shared")
    boxes = {f"point_{row['behaviour']}": row["words"] for row in body.get("points", [])}
    sent = {"answer": body["answer"], "words": body.get("words", ""), **boxes, "seen": review.version, "step": "send"}
    errors = client_for(cast.ailsa).post(reverse("reviews:answer", args=[review.pk]), sent).context["form"].errors

    answer = take(caller_for(cast.ailsa), review, "answer", body)

    assert answer.status_code == 400
    assert [row["detail"] for row in answer.json()["errors"]] == [words for rows in errors.values() for words in rows]
    review.refresh_from_db()
    assert review.state == "shared"


@pytest.mark.parametrize(
    ("name", "state", "body"),
    [
        ("send", "self_review", {"text": "x"}),
        ("take_back_self", "manager_review", {}),
        ("share", "manager_review", {"text": "x"}),
        ("take_back", "shared", {}),
        ("change_after_talk", "shared", {}),
        ("talk_held", "shared", {"talk_on": "2026-01-01"}),
        ("answer", "shared", {"answer": "agree"}),
        ("take_back_answer", "answered", {}),
        ("confirm_fair", "answered", {}),
        ("return_to_manager", "answered", {"reason": "Why"}),
    ],
)
def test_moves_are_for_those_of_the_page_alone(cast, caller_for, name, state, body):
    """Somebody else who reads it is refused, anybody else finds nothing, and nothing is written for either."""
    review = review_in(cast, state)
    owners = {"send": "ailsa", "take_back_self": "ailsa", "answer": "ailsa", "take_back_answer": "ailsa"}
    owners |= {"share": "morag", "take_back": "morag", "change_after_talk": "morag"}
    owners |= {"confirm_fair": "fergus", "return_to_manager": "fergus"}
    mine = {"ailsa", "morag"} if name == "talk_held" else {owners[name]}
    found = {
        who: take(caller_for(user), review, name, body).status_code
        for who, user in cast.people.items()
        if who not in mine
    }

    readers = {"ailsa", "morag", *(["fergus"] if state in ("shared", "answered") else [])}
    assert found == {who: 403 if who in readers else 404 for who in cast.people if who not in mine}
    review.refresh_from_db()
    assert review.state == state


def test_taking_back_and_looking_again(cast, caller_for):
    review = review_in(cast, "answered", answer="comments")
    ailsa, morag, fergus = (caller_for(cast.people[who]) for who in ("ailsa", "morag", "fergus"))

    empty = take(fergus, review, "return_to_manager", {"reason": " "})
    assert (empty.status_code, empty.json()["errors"][0]["path"]) == (400, "/reason")
    assert take(ailsa, review, "take_back_answer").json()["state"] == "shared"
    assert take(ailsa, review, "answer", {"answer": "agree"}).json()["state"] == "answered"
    assert take(fergus, review, "return_to_manager", {"reason": "The second point"}).json()["state"] == "manager_review"
    reasons = {
        who: caller_for(cast.people[who]).read(f"/reviews/{review.pk}/").json()["reasons"] for who in ("ailsa", "morag")
    }
    assert all(rows[0]["reason"] == "The second point" for rows in reasons.values())
    assert take(morag, review, "take_back").json()["code"] == "wrong_state"


def test_the_day_of_the_talk_is_checked_as_on_the_page(cast, client_for, caller_for):
    review = review_in(cast, "shared")
    for day in (days(1), days(-1000)):
        data = {"talk_on": str(day)}
        page = client_for(cast.ailsa).post(reverse("reviews:move", args=[review.pk, "talk_held"]), data)
        answer = take(caller_for(cast.ailsa), review, "talk_held", data)
        assert answer.status_code == 400
        assert [row["detail"] for row in answer.json()["errors"]] == page.context["talk_form"].errors["talk_on"]


# --- The record ---


def test_the_record_and_what_is_put_beside_it(cast, caller_for):
    review = review_in(cast, "closed")
    path = f"/reviews/{review.pk}/record/"
    ailsa, morag = caller_for(cast.ailsa), caller_for(cast.morag)
    body = ailsa.read(path).json()
    statement = {"version": 1, "kind": "statement", "words": "I would add the walk."}

    assert (body["version"], body["is_unchanged"], body["may_add"]) == (1, True, ["statement"])
    assert {who: caller_for(user).read(path).status_code for who, user in cast.people.items()} == {
        who: 200 if who in ("ailsa", "morag") else 404 for who in cast.people
    }
    assert statuses(ailsa.read(f"{path}?version={said}") for said in ("1", "2", "x", "9" * 40)) == [200, 404, 400, 400]
    assert morag.send(f"{path}additions/", statement).status_code == 403
    assert caller_for(cast.tom).send(f"{path}additions/", statement).status_code == 404
    assert ailsa.send(f"{path}additions/", {**statement, "version": 2}).status_code == 409
    assert ailsa.send(f"{path}additions/", {**statement, "kind": "outcome"}).status_code == 400
    assert ailsa.send(f"{path}additions/", {**statement, "words": " "}).status_code == 400
    twice = [ailsa.send(f"{path}additions/", statement, Idempotency_Key="s") for _ in range(2)]
    assert statuses(twice) == [201, 201]
    assert RecordAddition.objects.get().by == cast.ailsa
    assert [row["words"] for row in morag.read(path).json()["additions"]] == ["I would add the walk."]


def test_the_pdf_is_for_readers_of_the_record_and_its_reading_is_kept(cast, caller_for):
    review = review_in(cast, "closed")
    path, record = f"/reviews/{review.pk}/record/pdf/", review.records.get()
    if not print_record.func(record.pk) and not hasattr(record, "pdf"):
        pytest.skip("no printing here")
    reads = AuditEvent.objects.filter(move="read", record_id=review.pk, record_type="appraisal.appraisalreview")

    answer = caller_for(cast.morag).read(path)

    assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert answer["Cache-Control"] == "private, no-store"
    assert reads.count() == 1
    assert statuses(caller_for(user).read(path) for user in (cast.fergus, cast.tom, cast.rhona)) == [404, 404, 404]


# --- Notes, next steps, the team ---


def test_notes_about_me_count_as_read_when_they_were_shown(cast, caller_for, client_for):
    review_of(cast)
    note = note_seen(cast)
    ailsa, morag = caller_for(cast.ailsa), caller_for(cast.morag)

    assert [row["id"] for row in ailsa.read("/notes/").json()["results"]] == [note.pk]
    ailsa.read("/notes/")
    assert AuditEvent.objects.filter(move="read", record_id=note.pk, actor_id=cast.ailsa.pk).count() == 1
    assert morag.read("/notes/").json()["results"] == []
    assert statuses([morag.send(f"/notes/{note.pk}/answer/", {"answer": "Mine"})]) == [404]
    assert ailsa.send(f"/notes/{note.pk}/answer/", {"answer": " "}).status_code == 400
    twice = [ailsa.send(f"/notes/{note.pk}/answer/", {"answer": "I was there."}, Idempotency_Key="n") for _ in range(2)]
    other = ailsa.send(f"/notes/{note.pk}/answer/", {"answer": "Else"})
    assert statuses([*twice, other]) == [201, 201, 409]
    assert [row["answer"] for row in morag.read(f"/team/{note.post_id}/notes/").json()["results"]] == ["I was there."]


def test_a_manager_notes_what_they_saw(cast, caller_for, client_for):
    review_of(cast)
    post = Post.objects.get(person=cast.ailsa)
    slug = review_slug()
    body = {"kind": "good", "behaviour": slug, "seen_on": str(today()), "text": "She rang first."}
    path = f"/team/{post.pk}/notes/"

    made = [
        caller_for(cast.morag).send(path, {**body, "author": 1, "person": 1}, Idempotency_Key="n") for _ in range(2)
    ]

    assert statuses(made) == [201, 201]
    note = ManagerNote.objects.get()
    assert (note.author, note.person, note.behaviour.slug) == (cast.morag, cast.ailsa, slug)
    found = {who: caller_for(user).send(path, body).status_code for who, user in cast.people.items() if who != "morag"}
    assert set(found.values()) == {404}
    for change in ({"seen_on": str(days(1))}, {"behaviour": "none"}, {"text": " "}, {"kind": "bad"}):
        assert caller_for(cast.morag).send(path, {**body, **change}).status_code == 400


def review_slug():
    return AppraisalReview.objects.first().behaviours.first().text.behaviour.slug


def test_next_steps_are_marked_by_whoever_owes_them_or_manages(cast, caller_for):
    review = review_in(cast, "closed")
    step = next_step(cast, review)
    ailsa, path = caller_for(cast.ailsa), f"{BASE}/next-steps/{step.pk}/"

    assert [row["id"] for row in ailsa.read("/next-steps/").json()["results"]] == [step.pk]
    assert ailsa.call("PATCH", path, {"done": True, "done_on": "2020-01-01"}).json()["done_on"] == str(today())
    assert [row["id"] for row in ailsa.read("/next-steps/?done=yes").json()["results"]] == [step.pk]
    assert caller_for(cast.morag).call("PATCH", path, {"done": False}).status_code == 200
    assert statuses(caller_for(user).call("PATCH", path, {"done": True}) for user in (cast.fergus, cast.tom)) == [
        404,
        404,
    ]
    step.refresh_from_db()
    assert step.done_on is None


def test_the_team_is_that_of_the_page(cast, client_for, caller_for):
    review_in(cast, "manager_review")
    post = Post.objects.get(person=cast.ailsa)
    row = client_for(cast.morag).get("/team/").context["page"][0]

    (told,) = caller_for(cast.morag).read("/team/").json()["results"]

    (review,) = told["reviews"]
    assert (told["id"], told["person"]["name"]) == (post.pk, "Ailsa Grant")
    assert (review["turn"], review["action"], review["waits"]) == (row.turn, row.next_up.action, row.next_up.waits)
    words = (review["self_assessment"], review["managers_review"], review["talk"])
    assert words == (row.own_assessment.words, row.answers.words, row.talk.words)
    one = caller_for(cast.morag).read(f"/team/{post.pk}/").json()
    assert [row["id"] for row in one["reviews"]] == [review["id"]]
    found = {who: caller_for(user).read(f"/team/{post.pk}/").status_code for who, user in cast.people.items()}
    assert [who for who, status in found.items() if status == 200] == ["morag"]
    assert caller_for(cast.tom).read("/team/").json()["results"] == []


def test_what_somebody_learnt_is_there_and_how_is_not(cast, caller_for):
    key = many_reviews.one_person(cast, 2)

    body = caller_for(cast.morag).read(f"/team/{key}/")

    assert len(body.json()["completed_learning"]) == 2
    assert set(body.json()["completed_learning"][0]) == {"title", "completed_on"}
    for word in ("score", "attempt", "tries", "confidence"):
        assert word not in body.content.decode()


def test_reviews_are_reached_by_their_own_area_alone(cast, caller_for):
    review = review_in(cast, "closed")
    caller = caller_for(cast.ailsa, areas=["examples"])
    paths = [
        "/reviews/",
        f"/reviews/{review.pk}/",
        f"/reviews/{review.pk}/record/",
        "/notes/",
        "/team/",
        "/next-steps/",
    ]

    assert set(statuses(caller.read(path) for path in paths)) == {403}
    assert take(caller_for(cast.ailsa, writes=False), review, "send", {"text": "x"}).status_code == 403
    assert DisputedPoint.objects.count() == 0
