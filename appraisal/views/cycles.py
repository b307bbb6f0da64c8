"""Where administrators open review years, watch them and chase. Content of reviews is never shown here."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def cycle_list(request):
    """Every review year, the newest first."""
    return render(request, "cycles/list.html")


@never_cache
@require_safe
def cycle_detail(request, pk):
    """One review year: how many reviews stand where, and who is late."""
    return render(request, "cycles/detail.html")
