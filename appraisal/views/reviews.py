"""The list of one's reviews and the page of one: who can see it, where it stands, what comes next, what was written."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from appraisal.models import AppraisalReview
from appraisal.reading import note_reading, readable_review


@never_cache
@require_safe
def review_list(request):
    """One's own reviews, the newest first."""
    rows = AppraisalReview.objects.of_job_holder(request.user).with_people().order_by("-cycle__starts_on", "number")
    return render(request, "reviews/list.html", {"reviews": rows})


@never_cache
@require_safe
def review_detail(request, pk):
    """One review, as far as this person may read it."""
    review = readable_review(request.user, pk)
    note_reading(review, request.user)
    return render(request, "reviews/detail.html", {"review": review})
