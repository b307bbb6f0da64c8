"""What each move of a review asks for, word for word; what it writes; and whom it tells. Who may: test_review_moves."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from appraisal.enums import Part, ReminderKind, ReviewState, ReviewStep
from appraisal.models import AppraisalCycle, AppraisalReview, Reminder, ReviewPart, Signature
from appraisal.ratings import save_rating, save_summary
from appraisal.responding import reply_to_point
from people import audit
from people.lib.dates import add_working_days, today
from people.models import AuditEvent, ManagerCover, OutgoingMail, Post
from people.transitions import SYSTEM, ChangedSince, NeedsNotMet, WrongState, move, moves_for, person
from tests.factories import reviews
from tests.factories.appraisal import example, mails
from tests.factories.review_people import undone
from tests.factories.reviews import answer_all, days, ground, note_seen, walked

pytestmark = pytest.mark.django_db

ALL_FIVE = "Involve early, Widen the circle, Meet on their ground, Share responsibility, Review honestly"
REASON = {"reason": "She ticked the wrong example"}
TALK = {"talk_on": datetime.date(2026, 5, 4)}


@pytest.fixture
def cast(opened_cast):
    """Everybody, with Ailsa's review opened."""
    return opened_cast


def review_in(cast, state, *, answer="agree", **cycle) -> AppraisalReview:
    """Ailsa's review, walked to this state; her cycle changed before."""
    if cycle:
        AppraisalCycle.objects.update(**cycle)
    return walked(cast, AppraisalReview.objects.get(), state, answer=answer)


@pytest.fixture
def by(cast):
    """The actor of a name, read afresh."""
    return lambda name: person(cast.fresh(name))


@pytest.fixture
def act(by):
    """Make a move as somebody."""
    return lambda review, name, who, **more: move(review, name, by=SYSTEM if who == "system" else by(who), **more)


def refused(review, name, actor, **more) -> list[str]:
    """All the sentences that the move is refused with, and proof that nothing came of it."""
    before = AppraisalReview.objects.values().get(pk=review.pk)
    written = AuditEvent.objects.count(), OutgoingMail.objects.count(), Signature.objects.count()
    with pytest.raises(NeedsNotMet) as refusal:
        move(review, name, by=actor, **more)
    assert AppraisalReview.objects.values().get(pk=review.pk) == before
    assert (AuditEvent.objects.count(), OutgoingMail.objects.count(), Signature.objects.count()) == written
    return refusal.value.sentences


def first(review):
    return review.behaviours.get(number=1)


def written(review) -> tuple:
    """Everything that a second press must not add to."""
    return (
        AppraisalReview.objects.values().get(pk=review.pk),
        AuditEvent.objects.count(),
        OutgoingMail.objects.count(),
        list(Signature.objects.values_list("pk", flat=True)),
        list(review.shared_versions.values_list("pk", flat=True)),
        list(review.responses.values_list("pk", flat=True)),
        list(review.parts.values_list("pk", flat=True)),
        list(review.records.values_list("pk", flat=True)),
    )


def remind_twice(review, cast) -> None:
    for kind in (ReminderKind.DAY_BEFORE, ReminderKind.BY_HAND):
        Reminder.objects.create(
            cycle=review.cycle,
            review=review,
            person=cast.ailsa,
            step=ReviewStep.ANSWER,
            kind=kind,
            text_version=review.text_version,
        )


# ---- send and take back the self-assessment ---------------------------------------------------------------------


def test_send_asks_for_an_answer_to_each_behaviour(cast, by):
    review = review_in(cast, "self_review")

    assert refused(review, "send", by("ailsa")) == [f"Not answered yet: {ALL_FIVE}."]


