"""Middleware of the whole site: the wider content policy of the Wagtail admin, refused moves as pages, endless keys."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.http import Http404
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from people.lib.numbers import MOST_DIGITS
from people.lib.private import keep_private
from people.transitions import Refused

ADMIN_PREFIX = "/cms/"
# Wagtail's page editor writes inline scripts and styles and previews pages in a frame; our own pages do neither.
ADMIN_POLICY = {
    "default-src": [SELF],
    "img-src": [SELF, "data:", "blob:"],
    "style-src": [SELF, UNSAFE_INLINE],
    "script-src": [SELF, UNSAFE_INLINE],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}


class AdminContentSecurityPolicy:
    """Under /cms/ the policy allows what Wagtail needs; everywhere else the strict one of the settings stays."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith(ADMIN_PREFIX) and not getattr(response, "_csp_replace", None):
            response._csp_replace = ADMIN_POLICY
        return response


class PrivatePages:
    """What a signed-in person sees is never kept by a browser or a proxy, unless a view says otherwise."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if "Cache-Control" not in response and request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        return response


class RefusalsAsPages:
    """A move that was refused becomes a page with its sentences and status 409, whatever view called it.

    It is kept private: the view that was left may stand behind a mailed link.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Refused):
            return None
        context = {"sentences": exception.sentences, "back": _way_back(request)}
        return keep_private(render(request, "409.html", context, status=409))


class NoEndlessKeys:
    """A number in an address that no database key can hold leads nowhere; SQLite would answer it with an error."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if any(isinstance(value, int) and value >= 10**MOST_DIGITS for value in (*args, *kwargs.values())):
            raise Http404


def _way_back(request) -> str:
    """The page the person came from, when it is one of ours."""
    referer = request.META.get("HTTP_REFERER", "")
    return referer if url_has_allowed_host_and_scheme(referer, {request.get_host()}) else ""
