"""The frozen record of a closed review: read, downloaded as PDF, added to."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def record(request, pk):
    """The newest record of a review."""
    return render(request, "reviews/record.html")
