"""What stands behind a mailed link is kept by nobody else. No models."""

from functools import wraps


def kept_private(view):
    """Such a page is stored by no browser, proxy or search engine, and its address goes to no other site."""

    @wraps(view)
    def wrapped(*args, **kwargs):
        response = view(*args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "same-origin"  # "no-referrer" would make browsers hide the origin of our own POST
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapped
