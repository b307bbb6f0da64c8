"""Access needs: every move by everyone, who reads them and who never does, and where the words never go."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from people.enums import Role
from people.models import AuditEvent, OutgoingMail
from people.transitions import SYSTEM, Refused, link_actor, move, person
from tests.factories.guests import guest_place, link_to
from tests.factories.sessions import ask, session_of
from training.booking import getting_ready
from training.enums import NeedState
from training.models import AccessNeed, Facilitator, JointSession
from training.workflow import MOVES

pytestmark = pytest.mark.django_db
PEOPLE = ("ailsa", "morag", "fergus", "rhona", "dougie", "priya", "tom", "senga", "donald", "stranger")
SECRET = "Migraine: lamps that <flicker>"
ANSWER = "Lamps in the hall are off; daylight only"
ANSWERS = ("arranged", "partly", "not_possible")


@pytest.fixture
def session(cast):
    """Priya's, with Donald as deputy; Rhona and Morag lead it; Tom is a co-ordinator too, but not of this one."""
    cast.tom.groups.add(Group.objects.get(name=Role.COORDINATOR))
    session = session_of(cast, support=["expenses", "voucher"])
    JointSession.objects.filter(pk=session.pk).update(deputy=cast.donald)
    Facilitator.objects.create(session=session, name=cast.morag.name, person=cast.morag, side="staff")
    Facilitator.objects.create(session=session, name="Without Account", side="partner")
    return JointSession.objects.get(pk=session.pk)


def need_of(session, user, *, ticked=()) -> AccessNeed:
    place = ask(session, user)
    readers = [str(row.pk) for row in session.facilitators.filter(person__in=ticked)]
    return getting_ready.ask(place, SECRET, readers, by=person(user))


def need_in(session, user, state: str) -> AccessNeed:
    need = need_of(session, user)
    if state == NeedState.ASKED:
        return need
    return move(need, state, by=person(session.coordinator), data={"answer": ANSWER})


@pytest.mark.parametrize("state", list(NeedState))
def test_moves_of_a_need_are_open_to_exactly_these(cast, session, state):
    need, found = need_in(session, cast.fresh("dougie"), state), {}
    actors = {name: person(cast.fresh(name)) for name in PEOPLE} | {"system": SYSTEM}
    for row in MOVES[AccessNeed]:
        if not row.frm:
            continue
        data = {"answer": "Other words"} if row.name in ANSWERS else {"words": "Other words"}
        for who, actor in actors.items():
            with transaction.atomic():
                try:
                    assert move(need, row.name, by=actor, data=data).state == row.to
                    found.setdefault(row.name, set()).add(who)
                except (PermissionDenied, Http404, Refused):
                    pass
                transaction.set_rollback(True)

    assert found == {"ask_again": {"dougie"}} | {name: {"priya", "donald"} for name in ANSWERS}


def test_only_its_own_readers_see_a_need(cast, session):
    need = need_of(session, cast.fresh("dougie"), ticked=[cast.rhona])

    seen = {name for name in PEOPLE if AccessNeed.objects.visible_to(cast.fresh(name)).filter(pk=need.pk).exists()}

    assert seen == {"dougie", "priya", "donald", "rhona"}  # not Tom, a co-ordinator; not Morag, who leads it unticked


def test_a_co_ordinator_of_another_session_sees_and_answers_nothing(cast, session, client_for):
    need = need_of(session, cast.fresh("dougie"))
    client = client_for(cast.fresh("tom"))

    assert "Migraine" not in client.get("/manage/needs/").content.decode()
    address = reverse("needs:answer", args=[need.pk])
    assert client.post(address, {"state": "arranged"}).status_code == 404
    for address in ("/manage/", "/my-work/", f"/sessions/{session.pk}/", f"/sessions/{session.pk}/prepare/"):
        assert "igraine" not in client.get(address).content.decode()
    need.refresh_from_db()
    assert need.state == NeedState.ASKED


def test_who_is_ticked_reads_and_does_not_answer(cast, session, client_for):
    need = need_of(session, cast.fresh("dougie"), ticked=[cast.rhona])
    client = client_for(cast.rhona)

    shown = client.get("/manage/needs/").content.decode()
    assert "Migraine: lamps that &lt;flicker&gt;" in shown
    assert "Send the answer" not in shown
    assert client.post(reverse("needs:answer", args=[need.pk]), {"state": "arranged"}).status_code == 403


def test_only_those_who_lead_this_session_and_have_an_account_can_be_ticked(cast, session):
    place, elsewhere = ask(session, cast.dougie), session_of(cast)
    strangers = [str(row.pk) for row in (*elsewhere.facilitators.all(), *session.facilitators.filter(person=None))]

    need = getting_ready.ask(place, SECRET, strangers, by=person(cast.dougie))

    assert list(need.readers.all()) == []


def test_the_co_ordinator_answers_and_the_person_is_told_without_the_words(cast, session, client_for):
    need = need_of(session, cast.fresh("dougie"))
    client = client_for(cast.priya)

    for _press in range(2):
        response = client.post(reverse("needs:answer", args=[need.pk]), {"state": "partly", "answer": ANSWER})
        assert response.status_code == 302

    need.refresh_from_db()
    assert (need.state, need.answer) == (NeedState.PARTLY, ANSWER)
    mails = OutgoingMail.objects.filter(template__startswith="sessions/need")
    assert sorted(mails.values_list("to", "template")) == [
        (cast.priya.email, "sessions/need_asked"),
        (cast.donald.email, "sessions/need_asked"),
        (cast.dougie.email, "sessions/need_answered"),
    ]
    written = " ".join(f"{mail.subject}{mail.text}{mail.html}" for mail in mails)
    assert "igraine" not in written
    assert "daylight" not in written
    assert ANSWER in client_for(cast.dougie).get(f"/sessions/{session.pk}/ready/").content.decode()


@pytest.mark.parametrize("state", ["partly", "not_possible"])
def test_an_answer_that_is_not_yes_says_why(cast, session, client_for, state):
    need = need_of(session, cast.fresh("dougie"))

    response = client_for(cast.priya).post(reverse("needs:answer", args=[need.pk]), {"state": state, "answer": " "})

    assert response.status_code == 409
    assert "Say what is arranged and what is not" in response.content.decode()
    need.refresh_from_db()
    assert need.state == NeedState.ASKED


def test_two_who_answer_the_later_one_is_told_and_keeps_the_words(cast, session, client_for):
    need = need_of(session, cast.fresh("dougie"))
    address = reverse("needs:answer", args=[need.pk])
    client_for(cast.donald).post(address, {"state": "arranged", "answer": "A seat outside", "seen": need.version})

    response = client_for(cast.priya).post(address, {"state": "partly", "answer": ANSWER, "seen": need.version})

    shown = response.content.decode()
    assert response.status_code == 409
    assert "This was changed at" in shown
    assert ANSWER in shown
    assert "A seat outside" in shown


def test_other_words_are_answered_anew_and_the_same_words_are_not(cast, session):
    dougie = cast.fresh("dougie")
    need = need_in(session, dougie, NeedState.ARRANGED)

    same = move(need, "ask_again", by=person(dougie), data={"words": SECRET, "readers": []})
    assert (same.state, same.answer) == (NeedState.ARRANGED, ANSWER)

    again = move(need, "ask_again", by=person(dougie), data={"words": "A chair", "readers": []})
    assert (again.state, again.answer, again.words) == (NeedState.ASKED, "", "A chair")


def test_asking_twice_is_asking_once(cast, session):
    place = ask(session, cast.dougie)
    for _press in range(2):
        getting_ready.ask(place, f" {SECRET} ", [], by=person(cast.dougie))

    assert AccessNeed.objects.count() == 1
    assert OutgoingMail.objects.filter(template="sessions/need_asked").count() == 2  # the co-ordinator, the deputy


def test_what_is_taken_back_is_gone_and_the_audit_holds_no_words(cast, session, client_for):
    need = need_in(session, cast.fresh("dougie"), NeedState.PARTLY)
    client, address = client_for(cast.dougie), f"/sessions/{session.pk}/ready/"

    for _press in range(2):
        assert client.post(address, {"do": "withdraw", "need": need.pk}).status_code == 302

    assert not AccessNeed.objects.exists()
    rows = AuditEvent.objects.filter(record_type="training.accessneed")
    assert set(rows.values_list("move", flat=True)) == {"ask", "partly", "withdraw"}
    assert "igraine" not in str(list(rows.values()))
    assert "aylight" not in str(list(rows.values()))


def test_a_guest_asks_by_the_link_and_nobody_elses_link_reaches_it(cast, session, client):
    place = guest_place(session)
    other = guest_place(session, name="Other Guest", email="other@example.com")

    client.post(f"{link_to(place)}ready/", {"do": "ask", "words": SECRET})

    need = AccessNeed.objects.get()
    assert "Migraine" in client.get(f"{link_to(place)}ready/").content.decode()
    assert "Migraine" not in client.get(f"{link_to(other)}ready/").content.decode()
    client.post(f"{link_to(other)}ready/", {"do": "withdraw", "need": need.pk})
    assert client.post(f"{link_to(other)}ready/", {"do": "again", "need": need.pk, "words": "x"}).status_code == 404
    with pytest.raises(PermissionDenied):
        move(need, "ask_again", by=link_actor(other), data={"words": "x"})
    assert AccessNeed.objects.get().words == SECRET


