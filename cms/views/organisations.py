"""Where co-ordinators merge two organisations that are one and the same. What that means stands in cms/merging.py."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cms import merging
from cms.forms import TwoOrganisationsForm
from people.enums import Role
from people.models import Organisation
from people.transitions import Refused


def coordinators_only(view):
    """Refuse everybody else."""

    @never_cache
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.has_role(Role.COORDINATOR):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@coordinators_only
@require_safe
def choose(request):
    """Which two it is, by name; pairs that look alike; and what was merged before."""
    form = TwoOrganisationsForm(request.GET if "gone" in request.GET else None)
    if form.is_valid():
        two = form.cleaned_data
        return redirect("organisation-merge-two", two["gone"].pk, two["kept"].pk)
    context = {"form": form, "alike": merging.alike(), "merged": merging.merged_lately()}
    return render(request, "organisations/merge.html", context, status=422 if form.errors else 200)


@coordinators_only
@require_http_methods(["GET", "HEAD", "POST"])
def merge_two(request, gone_pk, kept_pk):
    """Both sides and what would follow; a press merges them."""
    gone = get_object_or_404(Organisation.everything, pk=gone_pk)
    kept = get_object_or_404(Organisation.everything, pk=kept_pk)
    sentences = []
    if request.method == "POST":
        try:
            merging.merge(gone, kept, by=request.user, seen=request.POST.get("seen", ""))
        except Refused as refusal:
            sentences = refusal.sentences
            gone.refresh_from_db()
            kept.refresh_from_db()
        else:
            said = _("Merged. “%(gone)s” is known from now on as a name of “%(kept)s”.")
            messages.success(request, said % {"gone": gone.name, "kept": kept.name})
            return redirect("organisation-merge")
    lines, blocked = merging.what_follows(gone), merging.why_not(gone, kept)
    context = {
        "gone": gone,
        "kept": kept,
        "lines": lines,
        "kept_lines": merging.what_follows(kept),
        "blocked": blocked,
        "sentences": [sentence for sentence in sentences if sentence not in blocked],
        "seen": merging.mark_of(gone, kept, lines),
    }
    return render(request, "organisations/merge_two.html", context, status=409 if sentences else 200)
