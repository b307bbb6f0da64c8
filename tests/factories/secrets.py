"""A review in which every text is a marker, so that a test can say who saw which of them."""

import datetime

from django.utils import timezone

from appraisal.enums import Part
from appraisal.models import AppraisalReview, DisputedPoint, EvidenceEntry, ReasonedAccess
from appraisal.ratings import save_rating, save_summary
from appraisal.responding import reply_to_point
from people.transitions import move, person
from tests.factories.appraisal import answered, example
from tests.factories.reviews import days, note_seen, open_cycle, review_of

SELF = "words-of-the-self-assessment"
HELP = "help-that-is-wanted"
SELF_SUMMARY = "summary-of-the-person"
MANAGER = "words-of-the-manager"
MANAGER_SUMMARY = "summary-of-the-manager"
STEP = "what-follows-from-it"
NOTE = "The farms heard of the closed road from the radio."
TITLE = "title-of-the-example"
ACCOUNT = "account-of-the-example"
NAME = "Rhona MacBain"  # who said how it happened
PARTNER = "words-of-a-partner"  # stand on the page of the example alone
POINT = "what-is-seen-differently"
REPLY = "draft-of-the-second-manager"
REASON = "reason-to-look-again"
ALL = {SELF, HELP, SELF_SUMMARY, MANAGER, MANAGER_SUMMARY, STEP, NOTE, TITLE, ACCOUNT, NAME, POINT, REPLY, REASON}

STATES = ("self_review", "manager_review", "shared", "answered", "returned", "closed", "void")


def secret_review(cast, state: str, **cycle) -> AppraisalReview:
    """Ailsa's review in this state, with a marker in every text that can have been written by then."""
    ailsa, morag, fergus = (person(cast.fresh(name)) for name in ("ailsa", "morag", "fergus"))
    review = review_of(cast, open_cycle(cast, **cycle))
    entry = example(cast.ailsa, title=TITLE, situation=ACCOUNT)
    for behaviour in review.behaviours.all():
        words = {"mark": behaviour.level, "words": SELF, "help": HELP, "examples": [entry]}
        save_rating(behaviour, Part.SELF, words, by=ailsa)
    save_summary(review, Part.SELF, SELF_SUMMARY, by=ailsa)
    if state != "self_review":
        review = move(review, "send", by=ailsa)
    entry = EvidenceEntry.objects.get(pk=entry.pk)
    if entry.is_shared:
        answered(entry, cast.rhona, "not_so", PARTNER)
    note = note_seen(cast)
    for behaviour in review.behaviours.all():
        ground = {"examples": [entry] if entry.is_shared else [], "notes": [note]}
        save_rating(behaviour, Part.MANAGER, {"mark": behaviour.level, "words": MANAGER} | ground, by=morag)
    steps = [{"what": STEP, "owner": cast.ailsa, "due_on": days(30)}]
    save_summary(review, Part.MANAGER, MANAGER_SUMMARY, by=morag, steps=steps)
    if state in ("self_review", "manager_review"):
        return review
    if state == "void":
        return move(review, "void", by=person(cast.tom), data={"reason": REASON})
    review = move(review, "share", by=morag)
    if state == "shared":
        return review
    points = [(review.behaviours.first(), POINT)]
    review = move(review, "answer", by=ailsa, data={"answer": "disagree", "points": points})
    reply_to_point(DisputedPoint.objects.get(response__review=review), REPLY, by=fergus)
    if state == "answered":
        return review
    if state == "returned":
        return move(review, "return_to_manager", by=fergus, data={"reason": REASON})
    return move(review, "confirm_fair", by=fergus)


def seen_in(html: str) -> set[str]:
    """The markers that stand on a page."""
    return {marker for marker in ALL if marker in html}


def open_for_reason(cast, review: AppraisalReview) -> ReasonedAccess:
    """A reason of Tom's that has not run out, whatever became of the review since."""
    until = timezone.now() + datetime.timedelta(hours=1)
    return ReasonedAccess.objects.create(review=review, reader=cast.tom, reason="Asked by the person", until=until)
