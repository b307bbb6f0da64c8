"""Notice and time to think in working days: bank holidays of Scotland, weekends and changes of clocks."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from people.lib.dates import add_working_days
from tests.factories.sessions import draft_session
from training.models import JointSession, SessionPaper
from training.planning.notice import is_long_enough, notice_days, working_days_between
from training.planning.thinking_time import late_words, thinking_days

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-12-18", "2026-12-29", 5),  # Christmas Day and Boxing Day, the latter kept on the Monday after it
        ("2026-12-30", "2027-01-05", 2),  # New Year, and the second of January, kept on the Monday after it
        ("2027-03-25", "2027-03-29", 1),  # Good Friday; Easter Monday is a working day in Scotland; clocks go forward
        ("2027-10-29", "2027-11-01", 1),  # clocks go back
        ("2027-06-05", "2027-06-06", 0),  # a weekend
        ("2027-06-07", "2027-06-07", 0),
        ("2027-06-08", "2027-06-07", 0),
    ],
)
def test_working_days_between_two_days(first, last, days):
    first, last = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)

    assert working_days_between(first, last) == days
    if days:
        assert add_working_days(first, days) == last


def test_notice_is_counted_from_publishing_to_the_first_local_day(cast):
    start = timezone.make_aware(datetime.datetime(2027, 3, 29, 0, 30))  # half past midnight, an hour earlier in UTC
    with time_machine.travel(datetime.datetime(2027, 2, 1, 9, tzinfo=datetime.UTC)):
        draft = draft_session(cast, first_start=start)
        assert (notice_days(draft), is_long_enough(draft)) == (39, True)
    with time_machine.travel(datetime.datetime(2027, 2, 15, 9, tzinfo=datetime.UTC)):
        assert (notice_days(draft), is_long_enough(draft)) == (29, False)
    JointSession.objects.filter(pk=draft.pk).update(published_on="2027-02-01")
    assert is_long_enough(JointSession.objects.get(pk=draft.pk))


@pytest.mark.parametrize(("day", "days", "late"), [("2027-03-12", 10, False), ("2027-03-15", 9, True)])
def test_a_paper_counts_from_the_day_it_was_really_there(cast, day, days, late):
    start = timezone.make_aware(datetime.datetime(2027, 3, 29, 11))
    paper = SessionPaper(
        session=draft_session(cast, first_start=start), title="x", published_on=datetime.date.fromisoformat(day)
    )

    assert thinking_days(paper) == days
    assert bool(late_words(paper)) == late