def test_send_says_everything_that_is_missing_at_once(cast, by):
    review = review_in(cast, "self_review")
    marks = {1: 3, 2: 2, 3: "no_opportunity", 4: "not_seen"}
    for number, mark in marks.items():
        save_rating(review.behaviours.get(number=number), Part.SELF, {"mark": mark}, by=by("ailsa"))
    empty = example(cast.ailsa, title="Only a title", situation="")
    save_rating(review.behaviours.get(number=2), Part.SELF, {"examples": [empty]}, by=by("ailsa"))

    assert refused(review, "send", by("ailsa")) == [
        "Not answered yet: Review honestly.",
        "A level rests on at least one example of the period. Tick one for: Involve early.",
        "Sending shares the examples that you ticked. Write down what happened in those for: Widen the circle.",
        "This is not the level that the role expects. Say why in your own words: Involve early, Share responsibility.",
    ]


def test_one_may_place_oneself_below_without_two_sources(cast, by, act):
    review = review_in(cast, "self_review")
    ground(cast)
    answer_all(review, Part.SELF, cast.fresh("ailsa"))
    save_rating(first(review), Part.SELF, {"mark": 1, "words": "I am new to it."}, by=by("ailsa"))

    assert act(review, "send", "ailsa").state == ReviewState.MANAGER_REVIEW


def test_send_shares_the_private_examples_it_rests_on_and_no_others(cast, by, act):
    review = review_in(cast, "self_review")
    used, kept = example(cast.ailsa), example(cast.ailsa, title="Mine alone")
    for behaviour in review.behaviours.all():
        save_rating(behaviour, Part.SELF, {"mark": behaviour.level, "examples": [used]}, by=by("ailsa"))

    review = act(review, "send", "ailsa")

    used.refresh_from_db()
    kept.refresh_from_db()
    assert (used.state, kept.state) == ("shared", "draft")
    assert review.parts.get(part=Part.SELF).sent_at is not None
    assert mails()[-1:] == [("reviews/self_sent", "manager@example.org")]
    assert ("appraisal/shared", "manager@example.org") not in mails()


def test_the_self_assessment_comes_back_until_the_manager_saves(cast, by, act):
    review = review_in(cast, "manager_review")
    count = OutgoingMail.objects.count()

    review = act(review, "take_back_self", "ailsa")

    assert (review.state, review.parts.get(part=Part.SELF).sent_at) == (ReviewState.SELF_REVIEW, None)
    assert OutgoingMail.objects.count() == count
    review = act(review, "send", "ailsa")
    save_rating(first(review), Part.MANAGER, {"words": "She rang first."}, by=by("morag"))
    assert refused(review, "take_back_self", by("ailsa")) == [
        "Morag Sinclair has already written something since you sent it."
    ]


def test_what_a_cover_saved_counts_as_written_by_the_manager(cast, by):
    review = review_in(cast, "manager_review")
    ManagerCover.objects.create(manager=cast.morag, cover=cast.donald, starts_on=today(), ends_on=today())
    save_summary(review, Part.MANAGER, "She rang first.", by=by("donald"))

    assert len(refused(review, "take_back_self", by("ailsa"))) == 1


def test_what_the_manager_wrote_before_it_was_sent_holds_nothing_back(cast, by, act):
    review = review_in(cast, "self_review")
    ground(cast)
    answer_all(review, Part.SELF, cast.fresh("ailsa"))
    answer_all(review, Part.MANAGER, cast.fresh("morag"))
    review = act(review, "send", "ailsa")

    assert act(review, "take_back_self", "ailsa").state == ReviewState.SELF_REVIEW


def test_what_an_earlier_manager_saved_counts_after_the_handover(cast, by, act):
    review = review_in(cast, "manager_review")
    save_rating(first(review), Part.MANAGER, {"words": "She rang first."}, by=by("morag"))
    Post.objects.filter(person=cast.ailsa).update(line_manager=cast.donald)
    review = act(review, "reassign_later", "tom", data={**REASON, "manager": cast.donald})

    assert refused(review, "take_back_self", by("ailsa")) == [
        "Morag Sinclair has already written something since you sent it."
    ]


def test_what_was_never_sent_is_not_taken_back(cast, by, act):
    review = review_in(cast, "self_review", self_due_on=days(-1))
    ground(cast)
    answer_all(review, Part.MANAGER, cast.fresh("morag"))
    review = act(act(review, "share", "morag"), "take_back", "morag")

    assert refused(review, "take_back_self", by("ailsa")) == [
        "You never sent a self-assessment, so there is nothing to take back."
    ]


