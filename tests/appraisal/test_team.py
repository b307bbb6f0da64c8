"""My team: whose turn it is and what comes next in every state, for the manager, a cover and everybody else."""

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from appraisal.enums import Part, ReviewState, Turn
from appraisal.models import AppraisalCycle, AppraisalReview
from appraisal.ratings import save_rating
from appraisal.team import team_of
from people.lib.dates import today
from people.models import AuditEvent, ManagerCover, Post, Team
from people.transitions import move, person
from tests.factories.appraisal import answered, shared_example
from tests.factories.certificates import a_certificate
from tests.factories.reviews import (
    answer_all,
    days,
    ground,
    next_step,
    note_seen,
    open_cycle,
    review_in,
    review_of,
)


def row_of(cast, who: str = "morag", name: str = "Ailsa Grant"):
    """What stands about somebody on this person's page."""
    return next(row for row in team_of(cast.fresh(who)).rows if row.name == name)


def said(cast, who: str = "morag") -> tuple:
    row = row_of(cast, who)
    return row.turn, row.next_up.action, row.next_up.url.split("/")[-2], row.next_up.waits


def post_of(person) -> Post:
    return Post.objects.filter(person=person).order_by("pk").first()


def cover(cast, name: str = "donald") -> None:
    ManagerCover.objects.create(manager=cast.morag, cover=cast.people[name], starts_on=days(-2), ends_on=days(2))


def day(count: int) -> str:
    return date_format(days(count), "j F")


# --- What comes next -----------------------------------------------------------------------------------------------


def test_before_the_self_assessment_the_manager_may_draft(cast):
    review = review_of(cast)
    waits = f"Ailsa has until {day(10)} to send the self-assessment."
    assert said(cast) == (Turn.OTHERS, "Begin your draft", "go-on", waits)

    ground(cast)
    answer_all(review, Part.MANAGER, cast.fresh("morag"))
    assert said(cast) == (
        Turn.OTHERS,
        "Look at your draft",
        "check",
        f"You can share it once Ailsa has sent the self-assessment, or after {day(10)}.",
    )


def test_after_its_day_nobody_waits_for_the_self_assessment(cast):
    review = review_of(cast)
    AppraisalCycle.objects.update(self_due_on=days(-1))

    assert said(cast) == (Turn.ME, "Write the review", "go-on", "")
    ground(cast)
    answer_all(review, Part.MANAGER, cast.fresh("morag"))
    assert said(cast) == (Turn.ME, "Check and share", "check", "")


def test_the_last_day_of_the_self_assessment_still_belongs_to_the_person(cast):
    review_of(cast)
    AppraisalCycle.objects.update(self_due_on=today())

    assert row_of(cast).turn == Turn.OTHERS


def test_once_it_is_sent_it_is_the_managers_turn(cast):
    review = review_in(cast, ReviewState.MANAGER_REVIEW)
    assert said(cast) == (Turn.ME, "Write the review", "go-on", "")

    first = review.behaviours.first()
    save_rating(first, Part.MANAGER, {"mark": first.level}, by=person(cast.fresh("morag")))
    assert said(cast) == (Turn.ME, "Go on with the review", "go-on", "")
    assert row_of(cast).answers == ("1 of 5 answered", "info")

    answer_all(review, Part.MANAGER, cast.fresh("morag"))
    assert said(cast) == (Turn.ME, "Check and share", "check", "")


def test_a_shared_review_waits_for_the_talk_and_then_for_the_answer(cast):
    review = review_in(cast, ReviewState.SHARED)
    assert said(cast)[:2] == (Turn.ME, "Talk, then say when")

    review = move(review, "talk_held", by=person(cast.fresh("ailsa")), data={"talk_on": today()})
    assert said(cast)[1:] == ("Confirm that you talked", str(review.pk), f"Ailsa says that you talked on {day(0)}.")
    assert row_of(cast).talk.words.endswith("not confirmed")

    move(review, "talk_held", by=person(cast.fresh("morag")), data={"talk_on": today()})
    assert said(cast)[:2] == (Turn.OTHERS, "Read the review")
    assert "to answer" in said(cast)[3]


def test_a_text_opened_again_is_shared_again(cast):
    move(review_in(cast, ReviewState.SHARED), "take_back", by=person(cast.fresh("morag")))

    assert said(cast) == (Turn.ME, "Change it and share again", "check", "The text is open again.")


