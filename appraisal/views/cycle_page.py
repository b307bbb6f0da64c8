"""The page of one cycle: how many reviews stand where, who is late, reminders, the download. No content of reviews.

Opening a cycle stands in cycles.py, one review for an administrator in administration.py.
"""

from types import SimpleNamespace

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from appraisal import chasing, cycle_status, status_file
from appraisal.cycle_status import HANDOVER, LATE
from appraisal.enums import ReviewState
from appraisal.forms.administration import ReasonForm
from appraisal.forms.cycle_page import ChosenForm, ReviewFilterForm
from appraisal.models import AppraisalCycle
from appraisal.permissions import can_administer_review
from people import audit
from people.lib import csv
from people.lib.dates import today
from people.lib.numbers import whole_number
from people.policy import policy
from people.transitions import move, moves_for, person

PAGE = 50
NAMED = 100  # how many people the check page names; the rest is a number


@never_cache
@require_safe
def cycle_detail(request, pk):
    """One review cycle: how many reviews stand where, and who is late. A draft opens where it is prepared."""
    cycle = _cycle(request, pk)
    if cycle.is_draft:
        return redirect("cycles:check", pk)
    counts = cycle_status.count_stages(cycle)
    form = ReviewFilterForm(request.GET)
    page = Paginator(form.found_in(cycle).values_list("pk", flat=True), PAGE).get_page(request.GET.get("page"))
    rows = cycle_status.rows_of(page.object_list)
    reminded = chasing.last_reminders(rows)
    by = person(request.user)
    for review in rows:
        review.mine = not can_administer_review(review, by)
        review.reminded_at = reminded.get((review.pk, review.turn.person.pk)) if review.turn else None
    context = {
        "cycle": cycle,
        "counts": counts,
        "stages": [row for row in counts.stages if row.count],
        "opening": counts.of(ReviewState.SETUP),
        "form": form,
        "tabs": _tabs(request, counts),
        "tab": request.GET.get("tab", ""),
        "page": page,
        "rows": rows,
        "teams": cycle_status.teams_of(cycle),
        "events": cycle_status.events_of_cycle(cycle),
    }
    return render(request, "cycles/detail.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_remind(request, pk):
    """Read the message, see who gets it and who is left out; then send."""
    cycle = _cycle(request, pk)
    form = ChosenForm(request.POST if request.method == "POST" else request.GET)
    found = form.found_in(cycle)
    if request.method == "POST":
        plan = chasing.remind_by_hand(cycle, found, by=person(request.user))
        _say_reminded(request, cycle, plan)
        return redirect(cycle)
    plan = chasing.plan_reminders(cycle, found)
    context = {
        "cycle": cycle,
        "form": form,
        "plan": plan,
        "named": NAMED,
        "message": chasing.preview(cycle, found, plan),
        "hours": policy("reminder_pause_hours"),
    }
    return render(request, "cycles/remind.html", context)


@never_cache
@require_GET
def cycle_export(request, pk):
    """Where every review stands, as a file; that somebody took it is kept."""
    cycle = _cycle(request, pk)
    audit.record_change(cycle, "export", by=request.user)
    lines = csv.stream(status_file.HEAD, status_file.rows(cycle))
    name = f"reviews-{cycle.pk}-{today().isoformat()}.csv"
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_show_levels(request, pk):
    """Let managers see people's own levels at once, with a reason that everybody in the cycle can read."""
    cycle = _cycle(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        move(cycle, "show_levels", by=person(request.user), data=form.cleaned_data, seen=seen_version(request))
        messages.success(request, _("Managers now see people's own levels at once. Every review page says so."))
        return redirect(cycle)
    context = {"cycle": cycle, "form": form, "sentences": _blocking(cycle, "show_levels", request.user)}
    return render(request, "cycles/show_levels.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_close(request, pk):
    """Close the cycle once every review in it is closed or void."""
    cycle = _cycle(request, pk)
    if request.method == "POST":
        move(cycle, "close", by=person(request.user), seen=seen_version(request))
        messages.success(request, _("The cycle is closed. Its records stay where they are."))
        return redirect(cycle)
    context = {
        "cycle": cycle,
        "counts": cycle_status.count_stages(cycle),
        "sentences": _blocking(cycle, "close", request.user),
    }
    return render(request, "cycles/close.html", context)


def seen_version(request):
    """The version that the form was made of; one that is no number is never the version that stands."""
    text = request.POST.get("seen")
    number = whole_number(text)
    return -1 if text and number is None else number


def _cycle(request, pk):
    cycles = AppraisalCycle.objects.visible_to(request.user).select_related("framework_version")
    return get_object_or_404(cycles, pk=pk)


def _blocking(cycle, name, user):
    """The sentences that stand in the way of a move now; None when it is no move of this state at all."""
    found = {row.name: sentences for row, sentences in moves_for(cycle, person(user))}
    return found.get(name)


def _tabs(request, counts):
    """All, late, handover, and each stage in which somebody is."""
    now = request.GET.get("tab", "")
    rows = [("", _("All"), counts.total), (LATE, _("Late"), counts.late)]
    if counts.handover or now == HANDOVER:
        rows.append((HANDOVER, _("Needs another manager"), counts.handover))
    rows += [(row.state, row.state.label, row.count) for row in counts.stages if row.count or now == row.state]
    kept = request.GET.copy()
    kept.pop("page", None)
    tabs = []
    for tab, label, count in rows:
        kept["tab"] = tab
        tabs.append(SimpleNamespace(label=label, url=f"?{kept.urlencode()}#reviews", current=tab == now, count=count))
    return tabs


def _say_reminded(request, cycle, plan):
    left_out = ngettext(
        "%d person was left out: reminded a short while ago.",
        "%d people were left out: reminded a short while ago.",
        len(plan.paused),
    )
    left_out = left_out % len(plan.paused) if plan.paused else ""
    if not plan.reminded:
        messages.info(request, left_out or _("Nobody was reminded: none of these waits for anybody."))
        return
    sent = ngettext("%d person gets a reminder.", "%d people get a reminder.", len(plan.reminded))
    following = chasing.next_automatic(cycle)
    next_one = (
        _("The next automatic reminders go out on %(day)s.") % {"day": date_format(following)} if following else ""
    )
    messages.success(request, " ".join(filter(None, [sent % len(plan.reminded), left_out, next_one])))
