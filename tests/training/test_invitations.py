"""Inviting: whom, each once, what the mail says; every answer, in every state, by everyone."""

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from people.lib.dates import add_working_days
from people.models import OutgoingMail, User
from people.transitions import SYSTEM, Refused, link_actor, move, person
from tests.factories.sessions import ask, begin, draft_session, invitation_in, invited, session_of
from training.booking.invitations import Invitee, answer_by, invite, last_day_to_answer, read_addresses
from training.booking.links import token_of
from training.enums import InvitationState, SessionFormat, WhyNot
from training.models import JointSession, Place, SessionInvitation
from training.workflow import MOVES

pytestmark = pytest.mark.django_db
PEOPLE = ("ailsa", "rhona", "dougie", "priya", "tom", "stranger")
MINE = {"dougie", "link"}

TABLE = {  # state -> move -> who succeeds with Dougie's invitation before the session has started
    InvitationState.INVITED: {
        "accept": {"system"}, "decline": MINE, "ask_later": MINE, "invite": {"priya"}, "ask_again": {"priya"},
    },
    InvitationState.ACCEPTED: {"accept": {"system"}},
    InvitationState.DECLINED: {"accept": {"system"}, "decline": {"dougie"}},  # the same again is a success
}  # fmt: skip


def outcome(row, name, actor):
    data = {"asked_until": row.answer_by + datetime.timedelta(days=3)} if name == "ask_later" else {}
    try:
        return move(row, name, by=actor, data=data)
    except (PermissionDenied, Http404, Refused):
        return None


@pytest.mark.parametrize("state", list(InvitationState))
def test_answers_are_open_to_exactly_these(cast, state):
    row, found = invitation_in(cast, state), {}
    assert row.state == state
    actors = {name: person(cast.fresh(name)) for name in PEOPLE} | {"system": SYSTEM, "link": link_actor(row)}
    for each in MOVES[SessionInvitation]:
        for who, actor in actors.items():
            with transaction.atomic(), time_machine.travel(timezone.now() + datetime.timedelta(days=2)):
                result = outcome(row, each.name, actor)
                transaction.set_rollback(True)
            if result is not None:
                assert result.state == each.to
                found.setdefault(each.name, set()).add(who)

    assert found == TABLE[state]


def test_only_coordinators_invite(cast):
    session = session_of(cast)

    with pytest.raises(PermissionDenied):
        invite(session, [Invitee("a@example.org")], by=cast.fresh("ailsa"))
    assert not SessionInvitation.objects.exists()


def test_a_link_to_another_invitation_opens_nothing(cast):
    mine, other = invited(session_of(cast), cast.dougie, cast.rhona)

    with pytest.raises(PermissionDenied):
        move(mine, "decline", by=link_actor(other))


@pytest.mark.parametrize(
    ("text", "found", "unreadable"),
    [
        ("a@example.org", [("", "a@example.org")], []),
        ("Ann Lee <A@Example.org>", [("Ann Lee", "a@example.org")], []),
        ('"Lee Ann" <a@example.org>; b@example.org,c@example.org\n\n d@example.org ',
         [("Lee Ann", "a@example.org"), ("", "b@example.org"), ("", "c@example.org"), ("", "d@example.org")], []),
        ("Ann Lee\nann at example", [], ["Ann Lee", "ann at example"]),
        ("a@example.org\x00, <>, @", [("", "a@example.org")], ["<>", "@"]),
        ("", [], []),
    ],
)  # fmt: skip
def test_addresses_are_read_as_people_paste_them(text, found, unreadable):
    rows, rest = read_addresses(text)

    assert [(row.name, row.email) for row in rows] == found
    assert rest == unreadable


def test_everybody_is_invited_once_and_it_is_said_who_was_not(cast):
    session = session_of(cast)
    invited(session, cast.dougie)
    ask(session, cast.fresh("rhona"))
    OutgoingMail.objects.all().delete()
    pasted, _rest = read_addresses("new@example.org, NEW@example.org, Dougie <union@example.org>, partner@example.org")

    result = invite(session, pasted, by=cast.priya)

    assert [row.email for row in result.invited] == ["new@example.org"]
    assert [(one.email, why) for one, why in result.left_out] == [
        ("new@example.org", "is named twice"),
        ("union@example.org", "is invited already"),
        ("partner@example.org", "has a place or has asked for one"),
    ]
    assert list(OutgoingMail.objects.values_list("template", "to")) == [("sessions/invited", "new@example.org")]


def test_an_account_and_the_same_person_by_another_address_are_one(cast):
    session = session_of(cast)
    invited(session, cast.dougie)

    again = Invitee("private@example.org", "Dougie", person=cast.dougie)

    assert invite(session, [again], by=cast.priya).invited == []


