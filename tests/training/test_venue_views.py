"""The pages of venues: the list, one, its form, the host's page, and what a session's page says of a venue."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from people.lib.dates import today
from people.models import OutgoingMail
from tests.factories.sessions import session_of
from tests.factories.venues import CORE, question_of, venue_of
from training.enums import SessionFormat
from training.models import Venue, VenueFact, VenueQuestion
from training.planning.venues import FACTS, details_mark, facts_of, mark_of, save_facts

pytestmark = pytest.mark.django_db
YEAR = datetime.timedelta(days=367)


def at(name, *args):
    return reverse(f"manage-venues:{name}", args=args)


def form_of(venue, **changed):
    """What the page of a venue sends when nothing else is touched; names with a dash as name__code."""
    values = {"name": venue.name, "address": venue.address, "host": "", "contact": "", "checked_by": "Priya Nair"}
    values["seen"] = details_mark(venue)
    for fact, row in facts_of(venue):
        values |= {f"answer-{fact.code}": row.answer, f"words-{fact.code}": row.words}
        values |= {f"by-{fact.code}": row.known_by or "", f"seen-{fact.code}": mark_of(row)}
    return values | {name.replace("__", "-"): value for name, value in changed.items()}


def test_the_list_says_what_is_known_too_old_and_what_lacks(cast, client_for):
    venue_of(known=["loop", "parking"])
    with time_machine.travel(timezone.now() + YEAR):
        shown = client_for(cast.priya).get(at("list")).content.decode()

    assert "2 of 17" in shown
    assert "Bus, train or ferry, Way in without steps" in shown
    assert "Village hall" not in client_for(cast.priya).get(at("list"), {"q": "castle"}).content.decode()


def test_a_new_venue_has_a_name_of_its_own(cast, client_for):
    client, values = client_for(cast.priya), {"name": "Village hall", "address": "Shore Road", "contact": "Effie"}

    assert "The venue is kept." in client.post(at("add"), values, follow=True).content.decode()
    again = client.post(at("add"), values).content.decode()

    assert "This venue is kept already." in again
    assert Venue.objects.get().contact == "Effie"


def test_a_coordinator_writes_down_who_checked_what(cast, client_for):
    venue = venue_of(known=[])
    values = form_of(venue, answer__loop="described", words__loop="At the bar", checked_by="Effie Laing")

    client_for(cast.priya).post(at("edit", venue.pk), values)

    row = VenueFact.objects.get(venue=venue)
    assert (row.code, row.words, row.checked_by, row.checked_on) == ("loop", "At the bar", "Effie Laing", today())


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"answer__loop": "described"}, "Hearing loop: write it in words"),
        ({"answer__loop": "not_checked", "by__loop": "2020-01-01"}, "Hearing loop: choose a day to come"),
        ({"answer__loop": "not_checked", "by__loop": "soon"}, "Enter a valid date."),
        ({"answer__loop": "perhaps"}, "Select a valid choice."),
        ({"words__loop": "x" * 301}, "at most 300 characters"),
        ({"checked_by": ""}, "Say who checked it"),
        ({"address": ""}, "Say where it is"),
    ],
)
def test_bad_input_is_told_and_kept(cast, client_for, changed, sentence):
    venue = venue_of(known=[])
    values = form_of(venue, words__parking="Four places", **changed)

    response = client_for(cast.priya).post(at("edit", venue.pk), values)

    assert sentence in response.content.decode()
    assert "Four places" in response.content.decode()
    assert not VenueFact.objects.exists()


def test_two_windows_show_both_answers_and_the_second_save_takes_over(cast, client_for):
    venue, client = venue_of(), client_for(cast.priya)
    values = form_of(venue, answer__loop="described", words__loop="At the bar")
    save_facts(venue, {"loop": {"answer": "no", "words": "Broken"}}, checked_by="Effie Laing")

    refused = client.post(at("edit", venue.pk), values)
    shown = refused.content.decode()

    assert refused.status_code == 409
    assert "changed meanwhile by Effie Laing: No. Broken" in shown
    assert "At the bar" in shown
    now = mark_of(VenueFact.objects.get(venue=venue, code="loop"))
    assert client.post(at("edit", venue.pk), values | {"seen-loop": now}).status_code == 302
    assert VenueFact.objects.get(venue=venue, code="loop").words == "At the bar"


def test_a_changed_name_is_shown_beside_the_form(cast, client_for):
    venue, client = venue_of(), client_for(cast.priya)
    values = form_of(venue, address="Mill Wynd")
    Venue.objects.update(address="Hill Street")

    refused = client.post(at("edit", venue.pk), values)

    assert refused.status_code == 409
    assert "changed meanwhile: Village hall, Hill Street" in refused.content.decode()
    assert "Mill Wynd" in refused.content.decode()
    assert Venue.objects.get().address == "Hill Street"


def test_one_press_says_that_ticked_facts_are_still_so(cast, client_for):
    venue, client = venue_of(), client_for(cast.priya)
    ticked = [f"{row.code}:{mark_of(row)}" for row in venue.facts.filter(code__in=["loop", "doors"])]

    with time_machine.travel(timezone.now() + YEAR):
        said = client_for(cast.priya).post(at("check", venue.pk), {"fact": ticked}, follow=True).content.decode()
        assert "2 facts were checked again today." in said
        assert venue.facts.filter(checked_on=today(), checked_by="Priya Nair").count() == 2

    assert "Tick what was checked again." in client.post(at("check", venue.pk), follow=True).content.decode()
    stale = client.post(at("check", venue.pk), {"fact": ["loop:0000"]})
    assert (stale.status_code, "Hearing loop" in stale.content.decode()) == (409, True)


def test_the_host_is_asked_by_mail_and_a_wrong_address_is_told(cast, client_for):
    venue, client = venue_of(), client_for(cast.priya)

    wrong = client.post(at("ask", venue.pk), {"name": "Effie Laing", "email": "effie"})
    assert "Enter a whole address, such as name@example.org" in wrong.content.decode()

    client.post(at("ask", venue.pk), {"name": "Effie Laing", "email": "effie@example.org"})
    mail = OutgoingMail.objects.get()
    assert (mail.to, "/venues/" in mail.text) == ("effie@example.org", True)
    shown = client.get(at("detail", venue.pk)).content.decode()
    assert "No answer yet" in shown

    client.post(at("withdraw", venue.questions.get().pk))
    assert client.get(next(part for part in mail.text.split() if "/venues/" in part)).status_code == 404


def host_form(venue, **changed):
    return {key: value for key, value in form_of(venue, **changed).items() if "-" in key}


def test_the_host_fills_it_in_without_an_account_and_no_cache_keeps_the_page(cast, client_for):
    venue, client = venue_of(known=["loop"]), client_for(None)
    address = reverse("venues:answer", args=[question_of(cast, venue).raw_token])

    page = client.get(address)
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"

    said = client.post(address, host_form(venue, answer__doors="no"), follow=True).content.decode()
    assert "Thank you. Priya Nair has been told." in said
    assert VenueFact.objects.get(venue=venue, code="doors").checked_by == "Effie Laing"


def test_a_host_who_sends_the_list_as_it_was_is_told_that_nothing_is_in_it(cast, client_for):
    venue, client = venue_of(), client_for(None)
    question = question_of(cast, venue)
    address = reverse("venues:answer", args=[question.raw_token])

    said = client.post(address, host_form(venue)).content.decode()

    assert "Nothing is filled in or changed yet." in said
    assert VenueQuestion.objects.get().state == "asked"


def test_the_host_may_say_that_all_the_rest_is_still_so(cast, client_for):
    venue = venue_of(known=["loop", "doors"])
    with time_machine.travel(timezone.now() + YEAR):
        address = reverse("venues:answer", args=[question_of(cast, venue).raw_token])
        client_for(None).post(address, host_form(venue) | {"all_still_so": "on"})

        assert venue.facts.filter(checked_on=today()).count() == 2


def test_a_later_answer_of_the_host_does_not_write_over_the_coordinator(cast, client_for):
    venue, client = venue_of(), client_for(None)
    address = reverse("venues:answer", args=[question_of(cast, venue).raw_token])
    values = host_form(venue, answer__loop="described", words__loop="At the bar")
    save_facts(venue, {"loop": {"answer": "no"}}, checked_by="Priya Nair")

    refused = client.post(address, values)

    assert refused.status_code == 409
    assert "changed meanwhile by Priya Nair: No." in refused.content.decode()
    assert VenueFact.objects.get(venue=venue, code="loop").checked_by == "Priya Nair"


def test_a_link_that_is_unknown_over_or_withdrawn_gives_one_and_the_same_page(cast, client_for):
    question = question_of(cast, venue_of())
    address = reverse("venues:answer", args=[question.raw_token])
    unknown = client_for(None).get(reverse("venues:answer", args=["nothing"]))
    with time_machine.travel(question.expires_at + YEAR):
        over = client_for(None).get(address)

    assert unknown.status_code == over.status_code == 404
    assert unknown.content == over.content
    assert b"Village hall" not in over.content


def test_a_session_says_what_is_known_and_what_is_not(cast, client_for):
    venue = venue_of()
    save_facts(venue, {"not_accessible": {"answer": "described", "words": "The stage"}}, checked_by="Effie Laing")
    save_facts(venue, {"food": {"answer": "not_checked", "known_by": today()}}, checked_by="")
    session = session_of(
        cast, venue=venue, format=SessionFormat.HYBRID, has_captions=True, dial_in="0141 000", materials="Large print"
    )

    shown = client_for(cast.rhona).get(session.get_absolute_url()).content.decode()

    for words in ("The stage", "Yes, the number comes with your place", "Live captions", "Large print", "known by"):
        assert words in shown
    unknown = ", ".join(str(f.label).lower() for f in FACTS if f.code not in {*CORE, "food", "not_accessible"})
    assert f"{unknown}." in shown
    assert "0141 000" not in shown
    assert "Effie Laing" in shown
