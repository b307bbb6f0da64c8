"""What can happen to a review cycle, and to the content that an administrator opens for a reason."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from appraisal import opening, review_notifications
from appraisal.enums import AFTER_SHARING, CycleState, Purpose, ReviewState
from appraisal.models import AppraisalCycle, ReasonedAccess
from appraisal.permissions import can_keep_cycles, can_open_content
from appraisal.tasks import order_opening
from people import audit
from people.policy import policy
from people.transitions import Actor, Move

Data = Mapping[str, Any]


def purpose_allowed(cycle: AppraisalCycle, actor: Actor, data: Data) -> str | None:
    if cycle.purpose == Purpose.DEVELOPMENT:
        return None
    return _(
        "Reviews here cannot inform pay, promotion or probation yet: that needs rating practice for managers, a "
        "consistency check and a way to appeal, and none of them is there."
    )


def framework_published(cycle: AppraisalCycle, actor: Actor, data: Data) -> str | None:
    return (
        _("Choose a published version of what we expect of each other.") if cycle.framework_version.is_draft else None
    )


def somebody_is_in(cycle: AppraisalCycle, actor: Actor, data: Data) -> str | None:
    return None if _selection(cycle).posts else _("Nobody is in this cycle yet. Choose at least one team.")


def everybody_has_a_manager(cycle: AppraisalCycle, actor: Actor, data: Data) -> str | None:
    names = _selection(cycle).without_manager
    return _unsolved(names, ngettext("%d person has no line manager.", "%d people have no line manager.", len(names)))


def everybody_has_a_second_manager(cycle: AppraisalCycle, actor: Actor, data: Data) -> str | None:
    names = _selection(cycle).without_second_manager
    words = ngettext("%d person has no second manager.", "%d people have no second manager.", len(names))
    return _unsolved(names, words)


def everybody_has_a_profile(cycle: AppraisalCycle, actor: Actor, data: Data) -> str | None:
    names = _selection(cycle).without_profile
    words = ngettext("%d person has no role profile.", "%d people have no role profile.", len(names))
    return _unsolved(names, words)


def nothing_under_way(cycle: AppraisalCycle, actor: Actor, data: Data) -> str | None:
    left = cycle.reviews.exclude(state__in=[ReviewState.CLOSED, ReviewState.VOID]).count()
    if not left:
        return None
    return ngettext("%d review is not closed yet.", "%d reviews are not closed yet.", left) % left


def levels_hidden_now(cycle: AppraisalCycle, actor: Actor, data: Data) -> str | None:
    return None if cycle.hide_self_levels else _("Managers of this cycle already see people's own levels at once.")


def reason_given(record: Any, actor: Actor, data: Data) -> str | None:
    return None if str(data.get("reason", "")).strip() else _("Give the reason. The people concerned read it.")


def why_opened(access: ReasonedAccess, actor: Actor, data: Data) -> str | None:
    return None if access.reason.strip() else _("Give the reason. The person whose review it is reads it.")


def something_to_open(access: ReasonedAccess, actor: Actor, data: Data) -> str | None:
    return None if access.review.state in AFTER_SHARING else _("Only a review that has been shared can be opened.")


def levels_shown_already(cycle: AppraisalCycle, actor: Actor, data: Data) -> bool:
    return not cycle.hide_self_levels and audit.was_last(cycle, "show_levels", actor)


def plan(cycle: AppraisalCycle, actor: Actor, data: Data) -> None:
    cycle.opened_at = timezone.now()
    opening.plan_reviews(cycle)


def show_levels(cycle: AppraisalCycle, actor: Actor, data: Data) -> None:
    cycle.hide_self_levels = False


def for_some_hours(access: ReasonedAccess, actor: Actor, data: Data) -> None:
    access.until = timezone.now() + datetime.timedelta(hours=policy("reasoned_access_hours"))


def _selection(cycle: AppraisalCycle) -> opening.Selection:
    """Read once for all the questions that are asked of one cycle in one go."""
    if not hasattr(cycle, "_selection"):
        cycle._selection = opening.select_posts(cycle)
    return cycle._selection


def _unsolved(posts: list, words: str) -> str | None:
    return words % len(posts) if posts else None


MOVES = {
    AppraisalCycle: (
        Move("prepare", (), CycleState.DRAFT, can_keep_cycles, gettext_lazy("Save and go on")),
        Move(
            "open",
            (CycleState.DRAFT,),
            CycleState.OPEN,
            can_keep_cycles,
            gettext_lazy("Open the cycle"),
            needs=(
                purpose_allowed,
                framework_published,
                somebody_is_in,
                everybody_has_a_manager,
                everybody_has_a_second_manager,
                everybody_has_a_profile,
            ),
            effects=(plan,),
            notices=(order_opening,),
        ),
        Move(
            "show_levels",
            (CycleState.OPEN,),
            CycleState.OPEN,
            can_keep_cycles,
            gettext_lazy("Show people's own levels to managers at once"),
            needs=(levels_hidden_now,),
            inputs=("reason",),
            checks=(reason_given,),
            effects=(show_levels,),
            settled=levels_shown_already,
        ),
        Move(
            "close",
            (CycleState.OPEN,),
            CycleState.CLOSED,
            can_keep_cycles,
            gettext_lazy("Close the cycle"),
            needs=(nothing_under_way,),
        ),
    ),
    ReasonedAccess: (
        Move(
            "open",
            (),
            "open",
            can_open_content,
            gettext_lazy("Open for this reason"),
            needs=(why_opened, something_to_open),
            effects=(for_some_hours,),
            notices=(review_notifications.tell_content_opened,),
        ),
    ),
}
