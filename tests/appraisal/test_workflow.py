"""Every move of examples and requests, in every state, by everyone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from appraisal.enums import ConfirmationState, EvidenceState
from appraisal.models import EvidenceConfirmation, EvidenceEntry
from appraisal.workflow import MOVES
from people.models import OutgoingMail
from people.transitions import SYSTEM, Refused, link_actor, move, person
from tests.factories.appraisal import answered, asked, asked_through_manager, example, mails, prepared, shared_example

pytestmark = pytest.mark.django_db
PEOPLE = ("ailsa", "morag", "fergus", "rhona", "dougie", "priya", "tom", "senga", "donald", "stranger")

ENTRY_TABLE = {  # state -> move -> who succeeds
    EvidenceState.DRAFT: {"share": {"ailsa"}, "share_with_review": {"ailsa"}, "unshare": set()},
    # the same press twice is a success
    EvidenceState.SHARED: {"share": {"ailsa"}, "share_with_review": set(), "unshare": {"ailsa"}},
}
REQUEST_TABLE = {
    ConfirmationState.FOR_MANAGER: {"send_by_manager": {"morag"}, "not_send": {"morag"}, "withdraw": {"ailsa"}},
    ConfirmationState.NOT_SENT: {"not_send": {"morag"}},
    ConfirmationState.ASKED: {"answer": {"rhona", "link"}, "withdraw": {"ailsa"}, "replace": {"system"}},
    ConfirmationState.ANSWERED: {"answer": {"rhona"}, "take_back": {"rhona", "link"}},
    ConfirmationState.TAKEN_BACK: {"answer": {"rhona", "link"}, "take_back": {"rhona"}},
    ConfirmationState.WITHDRAWN: {"withdraw": {"ailsa"}},
}


def make_entry(cast, state):
    return {EvidenceState.DRAFT: example, EvidenceState.SHARED: shared_example}[state](cast.ailsa)


def make_request(cast, state):
    entry, rhona = shared_example(cast.ailsa), person(cast.rhona)
    if state == ConfirmationState.FOR_MANAGER:
        return asked_through_manager(entry)
    if state == ConfirmationState.NOT_SENT:
        return move(asked_through_manager(entry), "not_send", by=person(cast.morag))
    if state == ConfirmationState.WITHDRAWN:
        return move(asked(entry), "withdraw", by=person(cast.ailsa))
    if state == ConfirmationState.ASKED:
        return asked(entry)
    request = answered(entry, cast.rhona, words="It was raining.")
    return move(request, "take_back", by=rhona) if state == ConfirmationState.TAKEN_BACK else request


def actors(cast, request=None):
    found = {name: person(cast.fresh(name)) for name in PEOPLE}
    return found | {"system": SYSTEM} | ({"link": link_actor(request)} if request else {})


def outcome(record, name, actor):
    data = {"answer": "yes"} if name == "answer" else {}
    try:
        return move(record, name, by=actor, data=data)
    except (PermissionDenied, Http404, Refused):
        return None


@pytest.mark.parametrize("name", ["share", "share_with_review", "unshare"])
@pytest.mark.parametrize("state", list(EvidenceState))
def test_moves_of_examples_are_open_to_exactly_these(cast, state, name):
    succeeded = set()
    for who in [*PEOPLE, "system"]:
        entry = make_entry(cast, state)
        if outcome(entry, name, actors(cast)[who]):
            succeeded.add(who)

    assert succeeded == ENTRY_TABLE[state][name]


@pytest.mark.parametrize("name", [row.name for row in MOVES[EvidenceConfirmation] if row.frm])
@pytest.mark.parametrize("state", list(ConfirmationState))
def test_moves_of_requests_are_open_to_exactly_these(cast, state, name):
    request = make_request(cast, state)
    row = next(row for row in MOVES[EvidenceConfirmation] if row.name == name)
    succeeded = set()

    for who, actor in actors(cast, request).items():
        before = EvidenceConfirmation.objects.get(pk=request.pk)
        result = outcome(request, name, actor)
        if result:
            succeeded.add(who)
            assert result.state == row.to
        if result and result.version != before.version:
            EvidenceConfirmation.objects.filter(pk=request.pk).delete()
            before.save(force_insert=True)

    assert succeeded == REQUEST_TABLE[state].get(name, set())


def test_table_names_every_move_and_state():
    assert {row.name for row in MOVES[EvidenceEntry]} == {"keep", "share", "share_with_review", "unshare"}
    assert set(REQUEST_TABLE) == set(ConfirmationState)
    assert {row.name for row in MOVES[EvidenceConfirmation]} == {
        "ask", "ask_through_manager", "send_by_manager", "not_send", "answer", "take_back", "withdraw", "replace",
    }  # fmt: skip


def test_share_tells_the_manager_once(cast):
    entry = example(cast.ailsa)

    move(entry, "share", by=person(cast.ailsa))
    move(entry, "share", by=person(cast.ailsa))

    assert mails() == [("appraisal/shared", "manager@example.org")]


def test_share_without_manager_is_refused_with_a_sentence(cast):
    with pytest.raises(Refused) as refusal:
        move(example(cast.rhona), "share", by=person(cast.rhona))

    assert refusal.value.sentences == ["You have no line manager here to share with."]


def test_share_of_an_empty_draft_is_refused(cast):
    with pytest.raises(Refused, match="Write down what happened first"):
        move(example(cast.ailsa, situation=""), "share", by=person(cast.ailsa))


def test_unshare_is_refused_once_somebody_answered(cast):
    entry = shared_example(cast.ailsa)
    answered(entry, cast.rhona, "not_so", "We heard only afterwards.")

    with pytest.raises(Refused, match="Somebody has answered, so this stays shared"):
        move(entry, "unshare", by=person(cast.ailsa))


def test_ask_about_somebody_elses_example_is_forbidden(cast):
    request = prepared(shared_example(cast.ailsa))
    request.asked_by = cast.morag

    from appraisal.asking import ask

    with pytest.raises(PermissionDenied):
        ask(request, by=cast.morag)
    assert EvidenceConfirmation.objects.count() == 0


def test_asking_oneself_is_refused(cast):
    with pytest.raises(Refused, match="You cannot ask yourself"):
        asked(example(cast.ailsa), email="Staff+other@Example.org", name="Ailsa")


def test_declared_decision_goes_to_the_manager_and_not_to_the_partner(cast):
    waiting = asked_through_manager(shared_example(cast.ailsa))

    assert waiting.state == ConfirmationState.FOR_MANAGER
    assert mails()[-1] == ("appraisal/to_send", "manager@example.org")
    assert not OutgoingMail.objects.filter(to="partner@example.org").exists()
    assert (waiting.person_slot, waiting.asked_at) == (None, None)


def test_declared_decision_needs_a_shared_example(cast):
    with pytest.raises(Refused, match="Share the example with your line manager first"):
        asked_through_manager(example(cast.ailsa))


def test_declaration_cannot_be_unsaid(cast):
    entry = shared_example(cast.ailsa)
    move(asked_through_manager(entry), "not_send", by=person(cast.morag), data={"reason": "Their permit is open."})

    with pytest.raises(Refused, match="You said that you decide something of theirs"):
        asked(entry)


def test_manager_sends_and_the_declaration_stays(cast):
    sent = asked_through_manager(shared_example(cast.ailsa), cast.morag)

    assert (sent.state, sent.decides, sent.sent_by) == (ConfirmationState.ASKED, True, cast.morag)
    assert mails()[-2:] == [("appraisal/asked", "partner@example.org"), ("appraisal/sent", "staff@example.org")]


def test_manager_cannot_send_a_text_that_changed(cast):
    from appraisal.evidence import change_entry

    entry = shared_example(cast.ailsa)
    waiting = asked_through_manager(entry)
    change_entry(entry, {"situation": "Another story"}, by=cast.ailsa)

    with pytest.raises(Refused, match="They have to ask again"):
        move(waiting, "send_by_manager", by=person(cast.morag))


def test_answer_after_the_last_day_is_refused(cast):
    request = asked(example(cast.ailsa))
    EvidenceConfirmation.objects.filter(pk=request.pk).update(expires_at=timezone.now())

    with pytest.raises(Refused, match="The time to answer is over"):
        move(request, "answer", by=person(cast.rhona), data={"answer": "yes"})


def test_answer_tells_both_sides_and_keeps_the_shown_text(cast):
    entry = example(cast.ailsa)
    row = answered(entry, cast.rhona, "yes_and", "She also rang in the evening.")

    assert mails()[-2:] == [
        ("appraisal/answer_copy", "partner@example.org"),
        ("appraisal/answered", "staff@example.org"),
    ]
    assert (row.answer, row.words, row.shown_text, row.text_version) == (
        "yes_and", "She also rang in the evening.", entry.account_text, 1,
    )  # fmt: skip


def test_same_answer_twice_writes_and_sends_once(cast):
    request = asked(example(cast.ailsa))
    by = link_actor(request)

    first = move(request, "answer", by=by, data={"answer": "yes", "words": "First"})
    again = move(request, "answer", by=by, data={"answer": "not_so", "words": "Second"})

    assert (again.words, again.version) == ("First", first.version)
    assert [template for template, _to in mails()].count("appraisal/answered") == 1


def test_taking_back_removes_the_words(cast):
    row = move(answered(example(cast.ailsa), cast.rhona, words="Secret"), "take_back", by=person(cast.rhona))

    assert (row.state, row.answer, row.words, row.answered_at) == (ConfirmationState.TAKEN_BACK, "", "", None)
    assert mails()[-1] == ("appraisal/taken_back", "staff@example.org")


def test_signed_answer_stays(cast):
    row = answered(example(cast.ailsa), cast.rhona)
    EvidenceConfirmation.objects.filter(pk=row.pk).update(signed_at=timezone.now())

    with pytest.raises(Refused, match="part of a signed record"):
        move(row, "take_back", by=person(cast.rhona))


def test_link_of_another_request_answers_nothing(cast):
    mine = asked(example(cast.ailsa))
    other = asked(example(cast.ailsa), email="union@example.org", name="Dougie Ross")

    with pytest.raises(PermissionDenied):
        move(mine, "answer", by=link_actor(other), data={"answer": "yes"})
