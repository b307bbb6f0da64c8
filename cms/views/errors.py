"""Pages for what went wrong, in the look of the site, each saying what to do next."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

WORDS = {400: "bad request", 403: "not allowed", 404: "not found", 500: "server error"}


def _page(request, status):
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": WORDS[status]}, status=status)
    return render(request, f"{status}.html", status=status)


@login_not_required
def bad_request(request, exception=None):
    return _page(request, 400)


@login_not_required
def permission_denied(request, exception=None):
    return _page(request, 403)


@login_not_required
def page_not_found(request, exception=None):
    return _page(request, 404)


@login_not_required
def server_error(request):
    """Without context processors: whatever broke may break again, so the page asks nothing of the database."""
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": WORDS[500]}, status=500)
    return HttpResponseServerError(render_to_string("500.html"))


@login_not_required
def csrf_failure(request, reason=""):
    """The form was open too long, or cookies are off."""
    return render(request, "403_csrf.html", status=403)