def test_no_page_of_the_session_shows_a_need(cast, session, client_for):
    need_of(session, cast.fresh("dougie"))

    for name in PEOPLE:
        client = client_for(cast.fresh(name))
        for address in ("/sessions/", f"/sessions/{session.pk}/", f"/sessions/{session.pk}/prepare/", "/my-work/"):
            assert "igraine" not in client.get(address).content.decode(), (name, address)


def test_needs_are_removed_some_weeks_after_the_session(cast, session):
    need_of(session, cast.fresh("dougie"))
    ends = session.ends_at

    with time_machine.travel(ends + datetime.timedelta(days=27)):
        call_command("apply_retention", verbosity=0)
        assert AccessNeed.objects.count() == 1
    with time_machine.travel(ends + datetime.timedelta(days=29)):
        call_command("apply_retention", verbosity=0)
        assert AccessNeed.objects.count() == 0


def test_after_the_session_nothing_is_asked_or_answered(cast, session):
    need = need_of(session, cast.fresh("dougie"))

    with time_machine.travel(session.ends_at + datetime.timedelta(minutes=1)):
        for name, actor, data in (
            ("arranged", cast.priya, {"answer": ANSWER}),
            ("ask_again", cast.fresh("dougie"), {"words": "x"}),
        ):
            with pytest.raises(Refused) as refusal:
                move(need, name, by=person(actor), data=data)
            assert refusal.value.sentences == ["This session is over."]


def test_what_i_bring_is_read_by_those_who_prepare_and_support_by_those_who_arrange_it(cast, session, client_for):
    ask(session, cast.dougie)
    data = {"do": "about", "brings": "<Rota> of the night shift", "needs_from_others": "Dates", "support": "voucher"}
    client_for(cast.dougie).post(f"/sessions/{session.pk}/ready/", data)

    address, found = f"/sessions/{session.pk}/prepare/", {}
    for name in PEOPLE:
        response = client_for(cast.fresh(name)).get(address)
        shown = response.content.decode()
        found[name] = (response.status_code, "&lt;Rota&gt; of the night" in shown, "A voucher" in shown)

    both, half, none = (200, True, True), (200, True, False), (403, False, False)
    readers = {"priya": both, "tom": both, "donald": both, "rhona": half, "morag": half}
    assert found == {name: readers.get(name, none) for name in PEOPLE}


def test_only_support_that_is_offered_can_be_asked_for(cast, session, client_for):
    place, client = ask(session, cast.dougie), client_for(cast.dougie)
    address = f"/sessions/{session.pk}/ready/"
    assert "A fee for the time" not in client.get(address).content.decode()

    response = client.post(address, {"do": "about", "brings": "Rota", "support": "fee"})

    assert response.status_code == 422
    assert "Choose one of the kinds that are offered." in response.content.decode()
    assert "Rota" in response.content.decode()
    place.refresh_from_db()
    assert (place.brings, place.support) == ("", "")


def test_two_tabs_of_what_i_bring_the_later_keeps_its_words(cast, session, client_for):
    place, client, address = ask(session, cast.dougie), client_for(cast.dougie), f"/sessions/{session.pk}/ready/"
    first = {"do": "about", "brings": "Rota", "seen": place.version}
    assert [client.post(address, first).status_code for _press in range(2)] == [302, 302]

    response = client.post(address, {"do": "about", "brings": "Minutes", "seen": place.version})

    assert response.status_code == 409
    assert "This was changed at" in response.content.decode()
    assert "Minutes" in response.content.decode()


@pytest.mark.parametrize("data", [{"do": "nonsense"}, {"do": "again", "need": "²"}, {"do": "ask", "words": "x" * 301}])
def test_bad_input_is_no_fault_of_ours(cast, session, client_for, data):
    ask(session, cast.dougie)

    assert client_for(cast.dougie).post(f"/sessions/{session.pk}/ready/", data).status_code in (400, 404, 422)
    assert not AccessNeed.objects.exists()


def test_a_need_says_nothing_about_itself_where_it_is_printed(cast, session):
    need = need_of(session, cast.fresh("dougie"))

    assert "igraine" not in f"{need} {need!r}"
    assert timezone.now() > need.state_since


def test_nothing_is_asked_for_a_place_that_has_ended(cast, client_for, session):
    place, client = ask(session, cast.dougie), client_for(cast.dougie)
    address = f"/sessions/{session.pk}/ready/"
    need = getting_ready.ask(place, SECRET, [], by=person(cast.dougie))
    move(place, "cancel", by=person(cast.dougie))
    assert client.get(address).status_code == 200  # what was said can still be taken back

    need.delete()

    assert client.get(address).headers["Location"] == session.get_absolute_url()
