"""What of reviews goes when its time is over, and what stays a day longer."""

import datetime

import pytest
import time_machine
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from appraisal import retention
from appraisal.enums import AdditionKind, Part, ReviewState
from appraisal.models import (
    AppraisalReview,
    EvidenceConfirmation,
    NextStep,
    ReasonedAccess,
    RecordAddition,
    Reminder,
    ReviewPart,
    ReviewRecordPdf,
)
from appraisal.ratings import save_rating, save_summary
from cms.retention import apply_rule
from people.transitions import create, move, person
from tests.factories import appraisal as make
from tests.factories.partnerships import published_framework
from tests.factories.reviews import days, ground, note_seen, review_in

pytestmark = pytest.mark.django_db
THEN = timezone.make_aware(datetime.datetime(2026, 3, 10, 12))
# The tables that hang from a review: everything that was said, signed, kept and printed
UNDER_A_REVIEW = {
    "ExpectedBehaviour", "ReviewPart", "BehaviourRating", "NextStep", "SharedVersion", "JobHolderResponse",
    "DisputedPoint", "Signature", "ReasonedAccess", "Reminder", "ReviewRecord", "ReviewRecordPdf", "RecordAddition",
}  # fmt: skip


def at(year, month, day):
    return time_machine.travel(timezone.make_aware(datetime.datetime(year, month, day, 12)))


def apply_all():
    """The rules in their order, as the command applies them."""
    return {rule.record: apply_rule(rule) for rule in retention.RETENTION}


def count(name):
    return apps.get_model("appraisal", name).objects.count()


def full_review(cast):
    """A closed review with something in every table under it."""
    review = review_in(cast, ReviewState.ANSWERED, answer="disagree", ends_on=days(20))
    NextStep.objects.create(review=review, number=1, what="Ask first", owner=cast.ailsa, due_on=days(30))
    for point in review.response.points.all():
        point.reply, point.replied_by = "I have heard both", cast.fergus
        point.save()
    access = ReasonedAccess(review=review, reader=cast.fresh("tom"), reason="A complaint")
    create(access, "open", by=person(cast.fresh("tom")))
    Reminder.objects.create(cycle=review.cycle, review=review, person=cast.ailsa, step="answer", kind="by_hand")
    review = move(review, "confirm_fair", by=person(cast.fresh("fergus")))
    record = review.records.get()
    RecordAddition.objects.create(record=record, kind=AdditionKind.CORRECTION, words="It was the 4th", by=cast.ailsa)
    ReviewRecordPdf.objects.filter(record=record).delete()  # another one may have been printed on closing
    pdf = ReviewRecordPdf(record=record, sha256="0" * 64)
    pdf.file.save("record.pdf", ContentFile(b"%PDF"))
    return review, pdf


def test_a_review_goes_with_everything_under_it_and_nothing_younger(cast, django_capture_on_commit_callbacks):
    with time_machine.travel(THEN):  # its year ended on 30 March 2026
        _old, pdf = full_review(cast)
        assert {name for name in UNDER_A_REVIEW if not count(name)} == set()
    with at(2026, 6, 1):
        young = review_in(cast, ReviewState.CLOSED, name="A year later", ends_on=days(10))
    storage, name = pdf.file.storage, pdf.file.name

    with at(2031, 3, 30):
        assert not retention.reviews().exists()
    with at(2031, 3, 31), django_capture_on_commit_callbacks(execute=True):
        apply_all()

    assert list(AppraisalReview.objects.all()) == [young]
    left = {table: count(table) for table in UNDER_A_REVIEW}
    assert left["ReviewRecord"] == left["RecordAddition"] + 1 == 1
    assert left["ReviewRecordPdf"] == young.records.filter(pdf__isnull=False).count()
    assert left["ReasonedAccess"] == left["DisputedPoint"] == left["NextStep"] == 0
    assert left["ReviewPart"] == 2
    assert not storage.exists(name)


def test_every_table_under_a_review_is_looked_at():
    """A new model below the review is named here and goes with it."""
    found, ways = set(), [AppraisalReview]
    while ways:
        for relation in ways.pop()._meta.related_objects:
            model = relation.related_model
            if (
                model.__name__ not in found
                and not model._meta.auto_created
                and relation.one_to_many | relation.one_to_one
            ):
                found.add(model.__name__)
                ways.append(model)

    assert found == UNDER_A_REVIEW


