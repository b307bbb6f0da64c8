"""What stands behind a mailed link is kept by nobody else. No models."""

from functools import wraps


def keep_private(response):
    """Stored by no browser, proxy or search engine; its address goes to no other site."""
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"  # "no-referrer" would make browsers hide the origin of our own POST
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def kept_private(view):
    """The view whose every page is kept private. What it raises becomes a page elsewhere, and is kept so there."""

    @wraps(view)
    def wrapped(*args, **kwargs):
        return keep_private(view(*args, **kwargs))

    return wrapped
