"""Where a page about one review stands in the frame. Who may open it is decided elsewhere."""

from django.urls import reverse
from django.utils.translation import gettext as _

from people.enums import Role


def pages_above(request, review):
    """The pages above a review for whoever reads it, as (words, address). The navigation marks the first too."""
    user = request.user
    above = [(_("Your reviews"), reverse("reviews:list"))]
    if user.pk not in (review.job_holder_id, review.second_manager_id):
        if review.post_id in user.managed_post_ids:
            above = [(_("My team"), reverse("team:list"))]
        elif user.has_role(Role.HR):
            outside = reverse("review-admin:detail", args=[review.pk])
            above = [(_("Manage"), reverse("manage")), (review.job_holder.name, outside)]
    request.section = above[0][1]
    return above
