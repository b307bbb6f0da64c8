"""Thank yous: to whom, read by whom, what becomes of one, and that no manager learns of it by itself."""

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from appraisal.enums import EvidenceState, RecognitionState
from appraisal.models import EvidenceEntry, Recognition
from appraisal.recognition import people_met, say_thanks
from appraisal.retention import thanks
from appraisal.todo.recognition import todo_for
from appraisal.workflow import MOVES
from people.models import OutgoingMail
from people.transitions import SYSTEM, NeedsNotMet, Refused, move, person
from tests.cast import PEOPLE
from tests.factories.partnerships import published_framework
from tests.factories.recognition import WORDS, behaviour, thanks_in, thanks_of, together
from tests.factories.sessions import ask, begin, session_of

pytestmark = pytest.mark.django_db

TABLE = {
    RecognitionState.GIVEN: {"keep": {"ailsa"}, "let_go": {"ailsa"}, "give": {"rhona"}},
    RecognitionState.KEPT: {"keep": {"ailsa"}},  # the same press again
    RecognitionState.LET_GO: {"keep": {"ailsa"}, "let_go": {"ailsa"}},
}


def outcome(given, name, actor):
    try:
        return move(given, name, by=actor)
    except (PermissionDenied, Http404, Refused):
        return None


@pytest.mark.parametrize("state", list(RecognitionState))
def test_moves_of_a_thank_you_are_open_to_exactly_these(cast, state):
    given, found = thanks_in(cast, state), {}
    actors = {name: person(cast.fresh(name)) for name in PEOPLE} | {"system": SYSTEM}
    for row in MOVES[Recognition]:
        for who, actor in actors.items():
            with transaction.atomic():
                result = outcome(given, row.name, actor)
                transaction.set_rollback(True)
            if result is not None:
                assert result.state == row.to
                found.setdefault(row.name, set()).add(who)

    assert found == TABLE[state]


def test_people_are_met_in_a_partnership_and_only_those_who_work_here_can_be_thanked(cast):
    together(cast, "rhona", "ailsa", "dougie")

    assert list(people_met(cast.rhona)) == [cast.ailsa, cast.donald]
    assert list(people_met(cast.ailsa)) == [cast.donald]
    assert not people_met(cast.stranger).exists()


def test_people_are_met_in_a_session_once_it_has_begun(cast):
    session = session_of(cast, places=5)
    for name in ("dougie", "morag"):
        ask(session, cast.fresh(name))

    assert not people_met(cast.dougie).exists()
    begin(session)
    assert list(people_met(cast.dougie)) == [cast.morag]
    assert list(people_met(cast.rhona)) == [cast.morag]  # she leads it


def test_nobody_is_thanked_whom_one_has_not_met(cast):
    with pytest.raises(NeedsNotMet) as refusal:
        say_thanks(cast.ailsa, behaviour(), WORDS, by=cast.rhona)

    assert "whom you have met" in refusal.value.sentences[0]
    assert not OutgoingMail.objects.exists()


def test_nobody_thanks_themselves(cast):
    together(cast)
    with pytest.raises(NeedsNotMet):
        say_thanks(cast.ailsa, behaviour(), WORDS, by=cast.ailsa)
    with pytest.raises(IntegrityError):
        Recognition.objects.create(by=cast.ailsa, to=cast.ailsa, behaviour=behaviour(), words="Me")


def test_twice_is_once_and_five_a_day_are_enough(cast):
    together(cast)
    assert thanks_of(cast) == thanks_of(cast, f" {WORDS} ")
    for number in range(4):
        thanks_of(cast, f"Another, {number}")

    with pytest.raises(NeedsNotMet) as refusal:
        thanks_of(cast, "One more")
    assert "enough for one day" in refusal.value.sentences[0]
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1)):
        assert thanks_of(cast, "The next day")


def test_only_the_two_of_them_read_it_and_only_one_is_told(cast):
    given = thanks_in(cast, "given")

    readers = {name for name in PEOPLE if Recognition.objects.visible_to(cast.fresh(name)).exists()}
    assert readers == {"rhona", "ailsa"}
    mail = OutgoingMail.objects.get()
    assert (mail.to, given.words in mail.text) == ("staff@example.org", True)


def test_kept_it_is_a_private_draft_of_whoever_was_thanked(cast):
    given = thanks_in(cast, "kept")

    entry = EvidenceEntry.objects.get()
    assert (entry.owner, entry.state, given.entry) == (cast.ailsa, EvidenceState.DRAFT, entry)
    assert entry.situation.startswith("Rhona MacBain thanked me on ")
    assert WORDS in entry.situation
    assert list(entry.behaviours.all()) == [given.behaviour]
    assert not EvidenceEntry.objects.visible_to(cast.fresh("morag")).exists()
    assert OutgoingMail.objects.count() == 1  # nobody is told


