"""A cycle while it is prepared: what and when, which teams, who is left out by name, throwing it away.

Opening it is a move (workflow/cycles.py); whom it then reaches stands in opening.py. Nothing here works on a cycle
that is open: its purpose, framework and people are fixed.
"""

import datetime
import re
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from appraisal.chasing import CALENDAR
from appraisal.models import AppraisalCycle, CycleExclusion
from appraisal.permissions import can_keep_cycles
from partnerships.models import FrameworkVersion
from people import audit
from people.lib.dates import add_months, today
from people.models import Post, Team, User
from people.transitions import ChangedSince, NotVisible, NotYours, WrongState, create, person

FIELDS = (
    "name",
    "starts_on",
    "ends_on",
    "purpose",
    "self_due_on",
    "share_due_on",
    "close_due_on",
    "framework_version",
    "hide_self_levels",
    "second_manager",
)
DATES = ("starts_on", "ends_on", "self_due_on", "share_due_on", "close_due_on")
YEARS = re.compile(r"\b(?:19|20)\d\d\b|(?<=\d\d\d\d[/–-])\d\d\b")  # 2026, and the 27 of 2026/27


@transaction.atomic
def start_draft(values: Mapping[str, Any], *, by: User, like: AppraisalCycle | None = None) -> AppraisalCycle:
    """Begin a cycle; `like` an earlier one it takes over its teams, and whom it left out and who still works here."""
    cycle = create(AppraisalCycle(**{name: values[name] for name in FIELDS}), "prepare", by=person(by))
    if like is not None:
        cycle.teams.set(like.teams.all())
        still_here = like.exclusions.filter(post__in=Post.objects.current())
        CycleExclusion.objects.bulk_create(
            CycleExclusion(cycle=cycle, post_id=row.post_id, reason=row.reason) for row in still_here
        )
    if not cycle.hide_self_levels:
        audit.record_change(cycle, "levels_shown", by=by)
    return cycle


@transaction.atomic
def change_draft(cycle: AppraisalCycle, values: Mapping[str, Any], *, by: User, seen: int | None) -> AppraisalCycle:
    """Keep what and when. Raises ChangedSince when another window saved first, WrongState once it is open."""
    draft = _locked_draft(cycle, by=by, seen=seen)
    changed = [name for name in FIELDS if getattr(draft, name) != values[name]]
    for name in changed:
        setattr(draft, name, values[name])
    if changed:
        _keep(draft, "changed", by=by, reason=", ".join(changed))
    if "hide_self_levels" in changed:
        audit.record_change(draft, "levels_hidden" if draft.hide_self_levels else "levels_shown", by=by)
    return draft


@transaction.atomic
def choose_teams(cycle: AppraisalCycle, teams: Collection[Team], *, by: User, seen: int | None) -> AppraisalCycle:
    """Keep which teams are in it."""
    draft = _locked_draft(cycle, by=by, seen=seen)
    if set(draft.teams.all()) != set(teams):
        draft.teams.set(teams)
        _keep(draft, "teams_chosen", by=by, reason=", ".join(sorted(team.name for team in teams)))
    return draft


@transaction.atomic
def leave_out(cycle: AppraisalCycle, posts: Collection[Post], reason: str, *, by: User) -> None:
    """Leave these people out by name; somebody who is left out already keeps the reason that was given."""
    draft = _locked_draft(cycle, by=by)
    already = set(draft.exclusions.values_list("post_id", flat=True))
    new = [post for post in posts if post.pk not in already]
    CycleExclusion.objects.bulk_create(CycleExclusion(cycle=draft, post=post, reason=reason) for post in new)
    for post in new:
        audit.record_change(draft, "left_out", by=by, subject_id=post.person_id)  # the reason is not kept as long
    if new:
        _keep(draft, "people_changed", by=by)


@transaction.atomic
def put_back(cycle: AppraisalCycle, post: Post, *, by: User) -> None:
    """Take somebody back in who was left out by name."""
    draft = _locked_draft(cycle, by=by)
    gone, _rows = draft.exclusions.filter(post=post).delete()
    if gone:
        _keep(draft, "put_back", by=by, subject_id=post.person_id)


@transaction.atomic
def throw_away(cycle: AppraisalCycle, *, by: User) -> None:
    """Delete a draft for good; the audit keeps that it was there."""
    draft = _locked_draft(cycle, by=by)
    audit.record_change(draft, "deleted", by=by, reason=draft.name)
    draft.delete()


def values_of_next_year(cycle: AppraisalCycle) -> dict[str, Any]:
    """What a new cycle starts with when it follows this one: a year later, with the newest words."""
    values = {name: getattr(cycle, name) for name in ("hide_self_levels", "second_manager")}
    values |= {name: add_months(getattr(cycle, name), 12) for name in DATES}
    following = YEARS.sub(lambda found: f"{int(found[0]) + 1:02}"[-len(found[0]) :], cycle.name)
    return values | {"name": following if following != cycle.name else "", **first_values()}


def first_values() -> dict[str, Any]:
    """What every new cycle starts with."""
    return {"framework_version": FrameworkVersion.objects.published().first()}


def why_too_late(cycle: AppraisalCycle) -> str | None:
    """The sentence when people could no longer do in time what they would be asked for, or None.

    Asked by the pages, and not a need of the move: a year that is over may be entered afterwards.
    """
    if cycle.self_due_on >= today():
        return None
    return _("Self-assessments would have been due on %(day)s, and that day has passed. Change the dates first.") % {
        "day": date_format(cycle.self_due_on, "j F Y")
    }


def reminder_days(cycle: AppraisalCycle) -> list[tuple[str, datetime.date, list[datetime.date]]]:
    """What people are reminded of, by when it is due, and the days on which a reminder goes out."""
    steps = (
        (_("Self-assessment"), cycle.self_due_on),
        (_("Sharing the review"), cycle.share_due_on),
        (_("Confirming that it was fair"), cycle.close_due_on),
    )
    return [(step, due, [due + datetime.timedelta(days=days) for days, _kind in CALENDAR]) for step, due in steps]


def _keep(draft: AppraisalCycle, what: str, *, by: User, subject_id: int | None = None, reason: str = "") -> None:
    draft.touch()
    draft.save()
    audit.record_change(draft, what, by=by, subject_id=subject_id, reason=reason)


def _locked_draft(cycle: AppraisalCycle, *, by: User, seen: int | None = None) -> AppraisalCycle:
    """The cycle as it now stands, locked; only for administrators and only while it is a draft."""
    draft = AppraisalCycle.objects.visible_to(by).select_for_update().filter(pk=cycle.pk).first()
    if draft is None:
        raise NotVisible
    if not can_keep_cycles(draft, person(by)):
        raise NotYours
    if not draft.is_draft:
        raise WrongState(_("This cycle is open: what it is for, what is expected and who is in it are fixed now."))
    if seen is not None and seen != draft.version:
        raise ChangedSince(draft)
    return draft
