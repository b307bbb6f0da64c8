"""Where co-ordinators, administrators and editors find their lists, and set their role's numbers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.forms import PolicyForm
from cms.manage import links_for, policies_for


@require_safe
def manage(request):
    links = links_for(request.user)
    if not links:
        raise PermissionDenied
    return render(request, "cms/manage.html", {"links": links})


@require_http_methods(["GET", "HEAD", "POST"])
def policies(request):
    rows = policies_for(request.user)
    if not rows:
        raise PermissionDenied
    form = PolicyForm(request.POST or None, rows=rows)
    if request.method == "POST" and form.is_valid():
        changed = form.save(by=request.user)
        messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
        return redirect("policies")
    return render(request, "cms/policies.html", {"form": form})
