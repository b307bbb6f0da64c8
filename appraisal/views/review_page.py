"""What every page about one review draws. What of it the reader may read is decided in opened.py."""

from appraisal.opened import opened_review
from appraisal.views.place import pages_above


def review_context(request, review):
    """The variables of the page."""
    return {**opened_review(review, request.user), "above": pages_above(request, review)}
