"""What goes when its time is over, and what stays a day longer."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from appraisal.evidence import change_entry
from appraisal.models import EvidenceConfirmation, EvidenceEntry
from appraisal.retention import answered, drafts, shared, unanswered
from tests.factories import appraisal as make

pytestmark = pytest.mark.django_db
THEN = timezone.make_aware(datetime.datetime(2026, 3, 10, 12))


def at(year, month, day):
    return time_machine.travel(timezone.make_aware(datetime.datetime(year, month, day, 12)))


@pytest.mark.parametrize(("day", "goes"), [(10, False), (11, True)])
def test_untouched_drafts_go_after_a_year(cast, day, goes):
    with time_machine.travel(THEN):
        make.example(cast.ailsa)
    with at(2027, 3, day):
        assert drafts().exists() is goes


def test_draft_somebody_was_asked_about_stays_with_the_question(cast):
    with time_machine.travel(THEN):
        make.asked(make.example(cast.ailsa))
    with at(2028, 3, 11):
        assert not drafts().exists()
        assert unanswered().count() == 1


def test_answers_go_after_five_years_and_then_their_example(cast):
    with time_machine.travel(THEN):
        make.answered(make.shared_example(cast.ailsa), cast.rhona)
    with at(2031, 3, 10):
        assert not answered().exists()
    with at(2031, 3, 11):
        answered().delete()
        shared().delete()
        assert (EvidenceEntry.objects.count(), EvidenceConfirmation.objects.count()) == (0, 0)
        assert EvidenceEntry.history.count() == 0


def test_signed_answers_stay(cast):
    with time_machine.travel(THEN):
        row = make.answered(make.shared_example(cast.ailsa), cast.rhona)
    EvidenceConfirmation.objects.filter(pk=row.pk).update(signed_at=THEN)
    with at(2040, 1, 1):
        assert not answered().exists()


def test_a_changed_example_counts_from_its_change(cast):
    with time_machine.travel(THEN):
        entry = make.example(cast.ailsa)
    with at(2027, 1, 1):
        change_entry(entry, {"situation": "Again"}, by=cast.ailsa)
    with at(2027, 6, 1):
        assert not drafts().exists()
