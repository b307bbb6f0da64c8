"""The status of a cycle as a file: the names of its columns, which stay, and its rows. Nothing of the content."""

from collections.abc import Iterator

from django.utils import timezone

from appraisal.cycle_status import turn_of, with_handover
from appraisal.models import AppraisalCycle
from people.lib.dates import today

HEAD = (
    "review",
    "name",
    "email",
    "job_title",
    "team",
    "manager",
    "second_manager",
    "stage",
    "stage_since",
    "waits_for",
    "step",
    "due_on",
    "late",
    "needs_another",
    "shared_on",
)


def rows(cycle: AppraisalCycle) -> Iterator[tuple]:
    """Where each review stands, as the rows of a file, read from the database a thousand at a time."""
    day = today()
    reviews = with_handover(cycle.reviews.select_related("job_holder", "manager", "second_manager"))
    for review in reviews.iterator(chunk_size=1000):
        review.cycle = cycle
        turn = turn_of(review, day)
        yield (
            review.pk,
            review.job_holder.name,
            review.job_holder.email,
            review.job_title,
            review.team_name,
            review.manager.name,
            review.second_manager.name,
            review.state,
            timezone.localdate(review.state_since),
            turn.person.name if turn else "",
            turn.step if turn else "",
            turn.due_on if turn else "",
            "yes" if turn and turn.is_late else "no",
            review.handover,
            review.shared_on,
        )
