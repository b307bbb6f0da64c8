"""A shared review is talked about, answered, confirmed and closed: with a pointer, by keyboard, and without script."""

import pytest

from appraisal.enums import ReviewState
from appraisal.models import AppraisalReview
from tests.e2e.test_learning import WAYS


@pytest.mark.parametrize("way", WAYS)
def test_from_the_talk_to_the_record(visit, way):
    review = AppraisalReview.objects.get(state=ReviewState.SHARED, manager__email="manager@example.org")
    page = f"/reviews/{review.pk}/"
    morag = visit("manager@example.org", **way)
    morag.go(page)
    if not review.talk_said_by_manager:
        morag.press("We talked on this day")
        morag.sees("You said that you talked on")

    person = visit(review.job_holder.email, **way)
    person.go("/reviews/")
    person.press(review.cycle.name, "link")
    if not review.talk_said_by_job_holder:
        person.press("Yes, we talked on")
        person.sees("as both of you say")
    person.press("Answer this review", "link")
    person.choose(person.page.get_by_role("radio", name="I disagree"))
    person.open(person.page.get_by_text("If you disagree: what do you see differently?"))
    person.write(person.page.locator("[name=point_1]"), "I rang the farms that day.")
    person.press("See what you will send")
    person.sees("I have read this review and I disagree with it.")
    person.press("Send my answer")
    person.sees("Your answer is sent.")

    fergus = visit("countersigner@example.org", **way)
    fergus.go(f"{page}fair/")
    fergus.press("Confirm this review was fair")
    fergus.sees("1 point of the disagreement has no answer in words yet.")
    fergus.write(fergus.page.locator("textarea[name^=reply_]"), "I asked the farms; both are true.")
    fergus.press("Confirm this review was fair")
    fergus.sees("you keep no copy of it")
    assert fergus.page.goto(page).status == 404

    person.go(page)
    person.sees("disagrees.")
    person.sees("I asked the farms; both are true.")
    person.press("Read the record", "link")
    review.refresh_from_db()
    assert review.state == ReviewState.CLOSED