def test_a_review_under_way_is_never_removed(cast):
    with time_machine.travel(THEN):
        review_in(cast, ReviewState.SHARED)

    with at(2050, 1, 1):
        assert not retention.reviews().exists()


def test_a_dry_run_counts_and_removes_nothing(cast, capsys):
    with time_machine.travel(THEN):
        full_review(cast)

    with at(2032, 1, 1):
        call_command("apply_retention", dry_run=True)

    lines = capsys.readouterr().out
    for record in ("AppraisalReview", "ReviewRecord", "ReviewRecordPdf", "RecordAddition"):
        assert f"appraisal.{record}: 1 would go" in lines
    assert count("AppraisalReview") == count("ReviewRecord") == 1


def test_many_reviews_go_a_few_at_a_time(cast, monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 1)
    with time_machine.travel(THEN):
        for name in ("one", "two"):
            review_in(cast, ReviewState.VOID, name=name)

    with at(2032, 1, 1):
        assert retention.few_at_a_time(retention.reviews()) > 2

    assert not AppraisalReview.objects.exists()


def test_an_unsent_self_assessment_is_emptied_a_year_after_closing(cast):
    with time_machine.travel(THEN):
        review = review_in(cast, ReviewState.SELF_REVIEW, self_due_on=days(-1))
        example, ailsa = ground(cast), person(cast.fresh("ailsa"))
        data = {"mark": "2", "words": "A thought", "help": "Time", "examples": [example]}
        save_rating(review.behaviours.first(), Part.SELF, data, by=ailsa)
        save_summary(review, Part.SELF, "Not sure yet", by=ailsa)
        move(review, "void", by=person(cast.fresh("tom")), data={"reason": "Left"})

    with at(2027, 3, 10):
        assert not retention.unshared_drafts().exists()
    with at(2027, 3, 11):
        assert retention.forget_drafts(retention.unshared_drafts()) == 1
        assert not retention.unshared_drafts().exists()

    part = ReviewPart.objects.get(part=Part.SELF)
    rating = part.ratings.first()
    assert (part.summary, rating.words, rating.help, rating.level, rating.is_answered) == ("", "", "", None, False)
    assert not rating.examples.exists()


def test_what_was_sent_or_shared_is_no_draft(cast):
    with time_machine.travel(THEN):
        review_in(cast, ReviewState.CLOSED)

    with at(2028, 1, 1):
        assert not retention.unshared_drafts().exists()


def test_a_note_goes_a_year_after_its_review_closed(cast):
    with time_machine.travel(THEN):
        review_in(cast, ReviewState.CLOSED)
        note_seen(cast)

    with at(2027, 3, 10):
        assert not retention.notes().exists()
    with at(2027, 3, 11):
        assert retention.notes().count() == 1


def test_a_note_stays_while_another_review_of_its_time_is_under_way(cast):
    with time_machine.travel(THEN):
        review_in(cast, ReviewState.CLOSED)
        note_seen(cast)
        review_in(cast, ReviewState.SHARED, name="The other post")

    with at(2029, 1, 1):
        assert not retention.notes().exists()


def test_a_note_without_a_review_stays_as_long_as_a_review_is_kept(cast):
    with time_machine.travel(THEN):
        published_framework()
        note_seen(cast, days_ago=0)

    with at(2031, 3, 10):
        assert not retention.notes().exists()
    with at(2031, 3, 11):
        assert retention.notes().count() == 1


def test_reminders_and_exclusions_go_a_year_after_the_cycle_closed(cast):
    with time_machine.travel(THEN):
        review = review_in(cast, ReviewState.CLOSED)
        move(review.cycle, "close", by=person(cast.fresh("tom")))

    with at(2027, 3, 10):
        assert not retention.reminders().exists()
        assert not retention.exclusions().exists()
    with at(2027, 3, 11):
        assert retention.reminders().exists()
        assert retention.exclusions().exists()


def test_an_answer_that_a_record_held_goes_after_the_record(cast):
    with time_machine.travel(THEN):
        make.answered(make.shared_example(cast.ailsa), cast.rhona)
        review_in(cast, ReviewState.CLOSED, ends_on=days(200))
        assert EvidenceConfirmation.objects.filter(signed_at__isnull=False).count() == 1

    with at(2031, 6, 1):
        apply_all()
        assert EvidenceConfirmation.objects.count() == 1
    with at(2031, 10, 1):
        apply_all()
        assert EvidenceConfirmation.objects.count() == 0
