"""One review with so much of everything in it, and lists of reviews, for counting queries."""

import datetime

from django.utils import timezone

from appraisal.enums import ReviewState
from appraisal.models import (
    AppraisalReview,
    BehaviourRating,
    DisputedPoint,
    EvidenceEntry,
    JobHolderResponse,
    ManagerNote,
    ReasonedAccess,
    SharedVersion,
)
from people.models import AuditEvent, ManagerCover, Post, User
from tests.factories import many
from tests.factories.many import DAY
from tests.factories.many_reviews import cycle, notes, reviews, team
from tests.factories.reviews import days
from tests.factories.secrets import secret_review


def _under_levels(cast, review, count) -> None:
    """So many examples with an answer each, and so many notes, under every level on both sides."""
    many.answered(cast, count)
    notes(cast, count)
    ratings = list(BehaviourRating.objects.filter(part__review=review))
    for name, rows in (("examples", EvidenceEntry.objects.all()), ("notes", ManagerNote.objects.all())):
        through = getattr(BehaviourRating, name).through
        field = next(one.attname for one in through._meta.fields if one.attname not in ("id", "behaviourrating_id"))
        keys = list(rows.values_list("pk", flat=True))
        through.objects.filter(behaviourrating__in=ratings).delete()
        through.objects.bulk_create(
            through(**{"behaviourrating_id": rating.pk, field: key}) for rating in ratings[:2] for key in keys
        )


def _read_along(cast, review, count) -> None:
    """So many readings on as many days, reasons of an administrator, earlier versions, and people who stand in."""
    now, label = timezone.now(), review._meta.label_lower
    AuditEvent.objects.bulk_create(
        AuditEvent(
            at=now - datetime.timedelta(days=number),
            record_type=label,
            record_id=review.pk,
            move=move,
            reason=reason,
            actor_kind="person",
            actor_id=cast.morag.pk,
            actor_label="Morag Sinclair",
        )
        for number in range(count)
        for move, reason in (("read", ""), ("reopen", "Opened again"))
    )
    ReasonedAccess.objects.bulk_create(
        ReasonedAccess(review=review, reader=cast.tom, reason="Asked for", until=now + datetime.timedelta(hours=1))
        for _number in range(count)
    )
    covers = User.objects.bulk_create(
        User(email=f"cover-{number}@example.org", name=f"Cover {number}") for number in range(count)
    )
    ManagerCover.objects.bulk_create(
        ManagerCover(manager=cast.morag, cover=one, starts_on=DAY, ends_on=days(9)) for one in covers
    )


def _many_versions(cast, review, count) -> None:
    """So many earlier versions, each with what was answered to it."""
    first = review.shared_versions.first()
    AppraisalReview.objects.filter(pk=review.pk).update(text_version=count + 1)
    for rows in (review.shared_versions, review.responses, review.signatures):
        rows.update(text_version=count + 1)
    SharedVersion.objects.bulk_create(
        SharedVersion(review=review, text_version=number, content=first.content, shared_by=cast.morag)
        for number in range(1, count + 1)
    )
    said = JobHolderResponse.objects.bulk_create(
        JobHolderResponse(review=review, text_version=number, answer="disagree") for number in range(1, count + 1)
    )
    DisputedPoint.objects.bulk_create(DisputedPoint(response=one, words="I rang first.") for one in said)


def well_read(state):
    """A builder of Ailsa's review in this state, with so much of everything; it returns the key."""

    def build(cast, count):
        review = secret_review(cast, state)
        _under_levels(cast, review, count)
        _read_along(cast, review, count)
        if state in ("shared", "answered", "closed"):
            _many_versions(cast, review, count)
        return review.pk

    return build


def to_confirm(cast, count):
    """Reviews of so many people that Fergus confirms."""
    reviews(cast, team(cast, count), cycle(cast), ReviewState.SHARED)


def my_reviews(cast, count):
    """Reviews of Ailsa in so many years."""
    post = Post.objects.get(person=cast.ailsa)
    for number in range(count):
        year = cycle(cast, f"Reviews {number}")
        AppraisalReview.objects.bulk_create(
            [
                AppraisalReview(
                    cycle=year,
                    state=ReviewState.CLOSED if number else ReviewState.SHARED,
                    job_holder=cast.ailsa,
                    post=post,
                    manager=cast.morag,
                    second_manager=cast.fergus,
                    shared_on=DAY,
                )
            ]
        )
