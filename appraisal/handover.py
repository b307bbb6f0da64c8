"""A change of manager while a review is under way (RULES B9): the old part closes as it stands, a new one begins.

The closed part is read by the person, the new manager and the record. Handing over is no way around what sharing asks
for: of a draft that was never shared, levels that rest on too little are taken out; the words stay.
"""

from django.utils import timezone

from appraisal import ground
from appraisal.enums import RatingStatus
from appraisal.models import AppraisalReview, ReviewPart
from appraisal.opening import begin_manager_part, second_managers
from people.models import Post, User


def still_manages(review: AppraisalReview) -> bool:
    """True while the manager named in the review manages its post."""
    return Post.objects.current().filter(pk=review.post_id, line_manager_id=review.manager_id).exists()


def new_post(review: AppraisalReview, manager: User) -> Post | None:
    """The job holder's current post under this manager, which the review follows: the same post before another.

    Not one that another review of the cycle is about: whoever holds two posts has a review for each.
    """
    others = AppraisalReview.objects.filter(cycle_id=review.cycle_id).exclude(pk=review.pk).values("post_id")
    posts = Post.objects.current().filter(person_id=review.job_holder_id, line_manager=manager).exclude(pk__in=others)
    return min(posts, key=lambda post: (post.pk != review.post_id, post.pk), default=None)


def new_second_manager_id(review: AppraisalReview, post: Post) -> int | None:
    """Who confirms under the new manager."""
    return second_managers(review.cycle, [post])[post.pk]


def hand_over(review: AppraisalReview, manager: User) -> None:
    """Close the old manager's part and begin the new one. Under the lock of the review; the caller saves it.

    Where the same manager goes on with the person in another post, their part goes on too.
    """
    post = new_post(review, manager)
    second = new_second_manager_id(review, post) if post else None
    if post is None or second is None:  # asked as checks before; here for whoever reads on
        raise ValueError("the person has no current post under this manager, or nobody could confirm")
    changed = manager.pk != review.manager_id
    review.manager, review.post = manager, post
    review.second_manager_id = second
    review.talk_on, review.talk_said_by_manager, review.talk_said_by_job_holder = None, False, False
    if changed:
        _begin_anew(review, review.manager_part)


def _begin_anew(review: AppraisalReview, old: ReviewPart) -> None:
    """Close the part of whoever wrote until now; what they promised to do passes on with an empty part."""
    if not review.shared_versions.filter(text_version=review.text_version).exists():
        _take_levels_without_ground_out(old)
    old.closed_at = timezone.now()
    old.save(update_fields=["closed_at"])
    review.next_steps.filter(owner_id=old.author_id).update(owner_id=review.manager_id)
    begin_manager_part(review, review.behaviours.all())
    vars(review).pop("manager_part", None)  # the next reader finds the new part


def _take_levels_without_ground_out(part: ReviewPart) -> None:
    for rating in part.ratings.all():
        if not ground.may_be_shared(rating):
            rating.status, rating.level = RatingStatus.UNANSWERED, None
            rating.save(update_fields=["status", "level"])
