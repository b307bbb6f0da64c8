"""The page of a cycle for an administrator: counts, lists, reminders after a check, the file, levels, closing."""

import csv
import datetime
import io

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from appraisal import cycle_status
from appraisal.enums import Part, ReviewState
from appraisal.models import AppraisalCycle, AppraisalReview, Reminder
from appraisal.ratings import save_rating
from appraisal.tasks import tell_waiting
from people import audit
from people.lib.dates import add_working_days, today
from people.models import AuditEvent, OutgoingMail, Post
from people.policy import policy, set_policy
from people.transitions import move, person
from tests.factories import many_reviews
from tests.factories.reviews import days, draft_cycle, open_cycle, review_in, review_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tom(cast, client_for):
    return client_for(cast.tom)


@pytest.fixture
def late_cycle(cast):
    """Ailsa's self-assessment is five days late."""
    return review_of(cast, open_cycle(cast, self_due_on=days(-5))).cycle


def page(client, cycle, query=""):
    response = client.get(f"{cycle.get_absolute_url()}{query}")
    assert response.status_code == 200
    return response


def names(response):
    return [row.job_holder.name for row in response.context["rows"]]


# --- Counting and lists ---


def test_counts_stand_by_stage_with_those_who_are_late(cast, tom, late_cycle):
    response = page(tom, late_cycle)

    found = {row.state: (row.count, row.late) for row in response.context["stages"]}
    assert found == {"self_review": (1, 1)}
    assert (response.context["counts"].total, response.context["counts"].late) == (1, 1)
    assert "These reviews are for development only." in response.text


@pytest.mark.parametrize(
    ("state", "self_due", "share_due", "close_due", "step"),
    [
        (ReviewState.SELF_REVIEW, -1, 5, 9, "self_assessment"),
        (ReviewState.SELF_REVIEW, -1, -1, 9, "share"),
        (ReviewState.MANAGER_REVIEW, -9, -1, 9, "share"),
        (ReviewState.ANSWERED, -9, -5, -1, "confirm"),
    ],
)
def test_a_step_is_late_the_day_after_its_date(cast, state, self_due, share_due, close_due, step):
    dates = {"self_due_on": days(self_due), "share_due_on": days(share_due), "close_due_on": days(close_due)}
    review = review_in(cast, state, **dates)

    turn = cycle_status.turn_of(review)

    assert (turn.step, turn.is_late, turn.late_since) == (step, True, today())
    assert list(cycle_status.find_reviews(review.cycle, tab="late")) == [review]
    with time_machine.travel(timezone.now() - datetime.timedelta(days=1)):
        assert not cycle_status.turn_of(review).is_late
        assert not cycle_status.find_reviews(review.cycle, tab="late").exists()


@pytest.mark.parametrize("allowed", [0, 1, 3, 10])
def test_late_answers_are_the_same_in_sql_as_on_the_row(cast, allowed):
    set_policy("review_answer_working_days", allowed)
    review = review_in(cast, ReviewState.SHARED)
    for ago in range(30):
        AppraisalReview.objects.filter(pk=review.pk).update(shared_on=days(-ago))
        review.refresh_from_db()
        due = add_working_days(days(-ago), policy("review_answer_working_days"))
        in_sql = cycle_status.find_reviews(review.cycle, tab="late").exists()
        assert cycle_status.turn_of(review).is_late is in_sql is (due < today())


def test_since_when_a_review_stands_is_not_changed_by_a_talk(cast):
    review = review_in(cast, ReviewState.SHARED)
    since = review.state_since

    moved = move(review, "talk_held", by=person(cast.fresh("ailsa")), data={"talk_on": today()})

    assert (moved.state_since, moved.version) == (since, review.version + 1)


def test_tabs_search_and_team_narrow_the_list(cast, tom, late_cycle):
    review = late_cycle.reviews.get()
    rows = [
        AppraisalReview(
            cycle=late_cycle,
            job_holder=cast.people[name],
            post=Post.objects.get(person=cast.people[name]),
            job_title="Officer",
            team_name=team,
            manager=cast.fergus,
            second_manager=cast.rhona,
            state=state,
        )
        for name, team, state in (
            ("morag", "Flood <b>team</b>", "manager_review"),
            ("donald", "Permits", "closed"),
        )
    ]
    AppraisalReview.objects.bulk_create(rows)

    assert names(page(tom, late_cycle)) == ["Ailsa Grant", "Donald Iqbal", "Morag Sinclair"]
    assert names(page(tom, late_cycle, "?tab=late")) == ["Ailsa Grant"]
    assert names(page(tom, late_cycle, "?tab=closed")) == ["Donald Iqbal"]
    assert names(page(tom, late_cycle, "?q=SINC")) == ["Morag Sinclair"]
    assert names(page(tom, late_cycle, "?team=Permits")) == ["Donald Iqbal"]
    assert names(page(tom, late_cycle, "?tab=nonsense")) == ["Ailsa Grant", "Donald Iqbal", "Morag Sinclair"]
    assert "Nobody found" in page(tom, late_cycle, "?q=nobody").text
    assert "<b>team</b>" not in page(tom, late_cycle).text
    assert f'value="{review.pk}"' in page(tom, late_cycle).text


