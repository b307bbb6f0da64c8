"""What of learning goes with time, and what stays."""

import datetime

import time_machine
from django.utils import timezone

from cms.retention import RULES, apply_rule
from tests.factories.required import required_of
from tests.factories.sessions import ask, session_of
from tests.factories.training import finish_all_units, make_module, try_check, units_of
from training.enums import CompletionRule, Moment
from training.learning_record import record_of
from training.models import (
    Certificate,
    FeedbackLoopItem,
    FeedbackRound,
    LearningException,
    Place,
    RequiredLearning,
    SessionFeedback,
)
from training.progress import say_confidence, write_reflection
from training.required.requirements import make_exception
from training.retention import RETENTION


def due():
    return {rule.record: rule.due().count() for rule in RETENTION}


def test_answers_and_confidence_go_after_two_years_and_private_texts_with_the_person(cast):
    start = finish_all_units(make_module(rule=CompletionRule.UNITS_AND_CHECK), cast.ailsa)
    try_check(start, passes=True)
    say_confidence(start, Moment.BEFORE, 3, by=cast.ailsa)
    write_reflection(units_of(start.module)[0], "early-u1-r", "mine", by=cast.ailsa)
    nothing = dict.fromkeys(due(), 0)
    assert due() == nothing

    with time_machine.travel(timezone.now() + datetime.timedelta(days=800)):
        assert due() == nothing | {"training.CheckAttempt": 1, "training.Confidence": 1}

    cast.ailsa.is_active = False
    cast.ailsa.save()
    assert due() == nothing | {"training.Reflection": 1}


def test_a_place_goes_after_some_years_unless_a_certificate_rests_on_it(cast):
    """Also when it was booked for a colleague who holds one: a rule that cannot be applied stops all others."""
    session = session_of(cast, places=9)
    names = ("ailsa", "morag", "fergus", "tom")
    _plain, held, booker, colleague = (ask(session, cast.people[name]) for name in names)
    Place.objects.filter(pk=colleague.pk).update(colleague_of=booker)
    for place in (held, colleague):
        values = {"holder_name": "x", "title": "x", "issuer": "x", "completed_on": "2015-05-05"}
        Certificate.objects.create(holder=place.person, place=place, **values)
    long_ago = timezone.now() - datetime.timedelta(days=4000)
    session.dates.update(starts_at=long_ago, ends_at=long_ago + datetime.timedelta(hours=1))
    Place.objects.update(state_since=long_ago)
    rule = next(rule for rule in RULES if rule.record == "training.Place")

    assert apply_rule(rule) > 0

    assert set(Place.objects.values_list("pk", flat=True)) == {held.pk, booker.pk, colleague.pk}
    assert [row.title for row in record_of(cast.morag).done] == ["x"]


def test_exceptions_go_some_years_after_their_end(cast):
    kept, old, of_ended = (required_of(cast) for _number in range(3))
    for row in (kept, old, of_ended):
        make_exception(row, cast.ailsa, reason="x", until=None, by=cast.priya)
    LearningException.objects.filter(required=old).update(until="2015-05-05")
    RequiredLearning.objects.filter(pk=of_ended.pk).update(ended_on="2015-05-05")
    rule = next(rule for rule in RULES if rule.record == "training.LearningException")

    apply_rule(rule)

    assert list(LearningException.objects.values_list("required_id", flat=True)) == [kept.pk]


def test_what_people_said_goes_as_places_go_and_its_round_with_the_last(cast):
    """The round of a session that has places left says that those who came got their answer."""
    kept, old = session_of(cast), session_of(cast)
    long_ago = timezone.now() - datetime.timedelta(days=4000)
    old.dates.update(starts_at=long_ago, ends_at=long_ago + datetime.timedelta(hours=1))
    words = {"useful": 4, "learnt": 4, "said_it": "yes", "words": "x"}
    for session in (kept, old):
        FeedbackRound.objects.create(session=session, closes_on="2015-05-05", minimum_scores=3, minimum_words=5)
        FeedbackLoopItem.objects.create(session=session, heard="x", doing="x", by=cast.priya)
        SessionFeedback.objects.create(session=session, answer_key=f"{session.pk:064}", group="staff", **words)
    place = ask(kept, cast.morag)
    Place.objects.filter(pk=place.pk).update(session=old)

    for model in (SessionFeedback, FeedbackLoopItem, FeedbackRound):
        (rule,) = [rule for rule in RULES if rule.record == model._meta.label]
        apply_rule(rule)
    assert {row.session_id for model in (SessionFeedback, FeedbackLoopItem) for row in model.objects.all()} == {kept.pk}
    assert FeedbackRound.objects.count() == 2

    Place.objects.all().delete()
    apply_rule(rule)
    assert FeedbackRound.objects.get().session == kept