# ---- share and take back ----------------------------------------------------------------------------------------


def test_share_waits_for_the_self_assessment_or_its_day(cast, by):
    review = review_in(cast, "self_review", self_due_on=datetime.date(2026, 6, 12), share_due_on=days(400),
                       close_due_on=days(500))  # fmt: skip
    ground(cast)
    answer_all(review, Part.MANAGER, cast.fresh("morag"))
    sentence = "Ailsa Grant has until 12 June 2026 to send the self-assessment."

    def sentences_on(day):
        with time_machine.travel(datetime.datetime(2026, 6, day, 12, tzinfo=datetime.UTC), tick=False):
            (found,) = [told for row, told in moves_for(review, by("morag")) if row.name == "share"]
            return [told for told in found if told == sentence]

    assert [sentences_on(11), sentences_on(12), sentences_on(13)] == [[sentence], [sentence], []]


def test_share_without_the_self_assessment_after_its_day_shows_none_of_it(cast, by, act):
    review = review_in(cast, "self_review", self_due_on=days(-1))
    ground(cast)
    save_summary(review, Part.SELF, "My private draft.", by=by("ailsa"))
    answer_all(review, Part.MANAGER, cast.fresh("morag"))

    review = act(review, "share", "morag")

    assert review.state == ReviewState.SHARED
    parts = ReviewPart.objects.filter(review=review)
    for who in ("morag", "fergus"):
        assert [row.part for row in parts.visible_to(cast.fresh(who))] == [Part.MANAGER]


def test_share_says_everything_that_is_missing_at_once(cast, by):
    review = review_in(cast, "self_review")
    marks = {1: 1, 2: 3, 3: "not_seen", 4: "no_opportunity"}
    for number, mark in marks.items():
        save_rating(review.behaviours.get(number=number), Part.MANAGER, {"mark": mark}, by=by("morag"))
    due = f"{days(10):%-d %B %Y}"
    edge = f"{add_working_days(days(1), -21):%-d %B %Y}"

    assert refused(review, "share", by("morag")) == [
        f"Ailsa Grant has until {due} to send the self-assessment.",
        "Not answered yet: Review honestly.",
        "A level rests on at least one example of the period. Tick one for: Involve early, Widen the circle.",
        "This is not the level that the role expects. Say why in your own words: "
        "Involve early, Widen the circle, Meet on their ground.",
        "Below the expected level, two dated examples or notes are needed: Involve early, Meet on their ground.",
        "A concern cannot appear first at the end of the year: for Involve early, Meet on their ground, one of the "
        f"notes must be a concern raised on or before {edge}.",
    ]


def test_sharing_freezes_the_text_signs_it_and_tells_the_person(cast, act):
    review = review_in(cast, "manager_review")
    answer_all(review, Part.MANAGER, cast.fresh("morag"), words="She rang first.")

    review = act(review, "share", "morag")

    shared = review.shared_versions.get()
    assert (shared.text_version, shared.shared_by) == (1, cast.morag)
    assert shared.content["manager"]["ratings"]["PB1"]["words"] == "She rang first."
    assert signed(review) == [("manager", 1, cast.morag, True)]
    assert review.shared_on == today()
    assert mails()[-1] == ("reviews/shared", "staff@example.org")


def signed(review) -> list[tuple]:
    """Role, version, who, and whether it stands."""
    rows = Signature.objects.filter(review=review).select_related("review", "by").order_by("pk")
    return [(row.role, row.text_version, row.by, row.stands) for row in rows]


def test_a_shared_review_comes_back_until_the_person_saves_something(cast, by, act):
    review = review_in(cast, "shared")
    with undone():
        taken = act(review, "take_back", "morag")
        assert (taken.state, taken.text_version, taken.shared_on) == (ReviewState.MANAGER_REVIEW, 2, None)
        assert signed(taken) == [("manager", 1, cast.morag, False)]
        assert mails()[-1] == ("reviews/taken_back", "staff@example.org")
    act(review, "talk_held", "ailsa", data={"talk_on": today()})

    assert refused(review, "take_back", by("morag")) == ["Ailsa Grant has already written to it."]


