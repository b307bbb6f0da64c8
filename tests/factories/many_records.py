"""So many examples, notes, versions and additions in a signed record, or under a level; written at once."""

import json

from django.utils import timezone

from appraisal.enums import Part, ReviewState
from appraisal.models import AppraisalReview, BehaviourRating, EvidenceEntry, ManagerNote, RecordAddition, ReviewRecord
from people.models import Post
from tests.factories import many
from tests.factories.many import DAY
from tests.factories.many_reviews import cycle, notes, reviews, steps
from training.models import Certificate


def ticked(cast, count):
    """A shared review of Ailsa whose first behaviour rests on so many answered examples and notes; returns its key."""
    notes(cast, count)
    many.requests(cast, count, state="answered", answer="yes", answered_at=timezone.now())
    review = _of_ailsa(cast, ReviewState.SHARED)
    (rating,) = BehaviourRating.objects.filter(part__review=review, part__part=Part.MANAGER, behaviour__number=1)
    rating.examples.set(EvidenceEntry.objects.of_owner(cast.ailsa))
    rating.notes.set(ManagerNote.objects.all())
    steps([review])
    certificates_about(cast, review, count)
    return review.pk


def certificates_about(cast, review, count) -> None:
    """Certificates of Ailsa about the first behaviour."""
    many.certificates(cast, count)
    code = review.behaviours.get(number=1).text.behaviour.code
    Certificate.objects.filter(holder=cast.ailsa).update(behaviours=[{"code": code, "name": "First"}])


def recorded(cast, count):
    """A closed review whose record holds so many examples and notes, with as many additions; returns its key."""
    review = _of_ailsa(cast, ReviewState.CLOSED)
    code = review.behaviours.get(number=1).text.behaviour.code
    keys = list(range(1, count + 1))
    answer = {"name": "Rhona MacBain", "answer": "Yes, so it was", "on": str(DAY), "changed_since": True}
    groups = [entry.partnership_id for entry in many.examples(cast, count)]
    data = {
        "behaviours": [{"code": code, "number": 1, "name": "First", "expected": 2}],
        "manager_part": {
            "author": "Morag Sinclair",
            "ratings": {code: {"mark": "2", "mark_words": "Reliably", "examples": keys, "notes": keys}},
        },
        "examples": [
            {
                "id": key,
                "title": f"Example {key}",
                "happened_on": str(DAY),
                "partnership_id": group,
                "answers": [answer],
            }
            for key, group in zip(keys, groups, strict=True)
        ],
        "notes": [{"id": key, "text": "Rang first."} for key in keys],
        "next_steps": [{"what": "Ring", "who": "Ailsa Grant", "by": str(DAY), "module_id": key} for key in keys],
        "signatures": [{"role": "manager", "name": "Morag Sinclair", "statement": "Mine."} for _key in keys],
    }
    content = json.dumps(data)
    record = ReviewRecord.objects.create(
        review=review, number="2026-000001", content=content, sha256=ReviewRecord.hash_of(content)
    )
    RecordAddition.objects.bulk_create(
        RecordAddition(record=record, kind="statement", words=f"Said {key}", by=cast.ailsa) for key in keys
    )
    return review.pk


def versions_of_a_record(cast, count):
    """A closed review that was opened again and again; returns its key."""
    review = _of_ailsa(cast, ReviewState.CLOSED)
    ReviewRecord.objects.bulk_create(
        ReviewRecord(
            review=review, number="2026-000001", version=number, content="{}", sha256=ReviewRecord.hash_of("{}")
        )
        for number in range(1, count + 1)
    )
    return review.pk


def _of_ailsa(cast, state) -> AppraisalReview:
    (review,) = reviews(cast, [Post.objects.get(person=cast.ailsa)], cycle(cast), state)
    return review
