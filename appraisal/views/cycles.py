"""Where administrators prepare and open a cycle: what and when, who, check, and watching it open.

The page of a cycle under way stands in cycle_page.py. Content of reviews is never shown in either.
"""

from copy import copy
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appraisal import drafts, opening
from appraisal.forms.cycles import CycleForm, LeaveOutForm, TeamsForm
from appraisal.models import AppraisalCycle
from people.enums import Role
from people.lib.numbers import whole_number
from people.models import Post, Team
from people.transitions import ChangedSince, Refused, move, moves_for, person

PER_PAGE = 25
NAMED_AT_MOST = 50
COPIES_OFFERED = 4


def administrators_only(view):
    """Refuse everybody else, whatever they ask for."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.has_role(Role.HR):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return never_cache(guarded)


@administrators_only
@require_safe
def cycle_list(request):
    """Every review cycle, the newest first."""
    rows = AppraisalCycle.objects.visible_to(request.user).with_counts()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "cycles/list.html", {"page": page})


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_add(request):
    """First screen of a new cycle, empty or like an earlier one."""
    earlier = AppraisalCycle.objects.visible_to(request.user).select_related("second_manager")
    like = get_object_or_404(earlier, pk=found) if (found := whole_number(request.GET.get("like"))) else None
    initial = drafts.values_of_next_year(like) if like else drafts.first_values()
    form = CycleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        cycle = drafts.start_draft(form.values(), by=request.user, like=like)
        return redirect("cycles:people", cycle.pk)
    context = {"form": form, "like": like, "earlier": earlier[:COPIES_OFFERED]}
    return render(request, "cycles/what.html", context)


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_edit(request, pk):
    """First screen of a draft that is there."""
    cycle = _cycle(request, pk)
    if request.method != "POST":
        context = {"form": CycleForm(instance=cycle), "cycle": cycle}
        return _once_open(cycle) or render(request, "cycles/what.html", context)
    form = CycleForm(request.POST, instance=copy(cycle))
    context = {"form": form, "cycle": cycle}
    if not form.is_valid():
        return render(request, "cycles/what.html", context)
    try:
        drafts.change_draft(cycle, form.values(), by=request.user, seen=form.cleaned_data["seen"])
    except ChangedSince as refusal:
        form.data = form.data.copy()
        form.data["seen"] = refusal.record.version
        context |= {"theirs": refusal.record, "sentences": refusal.sentences, "has_errors": True}
        return render(request, "cycles/what.html", context, status=409)
    return redirect("cycles:check" if cycle.teams.exists() else "cycles:people", pk)


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_people(request, pk):
    """Second screen: which teams, and who of them is left out by name."""
    cycle = _cycle(request, pk)
    form = TeamsForm(_with_every_team(request.POST) if request.method == "POST" else None, cycle=cycle)
    if request.method == "POST" and form.is_valid():
        teams, seen = form.cleaned_data["teams"], form.cleaned_data["seen"]
        drafts.choose_teams(cycle, teams, by=request.user, seen=seen)
        next_page = {"leave_out": "cycles:leave-out", "every": "cycles:people"}
        return redirect(next_page.get(request.POST.get("then"), "cycles:check"), pk)
    left_out = cycle.exclusions.select_related("post__person", "post__team").order_by("post__person__name", "pk")
    page = Paginator(left_out, PER_PAGE).get_page(request.GET.get("page"))
    return _once_open(cycle) or render(request, "cycles/people.html", {"cycle": cycle, "form": form, "page": page})


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_leave_out(request, pk):
    """Find people of the chosen teams and leave them out, each by name and with a reason."""
    cycle = _cycle(request, pk)
    posts = opening.posts_of_teams(cycle).exclude(pk__in=cycle.exclusions.values("post_id"))
    ticked, words = set(), request.GET.get("q", "").strip()[:100].replace("\x00", "")
    if request.method == "POST":
        form = LeaveOutForm(request.POST, posts=posts)
        if form.is_valid():
            chosen = form.cleaned_data["posts"]
            drafts.leave_out(cycle, chosen, form.cleaned_data["reason"], by=request.user)
            messages.success(request, _said_of_left_out(chosen))
            return redirect("cycles:check" if request.POST.get("back") == "check" else "cycles:people", pk)
        ticked = {number for text in request.POST.getlist("posts") if (number := whole_number(text))}
        posts = posts.filter(pk__in=ticked) if ticked else posts
    else:
        form = LeaveOutForm(posts=posts)
        posts = posts.matching(words) if words else posts
    context = {
        "cycle": cycle,
        "form": form,
        "page": Paginator(posts, PER_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "ticked": ticked,
        "back": "check" if "check" in (request.POST.get("back"), request.GET.get("back")) else "people",
    }
    return _once_open(cycle) or render(request, "cycles/leave_out.html", context)


@administrators_only
@require_POST
def cycle_put_back(request, pk, post_pk):
    """Take somebody back in who was left out."""
    post = get_object_or_404(Post.objects.for_list(), pk=post_pk)
    drafts.put_back(_cycle(request, pk), post, by=request.user)
    messages.success(request, _("%(name)s is in this cycle again.") % {"name": post.person.name})
    return redirect("cycles:people", pk)


@administrators_only
@require_safe
def cycle_check(request, pk):
    """Third screen: whom it reaches, what must be solved first, what goes out, and the button."""
    cycle = _cycle(request, pk)
    return _once_open(cycle) or _check_page(request, cycle)


@administrators_only
@require_POST
def cycle_open(request, pk):
    """Open the cycle; its reviews open one by one in a task."""
    cycle = _cycle(request, pk)
    late = drafts.why_too_late(cycle) if cycle.is_draft else None
    try:
        if late:
            raise Refused(late)
        opened = move(cycle, "open", by=person(request.user), seen=whole_number(request.POST.get("seen")))
    except Refused as refusal:
        if not cycle.is_draft:
            raise
        return _check_page(request, _cycle(request, pk), refusal.sentences, status=409)
    messages.success(request, _("%(name)s is open. Everybody in it gets a mail.") % {"name": opened.name})
    return redirect("cycles:progress", pk)


@administrators_only
@require_safe
def cycle_progress(request, pk):
    """How many reviews of an opened cycle are open by now."""
    cycle = _cycle(request, pk)
    if not cycle.is_open:
        return redirect(cycle)
    opened, total = opening.opened_share(cycle)
    context = {"cycle": cycle, "opened": opened, "total": total, "done": opened == total}
    return render(request, "cycles/progress.html", context)


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_delete(request, pk):
    """Throw a draft away, after a page that asks."""
    cycle = _cycle(request, pk)
    if request.method == "POST":
        drafts.throw_away(cycle, by=request.user)
        messages.success(request, _("The draft “%(name)s” is deleted.") % {"name": cycle.name})
        return redirect("cycles:list")
    return _once_open(cycle) or render(request, "cycles/delete.html", {"cycle": cycle})


def _cycle(request, pk):
    found = AppraisalCycle.objects.visible_to(request.user).select_related("framework_version", "second_manager")
    return get_object_or_404(found, pk=pk)


def _once_open(cycle):
    """The way to the page of a cycle that is no draft any more; None while it is one."""
    return None if cycle.is_draft else redirect(cycle)


def _check_page(request, cycle, sentences=(), status=None):
    selection = opening.select_posts(cycle)
    cycle._selection = selection  # the moves ask for it too
    teams = list(cycle.teams.all())
    context = {
        "cycle": cycle,
        "sentences": sentences,
        "selection": selection,
        "groups": _groups(cycle, selection),
        "teams": teams,
        "left_out": cycle.exclusions.count(),
        "elsewhere": opening.under_way_elsewhere(cycle),
        "late": drafts.why_too_late(cycle),
        "moves": moves_for(cycle, person(request.user)),
        "reminders": drafts.reminder_days(cycle),
        "named_at_most": NAMED_AT_MOST,
    }
    return render(request, "cycles/check.html", context, status=status)


def _groups(cycle, selection):
    """What must be solved: the people, what is missing, and how one gets out of it."""
    _name_posts_of_managers(selection.without_second_manager)
    found = (
        (
            "manager",
            selection.without_manager,
            ngettext("%d person has no line manager", "%d people have no line manager", len(selection.without_manager)),
            _("Nobody could write their review. Name a line manager who works here on their post, or leave them out."),
        ),
        (
            "second",
            selection.without_second_manager,
            ngettext(
                "%d person has no second manager",
                "%d people have no second manager",
                len(selection.without_second_manager),
            ),
            _(
                "Nobody could confirm that their review was fair, for their line manager has no line manager. Give the "
                "line manager one, name somebody who confirms in this cycle, or leave these people out. Nobody "
                "confirms their own review, or one that they wrote."
            ),
        ),
        (
            "profile",
            selection.without_profile,
            ngettext("%d person has no role profile", "%d people have no role profile", len(selection.without_profile)),
            _(
                "Their review would expect nothing. Choose a job family on their post. Where the job family has no "
                "role profile in “%(version)s”, a content editor has to write it. Or leave these people out."
            )
            % {"version": cycle.framework_version},
        ),
    )
    return [
        {"key": key, "posts": posts[:NAMED_AT_MOST], "count": len(posts), "title": title % len(posts), "way_out": way}
        for key, posts, title, way in found
        if posts
    ]


def _name_posts_of_managers(posts):
    """Give each post the key of the post that its line manager holds, to be changed there."""
    managers = {post.line_manager_id for post in posts}
    held = (
        dict(Post.objects.current().filter(person_id__in=managers).values_list("person_id", "pk")) if managers else {}
    )
    for post in posts:
        post.manager_post_id = held[post.line_manager_id]


def _with_every_team(data):
    """What was sent, with every team ticked when that was the button."""
    if data.get("then") != "every":
        return data
    data = data.copy()
    data.setlist("teams", Team.objects.values_list("pk", flat=True))
    return data


def _said_of_left_out(posts):
    if len(posts) == 1:
        return _("%(name)s is left out of this cycle.") % {"name": posts[0].person.name}
    return _("%(count)d people are left out of this cycle.") % {"count": len(posts)}
