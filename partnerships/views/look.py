"""My private look: kept, shown to and deleted by one person, whatever roles others have."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partnerships.forms.framework import LookForm
from partnerships.framework import current_version, delete_looks, looks_of, save_looks
from partnerships.layout import layout
from people.enums import Side


@never_cache
@require_http_methods(["GET", "POST"])
def my_look(request):
    version = current_version()
    if version is None:
        raise Http404
    side = Side.STAFF if request.user.is_staff_member else Side.PARTNER
    looks = looks_of(request.user)
    form = LookForm(request.POST or None, page=layout(version), side=side, looks=looks)
    if request.method == "POST" and form.is_valid():
        save_looks(form.answers(), by=request.user)
        messages.success(request, _("Your private look is saved. Only you can see it."))
        return redirect("framework:my-look")
    return render(request, "framework/my_look.html", {"form": form, "has_looks": bool(looks)})


@never_cache
@require_http_methods(["GET", "POST"])
def my_look_delete(request):
    if request.method == "POST":
        delete_looks(by=request.user)
        messages.success(request, _("Your private look is deleted."))
        return redirect("framework:my-look")
    return render(request, "framework/my_look_delete.html")
