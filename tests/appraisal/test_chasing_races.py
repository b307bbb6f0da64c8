"""Two administrators and the calendar at the same moment: nobody is reminded twice, on both databases."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from appraisal import chasing
from appraisal.enums import ReminderKind
from appraisal.models import AppraisalReview, Reminder
from appraisal.tasks import tell_waiting
from people.models import OutgoingMail
from people.transitions import person
from tests.factories.reviews import days, open_cycle, review_of

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def at_once(*actions):
    """Run the actions in threads that all begin together."""
    gate = threading.Barrier(len(actions))

    def run(action):
        gate.wait()
        try:
            return action()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def test_race_of_presses_and_the_calendar_reminds_once(committed_cast):
    cast = committed_cast
    cycles = [
        review_of(cast, open_cycle(cast, name=name, self_due_on=days(0), starts_on=days(-300))).cycle
        for name in ("One", "Another")
    ]
    AppraisalReview.objects.update(state_since=cycles[0].opened_at.replace(year=2020))

    def press(cycle):
        rows = AppraisalReview.objects.filter(cycle=cycle)
        return chasing.remind_by_hand(cycle, rows, by=person(cast.fresh("tom")))

    at_once(*[lambda cycle=cycle: press(cycle) for cycle in cycles * 3], chasing.send_due, chasing.send_due)

    reminders = Reminder.objects.exclude(kind=ReminderKind.OPENED)
    assert set(reminders.values_list("person", flat=True)) == {cast.ailsa.pk}
    assert len(set(reminders.values_list("kind", flat=True))) == 1
    assert reminders.count() in (1, 2)  # one press, or the calendar for both of her reviews
    assert OutgoingMail.objects.filter(template="reviews/reminder").count() == 1


def test_race_of_writers_makes_one_mail(committed_cast):
    cast = committed_cast
    review = review_of(cast)
    Reminder.objects.create(
        cycle=review.cycle, review=review, person=cast.ailsa, step="self_assessment", kind=ReminderKind.BY_HAND
    )

    at_once(*[tell_waiting] * 6)

    assert OutgoingMail.objects.filter(template="reviews/reminder").count() == 1
