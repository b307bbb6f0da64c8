"""The co-ordinators' pages of required learning, and what a line manager sees of it: that it was done, never how."""

import pytest
from django.urls import reverse

from people.models import Post, Team
from tests.factories.required import completed, in_days, required_of
from tests.factories.sessions import session_of
from tests.factories.training import make_module
from training.enums import Audience
from training.models import LearningException, Reflection, RequiredLearning
from training.required.requirements import make_exception, owed_by_one

pytestmark = pytest.mark.django_db
ADD = "/manage/required/add/"


def page(client, row, name="detail", query=""):
    return client.get(reverse(f"manage-required:{name}", args=[row.pk]) + query).content.decode()


def sent(**values):
    return {"due_on": in_days(30).isoformat(), "repeat_months": "", "reason": "We ring first.", **values}


def test_priya_requires_a_module_of_a_team(cast, client_for):
    module, team = make_module(), Team.objects.get()
    data = sent(what=f"module:{module.pk}", whom=f"team:{team.pk}", repeat_months="12")

    said = client_for(cast.priya).post(ADD, data, follow=True).content.decode()

    row = RequiredLearning.objects.get()
    assert (row.audience, row.team, row.module, row.repeat_months) == (Audience.TEAM, team, module, 12)
    assert row.set_by == cast.priya
    assert "“Early” is required of 7 people from now on." in said
    assert "Again every 12 months." in said


WRONG = [
    ({"what": "module:0"}, "Select a valid choice"),
    ({"what": ""}, "Choose a module or a session"),
    ({"whom": "everyone"}, "Select a valid choice"),
    ({"due_on": "2020-01-01"}, "This day is over. Choose today or a later one."),
    ({"due_on": "9999-12-31"}, "This day is more than ten years ahead. Is the year right?"),
    ({"due_on": "soon"}, "Enter a valid date"),
    ({"due_on": ""}, "Choose a day"),
    ({"repeat_months": "0"}, "greater than or equal to 1"),
    ({"repeat_months": "30000"}, "less than or equal to 120"),
    ({"reason": ""}, "Say why it is required, in a sentence"),
    ({"reason": "x" * 301}, "at most 300 characters"),
]


@pytest.mark.parametrize(("wrong", "sentence"), WRONG, ids=lambda value: str(value)[:30])
def test_what_cannot_be_required_is_said_and_kept(cast, client_for, wrong, sentence):
    module = make_module()
    data = sent(what=f"module:{module.pk}", whom="everyone:") | wrong

    response = client_for(cast.priya).post(ADD, data)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "We ring first." in response.content.decode() or "reason" in wrong
    assert not RequiredLearning.objects.exists()


def test_a_session_takes_place_once_and_before_its_day(cast, client_for):
    session = session_of(cast)
    data = sent(what=f"session:{session.pk}", whom="everyone:", repeat_months="12")

    shown = client_for(cast.priya).post(ADD, data).content.decode()

    assert "A session takes place once. Leave this empty, or choose a module." in shown
    assert "The session takes place after this day. Choose its last day or a later one." in shown
    data |= {"repeat_months": "", "due_on": in_days(90).isoformat()}
    assert client_for(cast.priya).post(ADD, data).status_code == 302
    assert RequiredLearning.objects.get().session == session


def test_the_page_counts_and_names(cast, client_for):
    row = required_of(cast)
    completed(row.module, cast.ailsa)
    make_exception(row, cast.morag, reason="On loan to the council", until=None, by=cast.priya)

    everybody, done = page(client_for(cast.priya), row), page(client_for(cast.priya), row, query="?show=done")

    assert "Of 7 people" in everybody
    assert "All (7)" in everybody
    assert "Done (1)" in everybody
    assert "Due (5)" in everybody
    assert "Excepted (1)" in everybody
    assert "On loan to the council" in everybody
    assert "Ailsa Grant" in done
    assert "Morag Sinclair" not in done
    assert "Of 7 people" in page(client_for(cast.priya), row, query="?show=nonsense")


def test_somebody_is_let_off_and_asked_again(cast, client_for):
    row, priya = required_of(cast, due=-40), client_for(cast.priya)
    address = reverse("manage-required:except", args=[row.pk])

    refused = priya.post(address, {"email": "nobody@example.org", "reason": "", "until": "2020-01-01"})
    assert refused.status_code == 422
    for sentence in ("Nobody here has this address.", "Write why, in a few words", "This day is over."):
        assert sentence in refused.content.decode()
    said = priya.post(address, {"email": "Staff@example.org", "reason": "On loan", "until": ""}, follow=True)
    assert "Ailsa Grant need not do it." in said.content.decode()
    exception = LearningException.objects.get()
    priya.post(reverse("manage-required:exception-end", args=[exception.pk]))
    (mine,) = owed_by_one(cast.ailsa)
    assert mine.is_open


def test_it_ends_by_a_press(cast, client_for):
    row, priya = required_of(cast), client_for(cast.priya)

    said = priya.post(reverse("manage-required:end", args=[row.pk]), follow=True).content.decode()

    assert "is required no longer. What was done stays done." in said
    assert "Nothing is required" in said
    assert "Early" in priya.get("/manage/required/?view=ended").content.decode()
    assert "Require it no longer" not in page(priya, row)


# --- What a line manager sees ----------------------------------------------------------------------------------------


def test_the_team_page_says_done_due_overdue_excepted(cast, client_for):
    module, late, off = make_module(), make_module("late"), make_module("off")
    completed(module, cast.ailsa)
    required_of(cast, module=module)
    required_of(cast, module=late, due=-2)
    required_of(cast, module=make_module("next"), due=5)
    make_exception(required_of(cast, module=off), cast.ailsa, reason="A private matter", until=None, by=cast.priya)
    unit = module.get_children().first().specific
    Reflection.objects.create(person=cast.ailsa, unit=unit, block_id="b", prompt="And you?", text="Nobody reads this")
    morag, post = client_for(cast.morag), Post.objects.get(person=cast.ailsa)

    team, one = morag.get("/team/").content.decode(), morag.get(f"/team/{post.pk}/").content.decode()

    assert "Required learning: 1 overdue" in team
    for words in ("Done ", "Overdue since ", "Due ", "Excepted"):
        assert words in one
    for secret in ("A private matter", "Nobody reads this", "And you?"):
        assert secret not in team + one


SUMMARIES = [
    ((), None),
    (("done",), "Required learning: done"),
    (("due",), "Required learning: 1 due, by "),
    (("done", "excepted"), "Required learning: done"),
    (("excepted",), "Required learning: excepted"),
    (("overdue", "due", "overdue"), "Required learning: 2 overdue"),
]


@pytest.mark.parametrize(("states", "words"), SUMMARIES, ids=str)
def test_the_team_list_says_it_in_one_line(cast, client_for, states, words):
    for number, state in enumerate(states):
        row = required_of(cast, module=make_module(f"m{number}"), due=-2 if state == "overdue" else 9)
        if state == "done":
            completed(row.module, cast.ailsa)
        if state == "excepted":
            make_exception(row, cast.ailsa, reason="x", until=None, by=cast.priya)

    shown = client_for(cast.morag).get("/team/").content.decode()

    assert (words or "Required learning") in shown if words else "Required learning" not in shown
