"""A change of manager while a review is under way (RULES B9): the old part closes as it stands, a new one begins."""

from django.utils import timezone

from appraisal.enums import Part
from appraisal.models import AppraisalReview
from appraisal.opening import begin_manager_part, second_managers
from people.models import Post, User


def new_post(review: AppraisalReview, manager: User) -> Post | None:
    """The job holder's current post under this manager; the review follows it."""
    return Post.objects.current().filter(person_id=review.job_holder_id, line_manager=manager).order_by("pk").first()


def new_second_manager_id(review: AppraisalReview, post: Post) -> int | None:
    """Who confirms under the new manager."""
    return second_managers(review.cycle, [post])[post.pk]


def hand_over(review: AppraisalReview, manager: User) -> None:
    """Close the old manager's part and begin the new one. Under the lock of the review; the caller saves it."""
    post = new_post(review, manager)
    second = new_second_manager_id(review, post) if post else None
    if post is None or second is None:  # asked as checks before; here for whoever reads on
        raise ValueError("the person has no current post under this manager, or nobody could confirm")
    old = review.parts.get(part=Part.MANAGER, closed_at=None)
    old.closed_at = timezone.now()
    old.save(update_fields=["closed_at"])
    review.manager, review.post = manager, post
    review.second_manager_id = second
    review.talk_on, review.talk_said_by_manager, review.talk_said_by_job_holder = None, False, False
    begin_manager_part(review, review.behaviours.all())
    vars(review).pop("manager_part", None)  # the next reader finds the new part
