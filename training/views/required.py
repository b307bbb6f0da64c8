"""Where co-ordinators say what is required of whom, see how far it is, and let somebody off. Rules: requirements.py."""

from collections import Counter

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.lib.dates import today
from people.models import User
from training.enums import RequiredState
from training.forms.required import ExceptionForm, RequiredForm
from training.models import LearningException, RequiredLearning
from training.required import requirements
from training.required.words import said_of
from training.views.coordinators import coordinators_only

PER_PAGE = 50


@coordinators_only
@require_safe
def required_list(request):
    """What is required now; what was, on a tab of its own."""
    ended = request.GET.get("view") == "ended"
    rows = RequiredLearning.objects.visible_to(request.user).for_reading()
    rows = rows.ended(today()).order_by("-ended_on", "-pk") if ended else rows.in_force(today())
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    tabs = [
        {"label": _("Required now"), "url": "?", "current": not ended},
        {"label": _("Ended"), "url": "?view=ended", "current": ended},
    ]
    return render(request, "required/list.html", {"page": page, "ended": ended, "tabs": tabs})


@coordinators_only
@require_http_methods(["GET", "HEAD", "POST"])
def required_add(request):
    """Require something of somebody from now on."""
    form = RequiredForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = requirements.set_required(form.instance, by=request.user)
        count = len(requirements.standings([row]))
        words = ngettext(
            "“%(title)s” is required of %(n)d person from now on. It stands on their My work.",
            "“%(title)s” is required of %(n)d people from now on. It stands on their My work.",
            count,
        )
        messages.success(request, words % {"title": row.title, "n": count})
        return redirect("manage-required:detail", row.pk)
    return render(request, "required/add.html", {"form": form}, status=422 if form.errors else 200)


@coordinators_only
@require_safe
def required_detail(request, pk):
    """How far one thing is, and who stands where, by name."""
    row = _row(request, pk)
    found = requirements.standings([row])
    counts = Counter(one.state for one in found)
    chosen = request.GET.get("show")
    shown = [one for one in found if not chosen or one.state == chosen] if chosen in RequiredState else found
    names = dict(User.objects.order_by().values_list("pk", "name"))  # all: an audience may be of thousands
    shown.sort(key=lambda one: (not one.is_open, one.due or today(), names[one.person_id], one.person_id))
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    people = User.objects.in_bulk([one.person_id for one in page])
    context = {
        "row": row,
        "page": page,
        "rows": [(people[one.person_id], one, said_of(one)) for one in page],
        "counts": [(state, state.label, counts[state]) for state in RequiredState],
        "total": len(found),
        "tabs": [{"label": _("All"), "url": "?", "current": chosen not in RequiredState, "count": len(found)}]
        + [
            {"label": state.label, "url": f"?show={state}", "current": chosen == state, "count": counts[state]}
            for state in RequiredState
        ],
    }
    return render(request, "required/detail.html", context)


@coordinators_only
@require_POST
def required_end(request, pk):
    """Require it no longer."""
    row = _row(request, pk)
    requirements.end_required(row, by=request.user)
    messages.success(request, _("“%(title)s” is required no longer. What was done stays done.") % {"title": row.title})
    return redirect("manage-required:list")


@coordinators_only
@require_http_methods(["GET", "HEAD", "POST"])
def required_except(request, pk):
    """Let somebody off, with a reason that they read."""
    row = _row(request, pk)
    form = ExceptionForm(request.POST or None, initial={"email": request.GET.get("email", "")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        requirements.make_exception(row, form.person, reason=data["reason"], until=data["until"], by=request.user)
        words = _("%(name)s need not do it. They read why on their learning record.")
        messages.success(request, words % {"name": form.person.name})
        return redirect("manage-required:detail", row.pk)
    return render(request, "required/except.html", {"row": row, "form": form}, status=422 if form.errors else 200)


@coordinators_only
@require_POST
def exception_end(request, pk):
    """The person is asked again."""
    rows = LearningException.objects.visible_to(request.user).select_related("person")
    exception = get_object_or_404(rows, pk=pk)
    requirements.end_exception(exception, by=request.user)
    messages.success(request, _("%(name)s is asked again.") % {"name": exception.person.name})
    return redirect("manage-required:detail", exception.required_id)


def _row(request, pk):
    return get_object_or_404(RequiredLearning.objects.visible_to(request.user).for_reading(), pk=pk)