def test_reviews_whose_manager_or_second_manager_is_gone_have_a_tab(cast, tom):
    moved = review_in(cast, ReviewState.SHARED)
    assert not cycle_status.find_reviews(moved.cycle, tab="handover").exists()

    Post.objects.filter(pk=moved.post_id).update(line_manager=cast.donald)
    response = page(tom, moved.cycle, "?tab=handover")
    assert names(response) == ["Ailsa Grant"]
    assert f"/manage/reviews/{moved.pk}/hand-over/" in response.text

    Post.objects.filter(pk=moved.post_id).update(line_manager=cast.morag)
    Post.objects.filter(person=cast.morag).update(ends_on=days(-1))
    assert names(page(tom, moved.cycle, "?tab=handover")) == ["Ailsa Grant"]

    AppraisalReview.objects.filter(pk=moved.pk).update(state="answered")
    Post.objects.filter(person=cast.morag).update(ends_on=None)
    assert not cycle_status.find_reviews(moved.cycle, tab="handover").exists()
    cast.fergus.is_active = False
    cast.fergus.save()
    assert f"/manage/reviews/{moved.pk}/second-manager/" in page(tom, moved.cycle, "?tab=handover").text


def test_nothing_that_was_written_stands_on_the_page_or_in_the_file(cast, tom):
    review = review_in(cast, ReviewState.SELF_REVIEW)
    data = {"mark": "1", "words": "SECRET WORDS", "help": "SECRET HELP"}
    save_rating(review.behaviours.first(), Part.SELF, data, by=person(cast.fresh("ailsa")))
    shared = review_in(cast, ReviewState.ANSWERED, answer="disagree", name="Another")

    for cycle in (review.cycle, shared.cycle):
        text = page(tom, cycle).text + lines_of(tom, cycle)
        assert "SECRET" not in text
        assert "As the examples show" not in text
        assert "differently" not in text
        assert "disagree" not in text.lower()


def test_the_one_review_of_the_administrator_is_no_link(cast, tom, late_cycle):
    AppraisalReview.objects.filter(cycle=late_cycle).update(second_manager=cast.tom)

    response = page(tom, late_cycle)

    assert f"/manage/reviews/{late_cycle.reviews.get().pk}/" not in response.text


def test_a_cycle_being_prepared_leads_to_its_check(cast, tom):
    cycle = draft_cycle(cast)

    assert tom.get(cycle.get_absolute_url()).url == f"{cycle.get_absolute_url()}check/"


# --- Reminding ---


def remind(client, cycle, query, **extra):
    return client.get(f"{cycle.get_absolute_url()}remind/{query}", **extra)


def test_late_ones_are_checked_and_then_reminded(cast, tom, late_cycle):
    check = remind(tom, late_cycle, "?all_late=1")
    assert "1 person gets one mail" in check.text
    assert "Send your self-assessment to Morag Sinclair" in check.text
    assert not Reminder.objects.filter(kind="by_hand").exists()

    response = tom.post(f"{late_cycle.get_absolute_url()}remind/", {"all_late": "1"}, follow=True)
    tell_waiting()

    assert "1 person gets a reminder. The next automatic reminders go out on" in response.text
    assert "Reminded" in response.text
    assert list(OutgoingMail.objects.filter(template="reviews/reminder").values_list("to", flat=True)) == [
        "staff@example.org"
    ]


def test_a_second_press_tells_who_was_left_out(cast, tom, late_cycle):
    address = f"{late_cycle.get_absolute_url()}remind/"
    tom.post(address, {"all_late": "1"})

    check = remind(tom, late_cycle, "?all_late=1")
    response = tom.post(address, {"all_late": "1"}, follow=True)

    assert "Nobody would get a mail." in check.text
    assert "Nobody is reminded twice in 24 hours." in check.text
    assert "Ailsa Grant" in check.text
    assert "1 person was left out: reminded a short while ago." in response.text
    assert Reminder.objects.filter(kind="by_hand").count() == 1


def test_ticked_reviews_alone_are_reminded(cast, tom, late_cycle):
    review = late_cycle.reviews.get()

    assert "1 person gets one mail" in remind(tom, late_cycle, f"?review={review.pk}&review=x&review=²").text
    assert "Nobody would get a mail." in remind(tom, late_cycle, "").text
    assert "Nobody would get a mail." in remind(tom, late_cycle, "?review=99999999").text


def test_reviews_of_another_cycle_are_not_reached(cast, tom, late_cycle):
    other = review_in(cast, ReviewState.SELF_REVIEW, name="Another")

    response = tom.post(f"{late_cycle.get_absolute_url()}remind/", {"review": other.pk}, follow=True)

    assert "Nobody was reminded" in response.text
    assert not Reminder.objects.filter(kind="by_hand").exists()


def test_filters_hold_for_all_late_ones(cast, tom, late_cycle):
    assert "1 person gets one mail" in remind(tom, late_cycle, "?all_late=1&q=ails").text
    assert "Nobody would get a mail." in remind(tom, late_cycle, "?all_late=1&q=morag").text


