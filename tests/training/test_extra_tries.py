"""One more try at a final check: who gives it, to whom, once, and what is told to whom."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from people.models import AuditEvent, OutgoingMail, User
from people.transitions import NotYours, Refused
from tests.factories.training import finish_all_units, make_module, publish, try_check
from training.checks import open_attempt
from training.enums import CompletionRule
from training.extra_tries import give_extra_try, out_of_tries
from training.models import Certificate, CheckAttempt, ExtraTry
from training.progress import say_confidence

pytestmark = pytest.mark.django_db
CHECKED = CompletionRule.UNITS_AND_CHECK
LIST = "/manage/tries/"


def used_up(module, person):
    """A start whose two tries are used up."""
    start = finish_all_units(module, person)
    while out_of_tries().filter(pk=start.pk).count() == 0:
        try_check(start, passes=False)
    return start


@pytest.fixture
def module(db):
    return make_module(rule=CHECKED)


@pytest.fixture
def start(module, cast):
    return used_up(module, cast.ailsa)


def page_of(start):
    return reverse("manage-tries:give", args=[start.pk])


def test_one_more_try_opens_the_check_once_more(start, cast):
    with pytest.raises(Refused, match="who can give you one more"):
        open_attempt(start, by=cast.ailsa)

    give_extra_try(start, reason="The line broke off", by=cast.priya)
    third = open_attempt(start, by=cast.ailsa)

    assert third.number == 3
    try_check(start, passes=False)
    with pytest.raises(Refused, match="used all your tries"):
        open_attempt(start, by=cast.ailsa)
    give_extra_try(start, reason="Again", by=cast.priya)
    assert try_check(start, passes=True).passed
    assert Certificate.objects.filter(holder=cast.ailsa).exists()
    assert list(start.extra_tries.values_list("number", flat=True)) == [1, 2]


def test_it_is_kept_and_told(start, cast):
    give_extra_try(start, reason="The line broke off", by=cast.priya)

    extra = ExtraTry.objects.get()
    row = AuditEvent.objects.get(record_type="training.extratry")
    mail = OutgoingMail.objects.get(template="extra-try")
    assert (extra.given_by, extra.reason) == (cast.priya, "The line broke off")
    assert (row.move, row.record_id, row.subject_id, row.actor_id) == ("give", extra.pk, cast.ailsa.pk, cast.priya.pk)
    assert mail.to == "staff@example.org"
    assert mail.subject == "One more try at the final check: Early"
    assert "/learning/early/check/" in mail.text
    assert "The line broke off" not in mail.text


@pytest.mark.parametrize("name", ["ailsa", "morag", "fergus", "tom", "senga", "donald", "rhona", "stranger"])
def test_nobody_but_a_coordinator_gives_or_sees(start, cast, client_for, name):
    client = client_for(cast.people[name])

    with pytest.raises(NotYours):
        give_extra_try(start, reason="Please", by=cast.people[name])
    assert client.get(LIST).status_code == 403
    assert client.get(page_of(start)).status_code == 403
    assert client.post(page_of(start), {"reason": "Please"}).status_code == 403
    assert LIST not in client.get("/my-work/").text
    assert not ExtraTry.objects.exists()


def test_a_coordinator_gives_none_to_themselves(module, cast):
    start = used_up(module, cast.priya)

    with pytest.raises(Refused, match="Nobody gives a try to themselves"):
        give_extra_try(start, reason="I was tired", by=cast.priya)


def test_only_those_without_a_try_are_listed(module, cast):
    without = used_up(module, cast.ailsa)
    try_check(finish_all_units(module, cast.rhona), passes=False)  # one try left
    finish_all_units(module, cast.dougie)
    passed = finish_all_units(module, cast.donald)
    try_check(passed, passes=False)
    try_check(passed, passes=True)
    open_one = finish_all_units(module, cast.tom)
    try_check(open_one, passes=False)
    open_attempt(open_one, by=cast.tom)
    try_check(finish_all_units(make_module("free", rule=CHECKED, tries=None), cast.ailsa), passes=False)
    left = used_up(module, cast.stranger)
    User.objects.filter(pk=left.person_id).update(is_active=False)

    assert list(out_of_tries()) == [without]


def test_who_needs_no_check_any_more_is_not_listed(start, module):
    publish(module, completion_rule=CompletionRule.UNITS)

    assert not out_of_tries().exists()


def test_with_a_try_left_none_is_given(start, cast):
    give_extra_try(start, reason="The line broke off", by=cast.priya)
    other = User.objects.create_user("second@example.org", name="Second co-ordinator")
    other.groups.set(cast.priya.groups.all())

    assert give_extra_try(start, reason="Pressed twice", by=cast.priya).reason == "The line broke off"
    with pytest.raises(Refused, match="They have a try left"):
        give_extra_try(start, reason="Me too", by=other)
    assert ExtraTry.objects.count() == 1
    assert OutgoingMail.objects.filter(template="extra-try").count() == 1


def test_coordinator_finds_gives_and_is_told(start, module, cast, client_for):
    other = used_up(module, cast.dougie)
    client = client_for(cast.priya)

    assert LIST in client.get("/manage/").text
    assert list(client.get(LIST).context["page"].object_list) == [start, other]
    assert list(client.get(LIST, {"q": "dougie"}).context["page"].object_list) == [other]
    assert list(client.get(LIST, {"q": "\x00"}).context["page"].object_list) in ([], [start, other])
    assert client.post(page_of(start), {"reason": " "}).status_code == 422
    answer = client.post(page_of(start), {"reason": "The line broke off"}, follow=True)
    assert "Ailsa Grant has one more try and has been told." in answer.text
    assert list(answer.context["page"].object_list) == [other]
    assert client.post(page_of(start), {"reason": "The line broke off"}).status_code == 302  # pressed twice
    assert "given by Priya Nair: The line broke off" in client.get(page_of(start)).text
    assert ExtraTry.objects.count() == 1


def test_a_start_that_is_not_out_of_tries_does_not_exist_here(module, cast, client_for):
    start = finish_all_units(module, cast.ailsa)

    assert client_for(cast.priya).get(page_of(start)).status_code == 404
    assert client_for(cast.priya).get(reverse("manage-tries:give", args=[999999])).status_code == 404


def test_no_score_answer_or_confidence_is_shown(start, cast, client_for):
    say_confidence(start, "before", 2, by=cast.ailsa)
    CheckAttempt.objects.update(score=3)
    client = client_for(cast.priya)

    for address in (LIST, page_of(start)):
        page = client.get(address)
        for secret in ("Question early", "Answer a", "Reason early", "3 of 4", "0 of 4", "score:"):
            assert secret not in page.text
    fields = {name for row in out_of_tries() for name in vars(row)}
    assert not fields & {"score", "answers", "paper", "value"}


def test_the_result_and_the_start_page_offer_the_new_try(start, cast, client_for):
    client = client_for(cast.ailsa)
    assert "who can give you one more" in client.get("/learning/early/result/").text

    give_extra_try(start, reason="The line broke off", by=cast.priya)

    assert "1 try left" in client.get("/learning/early/result/").text
    assert "Try again" in client.get("/learning/early/check/").text


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_race_of_many_presses_gives_one_try(committed_cast):
    start = used_up(make_module(rule=CHECKED), committed_cast.ailsa)

    def press(_n):
        try:
            return give_extra_try(start, reason="Pressed", by=committed_cast.priya)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(press, range(8)))

    assert ExtraTry.objects.count() == 1
    assert OutgoingMail.objects.filter(template="extra-try").count() == 1