def test_an_answered_review_waits_for_the_second_manager_and_a_closed_one_for_nobody(cast):
    review = review_in(cast, ReviewState.ANSWERED)
    assert said(cast) == (Turn.OTHERS, "Read the answer", str(review.pk), "Fergus Reid confirms that it was fair.")

    move(review, "confirm_fair", by=person(cast.fresh("fergus")))
    assert said(cast) == (Turn.CLOSED, "Read the record", "record", "")


def test_a_void_review_is_no_review(cast):
    review_in(cast, ReviewState.VOID)

    assert (row_of(cast).review, row_of(cast).turn) == (None, Turn.NOBODY)


@pytest.mark.parametrize(
    ("state", "turn", "action"),
    [
        (ReviewState.MANAGER_REVIEW, Turn.ME, "Write the review"),
        (ReviewState.SHARED, Turn.OTHERS, "Read the review"),
        (ReviewState.ANSWERED, Turn.OTHERS, "Read the answer"),
    ],
)
def test_a_cover_writes_and_signs_nothing(cast, state, turn, action):
    review_in(cast, state)
    cover(cast)

    assert said(cast, "donald")[:2] == (turn, action)
    assert row_of(cast, "donald").cover.manager == cast.morag


def test_a_cover_waits_for_the_manager_to_share(cast):
    review = review_in(cast, ReviewState.MANAGER_REVIEW)
    answer_all(review, Part.MANAGER, cast.fresh("morag"))
    cover(cast)

    assert said(cast, "donald") == (Turn.OTHERS, "Look at the draft", "check", "Morag Sinclair shares it.")


def test_after_a_change_of_manager_only_that_something_stayed_behind_is_said(cast):
    review_in(cast, ReviewState.MANAGER_REVIEW)
    Post.objects.filter(person=cast.ailsa).update(line_manager=cast.donald)

    row = row_of(cast, "donald")
    assert (row.turn, row.review, row.next_up) == (Turn.OTHERS, None, None)
    assert row.waits == "The review is still with the line manager before. An administrator hands it over."
    assert [row.name for row in team_of(cast.fresh("morag")).rows] == []


def test_a_new_post_says_the_same_until_the_handover(cast):
    review = review_in(cast, ReviewState.MANAGER_REVIEW)
    Post.objects.filter(person=cast.ailsa).update(ends_on=days(-1))
    Post.objects.create(
        person=cast.ailsa, team=Team.objects.get(), line_manager=cast.donald, title="Project", starts_on=today()
    )
    assert row_of(cast, "donald").turn == Turn.OTHERS

    data = {"manager": cast.donald, "reason": "New post"}
    move(review, "reassign_later", by=person(cast.fresh("tom")), data=data)
    assert said(cast, "donald")[:2] == (Turn.ME, "Write the review")


def test_a_second_post_elsewhere_is_not_left_behind(cast):
    review_of(cast)
    Post.objects.create(
        person=cast.ailsa, team=Team.objects.get(), line_manager=cast.donald, title="Tuesdays", starts_on=today()
    )

    assert row_of(cast, "donald").turn == Turn.NOBODY


# --- The page ------------------------------------------------------------------------------------------------------


def test_the_page_counts_what_is_shared_and_by_when(cast, client_for):
    review_in(cast, ReviewState.SHARED)
    Post.objects.filter(person=cast.donald).update(line_manager=cast.morag)

    page = client_for(cast.morag).get(reverse("team:list"))

    assert [(cycle.name, words) for cycle, words in page.context["years"]] == [
        ("Reviews 2026", f"The one review is shared. Reviews are closed by {day(50)}.")
    ]
    assert [(tab["label"], tab["count"]) for tab in page.context["tabs"]] == [
        ("All", 2),
        ("Waiting for me", 1),
        ("Waiting for others", 0),
        ("Closed", 0),
    ]
    assert "Talk, then say when" in page.text
    assert "Note something I saw" in page.text  # for Donald, who has no review


@pytest.mark.parametrize(
    ("due", "words"), [(30, "0 of 1 shared. Reviews are shared by {}."), (-1, "0 of 1 shared. The day for it was {}.")]
)
def test_the_day_for_sharing_is_said(cast, client_for, due, words):
    review_of(cast)
    AppraisalCycle.objects.update(self_due_on=days(-5), share_due_on=days(due))

    ((_cycle, found),) = client_for(cast.morag).get(reverse("team:list")).context["years"]

    assert found == words.format(day(due))