def test_an_answered_review_does_not_come_back(cast, act):
    review = review_in(cast, "answered")

    with pytest.raises(WrongState, match="This cannot be done any more: it is now “With the second manager”"):
        act(review, "take_back", "morag")


def test_sharing_again_keeps_both_versions_and_only_the_new_signature_stands(cast, by, act):
    review = act(review_in(cast, "shared"), "take_back", "morag")
    save_rating(first(review), Part.MANAGER, {"words": "Better words."}, by=by("morag"))

    review = act(review, "share", "morag")

    texts = {
        row.text_version: row.content["manager"]["ratings"]["PB1"]["words"] for row in review.shared_versions.all()
    }
    assert texts == {1: "As the examples show.", 2: "Better words."}
    assert signed(review) == [("manager", 1, cast.morag, False), ("manager", 2, cast.morag, True)]


# ---- the talk ---------------------------------------------------------------------------------------------------


def test_a_talk_needs_its_day(cast, by):
    review = review_in(cast, "shared")

    assert refused(review, "talk_held", by("morag")) == ["Say on which day you talked."]
    assert refused(review, "talk_held", by("morag"), data={"talk_on": days(1)}) == [
        "The talk cannot lie in the future."
    ]


@pytest.mark.parametrize(("one", "other"), [("morag", "ailsa"), ("ailsa", "morag")])
def test_both_confirm_the_talk_and_only_the_other_is_told(cast, act, one, other):
    review = review_in(cast, "shared")
    addresses = {"morag": "manager@example.org", "ailsa": "staff@example.org"}

    review = act(review, "talk_held", one, data={"talk_on": days(-1)})
    assert not review.talk_is_confirmed
    assert mails()[-1] == ("reviews/talk_said", addresses[other])
    count = OutgoingMail.objects.count()
    review = act(review, "talk_held", other, data={"talk_on": days(-1)})

    assert (review.talk_is_confirmed, review.talk_on) == (True, days(-1))
    assert OutgoingMail.objects.count() == count


def test_another_day_asks_the_first_one_again(cast, act):
    review = act(review_in(cast, "shared"), "talk_held", "morag", data={"talk_on": days(-1)})

    review = act(review, "talk_held", "ailsa", data={"talk_on": days(-2)})

    assert (review.talk_on, review.talk_said_by_manager, review.talk_said_by_job_holder) == (days(-2), False, True)


def test_a_cover_does_not_say_that_the_manager_talked(cast, by):
    review = review_in(cast, "shared")
    ManagerCover.objects.create(manager=cast.morag, cover=cast.donald, starts_on=today(), ends_on=today())

    assert {row.name for row, _sentences in moves_for(review, by("donald"))} == set()


def test_text_changes_after_the_talk_only_when_both_said_so(cast, by, act):
    review = act(review_in(cast, "shared"), "talk_held", "morag", data={"talk_on": today()})
    assert refused(review, "change_after_talk", by("morag")) == ["First say when you talked; both of you confirm it."]
    review = act(review, "talk_held", "ailsa", data={"talk_on": today()})

    review = act(review, "change_after_talk", "morag")

    assert (review.state, review.text_version) == (ReviewState.MANAGER_REVIEW, 2)
    assert signed(review) == [("manager", 1, cast.morag, False)]
    assert mails()[-1] == ("reviews/taken_back", "staff@example.org")


