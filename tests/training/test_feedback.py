"""How a session was: asked once, answered by link, and shown so that nobody can tell who said what."""

import datetime
import hashlib
import re

import pytest
import time_machine
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from people.enums import Side
from people.models import AuditEvent, OutgoingMail, User
from people.policy import set_policy
from people.transitions import Refused
from tests.factories.session_days import attended_by, guest, over
from training.afterwards import feedback
from training.enums import FeedbackGroup, Presence
from training.models import FeedbackLink, FeedbackRound, JointSession, Place, SessionFeedback

pytestmark = pytest.mark.django_db
NICE = {"useful": "5", "learnt": "4", "said_it": "yes", "words": "Keep the pairs"}


@pytest.fixture(autouse=True)
def keep_mails(settings):
    """The mails are read for their links; what is wiped when has a test of its own."""
    settings.KEEP_SENT_MAIL = True


def asked(cast, *names, guests=0, **values):
    """A session that is over, whose guests were asked; and the raw token of each by address."""
    session = attended_by(cast, *names, **values)
    for number in range(guests):
        guest(cast, session, f"Guest {number}", f"guest-{number}@example.org")
    over(session)
    feedback.ask_due()
    mails = OutgoingMail.objects.filter(template="sessions/how_was_it")
    return session, {row.to: re.search(r"/feedback/([^/\s]+)/", row.text)[1] for row in mails}


def address(raw):
    return reverse("feedback:answer", args=[raw])


def answer(client, raw, **values):
    return client.post(address(raw), NICE | values)


def closed(session):
    FeedbackRound.objects.filter(session=session).update(closes_on=timezone.localdate() - datetime.timedelta(days=1))
    return feedback.figures_of(FeedbackRound.objects.get(session=session))


def said(session, group, count, **values):
    """So many answers of one side, as the page keeps them."""
    for number in range(count):
        key = feedback.answer_key(f"{session.pk}-{group}-{number}")
        fields = {"useful": 4, "learnt": 3, "said_it": "yes", "words": "", **values}
        SessionFeedback.objects.create(session=session, answer_key=key, group=group, **fields)


# --- Asking ---


def test_everybody_who_came_is_asked_once(cast):
    session, links = asked(cast, "ailsa", "dougie", guests=1)
    guest(cast, session, "Without an address")

    assert set(links) == {"staff@example.org", "union@example.org", "guest-0@example.org"}
    assert len(set(links.values())) == 3
    assert feedback.ask_due() == 0
    assert OutgoingMail.objects.filter(template="sessions/how_was_it").count() == 3


@pytest.mark.parametrize("presence", [Presence.NO_SHOW, Presence.APOLOGIES])
def test_whoever_did_not_come_is_not_asked(cast, presence):
    session = attended_by(cast, "ailsa", presence=presence)
    over(session)

    assert feedback.ask_due() == 0
    assert not FeedbackRound.objects.exists()


def test_nobody_is_asked_before_it_is_over_or_long_after(cast):
    session = attended_by(cast, "ailsa")
    assert feedback.ask_due() == 0
    over(session, days=30)
    assert feedback.ask_due() == 0


def came_later(cast, session, name):
    """Somebody who held a place is marked after the others."""
    place = guest(cast, session, name, f"{name.lower()}@example.org")
    Place.objects.filter(pk=place.pk).update(is_walk_in=False)
    return place


def test_somebody_marked_later_is_asked_while_answers_are_taken(cast):
    session, _links = asked(cast, "ailsa")
    came_later(cast, session, "Pal")

    assert feedback.ask_due() == 1
    came_later(cast, session, "Late")
    closed(session)
    assert feedback.ask_due() == 0


def test_whoever_is_let_in_after_the_questions_went_out_is_not_asked(cast):
    session, _links = asked(cast, "ailsa")
    guest(cast, session, "Pal", "pal@example.org")

    assert feedback.ask_due() == 0
    assert FeedbackLink.objects.count() == 1


def test_an_address_gets_one_link_and_a_colleague_without_a_name_none(cast):
    session = attended_by(cast, "ailsa", "dougie")
    booker = Place.objects.get(session=session, email="union@example.org")
    unnamed, twice = guest(cast, session, "A colleague"), guest(cast, session, "Twice")
    colleague = {"colleague_of": booker, "email_key": "colleague-1"}
    Place.objects.filter(pk=unnamed.pk).update(email="third@example.org", is_walk_in=False, **colleague)
    Place.objects.filter(pk=twice.pk).update(email=booker.email, is_walk_in=False)
    over(session)

    assert feedback.ask_due() == 2
    assert set(FeedbackLink.objects.values_list("email", flat=True)) == {"staff@example.org", "union@example.org"}
    assert feedback.ask_due() == 0


def test_those_who_are_let_in_do_not_help_to_reach_a_minimum(cast):
    session, links = asked(cast, "ailsa", "dougie", guests=2)
    said(session, FeedbackGroup.STAFF, 4)

    assert len(links) == 4
    assert closed(session) == feedback.Figures()
    found = FeedbackRound.objects.get()
    assert (found.minimum_scores, found.minimum_words) == (5, 7)


