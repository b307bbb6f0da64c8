"""What one's manager noted, for the person to read and answer. Writing a note stands in views/team.py."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def note_list(request):
    """Everything that was noted about me."""
    return render(request, "reviews/notes.html")