def test_a_pasted_address_makes_no_account(cast):
    count = User.objects.count()

    row = invite(session_of(cast), [Invitee("new@example.org", "Una New")], by=cast.priya).invited[0]

    assert (row.person, row.name, User.objects.count()) == (None, "Una New", count)


def test_nobody_is_invited_to_a_draft_or_after_the_start(cast):
    draft = draft_session(cast)
    with pytest.raises(Refused) as refusal:
        invited(draft, cast.dougie)
    assert "once the session is published" in refusal.value.sentences[0]

    session = session_of(cast)
    begin(session)
    with pytest.raises(Refused) as refusal:
        invited(JointSession.objects.get(pk=session.pk), cast.dougie)
    assert refusal.value.sentences == ["This session has started."]


def test_the_mail_says_what_decides_and_its_link_opens_the_page(cast, client_for, settings):
    settings.KEEP_SENT_MAIL = True
    session = session_of(cast, still_open="Who is <rung> first.", support=["expenses", "voucher"])
    row = invited(session, cast.dougie)[0]

    mail = OutgoingMail.objects.get()
    address = reverse("invitations:answer", args=[token_of(row)])

    assert mail.subject == "You are invited: Starting early together"
    for words in ("Dougie Ross, Priya Nair invites you", "Who is <rung> first.", "Expenses, A voucher", address):
        assert words in mail.text
    assert "Who is &lt;rung&gt; first." in mail.html
    assert "meet.example.org" not in mail.text + mail.html
    assert token_of(row) not in str(SessionInvitation.objects.values())
    page = client_for().get(address)
    assert page.status_code == 200
    assert page["Cache-Control"] == "private, no-store"
    assert "meet.example.org" not in page.content.decode()


def test_a_wrong_or_ended_link_says_so(cast, client_for):
    row = invited(session_of(cast), cast.dougie)[0]

    assert client_for().get(reverse("invitations:answer", args=["wrong"])).status_code == 404
    with time_machine.travel(timezone.now() + datetime.timedelta(days=130)):
        shown = client_for().get(reverse("invitations:answer", args=[token_of(row)]))
    assert shown.status_code == 404
    assert "This link does not work" in shown.content.decode()


def test_asking_for_a_place_answers_the_invitation(cast):
    row = invitation_in(cast, InvitationState.DECLINED)
    assert row.why_not == WhyNot.DATE

    ask(row.session, cast.fresh("dougie"))

    row.refresh_from_db()
    assert (row.state, row.why_not) == (InvitationState.ACCEPTED, "")


def test_a_place_by_the_same_address_answers_it_too(cast):
    session = session_of(cast)
    row = invite(session, [Invitee("UNION@example.org")], by=cast.priya).invited[0]

    ask(session, cast.fresh("dougie"))

    row.refresh_from_db()
    assert row.state == InvitationState.ACCEPTED
    assert Place.objects.get().state == "booked"


def test_people_have_the_time_to_think_that_was_agreed_and_never_beyond_sign_up(cast):
    session = session_of(cast)
    day = timezone.localdate()

    assert answer_by(session) == add_working_days(day, 10)
    session.sign_up_until = day + datetime.timedelta(days=2)
    assert answer_by(session) == day + datetime.timedelta(days=2)
    session.sign_up_until = None
    assert last_day_to_answer(session) == timezone.localdate(session.starts_at) - datetime.timedelta(days=1)


def test_a_later_day_has_to_be_later_and_in_time(cast):
    row, days = invited(session_of(cast), cast.dougie)[0], datetime.timedelta(days=1)
    last = last_day_to_answer(row.session)
    actor = person(cast.fresh("dougie"))

    for wrong, words in (
        (None, "Say until which day"),
        (row.answer_by, "You have until"),
        (last + days, "The last day to answer is"),
    ):
        with pytest.raises(Refused) as refusal:
            move(row, "ask_later", by=actor, data={"asked_until": wrong})
        assert words in refusal.value.sentences[0]

    assert move(row, "ask_later", by=actor, data={"asked_until": last}).asked_until == last
    move(row, "ask_later", by=actor, data={"asked_until": last})
    assert OutgoingMail.objects.filter(template="sessions/answers_later", to="coordinator@example.org").count() == 1


def test_an_unknown_reason_is_not_kept(cast):
    row = invited(session_of(cast, format=SessionFormat.ONLINE), cast.dougie)[0]

    with pytest.raises(Refused):
        move(row, "decline", by=person(cast.fresh("dougie")), data={"why_not": "nonsense"})

    said = move(row, "decline", by=person(cast.fresh("dougie")), data={"why_not": "cost", "words": "Two hours away"})
    assert (said.why_not, said.words, said.answered_at is None) == ("cost", "Two hours away", False)