@pytest.mark.parametrize(("show", "names"), [("me", ["Ailsa Grant"]), ("others", []), ("nonsense", ["Ailsa Grant"])])
def test_a_tab_is_a_link(cast, client_for, show, names):
    review_in(cast, ReviewState.MANAGER_REVIEW)

    page = client_for(cast.morag).get(reverse("team:list"), {"show": show})

    assert [row.name for row in page.context["page"]] == names


def test_whoever_waits_for_the_manager_comes_first(cast):
    Post.objects.filter(person__in=[cast.donald, cast.priya]).update(line_manager=cast.morag)
    review_in(cast, ReviewState.MANAGER_REVIEW)

    assert [row.name for row in team_of(cast.fresh("morag")).rows] == ["Ailsa Grant", "Donald Iqbal", "Priya Nair"]


def test_two_posts_are_two_rows(cast):
    Post.objects.create(
        person=cast.ailsa,
        team=Team.objects.get(),
        line_manager=cast.morag,
        job_family=post_of(cast.ailsa).job_family,
        title="Tuesdays",
        starts_on=days(-3),
    )
    open_cycle(cast)

    rows = team_of(cast.fresh("morag")).rows
    assert [(row.name, row.post.title) for row in rows] == [
        ("Ailsa Grant", "Catchment officer"),
        ("Ailsa Grant", "Tuesdays"),
    ]
    assert {row.review.number for row in rows} == {1, 2}


def test_between_years_the_agreed_steps_stand_there(cast, client_for):
    next_step(cast, review_in(cast, ReviewState.CLOSED), what="Ring <i>first</i>")
    AppraisalCycle.objects.update(state="closed")  # as the administrator leaves it

    page = client_for(cast.morag).get(reverse("team:list"))

    assert page.context["years"] == page.context["tabs"] == []
    assert "Ring &lt;i&gt;first&lt;/i&gt;" in page.text
    assert reverse("team:note", args=[post_of(cast.ailsa).pk]) in page.text


def test_covered_people_stand_apart(cast, client_for):
    review_in(cast, ReviewState.MANAGER_REVIEW)
    cover(cast, "fergus")
    cover(cast)

    page = client_for(cast.donald).get(reverse("team:list")).text
    assert "You stand in for Morag Sinclair" in page
    assert "sharing and signing stay with Morag Sinclair" in page
    assert "No review of your team is under way" not in page

    # Fergus confirms this review: standing in opens no draft to him
    second = client_for(cast.fergus).get(reverse("team:list")).text
    assert "Nothing for you to write" in second
    assert reverse("reviews:go-on", args=[AppraisalReview.objects.get().pk]) not in second


@pytest.mark.parametrize("who", ["ailsa", "rhona", "tom", "stranger"])
def test_without_people_the_page_says_so(cast, client_for, who):
    assert "No one reports to you" in client_for(cast.people[who]).get(reverse("team:list")).text


# --- One person ----------------------------------------------------------------------------------------------------


def test_the_page_of_a_person_gathers_what_is_known(cast, client_for):
    closed = review_in(cast, ReviewState.CLOSED)
    next_step(cast, closed)
    note_seen(cast)
    a_certificate(cast.ailsa)
    AppraisalCycle.objects.update(state="closed")
    review_in(cast, ReviewState.MANAGER_REVIEW, name="Reviews 2027")

    page = client_for(cast.morag).get(reverse("team:person", args=[closed.post_id]))

    assert [row.next_up.action for row in page.context["rows"]] == ["Write the review"]
    assert page.context["earlier"] == [closed]
    for words in ("Take the call list through the next test", "heard of the closed road", "Rang before drafting"):
        assert words in page.text
    assert page.context["learning"].count() == 1
    assert "Learning, not proof of a level" in page.text


@pytest.mark.parametrize("who", ["ailsa", "fergus", "tom", "priya", "rhona", "donald", "stranger"])
@pytest.mark.parametrize("name", ["team:person", "team:talk"])
def test_nobody_else_opens_the_pages_of_a_person(cast, client_for, who, name):
    address = reverse(name, args=[post_of(cast.ailsa).pk])

    assert client_for(cast.people[who]).get(address).status_code == 404


def test_a_former_manager_opens_them_no_more(cast, client_for):
    Post.objects.filter(person=cast.ailsa).update(line_manager=cast.donald)

    assert client_for(cast.morag).get(reverse("team:person", args=[post_of(cast.ailsa).pk])).status_code == 404


