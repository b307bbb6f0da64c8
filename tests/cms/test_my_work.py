"""My work: what stands where, what it says, what it costs, and what it never shows."""

import datetime

import pytest
import time_machine

from cms.my_work import MyWork, due_words, greeting, in_order
from people.todo import Task
from tests.factories import many

DAY = datetime.date(2026, 11, 23)
MORNING = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)


def task(title, due=None, kind="duty"):
    return Task(title=title, url="/x/", due=due, kind=kind)


def test_dated_duties_come_first_by_date():
    tasks = [task("none"), task("late", DAY), task("early", DAY - datetime.timedelta(days=3)), task("none too")]

    assert [row.title for row in in_order(tasks)] == ["early", "late", "none", "none too"]


@pytest.mark.parametrize(
    ("days", "words", "kind"),
    [
        (-1, "Was due Sun 22 Nov", "bad"),
        (0, "Due today", "warn"),
        (7, "Due Mon 30 Nov", "warn"),
        (8, "Due Tue 1 Dec", "plain"),
    ],
)
def test_a_due_date_is_inclusive_and_loud_only_when_near(days, words, kind):
    assert due_words(task("x", DAY + datetime.timedelta(days=days)), on=DAY) == (words, kind)


def test_a_favour_is_open_until_a_day_and_never_due():
    favour = Task(title="x", url="/x/", due=DAY, status="Open until")

    assert due_words(favour, on=DAY) == ("Open until Mon 23 Nov", "warn")


def test_no_due_date_has_no_words():
    assert due_words(task("x"), on=DAY) == ("", "plain")


@pytest.mark.parametrize(
    ("duties", "sentence"),
    [
        ([], "Nothing is waiting for you today."),
        ([task("a")], "You have 1 thing to do."),
        ([task("a", DAY)], "You have 1 thing to do. The next date is today."),
        (
            [task("a", datetime.date(2026, 11, 27)), task("b")],
            "You have 2 things to do. The next date is Friday.",
        ),
        ([task("a", datetime.date(2026, 12, 4))], "You have 1 thing to do. The next date is 4 December."),
        ([task("a", datetime.date(2026, 11, 20)), task("b")], "You have 2 things to do. The first one is late."),
    ],
)
def test_the_greeting_says_how_much_and_when(cast, duties, sentence):
    with time_machine.travel(MORNING, tick=False):
        assert greeting(cast.ailsa, MyWork(duties=duties)) == f"Good morning, Ailsa. {sentence}"


@pytest.mark.parametrize(("hour", "hello"), [(11, "Good morning"), (12, "Good afternoon"), (18, "Good evening")])
def test_the_greeting_follows_the_clock_of_the_site(cast, hour, hello):
    at = datetime.datetime(2026, 11, 23, hour, tzinfo=datetime.UTC)

    with time_machine.travel(at, tick=False):
        assert greeting(cast.ailsa, MyWork()).startswith(hello)


def test_my_work_needs_sign_in(client_for, db):
    response = client_for().get("/my-work/")

    assert response.status_code == 302
    assert response.url == "/accounts/login/?next=/my-work/"


@pytest.mark.parametrize(
    "who", ["ailsa", "morag", "fergus", "rhona", "dougie", "priya", "tom", "senga", "donald", "stranger"]
)
def test_everyone_signed_in_has_a_page_with_help_on_it(cast, client_for, who):
    page = client_for(getattr(cast, who)).get("/my-work/").content.decode()

    assert page.count("<h1") == 1
    assert "Nothing is waiting for you" in page


def test_only_editors_are_led_to_the_content_admin(cast, client_for):
    assert "Write and edit" in client_for(cast.senga).get("/my-work/").content.decode()
    assert "Write and edit" not in client_for(cast.ailsa).get("/my-work/").content.decode()


def test_a_partner_is_not_told_about_a_line_manager(cast, client_for):
    assert "line manager" in client_for(cast.ailsa).get("/my-work/").content.decode()
    assert "line manager" not in client_for(cast.rhona).get("/my-work/").content.decode()


def test_many_duties_are_counted_in_full_and_shown_in_part(cast, client_for):
    many.requests(cast, 23)

    page = client_for(cast.rhona).get("/my-work/")

    assert len(page.context["duties"]) == 20
    assert "You have 23 things to do." in page.content.decode()
    assert "3 more move up as you do these." in page.content.decode()
