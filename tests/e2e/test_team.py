"""A line manager's ten minutes: five people reviewed, counted in pages and presses; a note written and answered.

Counted from My work, typing left out: 1 press to the team; then for each person 19 presses and 9 pages, from the team
back to the team: 1 to the first behaviour that has no answer, 3 on each of five behaviours, 1 on the summary, 1 to
share, 1 back. A note takes 5 presses and 3 pages, a concern one of each more.
"""

import uuid

import pytest

from appraisal.enums import Part, ReviewState
from appraisal.models import AppraisalCycle, AppraisalReview, ManagerNote
from appraisal.tasks import open_reviews
from partnerships.models import FrameworkVersion
from people.models import JobFamily, Post, Team, User
from people.transitions import create, move, person
from tests.e2e.hands import Hands
from tests.e2e.test_learning import WAYS
from tests.factories.appraisal import shared_example
from tests.factories.reviews import answer_all, days

PEOPLE = 5
PRESSES, PAGES = 19, 9


class CountingHands(Hands):
    """Hands that count what they press and how many pages open."""

    def __init__(self, page):
        super().__init__(page)
        self.presses = self.pages = 0
        page.on("framenavigated", self._count_page)

    def press(self, name, role="button", **more):
        self.presses += 1
        super().press(name, role, **more)

    def choose(self, target):
        self.presses += 1
        super().choose(target)

    def _count_page(self, frame):
        self.pages += frame == self.page.main_frame


def busy_manager() -> User:
    """A manager of five people, all of whom have sent their self-assessment."""
    manager = User.objects.create_user("busy@example.org", "common-ground", name="Busy Innes")
    fergus, flood = User.objects.get(email="countersigner@example.org"), Team.objects.get(name="Flood warning")
    Post.objects.create(person=manager, team=flood, line_manager=fergus, title="Manager", starts_on=days(-400))
    team, family = Team.objects.create(name="Upper Varrach"), JobFamily.objects.get(code="catchment-officer")
    for number in range(PEOPLE):
        someone = User.objects.create_user(f"p{number}@example.org", name=f"Person {number}")
        Post.objects.create(
            person=someone, team=team, line_manager=manager, job_family=family, title="Officer", starts_on=days(-400)
        )
    tom = person(User.objects.get(email="hr@example.org"))
    cycle = AppraisalCycle(
        name=f"Journey {uuid.uuid4().hex[:6]}",
        starts_on=days(-300),
        ends_on=days(60),
        framework_version=FrameworkVersion.objects.published().first(),
        self_due_on=days(10),
        share_due_on=days(30),
        close_due_on=days(50),
    )
    create(cycle, "prepare", by=tom)
    cycle.teams.set([team])
    move(cycle, "open", by=tom)
    open_reviews.func(cycle.pk)
    for review in AppraisalReview.objects.filter(cycle=cycle):
        shared_example(review.job_holder)
        answer_all(review, Part.SELF, review.job_holder)
        move(review, "send", by=person(review.job_holder))
    return manager


def review_one(hands: CountingHands) -> tuple[int, int]:
    """From the team to a shared review and back; (presses, pages)."""
    before = hands.presses, hands.pages
    hands.press("Write the review", "link")
    for _behaviour in range(5):
        hands.choose(hands.page.get_by_role("radio", name="Expected in this role"))
        tick = hands.page.get_by_role("checkbox").first
        if not tick.is_visible():
            hands.open(hands.page.locator("fieldset summary"))
        hands.choose(tick)
        hands.press("Save and go to")
    hands.press("Save and check your answers")
    hands.press("Share with")
    hands.sees("is shared with")
    hands.page.locator("nav.nav").get_by_role("link", name="My team").click()
    hands.presses += 1
    return hands.presses - before[0], hands.pages - before[1]


def test_five_people_in_ten_minutes(visit):
    manager = busy_manager()
    hands = CountingHands(visit(manager.email).page)
    hands.go("/my-work/")
    hands.press("Reviews of your team: 0 of 5 shared", "link")
    hands.sees("0 of 5 shared")

    counted = [review_one(hands) for _person in range(PEOPLE)]

    hands.sees("All 5 are shared.")
    states = AppraisalReview.objects.filter(manager=manager).values_list("state", flat=True)
    assert set(states) == {ReviewState.SHARED}
    assert all(presses <= PRESSES and pages <= PAGES for presses, pages in counted), counted


@pytest.mark.parametrize("way", WAYS)
def test_a_concern_is_noted_and_answered(visit, way):
    morag = visit("manager@example.org", **way)
    morag.go("/team/")
    morag.press("Ailsa Grant", "link", exact=True)
    morag.press("Note something I saw", "link")
    morag.write(morag.page.get_by_label("What did you see or hear?"), "The farms heard it from the kitchen radio.")
    morag.choose(morag.page.get_by_label("A concern", exact=True))
    morag.choose(morag.page.get_by_label("Involve early"))
    morag.press("Send to Ailsa")
    morag.sees("Nothing has been sent yet")
    assert not ManagerNote.objects.filter(text__contains="kitchen radio").exists()
    morag.press("Send this concern to Ailsa")
    morag.sees("Ailsa can read your note now")

    ailsa = visit("staff@example.org", **way)
    ailsa.go("/my-work/")
    ailsa.press("2 new notes about your work", "link")
    ailsa.press("Answer beside it", "link")
    ailsa.write(ailsa.page.get_by_label("Your answer"), "The line was down; I rang at noon.")
    ailsa.press("Send my answer")
    ailsa.sees("Your answer stands beside the note.")

    note = ManagerNote.objects.get(text__contains="kitchen radio")
    assert (note.kind, note.answer) == ("concern", "The line was down; I rang at noon.")


@pytest.mark.parametrize("way", WAYS)
def test_a_next_step_is_done(visit, way):
    ailsa = visit("staff@example.org", **way)
    ailsa.go("/my-work/")
    ailsa.press("Do the module", "link")
    ailsa.sees("Your next steps")
    ailsa.press("It is done")
    ailsa.sees("That next step is done.")
