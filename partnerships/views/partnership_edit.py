"""Setting up a partnership and keeping who is in it up to date."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnerships.forms.partnership import OrganisationRows, PartnershipForm, PersonRows
from partnerships.models import Partnership
from partnerships.permissions import can_keep_partnerships
from partnerships.register import changes_kept

ROWS = 25


@require_http_methods(["GET", "POST"])
def partnership_add(request):
    """A new partnership; who is in it follows on the next page."""
    if not can_keep_partnerships(request.user):
        raise PermissionDenied
    form = PartnershipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with changes_kept(form.instance, by=request.user):
            partnership = form.save()
        messages.success(request, _("The partnership is set up. Add its organisations and people."))
        return redirect("manage-partnerships:edit", slug=partnership.slug)
    return render(request, "partnerships/partnership_add.html", {"form": form})


@require_http_methods(["GET", "POST"])
def partnership_edit(request, slug):
    """What it is, its organisations and its people; many of them on several pages, each saved by itself."""
    if not can_keep_partnerships(request.user):
        raise PermissionDenied
    found = Partnership.objects.visible_to(request.user).select_related("lead", "co_lead")
    partnership = get_object_or_404(found, slug=slug)
    data = request.POST or None
    form = PartnershipForm(data, instance=partnership)
    rows = {
        "organisations": partnership.organisations.select_related("organisation"),
        "people": partnership.people.select_related("person", "organisation"),
    }
    pages = {name: Paginator(found, ROWS).get_page(request.GET.get("page")) for name, found in rows.items()}
    if data is None:  # what is sent names its rows itself
        rows = {name: rows[name].filter(pk__in=[row.pk for row in page]) for name, page in pages.items()}
    organisations = OrganisationRows(data, instance=partnership, prefix="organisations", queryset=rows["organisations"])
    people = PersonRows(data, instance=partnership, prefix="people", queryset=rows["people"])
    parts = (form, organisations, people)
    valid = [part.is_valid() for part in parts] if request.method == "POST" else []  # every part shows its errors
    if valid and all(valid):
        with changes_kept(partnership, by=request.user):
            for part in parts:
                part.save()
        messages.success(request, _("Saved. Everybody who is signed in sees it on the partnership's page."))
        return redirect("partnerships:detail", slug=partnership.slug)
    context = {"partnership": partnership, "form": form, "organisations": organisations, "people": people}
    context["page"] = max(pages.values(), key=lambda page: page.paginator.num_pages)
    context["has_errors"] = not all(valid)
    return render(request, "partnerships/partnership_edit.html", context)
