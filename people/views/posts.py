"""Where administrators keep posts, teams, job families and who stands in for a line manager. Rules: people/posts.py."""

from copy import copy
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import posts
from people.forms.posts import (
    CoverForm,
    JobFamilyForm,
    PostChangeForm,
    PostEndForm,
    PostFilterForm,
    PostForm,
    TeamForm,
)
from people.lib.dates import today
from people.models import JobFamily, ManagerCover, Post, Team
from people.permissions import can_keep_posts
from people.transitions import Refused

PER_PAGE = 50
NAMED_AT_MOST = 10
TIMES = (
    ("", gettext_lazy("Today"), "current"),
    ("coming", gettext_lazy("Starting later"), "coming"),
    ("ended", gettext_lazy("Ended"), "ended"),
)
TABS = (
    ("posts:list", gettext_lazy("Posts")),
    ("posts:teams", gettext_lazy("Teams")),
    ("posts:families", gettext_lazy("Job families")),
    ("posts:cover", gettext_lazy("Standing in")),
)


def administrators_only(view):
    """Refuse everybody else, whatever they ask for."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not can_keep_posts(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return never_cache(guarded)


@administrators_only
@require_safe
def post_list(request):
    """Posts that hold today; those that start later or have ended beside them."""
    form = PostFilterForm(request.GET)
    time = next((row for row in TIMES if row[0] == request.GET.get("time")), TIMES[0])
    rows = getattr(Post.objects.for_list(), time[2])()
    if form.is_valid():
        rows = _narrowed(rows, form.cleaned_data)
    page = Paginator(rows.order_by("person__name", "starts_on", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    managers = {post.line_manager_id for post in page if post.line_manager_id}
    here = set(Post.objects.current().filter(person_id__in=managers).values_list("person_id", flat=True))
    context = {
        "form": form,
        "page": page,
        "here": here,
        "narrowed": any(request.GET.get(name) for name in form.fields),
        "times": [
            {"label": label, "url": f"?time={key}" if key else reverse("posts:list"), "current": key == time[0]}
            for key, label, _rows in TIMES
        ],
        "time": time[0],
        "tabs": _tabs("posts:list"),
    }
    return render(request, "posts/list.html", context)


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def post_add(request):
    """A new post, for somebody who has an account."""
    form = PostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            post = posts.keep_post(form.instance, by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal.sentences)
        else:
            messages.success(request, _("The post is added: %(post)s.") % {"post": post})
            return redirect("posts:list")
    return render(request, "posts/add.html", {"form": form, "back": reverse("posts:list")})


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def post_edit(request, pk):
    """Change a post; whoever came from another page goes back there."""
    post = get_object_or_404(Post.objects.for_list(), pk=pk)
    back = _way_back(request)
    form = PostChangeForm(request.POST or None, instance=copy(post), initial={"seen": posts.changes_of(post)})
    context = {"form": form, "post": post, "back": back}
    if request.method != "POST" or not form.is_valid():
        return render(request, "posts/edit.html", context)
    try:
        posts.keep_post(form.instance, by=request.user, seen=form.cleaned_data["seen"])
    except Refused as refusal:
        form.data = form.data.copy()
        form.data["seen"] = posts.changes_of(post)
        return render(request, "posts/edit.html", context | {"sentences": refusal.sentences}, status=409)
    messages.success(request, _("The post of %(name)s is saved.") % {"name": post.person.name})
    return redirect(back)


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def post_end(request, pk):
    """The last day of a post, with what follows from it."""
    post = get_object_or_404(Post.objects.for_list(), pk=pk)
    initial = {} if post.ends_on else {"ends_on": today()}
    form = PostEndForm(request.POST or None, instance=copy(post), initial=initial)
    if request.method == "POST" and form.is_valid():
        messages.success(request, _said_of_end(posts.keep_post(form.instance, by=request.user)))
        return redirect("posts:list")
    under = posts.people_under(post.person)
    context = {"form": form, "post": post, "under": under[:NAMED_AT_MOST], "under_count": under.count()}
    return render(request, "posts/end.html", context)


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def team_list(request):
    """All teams with how many people are in each, and a new one."""
    return _named_list(request, TeamForm, Team.objects.with_people(), "posts:teams", "posts/teams.html")


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def team_edit(request, pk):
    """Another name for a team."""
    return _named_edit(request, TeamForm, get_object_or_404(Team, pk=pk), "posts:teams", "posts/team_edit.html")


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def family_list(request):
    """All job families, and a new one."""
    rows = JobFamily.objects.annotate(posts_count=Count("posts")).order_by("name")
    return _named_list(request, JobFamilyForm, rows, "posts:families", "posts/families.html")


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def family_edit(request, pk):
    """Another name for a job family."""
    family = get_object_or_404(JobFamily, pk=pk)
    return _named_edit(request, JobFamilyForm, family, "posts:families", "posts/family_edit.html")


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def cover_list(request):
    """Who stands in for whom now and later, and a new cover."""
    form = CoverForm(request.POST or None, initial={"starts_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            cover = posts.keep_cover(form.instance, by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal.sentences)
        else:
            words = _("%(cover)s stands in for %(manager)s until %(day)s. It ends by itself.")
            day = date_format(cover.ends_on, "j F Y")
            messages.success(request, words % {"cover": cover.cover.name, "manager": cover.manager.name, "day": day})
            return redirect("posts:cover")
    rows = (
        ManagerCover.objects.filter(ends_on__gte=today()).select_related("manager", "cover").order_by("ends_on", "pk")
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "today": today(), "tabs": _tabs("posts:cover")}
    return render(request, "posts/cover.html", context)


@administrators_only
@require_POST
def cover_end(request, pk):
    """End a cover before its last day."""
    cover = get_object_or_404(ManagerCover.objects.select_related("manager", "cover"), pk=pk)
    posts.end_cover(cover, by=request.user)
    words = _("%(cover)s no longer stands in for %(manager)s.")
    messages.success(request, words % {"cover": cover.cover.name, "manager": cover.manager.name})
    return redirect("posts:cover")


def _narrowed(rows, chosen):
    """The rows that the filter leaves."""
    if chosen["q"]:
        rows = rows.matching(chosen["q"])
    if chosen["team"]:
        rows = rows.filter(team=chosen["team"])
    return rows.without_manager() if chosen["manager"] else rows


KEEP = {TeamForm: posts.keep_team, JobFamilyForm: posts.keep_family}


def _named_list(request, form_class, rows, name, template):
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = KEEP[form_class](form.instance, by=request.user)
        messages.success(request, _("Added: %(name)s.") % {"name": saved.name})
        return redirect(name)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, template, {"form": form, "page": page, "tabs": _tabs(name)})


def _named_edit(request, form_class, record, name, template):
    before = record.name
    form = form_class(request.POST or None, instance=record)
    if request.method == "POST" and form.is_valid():
        saved = KEEP[form_class](form.instance, by=request.user)
        messages.success(request, _("Saved: %(name)s.") % {"name": saved.name})
        return redirect(name)
    return render(request, template, {"form": form, "record": record, "before": before})


def _said_of_end(post):
    if post.ends_on is None:
        return _("The post of %(name)s goes on without a last day.") % {"name": post.person.name}
    day = date_format(post.ends_on, "j F Y")
    return _("The last day of %(name)s in this post is %(day)s.") % {"name": post.person.name, "day": day}


def _tabs(current):
    return [{"label": label, "url": reverse(name), "current": name == current} for name, label in TABS]


def _way_back(request):
    """Where the person came from, when it is a page of ours; else the list of posts."""
    given = request.POST.get("next") or request.GET.get("next", "")
    return given if url_has_allowed_host_and_scheme(given, {request.get_host()}) else reverse("posts:list")