def test_it_stands_in_my_work_of_whoever_is_thanked_until_it_is_read(cast):
    given = thanks_in(cast, "given")
    assert [task.title for task in todo_for(person(cast.fresh("ailsa")))] == ["Rhona MacBain thanks you"]
    assert [todo_for(person(cast.fresh(name))) for name in PEOPLE if name != "ailsa"] == [[]] * (len(PEOPLE) - 1)

    thanks_of(cast, "And for the soup")
    assert [task.title for task in todo_for(person(cast.fresh("ailsa")))] == ["People thank you"]
    for one in (given, Recognition.objects.first()):
        move(one, "let_go", by=person(cast.ailsa))
    assert todo_for(person(cast.fresh("ailsa"))) == []


@pytest.mark.parametrize("state", list(RecognitionState))
def test_it_goes_after_a_year_and_the_example_stays(cast, state):
    thanks_in(cast, state)
    assert not thanks().exists()

    with time_machine.travel(timezone.now() + datetime.timedelta(days=367)):
        assert thanks().count() == 1
        thanks().delete()
    assert EvidenceEntry.objects.exists() is (state == RecognitionState.KEPT)


# --- Pages ---


def page(client_for, user, address):
    return client_for(user).get(address).content.decode()


def test_somebody_says_thank_you_in_one_line(cast, client_for):
    together(cast)
    version = published_framework()
    text = version.behaviour_texts.select_related("behaviour").first()
    values = {"to": cast.ailsa.pk, "words": WORDS, "behaviour": text.behaviour.slug}

    said = client_for(cast.rhona).post(reverse("thanks:say"), values, follow=True).content.decode()

    assert "Ailsa Grant gets your thank you by mail." in said
    assert text.short_name in said
    assert text.behaviour.code not in said
    assert Recognition.objects.get().behaviour == text.behaviour


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"to": ""}, "Choose whom you thank"),
        ({"to": "MORAG"}, "Choose somebody from the list"),
        ({"words": " "}, "Write one line: what did they do?"),
        ({"words": "x" * 201}, "at most 200 characters"),
        ({"behaviour": ""}, "Choose the one that fits best"),
    ],
)
def test_bad_input_is_told_and_nothing_is_sent(cast, client_for, changed, sentence):
    together(cast)
    published_framework()
    if changed.get("to") == "MORAG":
        changed = {"to": cast.morag.pk}
    values = {"to": cast.ailsa.pk, "words": WORDS, "behaviour": behaviour().slug} | changed

    shown = client_for(cast.rhona).post(reverse("thanks:say"), values).content.decode()

    assert sentence in shown
    assert not Recognition.objects.exists()


def test_nobody_gets_a_list_of_people_whom_they_have_not_met(cast, client_for):
    together(cast)
    shown = page(client_for, cast.rhona, reverse("thanks:say"))

    assert "Ailsa Grant" in shown
    assert "Morag Sinclair" not in shown
    assert "There is nobody to choose from yet" in page(client_for, cast.stranger, reverse("thanks:say"))


def test_whoever_is_thanked_keeps_it_by_a_press(cast, client_for):
    given = thanks_in(cast, "given")
    client = client_for(cast.ailsa)

    said = client.post(reverse("thanks:move", args=[given.pk, "keep"]), {"seen": given.version}, follow=True)

    assert "It is a private example of yours now." in said.content.decode()
    assert said.redirect_chain[-1][0] == EvidenceEntry.objects.get().get_absolute_url()
    assert client.post(reverse("thanks:move", args=[given.pk, "give"])).status_code == 404


def test_the_giver_does_not_learn_what_became_of_it(cast, client_for):
    given = thanks_in(cast, "given")
    before = page(client_for, cast.rhona, given.get_absolute_url())
    move(given, "keep", by=person(cast.ailsa))
    after = page(client_for, cast.rhona, given.get_absolute_url())

    assert before == after
    assert client_for(cast.rhona).post(reverse("thanks:move", args=[given.pk, "keep"])).status_code == 403


@pytest.mark.parametrize("name", ["morag", "fergus", "tom", "priya", "dougie", "stranger"])
def test_managers_administrators_and_others_find_nothing(cast, client_for, name):
    given = thanks_in(cast, "kept")
    client = client_for(cast.fresh(name))

    assert client.get(given.get_absolute_url()).status_code == 404
    assert client.post(reverse("thanks:move", args=[given.pk, "keep"])).status_code == 404
    for view in ("", "?view=given"):
        assert WORDS not in client.get(f"{reverse('thanks:list')}{view}").content.decode()


def test_both_find_theirs_in_their_lists(cast, client_for):
    thanks_in(cast, "let_go")

    assert WORDS in page(client_for, cast.ailsa, reverse("thanks:list"))
    assert WORDS in page(client_for, cast.rhona, f"{reverse('thanks:list')}?view=given")
    assert WORDS not in page(client_for, cast.rhona, reverse("thanks:list"))