# ---- the answer -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "sentences"),
    [
        ({}, ["Choose one of the answers."]),
        ({"answer": "no_response"}, ["Choose one of the answers."]),
        ({"answer": "comments"}, ["Say in your own words what you want to add or see differently."]),
        ({"answer": "comments", "words": "  "}, ["Say in your own words what you want to add or see differently."]),
        ({"answer": "comments", "points": "one"}, ["Say in your own words what you want to add or see differently."]),
        ({"answer": "disagree", "words": ""}, ["Say in your own words what you want to add or see differently."]),
        ({"answer": "disagree", "points": "blank"}, ["Say in your own words what you want to add or see differently."]),
    ],
)
def test_an_answer_says_what_it_has_to(cast, by, data, sentences):
    review = review_in(cast, "shared")
    points = {"one": [(first(review), "The farms heard first.")], "blank": [(first(review), " ")]}

    assert refused(review, "answer", by("ailsa"), data={**data, "points": points.get(data.get("points"))}) == sentences


@pytest.mark.parametrize(
    ("answer", "statement"),
    [
        ("agree", "I have read this review and I agree with it."),
        ("comments", "I have read this review. I agree with it and have added comments."),
        ("disagree", "I have read this review and I disagree with it."),
    ],
)
def test_an_answer_is_signed_with_its_own_statement_and_told(cast, act, answer, statement):
    review = review_in(cast, "shared")

    review = act(review, "answer", "ailsa", data={"answer": answer, "words": "The farms heard first."})

    signature = Signature.objects.get(review=review, role="job_holder")
    assert (signature.statement, signature.by, signature.stands) == (statement, cast.ailsa, True)
    assert (review.state, review.response.answer) == (ReviewState.ANSWERED, answer)
    assert mails()[-2:] == [
        ("reviews/answered", "manager@example.org"),
        ("reviews/to_confirm", "countersigner@example.org"),
    ]


def test_agreement_has_no_points_and_disagreement_as_a_whole_has_one(cast, act):
    review = review_in(cast, "shared")
    for answer, points in {"agree": [], "comments": [], "disagree": [(None, "Not so.")]}.items():
        with undone():
            done = act(review, "answer", "ailsa", data={"answer": answer, "words": "Not so."})
            assert [(point.behaviour, point.words) for point in done.response.points.all()] == points


def test_a_point_is_about_this_review(cast, by, act):
    review = review_in(cast, "shared")
    other = reviews.review_in(cast, "self_review", name="Another year")
    data = {"answer": "disagree", "points": [(first(other), "Not so.")]}

    assert refused(review, "answer", by("ailsa"), data=data) == ["Choose from what this review looks at."]


def test_one_answer_and_no_second(cast, by):
    review = review_in(cast, "answered")

    assert refused(review, "answer", by("ailsa"), data={"answer": "disagree", "words": "Not so."}) == [
        "You have answered this review already."
    ]


def test_an_answer_comes_back_until_the_second_manager_writes(cast, by, act):
    review = review_in(cast, "answered", answer="disagree")
    with undone():
        back = act(review, "take_back_answer", "ailsa")
        assert (back.state, back.response) == (ReviewState.SHARED, None)
        assert signed(back) == [("manager", 1, cast.morag, True)]
        again = act(back, "answer", "ailsa", data={"answer": "agree"})
        assert [row[0] for row in signed(again)] == ["manager", "job_holder"]
    reply_to_point(review.response.points.get(), "I asked the farms.", by=by("fergus"))

    assert refused(review, "take_back_answer", by("ailsa")) == ["Fergus Reid has already answered what you wrote."]


# ---- no response ------------------------------------------------------------------------------------------------


def test_silence_takes_its_days_and_two_reminders(cast):
    review = review_in(cast, "shared")

    assert refused(review, "no_response", SYSTEM) == ["There is still time to answer.", "Two reminders come first."]


def test_the_days_to_answer_are_working_days_and_the_last_one_counts(cast):
    review = review_in(cast, "shared")
    remind_twice(review, cast)
    AppraisalReview.objects.filter(pk=review.pk).update(shared_on=datetime.date(2026, 4, 27))  # a Monday
    outcome = {}
    for day in (11, 12):  # ten working days, 4 May being a bank holiday: to Tuesday 12 May
        with undone(), time_machine.travel(datetime.datetime(2026, 5, day, 12, tzinfo=datetime.UTC), tick=False):
            outcome[day] = refused(review, "no_response", SYSTEM)
    with time_machine.travel(datetime.datetime(2026, 5, 13, 12, tzinfo=datetime.UTC), tick=False):
        review = move(review, "no_response", by=SYSTEM)

    assert outcome == {11: ["There is still time to answer."], 12: ["There is still time to answer."]}
    assert review.state == ReviewState.ANSWERED


