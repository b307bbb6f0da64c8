"""A line manager's people: what comes next for each, what was agreed, what was seen. Notes stand in views/notes.py."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from appraisal.enums import UNDER_WAY, Turn
from appraisal.models import EvidenceEntry, ManagerNote
from appraisal.steps import agreed_steps
from appraisal.talk import talk_sheet
from appraisal.team import (
    add_required,
    add_steps,
    completed_learning,
    covers_of,
    managed_post,
    reviews_of_post,
    sections,
    team_of,
    year_words,
)
from appraisal.views.notes import name_behaviours
from people import audit
from people.lib.dates import today
from training.required.requirements import owed_by
from training.required.words import said_of

PER_PAGE = 50
NOTES = 20
EXAMPLES = 5
TABS = (Turn.ME, Turn.OTHERS, Turn.CLOSED)


@never_cache
@require_safe
def team_list(request):
    """Everybody whose line manager one is today, or stands in for; whoever waits for this manager comes first."""
    team = team_of(request.user)
    shown = request.GET.get("show", "")
    shown = shown if shown in TABS else ""
    page = Paginator(team.of(shown), PER_PAGE).get_page(request.GET.get("page"))
    add_steps(page.object_list, request.user)
    add_required(page.object_list)
    context = {
        "page": page,
        "sections": sections(page.object_list),
        "tabs": _tabs(team, shown) if any(row.turn for row in team.rows) else [],
        "years": [(cycle, year_words(cycle, shared, total)) for cycle, shared, total in team.years],
        "several_years": len({row.review.cycle_id for row in team.rows if row.review}) > 1,
        "has_team": bool(team.rows),
        "has_own": any(row.cover is None for row in team.rows),
    }
    return render(request, "team/list.html", context)


@never_cache
@require_safe
def team_person(request, pk):
    """One person of the team, by post: what comes next, what was agreed, what was seen and learnt."""
    post, user = managed_post(request.user, pk), request.user
    rows, earlier = reviews_of_post(post, user)
    page = Paginator(ManagerNote.objects.visible_to(user).of_post(post).for_reading(), NOTES).get_page(
        request.GET.get("page")
    )
    name_behaviours(page)
    examples = EvidenceEntry.objects.visible_to(user).of_owner(post.person).shared().for_list().prefetch_related(None)
    context = {
        "post": post,
        "rows": rows,
        "earlier": earlier,
        "steps": agreed_steps([post.pk], viewer=user).get(post.pk, []),
        "page": page,
        "examples": examples[:EXAMPLES],
        "learning": completed_learning(post.person),
        "required": [(one.required.title, said_of(one)) for one in owed_by([post.person_id]).get(post.person_id, [])],
        "cover": None if post.line_manager_id == user.pk else covers_of(user).filter(manager=post.line_manager).last(),
    }
    return render(request, "team/person.html", context)


@never_cache
@require_safe
def talk(request, pk):
    """The sheet for a talk with one person, to print; whoever opens it has read the review."""
    post = managed_post(request.user, pk)
    rows, _earlier = reviews_of_post(post, request.user)
    under_way = [row.review for row in rows if row.review.state in UNDER_WAY]
    review = under_way[0] if under_way else None
    sheet = talk_sheet(post, review, request.user)
    audit.record_reads([*filter(None, [review]), *sheet.examples], by=request.user)
    name_behaviours(sheet.notes)
    return render(request, "team/talk.html", {"sheet": sheet, "post": post, "today": today()})


def _tabs(team, shown):
    """Views of the list as links, each with its number."""
    tabs = [("", _("All"), "?"), *((turn, turn.label, f"?show={turn}") for turn in TABS)]
    return [
        {"label": label, "url": url, "current": turn == shown, "count": team.count(turn)} for turn, label, url in tabs
    ]
