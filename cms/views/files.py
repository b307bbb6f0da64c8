"""Public pictures of the site. Personal files have no address here: each is served by its record's own page."""

from posixpath import normpath

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.views.decorators.http import require_safe
from django.views.static import serve

PUBLIC_FOLDERS = ("images/", "original_images/")


@login_not_required
@require_safe
def media(request, path):
    if not path.startswith(PUBLIC_FOLDERS) or normpath(path) != path:
        raise Http404
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