def silent(cast, act) -> AppraisalReview:
    """A review to which nobody answered in time."""
    review = review_in(cast, "shared")
    AppraisalReview.objects.filter(pk=review.pk).update(shared_on=days(-40))
    remind_twice(review, cast)
    return act(review, "no_response", "system")


def test_silence_is_recorded_told_and_signed_by_nobody(cast, act):
    review = silent(cast, act)

    assert review.response.answer == "no_response"
    assert signed(review) == [("manager", 1, cast.morag, True)]
    assert mails()[-2:] == [
        ("reviews/no_response", "staff@example.org"),
        ("reviews/to_confirm", "countersigner@example.org"),
    ]


def test_the_person_still_answers_after_silence(cast, act):
    review = silent(cast, act)

    review = act(review, "answer", "ailsa", data={"answer": "disagree", "words": "I was at sea."})

    assert (review.response.answer, review.responses.count()) == ("disagree", 1)
    assert [row[0] for row in signed(review)] == ["manager", "job_holder"]


def test_silence_is_no_answer_to_take_back(cast, by, act):
    review = silent(cast, act)

    assert refused(review, "take_back_answer", by("ailsa")) == ["You have not answered yet. You still can."]


def test_reminders_of_an_earlier_text_do_not_count(cast, act):
    review = review_in(cast, "shared")
    remind_twice(review, cast)
    review = act(act(review, "take_back", "morag"), "share", "morag")
    AppraisalReview.objects.filter(pk=review.pk).update(shared_on=days(-40))

    assert refused(review, "no_response", SYSTEM) == ["Two reminders come first."]


# ---- the second manager -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("replies", "sentences"),
    [
        ([], ["3 points of the disagreement have no answer in words yet."]),
        (["Both are true.", "  "], ["2 points of the disagreement have no answer in words yet."]),
        (["Both are true.", "I heard it too."], ["1 point of the disagreement has no answer in words yet."]),
    ],
)
def test_each_point_of_a_disagreement_is_answered_first(cast, by, act, replies, sentences):
    review = review_in(cast, "shared")
    one, two, three = list(review.behaviours.all())[:3]
    points = [(one, "The farms heard first."), (two, "I did ask."), (three, "I was there.")]
    review = act(review, "answer", "ailsa", data={"answer": "disagree", "points": points})
    for point, words in zip(review.response.points.all(), replies, strict=False):
        reply_to_point(point, words, by=by("fergus"))

    assert refused(review, "confirm_fair", by("fergus")) == sentences


def test_the_review_closes_once_every_point_is_answered(cast, by, act):
    review = review_in(cast, "answered", answer="disagree")
    reply_to_point(review.response.points.get(), "Both are true.", by=by("fergus"))

    review = act(review, "confirm_fair", "fergus", data={"words": "I read both sides."})

    assert signed(review) == [
        ("manager", 1, cast.morag, True),
        ("job_holder", 1, cast.ailsa, True),
        ("second_manager", 1, cast.fergus, True),
    ]
    assert Signature.objects.get(role="second_manager").words == "I read both sides."
    assert review.records.get().hash_holds
    assert mails()[-2:] == [("reviews/closed", "staff@example.org"), ("reviews/closed", "manager@example.org")]


def test_a_return_needs_its_reason_and_voids_what_was_signed(cast, by, act):
    review = review_in(cast, "answered")
    assert refused(review, "return_to_manager", by("fergus"), data={"reason": " "}) == [
        "Give the reason. Those concerned read it."
    ]

    review = act(review, "return_to_manager", "fergus", data={"reason": "The second example is of another year"})

    assert (review.state, review.text_version, review.response) == (ReviewState.MANAGER_REVIEW, 2, None)
    assert [stands for _role, _version, _by, stands in signed(review)] == [False, False]
    assert audit.events_of(review).first().reason == "The second example is of another year"
    assert mails()[-2:] == [("reviews/returned", "manager@example.org"), ("reviews/returned", "staff@example.org")]
    assert review.responses.get().answer == "agree"  # what was said to the earlier text is kept


