"""Five people in ten minutes: what a line manager's part of five reviews takes, counted in screens and presses.

Counted from My team to My team. A screen is a page that loads. A press is whatever acts: a link, a button, a level, a
tick, something opened that was folded away. Typing is left out, for words are needed only off the expected level. Each
person has one example that fits; every behaviour gets the expected level. A figure that changes here is to be changed
in appraisal/README.md, where it is promised.
"""

import pytest
from playwright.sync_api import Locator, Page

from appraisal.enums import Part, ReviewState
from appraisal.models import AppraisalCycle, AppraisalReview
from appraisal.tasks import open_reviews
from partnerships.models import Behaviour, FrameworkVersion
from people.models import Post, Team, User
from people.transitions import create, move, person
from tests.e2e.hands import Hands
from tests.factories.appraisal import shared_example
from tests.factories.reviews import answer_all, days

CYCLE, PEOPLE, BEHAVIOURS = "Five in ten minutes", 5, 5


class CountingHands(Hands):
    """Hands that count what they press and how many pages load."""

    def __init__(self, page):
        super().__init__(page)
        self.presses = self.screens = 0
        page.on("load", self._count_screen)

    @property
    def counted(self) -> tuple[int, int]:
        return self.presses, self.screens

    def press(self, name, role="button", **more):
        self.presses += 1
        super().press(name, role, **more)

    def choose(self, target):
        self.presses += 1
        super().choose(target)

    def open(self, summary):
        self.presses += 1
        super().open(summary)

    def _count_screen(self, _page):
        self.screens += 1


@pytest.fixture
def five_reviews(site) -> None:
    """Morag's five have sent their self-assessments; each level rests on an example that she can read."""
    tom = person(User.objects.get(email="hr@example.org"))
    cycle = AppraisalCycle(
        name=CYCLE,
        starts_on=days(-300),
        ends_on=days(60),
        framework_version=FrameworkVersion.objects.published().get(),
        self_due_on=days(10),
        share_due_on=days(30),
        close_due_on=days(50),
    )
    create(cycle, "prepare", by=tom)
    team = Post.objects.filter(line_manager__email="manager@example.org")
    cycle.teams.set(Team.objects.filter(posts__in=team).distinct())
    cycle.exclusions.create(post=Post.objects.get(person__email="manager@example.org"), reason="Has a review already")
    move(cycle, "open", by=tom)
    open_reviews.func(cycle.pk)
    for review in cycle.reviews.all():
        shared_example(review.job_holder, behaviours=list(Behaviour.objects.all()))
        answer_all(review, Part.SELF, review.job_holder)
        move(review, "send", by=person(review.job_holder))
    assert cycle.reviews.count() == PEOPLE


@pytest.fixture
def morag(visit, five_reviews) -> CountingHands:
    hands = CountingHands(visit("manager@example.org").page)
    hands.go("/team/?show=me")
    return hands


def start(hands: CountingHands) -> None:
    """The next person who waits, whoever it is."""
    hands.press("Write the review", "link")


def answer(hands: CountingHands, within: Page | Locator) -> None:
    """The expected level and the first example, wherever they stand."""
    hands.choose(within.get_by_role("radio", name="Expected in this role"))
    hands.choose(within.get_by_role("checkbox").first)


def share(hands: CountingHands) -> None:
    hands.press("Save and check your answers")
    hands.press("Share with")
    hands.sees("The review is shared with")


def page_by_page(hands: CountingHands) -> None:
    """One behaviour a page."""
    start(hands)
    for number in range(1, BEHAVIOURS + 1):
        hands.page.wait_for_url(f"**/behaviours/{number}/")
        answer(hands, hands.page.locator("form[data-autosave]"))
        hands.press("Save and go to")
    share(hands)


def on_one_page(hands: CountingHands) -> None:
    """All behaviours below each other."""
    start(hands)
    hands.press("Save and see everything on one page")
    for number in range(1, BEHAVIOURS + 1):
        answer(hands, hands.page.get_by_role("region", name=f"Behaviour {number} of"))
    hands.press("Save and go to the summary")
    share(hands)


@pytest.mark.parametrize(
    ("way", "presses", "screens"), [(page_by_page, 18, 8), (on_one_page, 15, 5)], ids=["page by page", "on one page"]
)
def test_five_people_in_ten_minutes(morag, way, presses, screens):
    counted = []
    for _person in range(PEOPLE):
        before = morag.counted
        way(morag)
        counted.append((morag.presses - before[0], morag.screens - before[1]))

    assert counted == [(presses, screens)] * PEOPLE
    reviews = AppraisalReview.objects.filter(cycle__name=CYCLE, state=ReviewState.SHARED)
    assert reviews.count() == PEOPLE
    assert morag.heading() == "My team"
