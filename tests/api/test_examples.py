"""Examples and requests through the API: who sees what, and that it does what the pages do."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from appraisal.models import EvidenceConfirmation, EvidenceEntry, EvidenceReply
from people.lib.dates import today
from people.models import AuditEvent, GivenAnswer, ManagerCover, OutgoingMail
from people.transitions import move, person
from tests.api.conftest import BASE
from tests.factories.appraisal import ACCOUNT, answered, asked, asked_through_manager, example, shared_example
from tests.factories.partnerships import PartnershipFactory, published_framework

pytestmark = pytest.mark.django_db
WRITTEN = {"situation": ACCOUNT, "happened_on": "2026-01-05"}
RHONA = {"name": "Rhona MacBain", "email": "partner@example.org", "decides": False}


def etag(caller, path):
    return caller.read(path)["ETag"]


def said(answer):
    return answer.status_code, answer.json().get("code"), answer.json().get("detail")


# --- Who sees what ---


def test_who_reads_an_example(cast, caller_for):
    """A private one its owner alone; a shared one the line manager too; nobody else, and to them it is not there."""
    private, shared = example(cast.ailsa), shared_example(cast.ailsa)
    found = {
        name: tuple(caller_for(user).read(f"/examples/{row.pk}/").status_code for row in (private, shared))
        for name, user in cast.people.items()
    }

    assert {name: codes for name, codes in found.items() if codes != (404, 404)} == {
        "ailsa": (200, 200),
        "morag": (404, 200),
    }
    assert caller_for(cast.ailsa).read("/examples/999999/").status_code == 404


def test_lists_are_those_of_the_page(cast, caller_for):
    private, shared = example(cast.ailsa), shared_example(cast.ailsa, title="Shared")
    example(cast.morag)

    def ids(user, path="/examples/"):
        return [row["id"] for row in caller_for(user).read(path).json()["results"]]

    assert ids(cast.ailsa) == [shared.pk, private.pk]
    assert ids(cast.morag, "/examples/?view=team") == [shared.pk]
    assert ids(cast.fergus, "/examples/?view=team") == []
    assert caller_for(cast.ailsa).read("/examples/?view=all").status_code == 400


def test_reading_by_the_manager_is_kept_and_by_the_owner_is_not(cast, caller_for):
    entry = shared_example(cast.ailsa)

    def readers():
        return list(AuditEvent.objects.filter(move="read", record_id=entry.pk).values_list("actor_id", flat=True))

    caller_for(cast.ailsa).read(f"/examples/{entry.pk}/")
    assert readers() == []
    caller_for(cast.morag).read(f"/examples/{entry.pk}/")
    assert readers() == [cast.morag.pk]


def test_reading_a_request_about_it_is_reading_the_example(cast, caller_for):
    """One by one it is kept, as with the example itself; the list holds nothing of the account or the answer."""
    entry = shared_example(cast.ailsa)
    rows = answered(entry, cast.rhona, "not_so", "I saw it otherwise."), asked_through_manager(entry, email="a@x.org")
    reads = AuditEvent.objects.filter(move="read", record_type="appraisal.evidenceentry", record_id=entry.pk)
    ailsa, morag = caller_for(cast.ailsa), caller_for(cast.morag)

    listed = morag.read("/requests/")
    assert {row["id"] for row in listed.json()["results"]} == {row.pk for row in rows}
    assert not {"shown", "answer", "words", "replies"} & set(listed.json()["results"][0])
    for words in (entry.heading, ACCOUNT, "I saw it otherwise.", "not_so"):
        assert words not in listed.content.decode()
    assert not reads.exists()
    for row in rows:
        assert ailsa.read(f"/requests/{row.pk}/").status_code == 200
        assert not reads.exists()
    for count, row in enumerate(rows, start=1):
        assert morag.read(f"/requests/{row.pk}/").json()["shown"]["text"] == row.shown_text
        assert list(reads.values_list("actor_id", "subject_id")) == [(cast.morag.pk, cast.ailsa.pk)] * count


def test_the_manager_learns_what_their_page_shows_and_no_more(cast, caller_for, client_for):
    """Who was asked and has not answered, how many of them, why something was not sent: for the owner alone."""
    entry = shared_example(cast.ailsa, kind="feedback")
    answered(entry, cast.rhona, "not_so", "I saw it otherwise.")
    asked(entry, name="Dougie Ross", email="union@example.org")
    refused = asked_through_manager(entry, name="Calum Weir", email="calum@example.net")
    move(refused, "not_send", by=person(cast.fresh("morag")), data={"reason": "Better not"})
    page = client_for(cast.morag).get(entry.get_absolute_url()).content.decode()
    own = caller_for(cast.ailsa).read(f"/examples/{entry.pk}/").json()
    body = caller_for(cast.morag).read(f"/examples/{entry.pk}/")

    told = body.json()
    assert [row["name"] for row in told["requests"]] == ["Rhona MacBain"]
    assert [row["name"] for row in own["requests"]] == ["Rhona MacBain", "Dougie Ross", "Calum Weir"]
    for words in ("Dougie", "Calum", "Better not", "feedback", "example.org", "example.net", "PB1"):
        assert words not in body.content.decode(), words
    assert "I saw it otherwise." in page
    assert "I saw it otherwise." in body.content.decode()
    assert told["who_sees"] in page.replace("&#x27;", "'")
    assert (told["kind"], own["kind"]) == (None, "feedback")
    assert told["moves"] == []
    row = caller_for(cast.morag).read("/examples/?view=team").json()["results"][0]
    assert (row["answers"], row["unanswered"]) == (1, None)


@pytest.mark.parametrize("choice", ["rather_not", "not_for_me", None])
def test_who_would_rather_not_say_looks_like_no_answer(cast, caller_for, choice):
    """Byte for byte, but for the row that the person asked reads themselves."""
    entry = shared_example(cast.ailsa)
    row = asked(entry)
    before = {name: _all_about(caller_for(cast.people[name]), entry, row) for name in ("ailsa", "morag")}
    audit, mails = AuditEvent.objects.exclude(move="read").count(), OutgoingMail.objects.count()
    rhona = caller_for(cast.rhona)
    if choice:
        answer = rhona.send(f"/asked/{row.pk}/quiet-answer/", {"answer": choice})
        assert (answer.status_code, answer.json()["state"]) == (200, "asked")

    after = {name: _all_about(caller_for(cast.people[name]), entry, row) for name in ("ailsa", "morag")}

    assert after == before
    assert (AuditEvent.objects.exclude(move="read").count(), OutgoingMail.objects.count()) == (audit, mails)
    assert rhona.read(f"/asked/{row.pk}/").json()["quiet_answer"] == (choice or "")
    assert not GivenAnswer.objects.exists()


def _all_about(caller, entry, row):
    paths = (f"/examples/{entry.pk}/", "/examples/", "/examples/?view=team", "/requests/", f"/requests/{row.pk}/")
    answers = [caller.read(path) for path in paths]
    return [(answer.status_code, answer.content, answer.headers.get("ETag")) for answer in answers]


def test_whoever_was_asked_reads_what_was_sent_and_nothing_else(cast, caller_for):
    entry = shared_example(cast.ailsa, title="Rang before drafting", result="What came of it")
    row = asked(entry)
    rhona = caller_for(cast.rhona)

    body = rhona.read(f"/asked/{row.pk}/").json()

    assert body["shown"]["title"] == "Rang before drafting"
    assert (body["readers"], body["may_read"]) == (["Morag Sinclair"], [])
    assert [move["name"] for move in body["moves"]] == ["answer"]
    assert rhona.read(f"/examples/{entry.pk}/").status_code == 404
    assert rhona.read(f"/requests/{row.pk}/").status_code == 404
    assert [caller_for(cast.people[name]).read(f"/asked/{row.pk}/").status_code for name in ("ailsa", "tom")] == [
        404
    ] * 2
    move(row, "withdraw", by=person(cast.ailsa))
    assert rhona.read(f"/asked/{row.pk}/").status_code == 404
    assert rhona.read("/asked/").json()["results"] == []


# --- Writing ---


def test_writing_is_what_the_page_writes(cast, caller_for, client_for):
    version = published_framework()
    slug = version.behaviour_texts.first().behaviour.slug
    key = version.behaviour_texts.first().behaviour_id
    group = PartnershipFactory(name="Varrach", slug="varrach")
    group.people.create(person=cast.ailsa, organisation=cast.host, role="Officer")
    body = {
        **WRITTEN,
        "task": "What",
        "action": "Did",
        "result": "Came",
        "title": "Rang",
        "kind": "product",
        "link": "example.org/page",
        "behaviours": [slug],
        "partnership": "varrach",
    }
    client_for(cast.ailsa).post(reverse("evidence:add"), {**body, "behaviours": [key], "partnership": group.pk})
    by_page = EvidenceEntry.objects.get()

    answer = caller_for(cast.ailsa).send("/examples/", body)

    assert answer.status_code == 201
    by_api = EvidenceEntry.objects.get(pk=answer.json()["id"])
    same = ("title", "situation", "task", "action", "result", "happened_on", "kind", "link", "partnership_id", "state")
    assert [getattr(by_api, name) for name in same] == [getattr(by_page, name) for name in same]
    assert list(by_api.behaviours.all()) == list(by_page.behaviours.all())
    assert answer.json() == {"id": by_api.pk, "state": "draft", "moves": answer.json()["moves"]}


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"situation": ""}, "/situation"),
        ({"happened_on": "2999-01-01"}, "/happened_on"),
        ({"happened_on": "soon"}, "/happened_on"),
        ({"link": "ftp://example.org"}, "/link"),
        ({"behaviours": ["nonsense"]}, "/behaviours"),
        ({"behaviours": "nonsense"}, "/behaviours"),
        ({"partnership": "nobody-in-it"}, "/partnership"),
        ({"kind": "nonsense"}, "/kind"),
        ({"title": "x" * 121}, "/title"),
        ({"situation": "x" * 6001}, "/situation"),
        ({"situation": None}, "/situation"),
        ({"situation": {"a": 1}}, "/situation"),
        ({"title": None}, "/title"),
    ],
)
def test_wrong_input_is_named_and_nothing_is_written(cast, caller_for, client_for, change, path):
    PartnershipFactory(slug="nobody-in-it")

    answer = caller_for(cast.ailsa).send("/examples/", {**WRITTEN, **change})

    assert answer.status_code == 400
    assert [row["path"].split("/")[1] for row in answer.json()["errors"]] == [path[1:]]
    assert not EvidenceEntry.objects.exists()


@pytest.mark.parametrize("change", [{"situation": ""}, {"happened_on": "2999-01-01"}, {"link": "ftp://example.org"}])
def test_the_sentences_are_those_of_the_page(cast, caller_for, client_for, change):
    page = client_for(cast.ailsa).post(reverse("evidence:add"), {**WRITTEN, **change})

    answer = caller_for(cast.ailsa).send("/examples/", {**WRITTEN, **change})

    (name,) = change
    assert [row["detail"] for row in answer.json()["errors"]] == page.context["form"].errors[name]


def test_a_repeated_key_writes_one_example_and_keeps_no_words(cast, caller_for):
    caller = caller_for(cast.ailsa)

    answers = [caller.send("/examples/", WRITTEN, Idempotency_Key="one") for _ in range(2)]
    other = caller.send("/examples/", {**WRITTEN, "title": "Else"}, Idempotency_Key="one")

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert other.status_code == 409
    assert EvidenceEntry.objects.count() == 1
    assert ACCOUNT[:20] not in GivenAnswer.objects.get().body


MASS = {
    "id": 1,
    "owner": 1,
    "owner_id": 1,
    "state": "shared",
    "version": 9,
    "text_version": 9,
    "form_key": "x",
    "file": "x",
}


def test_nothing_else_of_a_body_is_taken(cast, caller_for):
    caller = caller_for(cast.ailsa)

    made = caller.send("/examples/", {**WRITTEN, **MASS, "owner": cast.morag.pk, "owner_id": cast.morag.pk})
    entry = EvidenceEntry.objects.get()
    changed = caller.call(
        "PATCH", f"{BASE}/examples/{entry.pk}/", {"title": "New", **MASS, "owner_id": cast.morag.pk}, If_Match='"1"'
    )

    assert (made.status_code, changed.status_code) == (201, 200)
    entry.refresh_from_db()
    assert (entry.owner_id, entry.state, entry.version, entry.text_version) == (cast.ailsa.pk, "draft", 2, 2)
    assert (entry.title, entry.situation, bool(entry.file)) == ("New", ACCOUNT, False)


def test_changing_asks_for_the_version_that_was_read(cast, caller_for):
    entry = example(cast.ailsa, result="Kept")
    caller, path = caller_for(cast.ailsa), f"{BASE}/examples/{entry.pk}/"
    tag = etag(caller, f"/examples/{entry.pk}/")

    assert caller.call("PATCH", path, {"title": "One"}).status_code == 428
    first = caller.call("PATCH", path, {"title": "One"}, If_Match=tag)
    assert (first.status_code, first["ETag"]) == (200, '"2"')
    stale = caller.call("PATCH", path, {"title": "Two"}, If_Match=tag)
    assert (stale.status_code, stale.json()["code"]) == (412, "changed_since")
    assert caller.call("PATCH", path, {"title": "Three"}, If_Match="*").status_code == 200
    entry.refresh_from_db()
    assert (entry.title, entry.result) == ("Three", "Kept")
    shared = move(entry, "share", by=person(cast.ailsa))
    assert caller_for(cast.morag).call("PATCH", path, {"title": "Mine"}, If_Match="*").status_code == 403
    assert caller_for(cast.tom).call("PATCH", path, {"title": "Mine"}, If_Match="*").status_code == 404
    shared.refresh_from_db()
    assert shared.title == "Three"


def test_deleting_is_refused_in_the_words_of_the_page(cast, caller_for, client_for):
    draft, shared = example(cast.ailsa), shared_example(cast.ailsa)
    caller = caller_for(cast.ailsa)
    page = client_for(cast.ailsa).get(reverse("evidence:delete", args=[shared.pk]))

    refused = caller.call("DELETE", f"{BASE}/examples/{shared.pk}/", If_Match="*")
    others = caller_for(cast.morag).call("DELETE", f"{BASE}/examples/{shared.pk}/", If_Match="*")
    stale = caller.call("DELETE", f"{BASE}/examples/{draft.pk}/", If_Match='"7"')
    unseen = caller.call("DELETE", f"{BASE}/examples/{draft.pk}/")
    gone = caller.call("DELETE", f"{BASE}/examples/{draft.pk}/", If_Match='"1"')

    assert said(refused) == (409, "refused", page.context["sentence"])
    assert [answer.status_code for answer in (others, stale, unseen, gone)] == [403, 412, 428, 204]
    assert list(EvidenceEntry.objects.all()) == [shared]


def test_sharing_does_what_the_button_does(cast, caller_for, client_for):
    by_page, by_api = example(cast.ailsa), example(cast.ailsa)
    client_for(cast.ailsa).post(reverse("evidence:move", args=[by_page.pk, "share"]))
    mails = OutgoingMail.objects.count()

    answer = caller_for(cast.ailsa).send(f"/examples/{by_api.pk}/moves/share/", If_Match='"1"')

    assert (answer.status_code, answer.json()["state"], answer["ETag"]) == (200, "shared", '"2"')
    assert OutgoingMail.objects.count() == 2 * mails
    rows = AuditEvent.objects.filter(move="share").values_list("frm", "to", "actor_id", "subject_id")
    assert (len(set(rows)), len(rows)) == (1, 2)


def test_moves_say_what_blocks_them_as_the_page_does(cast, caller_for, client_for):
    entry = example(cast.rhona)  # nobody manages her here
    page = client_for(cast.rhona).get(entry.get_absolute_url())
    caller = caller_for(cast.rhona)

    told = caller.read(f"/examples/{entry.pk}/").json()["moves"]
    answer = caller.send(f"/examples/{entry.pk}/moves/share/", If_Match="*")

    assert [(row["name"], row["blocked_by"]) for row in told] == [
        ("share", page.context["moves"]["share"]["sentences"])
    ]
    assert said(answer) == (409, "needs_not_met", " ".join(told[0]["blocked_by"]))


def test_moves_of_readers_are_refused_and_of_strangers_not_there(cast, caller_for):
    entry = shared_example(cast.ailsa)
    path = f"/examples/{entry.pk}/moves/unshare/"

    assert caller_for(cast.morag).send(path, If_Match="*").status_code == 403
    assert caller_for(cast.tom).send(path, If_Match="*").status_code == 404
    assert caller_for(cast.ailsa).send(path).status_code == 428
    assert caller_for(cast.ailsa).send(path, If_Match='"1"').status_code == 412
    assert caller_for(cast.ailsa).send("/examples/999999/moves/unshare/", If_Match="*").status_code == 404
    assert EvidenceEntry.objects.get().state == "shared"


def test_the_file_is_for_whoever_reads_the_example(cast, caller_for):
    file = {"file": ContentFile(b"%PDF-1.4", "x.pdf"), "file_name": "plan.pdf", "file_type": "application/pdf"}
    entry = shared_example(cast.ailsa, **file)
    path = f"/examples/{entry.pk}/file/"

    own = caller_for(cast.ailsa).read(path)

    assert (own.status_code, own["Content-Type"], b"".join(own)) == (200, "application/pdf", b"%PDF-1.4")
    assert own["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert own["Cache-Control"] == "private, no-store"
    assert [status(caller_for(user), path) for user in (cast.morag, cast.tom, cast.rhona)] == [200, 404, 404]
    assert status(caller_for(cast.ailsa), f"/examples/{example(cast.ailsa).pk}/file/") == 404
    row = asked(entry)
    assert status(caller_for(cast.rhona), f"/asked/{row.pk}/file/") == 404
    EvidenceConfirmation.objects.update(shown_file=entry.file.name)
    assert status(caller_for(cast.rhona), f"/asked/{row.pk}/file/") == 200


def status(caller, path):
    answer = caller.read(path)
    b"".join(answer)  # a file is closed once it is read
    return answer.status_code


# --- Asking and answering ---


def test_asking_is_what_the_page_asks(cast, caller_for, client_for):
    by_page, by_api = example(cast.ailsa), example(cast.ailsa)
    page = {"name": "Rhona MacBain", "email": "partner@example.org", "decides": "no", "step": "send"}
    client_for(cast.ailsa).post(reverse("evidence:ask", args=[by_page.pk]), page)
    caller = caller_for(cast.ailsa)
    before = EvidenceConfirmation.objects.count()
    preview = caller.send(f"/examples/{by_api.pk}/requests/preview/", RHONA, If_Match='"1"')
    assert (preview.status_code, EvidenceConfirmation.objects.count()) == (200, before)

    answers = [
        caller.send(f"/examples/{by_api.pk}/requests/", RHONA, If_Match='"1"', Idempotency_Key="k") for _ in "ab"
    ]

    assert [answer.status_code for answer in answers] == [201, 201]
    first, second = EvidenceConfirmation.objects.order_by("pk")
    same = ("name", "email", "state", "shown_title", "shown_text", "decides", "asked_by_id", "organisation_key")
    assert [getattr(first, name) for name in same] == [getattr(second, name) for name in same]
    assert preview.json()["shown"]["text"] == second.shown_text
    assert preview.json()["blocked_by"] == []


def test_limits_of_asking_are_told_as_on_the_page(cast, caller_for, client_for):
    entry = example(cast.ailsa)
    asked(entry)
    page = {"name": "Rhona MacBain", "email": "partner@example.org", "decides": "no", "step": "send"}
    told = client_for(cast.ailsa).post(reverse("evidence:ask", args=[entry.pk]), page).context["sentences"]
    caller = caller_for(cast.ailsa)

    answer = caller.send(f"/examples/{entry.pk}/requests/", RHONA, If_Match="*")
    preview = caller.send(f"/examples/{entry.pk}/requests/preview/", RHONA, If_Match="*")

    assert said(answer) == (409, "needs_not_met", " ".join(told))
    assert preview.json()["blocked_by"] == told
    assert EvidenceConfirmation.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"name": "", "email": ""}, "/name"),
        ({"email": "nonsense"}, "/email"),
        ({"decides": "perhaps"}, "/decides"),
        ({"show": ["link"]}, "/show"),
        ({"show": ["everything"]}, "/show"),
        ({"organisation": 10**12}, "/organisation"),
        ({"organisation": 10**30}, "/organisation"),
    ],
)
def test_wrong_words_about_whom_to_ask(cast, caller_for, change, path):
    entry = example(cast.ailsa)

    answer = caller_for(cast.ailsa).send(f"/examples/{entry.pk}/requests/", {**RHONA, **change}, If_Match="*")

    assert answer.status_code == 400
    assert path in {f"/{row['path'].split('/')[1]}" for row in answer.json()["errors"]}
    assert not EvidenceConfirmation.objects.exists()


def test_somebody_of_the_partnership_is_asked_by_number_and_no_address_is_shown(cast, caller_for):
    group = PartnershipFactory(slug="varrach")
    for who, body in ((cast.ailsa, cast.host), (cast.rhona, cast.carers)):
        group.people.create(person=who, organisation=body, role="Member")
    entry, caller = example(cast.ailsa, partnership=group), caller_for(cast.ailsa)
    path = f"/examples/{entry.pk}/requests/"

    answer = caller.send(path, {"person": cast.rhona.pk, "decides": False}, If_Match="*")
    wrong = caller.send(path, {"person": cast.tom.pk, "decides": False}, If_Match="*")

    assert (answer.status_code, wrong.status_code) == (201, 400)
    row = EvidenceConfirmation.objects.get()
    assert (row.email, row.organisation) == ("partner@example.org", cast.carers)
    assert "example.org" not in caller.read(f"/requests/{row.pk}/").content.decode()


def test_nobody_in_particular_cannot_be_asked(cast, caller_for, client_for):
    """Where there is no partnership to choose from, name and address are asked for whatever else was sent."""
    entry = example(cast.ailsa)
    page = {"person": "nobody", "decides": "no", "step": "send"}

    shown = client_for(cast.ailsa).post(reverse("evidence:ask", args=[entry.pk]), page)
    path = f"/examples/{entry.pk}/requests/"
    answer = caller_for(cast.ailsa).send(path, {"person": 999, "decides": False}, If_Match="*")

    assert (shown.status_code, set(shown.context["form"].errors)) == (200, {"name", "email"})
    assert answer.status_code == 400
    assert {row["path"] for row in answer.json()["errors"]} == {"/name", "/email"}
    assert not EvidenceConfirmation.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_nobody_asks_about_the_example_of_somebody_else(cast, caller_for):
    entry = shared_example(cast.ailsa)
    path = f"/examples/{entry.pk}/requests/"

    assert caller_for(cast.morag).send(path, RHONA, If_Match="*").status_code == 403
    assert caller_for(cast.tom).send(path, RHONA, If_Match="*").status_code == 404
    assert caller_for(cast.ailsa).send(path, RHONA).status_code == 428
    assert caller_for(cast.ailsa).send(path, RHONA, If_Match='"1"').status_code == 412
    assert not EvidenceConfirmation.objects.exists()


def test_answering_and_taking_back_do_what_the_page_does(cast, caller_for, client_for):
    rows = [asked(example(cast.ailsa)) for _ in range(2)]
    page = reverse("evidence:asked", args=[rows[0].pk])
    client_for(cast.rhona).post(page, {"answer": "yes_and", "words": "Twice."})
    rhona = caller_for(cast.rhona)
    said_so = {"answer": "yes_and", "words": "Twice.", "state": "signed", "signed_at": "2026-01-01"}

    answer = rhona.send(f"/asked/{rows[1].pk}/moves/answer/", said_so, If_Match='"1"')

    assert (answer.status_code, answer.json()["state"]) == (200, "answered")
    kept = EvidenceConfirmation.objects.values_list("state", "answer", "words", "signed_at", "version")
    assert len(set(kept)) == 1
    mails = OutgoingMail.objects.exclude(template__contains="asked").values_list("template", "to")
    assert len(mails) == 2 * len(set(mails))
    assert rhona.send(f"/asked/{rows[1].pk}/moves/take_back/", If_Match='"1"').status_code == 412
    assert rhona.send(f"/asked/{rows[1].pk}/moves/take_back/", If_Match='"2"').status_code == 200
    again = rhona.send(f"/asked/{rows[1].pk}/moves/answer/", {"answer": "maybe"}, If_Match="*")
    assert (again.status_code, again.json()["errors"][0]["path"]) == (400, "/answer")


def test_withdrawing_and_replying_are_the_askers(cast, caller_for):
    entry = shared_example(cast.ailsa)
    open_one = asked(entry)
    told = answered(entry, cast.dougie, "yes", "So it was.", name="Dougie Ross")
    ailsa, morag, rhona = (caller_for(user) for user in (cast.ailsa, cast.morag, cast.rhona))

    assert morag.send(f"/requests/{told.pk}/replies/", {"text": "Mine"}).status_code == 403
    assert rhona.send(f"/requests/{told.pk}/replies/", {"text": "Mine"}).status_code == 404
    assert ailsa.send(f"/requests/{open_one.pk}/replies/", {"text": "Too early"}).status_code == 409
    assert ailsa.send(f"/requests/{told.pk}/replies/", {"text": " "}).status_code == 400
    for _ in range(2):
        assert (
            ailsa.send(f"/requests/{told.pk}/replies/", {"text": "Thank you"}, Idempotency_Key="r").status_code == 201
        )
    assert [row.text for row in EvidenceReply.objects.all()] == ["Thank you"]
    assert morag.read(f"/requests/{told.pk}/").json()["replies"][0]["text"] == "Thank you"
    assert morag.send(f"/requests/{open_one.pk}/moves/withdraw/", If_Match="*").status_code == 404
    assert ailsa.send(f"/requests/{open_one.pk}/moves/withdraw/", If_Match='"1"').status_code == 200
    assert ailsa.send(f"/requests/{told.pk}/moves/withdraw/", If_Match="*").json()["code"] == "wrong_state"


@pytest.mark.parametrize("who", ["morag", "donald"])
def test_the_line_manager_or_a_cover_asks_instead(cast, caller_for, who):
    entry = shared_example(cast.ailsa)
    waiting = asked_through_manager(entry)
    other = asked_through_manager(entry, name="Dougie Ross", email="union@example.org")
    if who == "donald":
        ManagerCover.objects.create(manager=cast.morag, cover=cast.donald, starts_on=today(), ends_on=today())
    caller = caller_for(cast.people[who])

    body = caller.read(f"/requests/{waiting.pk}/")
    sent = caller.send(f"/requests/{waiting.pk}/moves/send_by_manager/", If_Match=body["ETag"])
    refused = caller.send(f"/requests/{other.pk}/moves/not_send/", {"reason": "Better not"}, If_Match="*")

    assert {row["name"] for row in body.json()["moves"]} == {"send_by_manager", "not_send"}
    assert "example.org" not in body.content.decode()
    assert (sent.json()["state"], refused.json()["state"]) == ("asked", "not_sent")
    waiting.refresh_from_db()
    assert waiting.sent_by == cast.people[who]
    assert caller_for(cast.ailsa).read(f"/requests/{other.pk}/").json()["reason"] == "Better not"
    own = caller_for(cast.ailsa).send(f"/requests/{waiting.pk}/moves/send_by_manager/", If_Match="*")
    assert own.status_code == 403


def test_examples_are_reached_by_their_own_area_alone(cast, caller_for):
    caller = caller_for(cast.ailsa, areas=["reviews"])

    assert [caller.read(path).status_code for path in ("/examples/", "/requests/", "/asked/")] == [403] * 3
    assert caller_for(cast.ailsa, writes=False).send("/examples/", WRITTEN).status_code == 403