# ---- the administrator ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["reopen", "void"])
def test_opening_again_and_declaring_void_need_a_reason_and_tell_both(cast, by, act, name):
    review = review_in(cast, "closed")
    assert refused(review, name, by("tom")) == ["Give the reason. Those concerned read it."]

    review = act(review, name, "tom", data=REASON)

    template = {"reopen": "reviews/reopened", "void": "reviews/void"}[name]
    assert mails()[-2:] == [(template, "staff@example.org"), (template, "manager@example.org")]
    for mail in OutgoingMail.objects.filter(template=template):
        assert REASON["reason"] in mail.text
    assert audit.events_of(review).first().reason == REASON["reason"]


def test_the_mail_about_a_void_review_leads_only_those_to_it_who_can_open_it(cast, act):
    review = act(review_in(cast, "shared"), "void", "tom", data=REASON)

    links = {
        mail.to: review.get_absolute_url() in mail.text for mail in OutgoingMail.objects.filter(template="reviews/void")
    }
    readers = {who: AppraisalReview.objects.readable_by(cast.fresh(who)).exists() for who in ("ailsa", "morag")}
    assert links == {"staff@example.org": True, "manager@example.org": False}
    assert readers == {"ailsa": True, "morag": False}


def test_opened_again_every_signature_is_void_and_the_record_stays(cast, act):
    review = review_in(cast, "closed")
    record = review.records.get()

    review = act(review, "reopen", "tom", data=REASON)

    assert (review.state, review.text_version) == (ReviewState.MANAGER_REVIEW, 2)
    assert [stands for _role, _version, _by, stands in signed(review)] == [False, False, False]
    assert review.records.get() == record


def test_another_second_manager_is_named_for_a_reason_and_everybody_told(cast, by, act):
    review = review_in(cast, "answered", answer="disagree")
    choices = {None: 0, "fergus": 0, "tom": 0, "ailsa": 1, "morag": 1, "rhona": 2}
    sentences = [
        "Choose somebody other than the present second manager and yourself.",
        "The second manager is neither the person reviewed nor their line manager.",
        "Rhona MacBain does not work here any more.",
    ]
    for who, number in choices.items():
        data = {**REASON, "second_manager": cast.people.get(who)}
        assert refused(review, "name_second_manager", by("tom"), data=data) == [sentences[number]], who

    review = act(review, "name_second_manager", "tom", data={**REASON, "second_manager": cast.priya})

    assert review.second_manager == cast.priya
    assert mails()[-3:] == [
        ("reviews/to_confirm", "coordinator@example.org"),
        ("reviews/second_manager_named", "staff@example.org"),
        ("reviews/second_manager_named", "manager@example.org"),
    ]
    assert not AppraisalReview.objects.visible_to(cast.fresh("fergus")).exists()
    reply_to_point(review.response.points.get(), "Both are true.", by=by("priya"))
    review = act(review, "confirm_fair", "priya")
    assert review.records.get().data["second_manager"] == "Priya Nair"


# ---- the same press twice, two windows --------------------------------------------------------------------------

TWICE = {  # move -> the state it starts from, who, with what
    "send": (ReviewState.SELF_REVIEW, "ailsa", {}),
    "take_back_self": (ReviewState.MANAGER_REVIEW, "ailsa", {}),
    "share": (ReviewState.MANAGER_REVIEW, "morag", {}),
    "take_back": (ReviewState.SHARED, "morag", {}),
    "talk_held": (ReviewState.SHARED, "ailsa", TALK),
    "answer": (ReviewState.SHARED, "ailsa", {"answer": "comments", "words": "Thank you."}),
    "take_back_answer": (ReviewState.ANSWERED, "ailsa", {}),
    "return_to_manager": (ReviewState.ANSWERED, "fergus", REASON),
    "reassign": (ReviewState.SELF_REVIEW, "tom", {**REASON, "manager": "donald"}),
    "reassign_later": (ReviewState.SHARED, "tom", {**REASON, "manager": "donald"}),
    "name_second_manager": (ReviewState.ANSWERED, "tom", {**REASON, "second_manager": "donald"}),
    "reopen": (ReviewState.CLOSED, "tom", REASON),
    "void": (ReviewState.SHARED, "tom", REASON),
}