# --- The file ---


def lines_of(client, cycle):
    response = client.get(f"{cycle.get_absolute_url()}reviews.csv")
    assert response.streaming
    return b"".join(response.streaming_content).decode()


def test_the_file_says_where_each_review_stands(cast, tom, late_cycle):
    text = lines_of(tom, late_cycle)

    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == 1
    assert (
        rows[0]
        | {
            "name": "Ailsa Grant",
            "email": "staff@example.org",
            "manager": "Morag Sinclair",
            "second_manager": "Fergus Reid",
            "stage": "self_review",
            "waits_for": "Ailsa Grant",
            "step": "self_assessment",
            "due_on": days(-5).isoformat(),
            "late": "yes",
            "needs_another": "",
        }
        == rows[0]
    )


def test_a_cell_that_begins_a_formula_is_made_safe(cast, tom, late_cycle):
    AppraisalReview.objects.filter(cycle=late_cycle).update(job_title='=HYPERLINK("http://x","y")')

    assert "'=HYPERLINK" in lines_of(tom, late_cycle)


@pytest.mark.parametrize("size", [1, 3, 500])
def test_the_file_costs_the_same_at_any_length(cast, tom, size):
    cycle = AppraisalCycle.objects.get(pk=many_reviews.late_reviews(cast, size))

    with CaptureQueriesContext(connection) as spent:
        text = lines_of(tom, cycle)

    assert text.count("\r\n") == size + 1
    asked = [query for query in spent if query["sql"].startswith(("SELECT", "INSERT"))]
    assert len(asked) == 6 - (connection.vendor == "postgresql")  # a cursor on the server stands in no log


def test_taking_the_file_is_kept(cast, tom, late_cycle):
    lines_of(tom, late_cycle)

    event = audit.events_of(late_cycle).first()
    assert (event.move, event.actor_label) == ("export", "Tom Baxter")
    assert "Status downloaded" in page(tom, late_cycle).text


# --- Levels and closing ---


def test_levels_are_shown_at_once_with_a_reason_that_all_can_read(cast, tom, late_cycle):
    address = f"{late_cycle.get_absolute_url()}show-levels/"
    assert "It cannot be hidden again" in tom.get(address).text
    assert "Give the reason" in tom.post(address, {"reason": " "}).text

    tom.post(address, {"reason": "The teams asked for it", "seen": late_cycle.version})

    late_cycle.refresh_from_db()
    assert late_cycle.hide_self_levels is False
    response = page(tom, late_cycle)
    assert "Managers see the levels that people chose for themselves at once" in response.text
    assert "The teams asked for it" in response.text
    assert "already see" in tom.get(address).text


def test_people_read_on_their_review_that_levels_are_shown_and_why(cast, tom, client_for, late_cycle):
    review = late_cycle.reviews.get()
    sentence = "Managers see the levels that people chose for themselves at once"
    assert sentence not in client_for(cast.ailsa).get(review.get_absolute_url()).text

    data = {"reason": "The teams <asked> for it"}
    move(late_cycle, "show_levels", by=person(cast.fresh("tom")), data=data)

    for who in (cast.ailsa, cast.morag):
        text = client_for(who).get(review.get_absolute_url()).text
        assert sentence in text
        assert "Tom Baxter decided this on" in text
        assert "The teams &lt;asked&gt; for it" in text


def test_a_cycle_with_reviews_under_way_is_not_closed(cast, tom, late_cycle):
    address = f"{late_cycle.get_absolute_url()}close/"

    assert "1 review is not closed yet." in tom.get(address).text
    assert tom.post(address).status_code == 409


def test_a_cycle_whose_reviews_are_done_is_closed(cast, tom):
    cycle = review_in(cast, ReviewState.CLOSED).cycle
    address = f"{cycle.get_absolute_url()}close/"

    assert "Its 1 review is done." in tom.get(address).text
    response = tom.post(address, {"seen": cycle.version}, follow=True)

    assert "The cycle is closed." in response.text
    assert "Only an open cycle can be closed." in tom.get(address).text


def test_only_administrators_get_in(cast, client_for, late_cycle):
    got, sent = {}, {}
    for who in ("ailsa", "morag", "fergus", "priya", "rhona", "stranger"):
        client = client_for(cast.people[who])
        for part in ("", "remind/", "reviews.csv", "show-levels/", "close/"):
            got[who, part] = client.get(f"{late_cycle.get_absolute_url()}{part}").status_code
            sent[who, part] = client.post(f"{late_cycle.get_absolute_url()}{part}").status_code

    assert {cell: status for cell, status in got.items() if status != 404} == {}
    assert {cell: status for cell, status in sent.items() if status not in (404, 405)} == {}
    assert not AuditEvent.objects.filter(move__in=["export", "remind"]).exists()


def test_superuser_rights_do_not_help(cast, client_for, late_cycle):
    cast.stranger.is_superuser = True
    cast.stranger.save()

    assert client_for(cast.stranger).get(late_cycle.get_absolute_url()).status_code == 404
