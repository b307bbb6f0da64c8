"""A line manager's people: what comes next for each, what was agreed, what was seen."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def team_list(request):
    """Everybody whose line manager one is today, or stands in for."""
    return render(request, "team/list.html")


@never_cache
@require_safe
def team_person(request, pk):
    """One person of the team, by post: agreed next steps and what was noted."""
    return render(request, "team/person.html")