def prepared(cast, name, state) -> AppraisalReview:
    """A review that this move can be made on."""
    review = review_in(cast, state)
    if name == "send":
        ground(cast)
        answer_all(review, Part.SELF, cast.fresh("ailsa"))
    if name == "share":
        answer_all(review, Part.MANAGER, cast.fresh("morag"))
    if name.startswith("reassign"):
        Post.objects.filter(person=cast.ailsa).update(line_manager=cast.donald)
    return review


@pytest.mark.parametrize("name", list(TWICE))
def test_the_same_press_twice_writes_and_sends_once(cast, act, name):
    state, who, values = TWICE[name]
    data = {key: cast.people.get(value, value) if isinstance(value, str) else value for key, value in values.items()}
    review = prepared(cast, name, state)

    # a visible reader, or the second press is answered with 404 by right: see test_review_moves
    once = act(review, name, who, data=data)
    audit.record_read(once, by=cast.tom)  # somebody reads it in between
    before = written(once)
    second_press_is_seen = AppraisalReview.objects.visible_to(cast.fresh(who)).filter(pk=once.pk).exists()
    if second_press_is_seen:
        again = act(review, name, who, data=data)
        assert again.version == once.version

    assert written(once) == before
    assert second_press_is_seen or name == "return_to_manager"


@pytest.mark.parametrize("name", ["send", "share", "take_back", "answer", "return_to_manager", "void"])
def test_whoever_looks_at_an_older_version_is_told_and_changes_nothing(cast, by, act, name):
    state, who, data = TWICE[name]
    review = prepared(cast, name, state)
    seen = review.version
    AppraisalReview.objects.filter(pk=review.pk).update(version=seen + 1, changed_at=timezone.now())
    before = written(review)

    with pytest.raises(ChangedSince) as refusal:
        act(review, name, who, data=data, seen=seen)

    assert refusal.value.record.version == seen + 1
    assert written(review) == before


def test_every_move_leaves_one_audit_row_about_the_person(cast, act):
    review = review_in(cast, "closed")

    rows = audit.events_of(review).order_by("pk").values_list("move", "frm", "to", "actor_label", "subject_id")
    assert list(rows) == [
        ("open", "setup", "self_review", "Common Ground", cast.ailsa.pk),
        ("send", "self_review", "manager_review", "Ailsa Grant", cast.ailsa.pk),
        ("share", "manager_review", "shared", "Morag Sinclair", cast.ailsa.pk),
        ("answer", "shared", "answered", "Ailsa Grant", cast.ailsa.pk),
        ("confirm_fair", "answered", "closed", "Fergus Reid", cast.ailsa.pk),
    ]


def test_no_mail_holds_a_level_or_anybodys_words(cast, by, act):
    review = review_in(cast, "manager_review")
    note_seen(cast)
    save_summary(review, Part.MANAGER, "SECRET summary", by=by("morag"))
    answer_all(review, Part.MANAGER, cast.fresh("morag"), words="SECRET words", mark=3)
    review = act(review, "share", "morag")
    review = act(review, "answer", "ailsa", data={"answer": "disagree", "words": "SECRET answer"})
    reply_to_point(review.response.points.get(), "SECRET reply", by=by("fergus"))
    act(review, "confirm_fair", "fergus", data={"words": "SECRET view"})

    assert OutgoingMail.objects.count() > 5
    for mail in OutgoingMail.objects.all():
        body = f"{mail.subject} {mail.text} {mail.html}"
        assert "SECRET" not in body
        assert not any(level in body for level in ("Helps the group", "Reliably", "With prompting"))
