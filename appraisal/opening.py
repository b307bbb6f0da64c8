"""Who is in a cycle and how its reviews begin. The moves stand in workflow/, the pages of HR in views/cycles.py."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from appraisal.enums import Part, ReviewState
from appraisal.models import (
    AppraisalCycle,
    AppraisalReview,
    BehaviourRating,
    ExpectedBehaviour,
    ReviewPart,
)
from partnerships.models import ProfileItem
from people.models import Post, User
from people.querysets import PostQuerySet

MOST_BEHAVIOURS = 5


@dataclass
class Selection:
    """The posts of a cycle, sorted into those that can be opened and those that must be solved first."""

    posts: list[Post] = field(default_factory=list)
    without_manager: list[Post] = field(default_factory=list)
    without_second_manager: list[Post] = field(default_factory=list)
    without_profile: list[Post] = field(default_factory=list)

    @property
    def person_ids(self) -> set[int]:
        """Ids of the people; somebody with two posts has two reviews."""
        return {post.person_id for post in self.posts}

    @property
    def manager_ids(self) -> set[int]:
        """Ids of the managers who will write."""
        return {post.line_manager_id for post in self.posts if post.line_manager_id}


def posts_of_teams(cycle: AppraisalCycle) -> PostQuerySet:
    """The current posts of the chosen teams, those left out by name among them."""
    rows = Post.objects.current().filter(team__in=cycle.teams.all(), person__is_active=True)
    return rows.for_list().order_by("person__name", "pk")


def select_posts(cycle: AppraisalCycle) -> Selection:
    """The current posts of the chosen teams without those left out by name, in six queries however many they are."""
    posts = list(posts_of_teams(cycle).exclude(pk__in=cycle.exclusions.values("post_id")))
    second, families = second_managers(cycle, posts), _families_with_profile(cycle)
    able = able_manager_ids(post.line_manager_id for post in posts)
    return Selection(
        posts=posts,
        without_manager=[post for post in posts if post.line_manager_id not in able],
        without_second_manager=[post for post in posts if post.line_manager_id in able and second[post.pk] is None],
        without_profile=[post for post in posts if post.job_family_id not in families],
    )


def under_way_elsewhere(cycle: AppraisalCycle) -> int:
    """How many of the people this cycle would reach have a review under way in another one."""
    reached = posts_of_teams(cycle).exclude(pk__in=cycle.exclusions.values("post_id")).order_by().values("pk")
    rows = AppraisalReview.objects.under_way().filter(post__in=reached).exclude(cycle=cycle)
    return rows.values("job_holder_id").distinct().count()


def second_managers(cycle: AppraisalCycle, posts: Iterable[Post]) -> dict[int, int | None]:
    """Post id -> id of the manager's own manager, or of whoever the cycle names, or None when neither will do."""
    managers = {post.line_manager_id for post in posts if post.line_manager_id}
    rows = Post.objects.current().filter(person_id__in=managers).exclude(line_manager=None).order_by("-pk")
    pairs = list(rows.values_list("person_id", "line_manager_id"))
    able = able_manager_ids([cycle.second_manager_id, *(above for _manager, above in pairs)])
    theirs = {manager: above for manager, above in pairs if above in able}
    named = cycle.second_manager_id if cycle.second_manager_id in able else None
    return {post.pk: _second_manager(post, theirs.get(post.line_manager_id or 0), named) for post in posts}


def able_manager_ids(ids: Iterable[int | None]) -> set[int]:
    """Those of these people who can act as a manager: active, and holding a post here."""
    found = Post.objects.current().filter(person_id__in={pk for pk in ids if pk}, person__is_active=True)
    return set(found.values_list("person_id", flat=True))


def _second_manager(post: Post, *candidates: int | None) -> int | None:
    """The first who is neither the person nor their manager."""
    return next((one for one in candidates if one and one not in (post.person_id, post.line_manager_id)), None)


def plan_reviews(cycle: AppraisalCycle) -> int:
    """Write one envelope for each post; returns how many. They open one by one afterwards, in a task."""
    posts = select_posts(cycle).posts
    second, numbers = second_managers(cycle, posts), _numbers(posts)
    AppraisalReview.objects.bulk_create(
        AppraisalReview(
            cycle=cycle,
            job_holder=post.person,
            number=numbers[post.pk],
            post=post,
            job_title=post.title,
            team_name=post.team.name,
            manager_id=post.line_manager_id,
            second_manager_id=second[post.pk],
        )
        for post in posts
    )
    return len(posts)


def begin(review: AppraisalReview) -> None:
    """Lay out what is expected in this role and both empty parts."""
    items = ProfileItem.objects.filter(
        profile__version_id=review.cycle.framework_version_id, profile__job_family_id=review.post.job_family_id
    ).order_by("behaviour_text__number")[:MOST_BEHAVIOURS]
    behaviours = ExpectedBehaviour.objects.bulk_create(
        ExpectedBehaviour(review=review, text_id=item.behaviour_text_id, level=item.level, number=number)
        for number, item in enumerate(items, start=1)
    )
    _begin_parts(review, behaviours, {Part.SELF: review.job_holder_id, Part.MANAGER: review.manager_id})


def begin_manager_part(review: AppraisalReview, behaviours: Iterable[ExpectedBehaviour]) -> None:
    """An empty part for the manager named in the review."""
    _begin_parts(review, behaviours, {Part.MANAGER: review.manager_id})


def _begin_parts(review: AppraisalReview, behaviours: Iterable[ExpectedBehaviour], authors: dict[Part, int]) -> None:
    """Empty parts, each with an empty rating for each behaviour, in two statements."""
    parts = ReviewPart.objects.bulk_create(
        ReviewPart(review=review, part=part, author_id=author) for part, author in authors.items()
    )
    BehaviourRating.objects.bulk_create(
        BehaviourRating(part=part, behaviour=row) for part in parts for row in behaviours
    )


def opened_share(cycle: AppraisalCycle) -> tuple[int, int]:
    """How many reviews are open and how many there will be: what the page of an opening cycle shows."""
    rows = AppraisalReview.objects.filter(cycle=cycle)
    return rows.exclude(state=ReviewState.SETUP).count(), rows.count()


def managers_of_cycle(cycle: AppraisalCycle) -> list[User]:
    """Everybody who writes about somebody in this cycle, each once."""
    reviews = AppraisalReview.objects.filter(cycle=cycle).values("manager_id")
    return list(User.objects.filter(pk__in=reviews).order_by("pk"))


def _numbers(posts: Iterable[Post]) -> dict[int, int]:
    """Post id -> 1 for a person's first post, 2 for the second."""
    seen: dict[int, int] = {}
    numbers = {}
    for post in sorted(posts, key=lambda row: (row.starts_on, row.pk)):
        numbers[post.pk] = seen[post.person_id] = seen.get(post.person_id, 0) + 1
    return numbers


def _families_with_profile(cycle: AppraisalCycle) -> set[int | None]:
    items = ProfileItem.objects.filter(profile__version_id=cycle.framework_version_id)
    return set(items.values_list("profile__job_family_id", flat=True))