def test_the_promise_is_frozen_when_the_first_is_asked(cast):
    session, _links = asked(cast, "ailsa")
    set_policy("feedback_minimum_scores", 9)
    set_policy("feedback_open_working_days", 1)
    came_later(cast, session, "Pal")
    guest(cast, session, "Late", "late@example.org")
    feedback.ask_due()

    found = FeedbackRound.objects.get()
    assert (found.minimum_scores, found.minimum_words) == (3, 5)
    assert found.closes_on == feedback.add_working_days(found.asked_on, 5)


def test_no_body_can_promise_less_than_the_design(cast):
    set_policy("feedback_minimum_scores", 1)
    set_policy("feedback_minimum_words", 2)
    asked(cast, "ailsa")

    found = FeedbackRound.objects.get()
    assert (found.minimum_scores, found.minimum_words) == (3, 5)


# --- Answering ---


def test_one_answer_a_link_and_it_can_be_corrected(cast, client):
    _session, links = asked(cast, "ailsa")
    raw = links["staff@example.org"]

    assert answer(client, raw).status_code == 302
    shown = client.get(address(raw)).content.decode()
    answer(client, raw, useful="1", words="Change the room")

    assert "Your answer is kept. Thank you." in shown
    assert "Keep the pairs" in shown
    row = SessionFeedback.objects.get()
    assert (row.useful, row.words, row.group) == (1, "Change the room", FeedbackGroup.STAFF)


def test_opening_the_link_changes_nothing(cast, client):
    _session, links = asked(cast, "ailsa")

    assert client.get(address(links["staff@example.org"])).status_code == 200
    assert not SessionFeedback.objects.exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"useful": ""}, "Say whether it was worth your time"),
        ({"learnt": "6"}, "Say whether you learnt something"),
        ({"said_it": "perhaps"}, "Say whether you could say what you came to say"),
        ({"words": "x" * 1001}, "Please write no more than 1,000 characters."),
    ],
)
def test_a_wrong_answer_keeps_what_was_typed(cast, client, values, words):
    _session, links = asked(cast, "ailsa")

    response = answer(client, links["staff@example.org"], **{"words": "Keep the pairs", **values})

    shown = response.content.decode()
    assert response.status_code == 422
    assert words in shown
    assert values.get("words", "Keep the pairs") in shown
    assert not SessionFeedback.objects.exists()


def test_after_the_last_day_a_link_neither_shows_nor_changes(cast, client):
    session, links = asked(cast, "ailsa")
    raw = links["staff@example.org"]
    answer(client, raw)
    link = feedback.link_behind(raw)

    with time_machine.travel(timezone.now() + datetime.timedelta(days=20)):
        pages = [client.get(address(raw)), answer(client, raw, useful="1"), client.get(address("no-such-link"))]
        with pytest.raises(Refused):
            feedback.keep_answer(link, raw, NICE)

    assert [page.status_code for page in pages] == [404] * 3
    assert pages[0].content == pages[2].content
    assert SessionFeedback.objects.get(session=session).useful == 5


def test_the_page_says_first_who_sees_what_and_from_which_number_on(cast, client):
    _session, links = asked(cast, "ailsa")

    shown = client.get(address(links["staff@example.org"])).content.decode()

    before, form = shown.split("<form")[:2]
    assert "Priya Nair" in before
    assert "when at least 3 people have answered" in before
    assert "when at least 5 people have answered" in before
    assert "Could you say what you came to say?" in form


# --- Nothing leads back ---


def test_no_row_leads_from_an_answer_to_a_person(cast, client):
    before = {event.pk for event in AuditEvent.objects.all()}
    _session, links = asked(cast, "ailsa", "dougie", guests=2)
    raw = links["guest-1@example.org"]
    frozen = list(FeedbackLink.objects.order_by("pk").values())
    events = AuditEvent.objects.exclude(pk__in=before).count()
    answer(client, raw)
    answer(client, raw, useful="2")

    key = SessionFeedback.objects.get().answer_key
    assert list(FeedbackLink.objects.order_by("pk").values()) == frozen  # no answered_at, nothing
    assert AuditEvent.objects.exclude(pk__in=before).count() == events
    assert key == hashlib.sha256(f"feedback:{raw}".encode()).hexdigest()
    assert key not in {link.token_hash for link in FeedbackLink.objects.all()}
    for link in FeedbackLink.objects.all():  # what the database holds of a link gives no key
        assert key != feedback.answer_key(link.token_hash)
    OutgoingMail.objects.update(text="", html="")  # as after sending
    for model in apps.get_models():
        if model in (SessionFeedback, OutgoingMail) or model._meta.app_label in ("contenttypes", "auth"):
            continue
        for row in model.objects.all()[:500] if hasattr(model, "objects") else ():
            text = " ".join(str(value) for value in row.__dict__.values())
            assert key not in text
            assert raw not in text


