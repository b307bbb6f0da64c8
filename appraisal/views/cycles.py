"""Where administrators open review years, watch them and chase. Content of reviews is never shown here."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def cycle_list(request):
    """Every review year, the newest first."""
    return render(request, "cycles/list.html")
