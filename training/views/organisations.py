"""Where co-ordinators decide which organisations the names mean that people typed. Rules stand in organisations.py."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.transitions import Refused
from training.booking import organisations
from training.forms.organisations import DecideForm
from training.models import OrganisationName, Place
from training.views.coordinators import coordinators_only

PAGE = 25


@coordinators_only
@require_safe
def organisation_list(request):
    """Names to decide on, and what was decided."""
    page = Paginator(organisations.to_decide(), PAGE).get_page(request.GET.get("page"))
    decided = OrganisationName.objects.select_related("organisation", "by")[:PAGE]
    return render(request, "organisations/list.html", {"page": page, "decided": decided})


@coordinators_only
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request, pk):
    """One name, with the places that carry it."""
    place = get_object_or_404(Place.objects.exclude(organisation_name=""), pk=pk)
    form, sentences = DecideForm(request.POST or None, place=place), []
    if request.method == "POST" and form.is_valid():
        try:
            return _decided(request, place, form.cleaned_data)
        except Refused as refusal:
            sentences = refusal.sentences
    rows = organisations.same_name(place).select_related("session")[:PAGE]
    context = {"place": place, "form": form, "sentences": sentences, "rows": rows}
    status = 409 if sentences else 422 if form.errors else 200
    return render(request, "organisations/decide.html", context, status=status)


@coordinators_only
@require_POST
def take_back(request, pk):
    """The decision was wrong; pressed twice it is gone already."""
    row = OrganisationName.objects.filter(pk=pk).select_related("organisation").first()
    if row is not None:
        organisations.take_back(row, by=request.user)
    messages.success(request, _("Taken back. The name stands in the list again."))
    return redirect("organisations:list")


def _decided(request, place, values):
    if values["organisation"] is not None:
        organisations.join(place, values["organisation"], by=request.user)
    else:
        organisations.confirm(place, name=values["name"], sector=values["sector"], by=request.user)
    messages.success(request, _("Kept. From now on this name is known."))
    return redirect("organisations:list")