def test_an_answer_holds_neither_person_nor_hour_nor_number():
    names = {field.name for field in SessionFeedback._meta.get_fields()}

    assert names == {"answer_key", "session", "group", "useful", "learnt", "said_it", "words"}
    assert SessionFeedback._meta.pk.name == "answer_key"


def test_a_sent_mail_holds_no_token(cast, settings):
    settings.KEEP_SENT_MAIL = False
    session = attended_by(cast, "ailsa")
    over(session)
    from django.test import TestCase  # runs what waits for the commit

    with TestCase.captureOnCommitCallbacks(execute=True):
        feedback.ask_due()

    row = OutgoingMail.objects.get(template="sessions/how_was_it")
    assert (row.text, row.html) == ("", "")
    assert row.sent_at is not None


def test_words_stand_in_no_order_of_answering(cast):
    session, _links = asked(cast, "ailsa")
    for number in range(8):
        said_one = {"useful": 3, "learnt": 3, "said_it": "no", "words": f"Number {number}"}
        key = feedback.answer_key(f"raw {number}")
        SessionFeedback.objects.create(session=session, answer_key=key, group="staff", **said_one)

    in_order = sorted((feedback.answer_key(f"raw {n}"), f"Number {n}") for n in range(8))
    assert closed(session).words == [words for _key, words in in_order]
    assert closed(session).words != [f"Number {n}" for n in range(8)]


# --- What is shown ---

SHOWN = [  # staff, partners -> groups with their counts, and whether words are shown
    (0, 0, [], False),
    (2, 0, [], False),
    (1, 1, [], False),
    (3, 0, [3], False),
    (2, 1, [3], False),
    (4, 1, [5], True),
    (8, 2, [10], True),  # the two partners could be had by subtraction
    (3, 3, [6, 3, 3], True),
    (7, 5, [12, 7, 5], True),
]


@pytest.mark.parametrize(("staff", "partners", "groups", "words"), SHOWN, ids=str)
def test_groups_are_shown_from_the_minimum_and_never_by_subtraction(cast, staff, partners, groups, words):
    session, _links = asked(cast, "ailsa")
    said(session, FeedbackGroup.STAFF, staff, words="Keep it")
    said(session, FeedbackGroup.PARTNER, partners, words="Change it")

    figures = closed(session)

    assert [group.count for group in figures.groups] == groups
    assert bool(figures.words) is words
    assert len(figures.words) == (staff + partners if words else 0)


def test_nothing_is_shown_while_answers_are_taken(cast, client_for):
    session, _links = asked(cast, "ailsa")
    said(session, FeedbackGroup.STAFF, 6, words="Keep the pairs")

    assert feedback.figures_of(FeedbackRound.objects.get()) == feedback.Figures()
    shown = client_for(cast.priya).get(reverse("session-day:heard", args=[session.pk])).content.decode()
    assert "Nothing is shown before" in shown
    assert "Keep the pairs" not in shown


def test_numbers_are_those_of_the_answers(cast):
    session, _links = asked(cast, "ailsa")
    said(session, FeedbackGroup.STAFF, 3, useful=5, learnt=1, said_it="partly")
    said(session, FeedbackGroup.PARTNER, 3, useful=2, said_it="no")

    everybody, staff, partners = closed(session).groups
    assert (everybody.useful, staff.useful, partners.useful) == ("3.5", "5.0", "2.0")
    assert everybody.said_it == {"yes": 0, "partly": 3, "no": 3}
    assert (staff.learnt, partners.learnt) == ("1.0", "3.0")


@pytest.mark.parametrize("name", ["rhona", "ailsa", "tom", "fergus", "stranger", "other coordinator"])
def test_nobody_else_reads_what_people_said(cast, client_for, name):
    session, _links = asked(cast, "ailsa", deputy=cast.morag)
    said(session, FeedbackGroup.STAFF, 6, words="Keep the pairs")
    closed(session)
    user = cast.people.get(name) or another_coordinator()
    address = reverse("session-day:heard", args=[session.pk])

    assert client_for(user).get(address).status_code == 403
    assert client_for(user).post(address, {"do": "give"}).status_code == 403
    assert "Keep the pairs" not in client_for(user).get(session.get_absolute_url()).content.decode()
    for reader in (cast.priya, cast.morag):
        assert "Keep the pairs" in client_for(reader).get(address).content.decode()


def another_coordinator():
    from django.contrib.auth.models import Group  # for the one person more

    from people.enums import Role

    user = User.objects.create_user("second@example.org", name="Second Co-ordinator")
    user.groups.add(Group.objects.get(name=Role.COORDINATOR))
    return user


def test_the_side_is_that_of_the_place(cast, client):
    session, links = asked(cast, "ailsa", "dougie")
    for raw in links.values():
        answer(client, raw)

    sides = sorted(SessionFeedback.objects.values_list("group", flat=True))
    assert sides == ["partner", "staff"]
    assert sorted(Place.objects.filter(session=session).values_list("side", flat=True)) == [Side.PARTNER, Side.STAFF]
    assert JointSession.objects.count() == 1
