"""Pages for what went wrong, in the look of the site, each saying what to do next."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy

from people.rest.problems import CONTENT_TYPE, problem

API = "/api/"
WORDS = {  # what a program is told: code, sentence
    400: ("parse_error", gettext_lazy("This request cannot be read.")),
    403: ("permission_denied", gettext_lazy("You may see this, but this is not yours to do.")),
    404: ("not_found", gettext_lazy("There is nothing here, or nothing that you may see.")),
    500: ("error", gettext_lazy("Something broke on our side. It was noted. Try again later.")),
}


def _problem(status):
    code, words = WORDS[status]
    body = problem(status, code, [{"path": "", "code": code, "detail": str(words)}])
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)


def _page(request, status):
    if request.path.startswith(API):
        return _problem(status)
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
    if request.path.startswith(API):
        return _problem(500)
    return HttpResponseServerError(render_to_string("500.html"))


@login_not_required
def csrf_failure(request, reason=""):
    """The form was open too long, or cookies are off."""
    return render(request, "403_csrf.html", status=403)
