"""Proposing a session: who may, by when a reply is due and what becomes of it, in moves, pages and My work."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from people.enums import Role
from people.models import Affiliation, OutgoingMail
from people.transitions import SYSTEM, NeedsNotMet, Refused, move, person
from tests.cast import PEOPLE
from tests.factories.proposals import ANSWERS, proposal_in, proposal_of
from tests.factories.sessions import draft_session
from training.enums import ProposalState
from training.models import SessionProposal
from training.planning.proposal_todo import todo_for
from training.planning.proposals import plan_from
from training.retention import RETENTION
from training.workflow import MOVES

pytestmark = pytest.mark.django_db
FRIDAY = datetime.datetime(2026, 11, 27, 10, tzinfo=datetime.UTC)  # St Andrew's Day is the Monday after it

TABLE = {
    ProposalState.PROPOSED: {
        "propose": {"rhona"}, "accept": {"priya"}, "decline": {"priya"}, "withdraw": {"rhona"},
    },
    ProposalState.ACCEPTED: {"accept": {"priya"}},  # the same press again
    ProposalState.DECLINED: {"decline": {"priya"}},
    ProposalState.WITHDRAWN: {"withdraw": {"rhona"}},
}  # fmt: skip


def outcome(proposal, name, actor):
    try:
        return move(proposal, name, by=actor, data={"words": "As it is"} if name in ("accept", "decline") else {})
    except (PermissionDenied, Http404, Refused):
        return None


@pytest.mark.parametrize("state", list(ProposalState))
def test_moves_of_a_proposal_are_open_to_exactly_these(cast, state):
    proposal, found = proposal_in(cast, state), {}
    actors = {name: person(cast.fresh(name)) for name in PEOPLE} | {"system": SYSTEM}
    for row in MOVES[SessionProposal]:
        for who, actor in actors.items():
            with transaction.atomic():
                result = outcome(proposal, row.name, actor)
                transaction.set_rollback(True)
            if result is not None:
                assert result.state == row.to
                found.setdefault(row.name, set()).add(who)

    assert found == TABLE[state]


def test_the_reply_is_due_in_ten_scottish_working_days_and_both_are_told(cast):
    with time_machine.travel(FRIDAY):
        proposal = proposal_of(cast)

    assert proposal.reply_due_on == datetime.date(2026, 12, 14)  # without the holiday it would be the eleventh
    mails = {mail.template: mail.to for mail in OutgoingMail.objects.all()}
    assert mails == {"proposals/proposed": "coordinator@example.org", "proposals/promised": "partner@example.org"}


def test_somebody_who_has_nothing_to_do_with_us_cannot_send_mail_by_it(cast):
    with pytest.raises(NeedsNotMet) as refusal:
        proposal_of(cast, by=cast.stranger)

    assert "act for an organisation" in refusal.value.sentences[0]
    assert not OutgoingMail.objects.exists()


def test_sending_twice_is_sending_once_and_five_wait_at_most(cast):
    assert proposal_of(cast) == proposal_of(cast)
    for number in range(4):
        proposal_of(cast, what=f"Another, {number}")

    with pytest.raises(NeedsNotMet) as refusal:
        proposal_of(cast, what="One more")
    assert "5 proposals of yours wait" in refusal.value.sentences[0]


@pytest.mark.parametrize("name", ["accept", "decline"])
def test_every_reply_has_words(cast, name):
    with pytest.raises(NeedsNotMet):
        move(proposal_of(cast), name, by=person(cast.priya), data={"words": "  "})


@pytest.mark.parametrize("state", ["accepted", "declined"])
def test_the_reply_goes_to_whoever_proposed_it(cast, state):
    proposal = proposal_in(cast, state)

    mail = OutgoingMail.objects.get(template=f"proposals/{state}")
    assert mail.to == "partner@example.org"
    assert proposal.words in mail.text


def test_it_stands_in_my_work_of_both_until_the_reply_and_late_is_said(cast):
    second = cast.fresh("donald")
    second.groups.add(Group.objects.get(name=Role.COORDINATOR))
    proposal = proposal_of(cast)

    for who in ("priya", "donald"):
        (task,) = todo_for(person(cast.fresh(who)))
        assert (task.title, task.due) == ("Answer what Rhona MacBain proposes", proposal.reply_due_on)
    (task,) = todo_for(person(cast.fresh("rhona")))
    assert (task.kind, task.status) == ("waiting", "Your proposal")
    assert todo_for(person(cast.fresh("ailsa"))) == []
    with time_machine.travel(timezone.now() + datetime.timedelta(days=40)):
        (task,) = todo_for(person(cast.fresh("rhona")))
        assert task.status == "Reply late"

    move(proposal, "decline", by=person(cast.priya), data={"words": "Not now."})
    assert [todo_for(person(cast.fresh(who))) for who in ("priya", "donald", "rhona")] == [[], [], []]


def test_many_that_wait_are_one_line(cast):
    for number in range(4):
        proposal_of(cast, what=f"Another, {number}")

    assert [task.title for task in todo_for(person(cast.fresh("priya")))] == ["Answer 4 proposals for sessions"]


def test_after_a_yes_it_is_to_be_planned_until_a_draft_came_of_it(cast):
    proposal = proposal_in(cast, ProposalState.ACCEPTED)
    assert [task.title for task in todo_for(person(cast.fresh("priya")))] == ["Plan what Rhona MacBain proposed"]

    session = draft_session(cast)
    plan_from(proposal, session, by=cast.priya)
    plan_from(proposal, draft_session(cast, title="A second draft"), by=cast.priya)  # the first one stands

    proposal.refresh_from_db()
    assert proposal.session == session
    assert todo_for(person(cast.fresh("priya"))) == []
    session.delete()
    proposal.refresh_from_db()
    assert proposal.session is None


def test_three_answers_and_one_press(cast, client_for):
    client = client_for(cast.rhona)

    said = client.post(reverse("proposals:propose"), ANSWERS, follow=True).content.decode()

    proposal = SessionProposal.objects.get()
    assert "Your proposal is with the co-ordinators." in said
    assert "Reply due by" in said
    assert (proposal.by, proposal.organisation, proposal.what) == (cast.rhona, cast.carers, ANSWERS["what"])


def test_what_is_missing_is_said_and_what_was_typed_is_kept(cast, client_for):
    shown = client_for(cast.rhona).post(reverse("proposals:propose"), ANSWERS | {"who_for": " "}).content.decode()

    assert "Say who it is for" in shown
    assert ANSWERS["what"] in shown
    assert not SessionProposal.objects.exists()


def test_somebody_with_two_hats_says_for_whom(cast, client_for):
    Affiliation.objects.create(person=cast.rhona, organisation=cast.union, starts_on="2025-01-01")
    client = client_for(cast.rhona)

    assert "Say whom you speak for" in client.post(reverse("proposals:propose"), ANSWERS).content.decode()
    client.post(reverse("proposals:propose"), ANSWERS | {"organisation": cast.union.pk})
    assert SessionProposal.objects.get().organisation == cast.union


def test_somebody_without_a_hat_reads_why_and_sees_no_form(cast, client_for):
    shown = client_for(cast.stranger).get(reverse("proposals:propose")).content.decode()

    assert "Only people who work here or act for an organisation" in shown
    assert "Send the proposal" not in shown


def test_a_full_list_is_told_and_the_words_are_kept(cast, client_for):
    for number in range(5):
        proposal_of(cast, what=f"Another, {number}")

    response = client_for(cast.rhona).post(reverse("proposals:propose"), ANSWERS)

    assert response.status_code == 409
    assert "5 proposals of yours wait" in response.content.decode()
    assert ANSWERS["what"] in response.content.decode()


def test_a_proposal_is_there_for_its_author_and_the_coordinators_alone(cast, client_for):
    proposal = proposal_of(cast)
    address = proposal.get_absolute_url()

    seen = {name for name in PEOPLE if client_for(cast.fresh(name)).get(address).status_code == 200}

    assert seen == {"rhona", "priya"}
    assert "Yes, we plan it" not in client_for(cast.fresh("rhona")).get(address).content.decode()


def test_a_coordinator_replies_on_its_page(cast, client_for):
    proposal = proposal_of(cast)
    address = reverse("proposals:reply", args=[proposal.pk])
    client, values = client_for(cast.priya), {"move": "accept", "seen": proposal.version, "words": "In May, with you."}

    assert "Write a few words: they wait for them" in client.post(address, values | {"words": ""}).content.decode()
    assert client_for(cast.rhona).post(address, values).status_code == 403
    assert "Your yes is on its way." in client.post(address, values, follow=True).content.decode()

    shown = client_for(cast.rhona).get(proposal.get_absolute_url()).content.decode()
    assert "In May, with you." in shown
    assert "Planning has not begun yet." in shown


def test_its_author_takes_it_back_and_nobody_answers_it_any_more(cast, client_for):
    proposal = proposal_of(cast)

    client_for(cast.rhona).post(reverse("proposals:withdraw", args=[proposal.pk]), {"seen": proposal.version})

    refused = client_for(cast.priya).post(
        reverse("proposals:reply", args=[proposal.pk]), {"move": "accept", "words": "Yes"}
    )
    assert refused.status_code == 409
    assert SessionProposal.objects.get().state == ProposalState.WITHDRAWN


def test_the_list_of_the_coordinators_says_what_is_late(cast, client_for):
    proposal_of(cast)
    proposal_of(cast, by=cast.ailsa, what="A walk along the burn.")

    with time_machine.travel(timezone.now() + datetime.timedelta(days=40)):
        shown = client_for(cast.priya).get(reverse("manage-proposals:list")).content.decode()

    assert shown.count("Late: was due") == 2
    assert client_for(cast.rhona).get(reverse("manage-proposals:list")).status_code == 403


def test_answered_proposals_go_with_the_sessions_of_their_time(cast):
    proposal_in(cast, ProposalState.DECLINED)
    proposal_of(cast, what="Still waiting")
    rule = next(rule for rule in RETENTION if rule.record == "training.SessionProposal")

    assert not rule.due().exists()
    with time_machine.travel(timezone.now() + datetime.timedelta(days=3 * 366)):
        assert rule.due().count() == 1


def test_the_yes_leads_to_a_draft_that_is_filled_in(cast, client_for):
    proposal, client = proposal_in(cast, ProposalState.ACCEPTED), client_for(cast.priya)
    shown = client.get(proposal.get_absolute_url()).content.decode()
    address = f"{reverse('manage-sessions:add')}?proposal={proposal.pk}"
    assert address in shown

    page = client.get(address)
    assert page.context["form"].initial == {"title": proposal.heading, "purpose": proposal.what}
    assert ANSWERS["where_and_when"] in page.content.decode()

    day = timezone.localdate() + datetime.timedelta(days=90)
    values = {
        "title": "A morning by the list",
        "purpose": proposal.what,
        "day": day,
        "hour": "10:00",
        "recipe": "visit",
    }
    client.post(address, values)

    proposal.refresh_from_db()
    assert proposal.session.title == "A morning by the list"
    assert "It is being planned." in client_for(cast.rhona).get(proposal.get_absolute_url()).content.decode()


@pytest.mark.parametrize("state", ["proposed", "declined", "withdrawn"])
def test_nothing_is_planned_from_what_was_not_accepted(cast, client_for, state):
    proposal = proposal_in(cast, state)

    page = client_for(cast.priya).get(reverse("manage-sessions:add"), {"proposal": proposal.pk})

    assert page.context["proposal"] is None
