"""The co-ordinators' pages about people who have used all their tries. No score, answer or confidence is shown here."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from training.extra_tries import give_extra_try, out_of_tries, shown_to
from training.forms.learning import ExtraTryForm, PersonSearchForm
from training.views.coordinators import coordinators_only

PAGE = 25


@require_safe
@coordinators_only
def extra_try_list(request):
    """Who has no try left, by name."""
    form = PersonSearchForm(request.GET)
    found = out_of_tries().order_by("person__name", "module__title", "pk")
    if form.is_valid() and (text := form.cleaned_data["q"]):
        found = found.filter(person__name__icontains=text)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "learning/extra_try_list.html", {"form": form, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@coordinators_only
def extra_try_give(request, pk):
    """One person and one module: give one more try, with a reason."""
    start = get_object_or_404(shown_to(request.user), pk=pk)
    form = ExtraTryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        give_extra_try(start, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("%(name)s has one more try and has been told.") % {"name": start.person.name})
        return redirect("manage-tries:list")
    context = {"start": start, "form": form, "waits": out_of_tries().filter(pk=pk).exists()}
    return render(request, "learning/extra_try_give.html", context, status=422 if form.errors else 200)
