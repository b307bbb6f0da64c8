"""A review with everything a record can hold, closed through the real functions: Ailsa disagrees in one point."""

import datetime
from dataclasses import dataclass

from appraisal.enums import Part
from appraisal.evidence import change_entry, reply_to_answer
from appraisal.models import AppraisalReview, EvidenceConfirmation, EvidenceEntry, ManagerNote
from appraisal.ratings import save_rating, save_summary
from appraisal.responding import reply_to_point
from partnerships.models import Behaviour
from people.lib.dates import today
from people.transitions import move, person
from tests.factories.appraisal import answered, shared_example
from tests.factories.certificates import a_certificate, a_module
from tests.factories.partnerships import EngagementFactory, PartnershipFactory
from tests.factories.reviews import answer_all, days, note_seen, open_cycle, review_of
from training.models import Certificate, ModulePage

SHOWN = "I rang Rhona before I drafted the call list."
CHANGED = "I rang Rhona and two farms before I drafted the call list."


@dataclass
class Told:
    """The closed review and what it rests on."""

    review: AppraisalReview
    call: EvidenceEntry  # answered by Rhona, changed afterwards
    walk: EvidenceEntry  # nobody was asked
    answer: EvidenceConfirmation
    concern: ManagerNote
    certificate: Certificate
    module: ModulePage


def told_review(cast, *, close: bool = True, **cycle) -> Told:
    """Ailsa's review in which each side ticked, wrote, answered and signed something."""
    review = review_of(cast, open_cycle(cast, **cycle))
    call, walk, answer = _examples(cast)
    concern = note_seen(cast)
    certificate = a_certificate(cast.ailsa, behaviours=("PB1",))
    module = a_module("Closing the loop")
    module.behaviours.set(Behaviour.objects.filter(code="PB1"))
    module.save()
    _write(cast, review, call, walk, concern, module)
    review = _answer(cast, review)
    if close:
        review = move(review, "confirm_fair", by=person(cast.fresh("fergus")), data={"words": "I read both sides."})
    return Told(review, call, walk, answer, concern, certificate, module)


def close_again(cast, told: Told, *, words: str) -> AppraisalReview:
    """Open the closed review once more, change the manager's words of the first behaviour, and close it again."""
    review = move(told.review, "reopen", by=person(cast.fresh("tom")), data={"reason": "A wrong example was ticked"})
    first = review.behaviours.get(number=1)
    save_rating(first, Part.MANAGER, {"words": words}, by=person(cast.fresh("morag")))
    review = move(review, "share", by=person(cast.fresh("morag")))
    review = move(review, "answer", by=person(cast.fresh("ailsa")), data={"answer": "agree", "words": ""})
    return move(review, "confirm_fair", by=person(cast.fresh("fergus")))


def _examples(cast) -> tuple[EvidenceEntry, EvidenceEntry, EvidenceConfirmation]:
    group = PartnershipFactory(name="Varrach Flood Warning Group", slug="varrach")
    walked = EngagementFactory(partnership=group, title="Walk along the flood bank", happened_on=days(-40))
    call = shared_example(
        cast.ailsa, situation=SHOWN, happened_on=days(-40), partnership=group, engagement=walked, result="They heard."
    )
    answer = answered(call, cast.rhona, "yes_and", "And you rang again on Friday.")
    reply_to_answer(answer, "Thank you, I had forgotten.", by=cast.ailsa)
    change_entry(call, {"situation": CHANGED}, by=cast.ailsa)
    walk = shared_example(cast.ailsa, title="Walked the bank at night", happened_on=days(-20))
    return call, walk, answer


def _write(cast, review, call, walk, concern, module) -> None:
    ailsa, morag = person(cast.fresh("ailsa")), person(cast.fresh("morag"))
    first = review.behaviours.get(number=1)
    answer_all(review, Part.SELF, cast.fresh("ailsa"), words="As I see it.", examples=[call])
    answer_all(review, Part.MANAGER, cast.fresh("morag"), words="As the examples show.", examples=[call])
    save_rating(first, Part.SELF, {"mark": 3, "words": "The group asks me.", "help": "A day a month"}, by=ailsa)
    below = {"mark": 1, "words": "The farms heard late.", "examples": [call, walk], "notes": [concern]}
    save_rating(first, Part.MANAGER, below, by=morag)
    save_summary(review, Part.SELF, "A year of calls.", by=ailsa)
    step = {"what": "Do the module together", "owner": cast.ailsa, "due_on": today() + datetime.timedelta(days=30)}
    save_summary(review, Part.MANAGER, "A steady year.", by=morag, steps=[{**step, "module": module}])
    move(review, "send", by=ailsa)
    move(review, "share", by=person(cast.fresh("morag")))


def _answer(cast, review) -> AppraisalReview:
    for who in ("morag", "ailsa"):
        review = move(review, "talk_held", by=person(cast.fresh(who)), data={"talk_on": today()})
    point = (review.behaviours.get(number=1), "The radio was quicker than any of us.")
    data = {"answer": "disagree", "words": "Not in the first point.", "points": [point]}
    review = move(review, "answer", by=person(cast.fresh("ailsa")), data=data)
    reply_to_point(review.response.points.get(), "I asked the farms; both are true.", by=person(cast.fresh("fergus")))
    return review
