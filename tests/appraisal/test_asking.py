"""Limits of asking, what is shown, and that nobody's refusal can be told from silence."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from appraisal import asking
from appraisal.asking import ask, email_key, keep_quiet, send_for_another
from appraisal.enums import ConfirmationState
from appraisal.models import EvidenceConfirmation, EvidenceEntry
from people.models import Affiliation, Organisation
from people.policy import set_policy
from people.transitions import NotYours, Refused, WrongState, link_actor, move, person
from tests.factories.appraisal import answered, asked, asked_through_manager, example, mails, prepared, shared_example
from tests.factories.partnerships import PartnershipFactory, PartnershipPersonFactory

pytestmark = pytest.mark.django_db
SOON = timezone.make_aware(datetime.datetime(2026, 11, 2, 9, 0))


# --- What is shown ---


def test_nothing_but_account_and_date_unless_ticked(cast):
    group = PartnershipFactory(name="Secret group", lead=cast.ailsa, co_lead=cast.dougie)
    upload = SimpleUploadedFile("plan.pdf", b"x")
    entry = example(
        cast.ailsa, situation="Rhona MacBain, Ailsa Grant and Dougie Ross walked.", partnership=group,
        link="https://example.org/plan", file=upload, file_name="plan.pdf", file_type="application/pdf",
    )  # fmt: skip

    bare = prepared(entry)
    full = prepared(entry, show=("names", "partnership", "file", "link"))

    assert bare.shown_text == "Rhona MacBain, Ailsa Grant and (a name left out) walked."
    assert (bare.shown_partnership, bare.shown_file, bare.shown_link) == ("", "", "")
    assert full.shown_text == "Rhona MacBain, Ailsa Grant and Dougie Ross walked."
    assert (full.shown_partnership, full.shown_file, full.shown_link) == (
        "Secret group", entry.file.name, "https://example.org/plan",
    )  # fmt: skip


def test_names_are_found_as_whole_names_only(cast):
    PartnershipFactory(lead=cast.ailsa, co_lead=cast.dougie)
    entry = example(cast.ailsa, situation="DOUGIE ROSS wrote; Dougie Rossington did not.")

    assert asking.other_names(entry, prepared(entry)) == ["Dougie Ross"]
    assert prepared(entry).shown_text == "(a name left out) wrote; Dougie Rossington did not."


NAMES = "Morag Sinclair, Rhona MacBain, Dougie Ross, Sam Stranger and Fergus Reid met."


def names_found_for(asker) -> list[str]:
    entry = example(asker, situation=NAMES)
    return asking.other_names(entry, prepared(entry, name="Somebody Else", email="else@example.net"))


def test_only_names_of_people_around_the_asker_are_looked_for(cast):
    assert names_found_for(cast.stranger) == []
    assert names_found_for(cast.dougie) == []
    assert names_found_for(cast.ailsa) == ["Morag Sinclair", "Fergus Reid"]  # her team


def test_a_shared_partnership_or_organisation_is_around(cast):
    group = PartnershipFactory(lead=cast.donald)
    for somebody, organisation in ((cast.dougie, cast.union), (cast.rhona, cast.carers)):
        PartnershipPersonFactory(partnership=group, person=somebody, organisation=organisation)
    Affiliation.objects.create(
        person=cast.stranger, organisation=cast.union, starts_on=timezone.localdate() - datetime.timedelta(days=9)
    )

    assert names_found_for(cast.dougie) == ["Rhona MacBain", "Sam Stranger"]
    assert set(names_found_for(cast.donald)) == {"Rhona MacBain", "Dougie Ross", "Morag Sinclair", "Fergus Reid"}
    Affiliation.objects.filter(person=cast.stranger).update(ends_on=timezone.localdate() - datetime.timedelta(days=1))
    assert names_found_for(cast.dougie) == ["Rhona MacBain"]


def test_names_are_looked_for_in_one_query(cast, django_assert_num_queries):
    entry = example(cast.ailsa, situation=NAMES)
    request = prepared(entry)

    with django_assert_num_queries(1):
        asking.other_names(entry, request)


def test_file_behind_the_link_only_when_ticked_and_still_the_same(cast, client):
    upload = SimpleUploadedFile("plan.pdf", b"%PDF-1")
    entry = example(cast.ailsa, file=upload, file_name="plan.pdf", file_type="application/pdf")
    ticked = asked(entry, show=("file",))
    plain = asked(entry, email="union@example.org", name="Dougie Ross")

    assert client.get(f"/answer/{plain.raw_token}/file/").status_code == 404
    response = client.get(f"/answer/{ticked.raw_token}/file/")
    assert (b"".join(response), response["Content-Disposition"]) == (b"%PDF-1", 'attachment; filename="plan.pdf"')
    EvidenceEntry.objects.filter(pk=entry.pk).update(file="evidence/other")
    assert client.get(f"/answer/{ticked.raw_token}/file/").status_code == 404


def test_raw_token_stands_nowhere_in_the_database(cast):
    request = asked(example(cast.ailsa))

    row = EvidenceConfirmation.objects.values().get(pk=request.pk)
    assert len(request.raw_token) == 43
    assert request.raw_token not in str(row)


# --- Limits ---


@pytest.mark.parametrize(
    ("one", "other"),
    [("Rhona@Example.org", "rhona@example.org"), (" rhona+news@example.org", "rhona@example.org")],
)
def test_one_mailbox_has_one_key(one, other):
    assert email_key(one) == email_key(other)


@time_machine.travel(SOON)
@pytest.mark.parametrize("decides", [False, True])
def test_nothing_goes_to_no_address(cast, decides):
    with pytest.raises(Refused) as refusal:
        ask(prepared(shared_example(cast.ailsa), name="Calum Weir", email=" ", decides=decides), by=cast.ailsa)

    assert refusal.value.sentences == ["There is no e-mail address that this could be sent to."]
    assert not EvidenceConfirmation.objects.exists()


def test_third_request_to_a_person_is_refused_whoever_asks(cast):
    asked(example(cast.ailsa))
    asked(example(cast.morag), email="Partner+1@example.org")

    with pytest.raises(Refused) as refusal:
        asked(example(cast.fergus))
    assert refusal.value.sentences == [
        "Rhona MacBain has been asked twice this quarter, by you or by others. There is a limit so that nobody is "
        "asked too often. You can ask from 1 January 2027."
    ]


def test_a_new_quarter_gives_new_room(cast):
    with time_machine.travel(datetime.datetime(2026, 12, 30, 12, tzinfo=datetime.UTC)):
        for title in ("One", "Two"):
            asked(example(cast.ailsa, title=title))
    with time_machine.travel(datetime.datetime(2027, 1, 2, 12, tzinfo=datetime.UTC)):
        assert asked(example(cast.ailsa, title="Three")).quarter == "2027-Q1"


def test_fifth_request_to_an_organisation_is_refused(cast):
    for number in range(4):
        asked(example(cast.ailsa), email=f"carer{number}@example.net", organisation=cast.carers)

    with pytest.raises(Refused, match="Varrach Carers' Voice has been asked 4 times this quarter"):
        asked(example(cast.ailsa), email="carer5@example.net", organisation_name=" varrach carers' voice ")


def test_organisation_that_is_only_named_counts_too(cast):
    for number in range(4):
        asked(example(cast.ailsa), email=f"a{number}@example.net", organisation_name="Day Centre, Varrach")

    with pytest.raises(Refused, match="day centre varrach has been asked 4 times"):
        asked(example(cast.ailsa), email="b@example.net", organisation_name="day centre  varrach")


def test_organisation_cannot_be_dodged_by_leaving_it_out(cast):
    for number in range(4):
        asked(example(cast.ailsa), email=f"carer{number}@example.net", organisation=cast.carers)

    for other in ({}, {"organisation": cast.union}, {"organisation_name": "Somewhere else"}):
        with pytest.raises(Refused, match="has been asked 4 times this quarter"):
            asked(example(cast.ailsa), **other)


def test_colleagues_count_for_themselves_alone(cast):
    for name in ("morag", "fergus", "priya", "tom", "senga"):
        user = getattr(cast, name)
        assert (
            asked(example(cast.ailsa), name=user.name, email=user.email, organisation=cast.host).organisation_key == ""
        )


def test_limits_are_policy(cast):
    set_policy("confirmations_per_person_quarter", 1)
    asked(example(cast.ailsa))

    with pytest.raises(Refused, match="has been asked 1 time this quarter"):
        asked(example(cast.ailsa))


def test_withdrawing_gives_no_room_back(cast):
    for title in ("One", "Two"):
        move(asked(example(cast.ailsa, title=title)), "withdraw", by=person(cast.ailsa))

    with pytest.raises(Refused, match="has been asked twice"):
        asked(example(cast.ailsa))


def test_asking_again_before_a_week_is_refused(cast):
    entry = example(cast.ailsa)
    with time_machine.travel(SOON):
        first = asked(entry)
        move(first, "withdraw", by=person(cast.ailsa))
    with (
        time_machine.travel(SOON + datetime.timedelta(days=6)),
        pytest.raises(Refused, match="again from 9 November 2026"),
    ):
        asked(entry)


def test_asking_again_after_a_week_closes_the_earlier_link(cast, client):
    entry = example(cast.ailsa)
    with time_machine.travel(SOON):
        first = asked(entry)
    with time_machine.travel(SOON + datetime.timedelta(days=7)):
        second = asked(entry)
        first.refresh_from_db()

        assert first.state == ConfirmationState.WITHDRAWN
        assert client.get(f"/answer/{first.raw_token}/").status_code == 404
        assert client.get(f"/answer/{second.raw_token}/").status_code == 200


def test_asking_again_keeps_an_earlier_answer(cast):
    entry = example(cast.ailsa)
    with time_machine.travel(SOON):
        first = answered(entry, cast.rhona, words="As it was then.")
    with time_machine.travel(SOON + datetime.timedelta(days=8)):
        asked(entry)

    first.refresh_from_db()
    assert (first.state, first.words) == (ConfirmationState.ANSWERED, "As it was then.")


def test_manager_meets_the_same_limits(cast):
    waiting = asked_through_manager(shared_example(cast.ailsa))
    for title in ("One", "Two"):
        asked(example(cast.fergus, title=title))

    with pytest.raises(Refused, match="has been asked twice"):
        send_for_another(waiting, by=cast.morag)
    waiting.refresh_from_db()
    assert waiting.state == ConfirmationState.FOR_MANAGER


# --- The asker's day ---


def ask_strangers(asker, count, **data):
    for number in range(count):
        asked(example(asker), name="A Stranger", email=f"n{number}{asker.pk}@example.net", **data)


@time_machine.travel(SOON)
def test_a_day_has_so_many_requests_for_one_asker(cast):
    set_policy("requests_per_asker_per_day", 3)
    ask_strangers(cast.ailsa, 2)
    waiting = asked_through_manager(shared_example(cast.ailsa))
    move(waiting, "withdraw", by=person(cast.ailsa))

    with pytest.raises(Refused) as refusal:
        asked(example(cast.ailsa), email="fourth@example.net")
    assert refusal.value.sentences == [
        "You can send 3 requests a day, and today you have sent as many. You can ask again tomorrow."
    ]
    with pytest.raises(Refused, match="You can send 3 requests a day"):
        asked_through_manager(shared_example(cast.ailsa))
    ask_strangers(cast.morag, 1)  # others have a day of their own
    with time_machine.travel(SOON + datetime.timedelta(days=1)):
        ask_strangers(cast.ailsa, 1)


def test_what_a_manager_sends_for_others_is_not_counted(cast):
    set_policy("requests_per_asker_per_day", 1)
    waiting = asked_through_manager(shared_example(cast.ailsa))
    ask_strangers(cast.morag, 1)

    assert send_for_another(waiting, by=cast.morag).state == ConfirmationState.ASKED


# --- Quiet answers ---


def test_quiet_answer_needs_the_link_or_the_address(cast):
    request = asked(example(cast.ailsa))
    other = asked(example(cast.ailsa), email="union@example.org", name="Dougie Ross")

    for actor in (person(cast.ailsa), person(cast.morag), person(cast.dougie), link_actor(other)):
        with pytest.raises(NotYours):
            keep_quiet(request, "rather_not", by=actor)


def test_quiet_answer_after_an_answer_is_refused(cast):
    with pytest.raises(WrongState):
        keep_quiet(answered(example(cast.ailsa), cast.rhona), "rather_not", by=person(cast.rhona))


# --- Many at once, on both databases ---


def at_once(actions):
    def run(action):
        try:
            return action()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(run, actions))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_person_limit_holds_under_many_requests(committed_cast):
    requests = [prepared(example(committed_cast.ailsa, title=str(n))) for n in range(24)]

    results = at_once([lambda row=row: ask(row, by=committed_cast.ailsa) for row in requests])

    assert sum(not isinstance(result, Refused) for result in results) == 2
    assert EvidenceConfirmation.objects.count() == 2
    assert [template for template, _to in mails()].count("appraisal/asked") == 2


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_organisation_limit_holds_under_many_requests(committed_cast):
    group = Organisation.objects.create(name="Farms", slug="farms", sector="business")
    requests = [
        prepared(example(committed_cast.ailsa, title=str(n)), email=f"farm{n}@example.net", organisation=group)
        for n in range(24)
    ]

    at_once([lambda row=row: ask(row, by=committed_cast.ailsa) for row in requests])

    slots = EvidenceConfirmation.objects.order_by("organisation_slot").values_list("organisation_slot", flat=True)
    assert list(slots) == [1, 2, 3, 4]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_asker_s_day_holds_under_many_requests(committed_cast):
    set_policy("requests_per_asker_per_day", 3)
    requests = [prepared(example(committed_cast.ailsa), email=f"n{n}@example.net") for n in range(16)]

    results = at_once([lambda row=row: ask(row, by=committed_cast.ailsa) for row in requests])

    assert sum(not isinstance(result, Refused) for result in results) == 3
    assert EvidenceConfirmation.objects.count() == 3


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_double_answer_is_kept_once(committed_cast):
    request = asked(example(committed_cast.ailsa))
    by = link_actor(request)

    at_once([lambda n=n: move(request, "answer", by=by, data={"answer": "yes", "words": str(n)}) for n in range(12)])

    assert EvidenceConfirmation.objects.get().version == 2
    assert [template for template, _to in mails()].count("appraisal/answered") == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_same_question_pressed_twice_goes_out_once(committed_cast):
    entry = example(committed_cast.ailsa)

    at_once([lambda: ask(prepared(entry), by=committed_cast.ailsa) for _press in range(8)])

    assert EvidenceConfirmation.objects.count() == 1


def test_ended_affiliation_binds_nobody(cast):
    Affiliation.objects.filter(person=cast.rhona).update(ends_on=timezone.localdate() - datetime.timedelta(days=1))

    assert prepared(example(cast.ailsa)).organisation_key == ""
