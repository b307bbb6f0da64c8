"""The catalogue of modules."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships.framework import behaviour_texts
from training.catalogue import found_modules
from training.forms.learning import CatalogueForm

PAGE_SIZE = 40


@require_safe
def catalogue(request):
    """All published modules with my progress; search and filters stand in the address."""
    form = CatalogueForm(request.GET or None)
    chosen = form.chosen() if form.is_bound else {}
    page = Paginator(found_modules(request.user, chosen), PAGE_SIZE).get_page(request.GET.get("page"))
    names = {text.behaviour_id: text.short_name for text in behaviour_texts()}
    modules = [(module, [names[b.pk] for b in module.behaviours.all() if b.pk in names]) for module in page]
    context = {"form": form, "chosen": chosen, "page": page, "modules": modules}
    return render(request, "learning/catalogue.html", context)
