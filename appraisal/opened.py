"""A review as one reader has it open: who can see it, where it stands, what was written as far as they may read it.

Page and API draw it from here, so that neither shows what the other does not.
"""

from typing import Any

from appraisal.cycle_status import why_levels_are_shown
from appraisal.enums import AFTER_SHARING, BEFORE_SHARING, ReviewState
from appraisal.models import AppraisalReview
from appraisal.permissions import is_manager, is_second_manager
from appraisal.reading import History, accesses_of, history_of, note_reading, who_can_see
from appraisal.stages import called, outcome, steps, talk, what_next
from appraisal.written import read_written
from people.models import User
from people.transitions import person


def opened_review(review: AppraisalReview, user: User) -> dict[str, Any]:
    """Everything that stands on its page. Drawing it is reading it, and that is kept first."""
    note_reading(review, user)
    own = user.pk == review.job_holder_id
    written = read_written(review, user)
    accesses = accesses_of(review) if own or review.state in AFTER_SHARING else []
    near, is_second = own or review.post_id in user.managed_post_ids, is_second_manager(review, person(user))
    history = history_of(review, accesses, readings=own) if near or is_second else History()
    told = [row for row in history.told if near or row.actor_id == user.pk]
    waits_for_it = review.state in (*BEFORE_SHARING, ReviewState.VOID)  # else it was done since
    return {
        "review": review,
        "own": own,
        "names": called(review),
        "written": written,
        "steps": steps(review),
        "next_line": what_next(review, user),
        "outcome": outcome(review, written.response),
        "talk_line": talk(review, user),
        "who_sees": who_can_see(review, user, written.parts, accesses),
        "accesses": accesses,
        "readings": history.readings,
        "told_now": told[:1] if waits_for_it else [],
        "told_before": told[1:] if waits_for_it else told,
        "is_manager": is_manager(review, person(user)),
        "is_second_manager": is_second,
        "shows_own_levels": near and not review.cycle.hide_self_levels,
        "levels_shown": why_levels_are_shown(review.cycle) if near else None,
        "after_sharing": review.state in AFTER_SHARING,
    }
