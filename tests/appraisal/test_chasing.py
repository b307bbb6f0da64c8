"""Who is reminded when: by hand, by the calendar, and what is recorded when nobody answers."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from appraisal import chasing
from appraisal.enums import ReminderKind, ReviewState
from appraisal.models import AppraisalReview, Reminder
from appraisal.tasks import open_reviews, tell_waiting
from people import audit
from people.models import OutgoingMail, Post
from people.policy import set_policy
from people.transitions import NotYours, Refused, move, person
from tests.factories.reviews import answer_all, ground, open_cycle, review_in, review_of

pytestmark = pytest.mark.django_db
# Open on Monday 2 March 2026; self-assessments by Friday 13 March, shared by 3 April, closed by 24 April
OPENED = timezone.make_aware(datetime.datetime(2026, 3, 2, 9))
DATES = {
    "self_due_on": datetime.date(2026, 3, 13),
    "share_due_on": datetime.date(2026, 4, 3),
    "close_due_on": datetime.date(2026, 4, 24),
}
TEAM = ("morag", "priya", "tom", "senga", "donald")  # all managed by Fergus


def at(month, day, hour=10):
    return time_machine.travel(timezone.make_aware(datetime.datetime(2026, month, day, hour)), tick=False)


def opened(cast, **values):
    with time_machine.travel(OPENED, tick=False):
        return review_of(cast, open_cycle(cast, **{**DATES, **values}))


def in_state(cast, state, **values):
    with time_machine.travel(OPENED, tick=False):
        return review_in(cast, state, **{**DATES, **values})


def tick():
    """What one run of tick does about reminders."""
    chasing.record_silence()
    people = chasing.send_due()
    tell_waiting()
    return people


def sent(template="reviews/reminder"):
    """Who got which mail, in order."""
    return list(OutgoingMail.objects.filter(template=template).order_by("pk").values_list("to", flat=True))


def kinds(**values):
    """The kinds of reminders that went out, in order."""
    rows = Reminder.objects.filter(**values).exclude(kind=ReminderKind.OPENED).order_by("pk")
    return [row.kind for row in rows]


def managed_by_fergus(cast, cycle):
    """Five more reviews in the cycle, all with the same manager, who has each self-assessment."""
    rows = [
        AppraisalReview(
            cycle=cycle,
            job_holder=cast.people[name],
            post=Post.objects.get(person=cast.people[name]),
            job_title="Officer",
            team_name="Varrach catchment",
            manager=cast.fergus,
            second_manager=cast.rhona,
            state=ReviewState.MANAGER_REVIEW,
            state_since=OPENED,
        )
        for name in TEAM
    ]
    return AppraisalReview.objects.bulk_create(rows)


# --- By the calendar ---


@pytest.mark.parametrize(
    ("month", "day", "kind"),
    [
        (3, 5, None),
        (3, 6, ReminderKind.WEEK_BEFORE),
        (3, 11, ReminderKind.WEEK_BEFORE),
        (3, 12, ReminderKind.DAY_BEFORE),
        (3, 15, ReminderKind.DAY_BEFORE),
        (3, 16, ReminderKind.LATE),
        (3, 20, ReminderKind.LATE),
    ],
)
def test_after_missed_days_only_the_last_reminder_goes_out(cast, month, day, kind):
    opened(cast)

    with at(month, day):
        tick()
        tick()

    assert kinds() == ([kind] if kind else [])
    assert sent() == (["staff@example.org"] if kind else [])


def test_each_automatic_reminder_goes_out_once(cast):
    opened(cast)

    for day in range(2, 25):
        with at(3, day):
            tick()

    assert kinds(person=cast.ailsa) == ["week_before", "day_before", "late"]
    assert sent().count("staff@example.org") == 3


@pytest.mark.parametrize(
    ("day", "following"),
    [((3, 2), (3, 6)), ((3, 6), (3, 12)), ((3, 13), (3, 16)), ((4, 26), (4, 27)), ((4, 27), None)],
)
def test_the_next_day_of_the_calendar_is_known(cast, day, following):
    cycle = opened(cast).cycle

    found = chasing.next_automatic(cycle, datetime.date(2026, *day))

    assert found == (datetime.date(2026, *following) if following else None)


def test_who_has_sent_is_left_alone(cast):
    in_state(cast, ReviewState.MANAGER_REVIEW)

    with at(3, 12):
        assert tick() == 0


def test_a_manager_is_reminded_to_share_with_or_without_the_self_assessment(cast):
    opened(cast)

    with at(3, 27):
        tick()

    assert kinds(person=cast.morag, step="share") == ["week_before"]


def test_nobody_is_reminded_to_share_while_they_must_wait(cast):
    opened(cast, self_due_on=datetime.date(2026, 4, 2))

    with at(3, 27):
        tick()

    assert kinds(person=cast.morag) == []


def test_the_second_manager_is_reminded_to_confirm(cast):
    in_state(cast, ReviewState.ANSWERED)

    with at(4, 17):
        tick()

    assert kinds(person=cast.fergus, step="confirm") == ["week_before"]


def test_whoever_just_got_their_turn_is_late_after_three_days_of_their_own(cast):
    review = opened(cast)
    with at(4, 20):
        ground(cast)
        answer_all(review, "self", cast.fresh("ailsa"))
        move(review, "send", by=person(cast.fresh("ailsa")))
        tick()
    assert kinds(person=cast.morag) == []

    with at(4, 22):
        tick()
    assert kinds(person=cast.morag) == []

    with at(4, 23):
        tick()
    assert kinds(person=cast.morag) == ["late"]


def test_ten_reviews_make_one_mail(cast):
    cycle = opened(cast).cycle
    managed_by_fergus(cast, cycle)

    with at(4, 6):
        tick()

    assert sent().count("countersigner@example.org") == 1
    mail = OutgoingMail.objects.get(template="reviews/reminder", to="countersigner@example.org")
    assert mail.subject == "5 reviews are waiting for you"
    assert all(cast.people[name].name in mail.text for name in TEAM)
    assert "It was due on Friday 3 April 2026." in mail.text
    assert "/my-work/" in mail.text
    assert Reminder.objects.filter(person=cast.fergus, kind="late").count() == 5


def test_the_pause_holds_for_automatic_reminders_too(cast):
    review = opened(cast)
    with at(3, 5, hour=15):
        by_hand(cast, review)
        tell_waiting()
    with at(3, 6):
        assert tick() == 0
    with at(3, 6, hour=16):
        assert tick() == 1

    assert kinds() == ["by_hand", "week_before"]


def test_somebody_in_two_cycles_gets_one_mail(cast):
    opened(cast)
    opened(cast, name="A second cycle")

    with at(3, 6):
        tick()

    assert sent().count("staff@example.org") == 1
    assert OutgoingMail.objects.get(template="reviews/reminder", to="staff@example.org").subject.startswith("2 ")


def test_who_left_and_who_stopped_managing_are_not_reminded(cast):
    review = in_state(cast, ReviewState.MANAGER_REVIEW)
    Post.objects.filter(pk=review.post_id).update(line_manager=cast.donald)
    opened(cast, name="Another")
    cast.ailsa.is_active = False
    cast.ailsa.save()

    with at(4, 2):
        tick()

    assert kinds(person=cast.morag, review=review) == []
    assert kinds(person=cast.ailsa) == []


# --- An answer, and silence ---


def test_silence_is_recorded_after_two_reminders_and_the_days(cast):
    review = in_state(cast, ReviewState.SHARED)  # shared on 2 March, to answer by 16 March

    states = {}
    for day in range(3, 20):
        with at(3, day):
            tick()
            states[day] = AppraisalReview.objects.get(pk=review.pk).state

    assert kinds(step="answer") == ["week_before", "day_before"]
    assert (states[16], states[17]) == ("shared", "answered")
    review.refresh_from_db()
    assert review.response.answer == "no_response"


@pytest.mark.parametrize("policy_days", [0, 1, 2, 5])
def test_two_reminders_come_first_however_few_the_days(cast, policy_days):
    set_policy("review_answer_working_days", policy_days)
    review = in_state(cast, ReviewState.SHARED)

    for day in range(2, 20):
        with at(3, day):
            tick()

    review.refresh_from_db()
    assert review.state == "answered"
    assert len(kinds(step="answer")) == 2


def test_missed_days_delay_the_silence_and_send_one_reminder_a_day(cast):
    review = in_state(cast, ReviewState.SHARED)

    with at(3, 25):
        assert (tick(), tick()) == (1, 0)
    with at(3, 26, hour=9):
        assert tick() == 0
    with at(3, 26, hour=11):
        assert tick() == 1
    with at(3, 26, hour=12):
        tick()
        review.refresh_from_db()
        assert review.state == "shared"  # the second reminder is an hour old
    with at(3, 27, hour=12):
        tick()

    review.refresh_from_db()
    assert review.state == "answered"


def test_reminders_of_an_earlier_text_do_not_count(cast):
    review = in_state(cast, ReviewState.SHARED)
    Reminder.objects.bulk_create(
        Reminder(cycle=review.cycle, review=review, person=cast.ailsa, step="answer", kind=kind, sent_at=OPENED)
        for kind in ("week_before", "day_before")
    )
    AppraisalReview.objects.filter(pk=review.pk).update(text_version=2)

    with at(3, 20):
        chasing.record_silence()

    review.refresh_from_db()
    assert review.state == "shared"


# --- By hand ---


def by_hand(cast, *reviews, by="tom"):
    rows = AppraisalReview.objects.filter(pk__in=[review.pk for review in reviews])
    return chasing.remind_by_hand(reviews[0].cycle, rows, by=person(cast.fresh(by)))


def test_one_press_is_one_mail_and_the_next_press_none(cast):
    cycle = opened(cast).cycle
    reviews = managed_by_fergus(cast, cycle)

    with at(3, 10):
        first, second = by_hand(cast, *reviews), by_hand(cast, *reviews)
        tell_waiting()

    assert [(each.name, each.reviews) for each in first.reminded] == [("Fergus Reid", 5)]
    assert (second.reminded, [each.name for each in second.paused]) == ([], ["Fergus Reid"])
    assert sent() == ["countersigner@example.org"]
    event = audit.events_of(cycle).first()
    assert (event.move, event.reason, event.actor_label) == ("remind", "1 person", "Tom Baxter")


def test_the_next_day_they_may_be_reminded_again(cast):
    review = opened(cast)

    with at(3, 10):
        by_hand(cast, review)
    with at(3, 11, hour=9):
        assert by_hand(cast, review).reminded == []
    with at(3, 11, hour=11):
        assert len(by_hand(cast, review).reminded) == 1


def test_closed_and_orphaned_reviews_wait_for_nobody(cast):
    closed = in_state(cast, ReviewState.CLOSED)
    waiting = in_state(cast, ReviewState.MANAGER_REVIEW, name="Another")
    Post.objects.filter(pk=waiting.post_id).update(line_manager=None)

    plan = chasing.plan_reminders(waiting.cycle, AppraisalReview.objects.filter(pk__in=[closed.pk, waiting.pk]))

    assert (plan.reminded, plan.paused, plan.nobody) == ([], [], 2)


def test_only_administrators_remind_and_only_while_something_is_under_way(cast):
    review = opened(cast)
    with pytest.raises(NotYours):
        by_hand(cast, review, by="morag")

    done = in_state(cast, ReviewState.CLOSED, name="Another")
    with pytest.raises(Refused, match="nobody to remind"):
        by_hand(cast, done)


def test_a_mail_leaves_out_what_was_done_meanwhile(cast):
    review = opened(cast)
    with at(3, 10):
        by_hand(cast, review)
        move(review, "void", by=person(cast.fresh("tom")), data={"reason": "Left"})
        tell_waiting()

    assert sent() == []
    assert not Reminder.objects.filter(told_at=None).exists()


def test_the_check_page_shows_the_mail_as_it_is_sent(cast):
    review = opened(cast)
    rows = AppraisalReview.objects.filter(pk=review.pk)

    with at(3, 10):
        subject, text = chasing.preview(review.cycle, rows, chasing.plan_reminders(review.cycle, rows))
        by_hand(cast, review)
        tell_waiting()

    mail = OutgoingMail.objects.get(template="reviews/reminder")
    assert (mail.subject, mail.text) == (subject, text)
    assert "Send your self-assessment to Morag Sinclair (Reviews 2026). It is due on Friday 13 March 2026." in text


def test_opening_late_reviews_tells_managers_once(cast):
    cycle = opened(cast).cycle

    open_reviews.func(cycle.pk)

    assert sent("reviews/opened_manager") == ["manager@example.org"]
    assert tell_waiting() == 0