def test_drafts_of_the_person_are_on_no_page_of_the_team(cast, client_for):
    review = review_of(cast)
    example = ground(cast)
    answer_all(review, Part.SELF, cast.fresh("ailsa"), words="My secret thoughts", help="Secret help")
    assert example

    for name in ("team:list", "team:person", "team:talk"):
        args = [] if name == "team:list" else [review.post_id]
        page = client_for(cast.morag).get(reverse(name, args=args)).text
        assert "ecret" not in page


# --- The talk sheet ------------------------------------------------------------------------------------------------


def sheet(cast, client_for, who="morag"):
    return client_for(cast.people[who]).get(reverse("team:talk", args=[post_of(cast.ailsa).pk]))


def test_the_sheet_holds_examples_answers_notes_and_last_steps(cast, client_for):
    next_step(cast, review_in(cast, ReviewState.CLOSED, name="Reviews 2025", starts_on=days(-700)))
    review = review_in(cast, ReviewState.SHARED)
    example = shared_example(cast.ailsa, title="Stayed for the second meeting")
    answered(example, cast.rhona, words="So it was, and longer.")
    note_seen(cast)

    page = sheet(cast, client_for).text

    for words in (
        "Stayed for the second meeting",
        "So it was, and longer.",
        "heard of the closed road",
        "Take the call list through the next test",
        "not done yet",
    ):
        assert words in page
    reads = AuditEvent.objects.filter(move="read", actor_id=cast.morag.pk)
    assert reads.filter(record_type="appraisal.appraisalreview", record_id=review.pk).count() == 1
    assert reads.filter(record_type="appraisal.evidenceentry", record_id=example.pk).count() == 1


def test_questions_are_where_the_two_differ_or_help_is_wanted(cast, client_for):
    review = review_in(cast, ReviewState.SELF_REVIEW)
    ground(cast)
    answer_all(review, Part.SELF, cast.fresh("ailsa"))
    first, second = list(review.behaviours.all())[:2]
    own, manager = person(cast.fresh("ailsa")), person(cast.fresh("morag"))
    save_rating(first, Part.SELF, {"mark": first.level + 1}, by=own)
    save_rating(second, Part.SELF, {"help": "Somebody to ring at night"}, by=own)
    review = move(review, "send", by=own)

    # before the manager has chosen, the person's levels are hidden; what help is wanted is not
    questions = sheet(cast, client_for).context["sheet"].questions
    assert [(row.behaviour, row.own, row.managers, row.differ) for row in questions] == [
        (second.text.short_name, "", "", False)
    ]

    # chosen but not shared: that they differ, and not the manager's level
    save_rating(first, Part.MANAGER, {"mark": first.level}, by=manager)
    found = {row.behaviour: row for row in sheet(cast, client_for).context["sheet"].questions}
    assert found[first.text.short_name].differ
    assert found[first.text.short_name].managers == ""

    answer_all(review, Part.MANAGER, cast.fresh("morag"))
    move(review, "share", by=manager)
    page = sheet(cast, client_for)
    found = {row.behaviour: row for row in page.context["sheet"].questions}
    assert found[first.text.short_name].managers != found[first.text.short_name].own != ""
    assert "Somebody to ring at night" in page.text


def test_without_a_review_the_sheet_is_about_the_last_twelve_months(cast, client_for):
    shared_example(cast.ailsa, title="Last month", happened_on=days(-30))
    shared_example(cast.ailsa, title="Long ago", happened_on=days(-500))

    page = sheet(cast, client_for)

    assert [entry.title for entry in page.context["sheet"].examples] == ["Last month"]
    assert "Open questions" not in page.text


# --- The way there -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "entry"), [("ailsa", "/reviews/"), ("morag", "/team/"), ("fergus", "/reviews/"), ("donald", "/team/")]
)
def test_a_review_stands_under_the_team_for_its_manager(cast, client_for, who, entry):
    review = review_in(cast, ReviewState.SHARED)
    cover(cast)

    page = client_for(cast.people[who]).get(review.get_absolute_url()).text

    assert [url for url in ("/reviews/", "/team/") if f'<a href="{url}" aria-current' in page] == [entry]


def test_the_first_behaviour_without_an_answer_is_one_press_away(cast, client_for):
    review_in(cast, ReviewState.MANAGER_REVIEW)
    client = client_for(cast.morag)

    row = client.get(reverse("team:list")).context["page"][0]
    page = client.get(row.next_up.url, follow=True)

    assert page.redirect_chain == [(f"/reviews/{row.review.pk}/behaviours/1/", 302)]
    assert '<a href="/team/" aria-current="true">My team</a>' in page.text
