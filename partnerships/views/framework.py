"""Reading what we expect of each other: the whole text, and a page for each behaviour. Public."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from partnerships.framework import current_version
from partnerships.layout import layout
from partnerships.models import FrameworkVersion
from partnerships.permissions import can_edit_framework


@login_not_required
def framework_detail(request):
    """The version in force."""
    version = current_version()
    context = {"page": layout(version) if version else None, "can_edit": can_edit_framework(request.user)}
    return render(request, "framework/framework_detail.html", context)


@login_not_required
def framework_version(request, number):
    """One version by its number: earlier ones for everybody, a draft for editors."""
    version = get_object_or_404(FrameworkVersion.objects.visible_to(request.user), number=number)
    newest = current_version()
    context = {"page": layout(version), "is_current": version == newest, "newest": newest}
    return render(request, "framework/framework_detail.html", context)


@login_not_required
def framework_behaviour(request, slug):
    """One behaviour with everything that was written about it."""
    version = current_version()
    page = layout(version) if version else None
    place = page.find(slug) if page else None
    if place is None:
        raise Http404
    rows = page.behaviours
    context = {
        "page": page,
        "row": rows[place],
        "previous": rows[place - 1] if place else None,
        "following": rows[place + 1] if place + 1 < len(rows) else None,
    }
    return render(request, "framework/framework_behaviour.html", context)
