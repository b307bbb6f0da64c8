"""Both sides of a review, written and handed in: with a pointer, by keyboard alone, and without script."""

import re

import pytest

from appraisal.enums import ReviewState
from appraisal.models import AppraisalReview
from tests.e2e.test_learning import WAYS


def own_review() -> AppraisalReview:
    return AppraisalReview.objects.get(job_holder__email="staff@example.org", state=ReviewState.SELF_REVIEW)


def answer_expected(hands) -> None:
    """Choose what the role expects, tick the first example on offer, and go on."""
    hands.choose(hands.page.get_by_role("radio", name="Expected in this role"))
    tick, here = hands.page.get_by_role("checkbox").first, hands.page.url
    if not tick.is_visible():
        hands.open(hands.page.locator("fieldset summary"))
    if not tick.is_checked():
        hands.choose(tick)
    hands.press("Save and go to")
    hands.page.wait_for_url(lambda url: url != here)


@pytest.mark.parametrize("way", WAYS)
def test_self_assessment_and_managers_review(visit, way):
    review = own_review()
    ailsa = visit("staff@example.org", **way)
    ailsa.go(f"/reviews/{review.pk}/go-on/")
    pages = 0
    while "/behaviours/" in ailsa.page.url:
        answer_expected(ailsa)
        pages += 1
    assert pages == 3  # the demo has answered two of five
    ailsa.write(ailsa.page.get_by_label("Is there anything you want to say"), "A year of asking earlier.")
    ailsa.press("Save and check your answers")
    ailsa.sees("Your answers")
    ailsa.press("Send to Morag")
    ailsa.sees("Your self-assessment is with Morag Sinclair")

    morag = visit("manager@example.org", **way)
    morag.go(f"/reviews/{review.pk}/go-on/")
    while "/behaviours/" in morag.page.url:
        answer_expected(morag)
    morag.write(morag.page.get_by_label("What do you want to say to Ailsa"), "You asked in time.")
    morag.write(morag.page.get_by_label("What", exact=True).first, "Meet the night carers")
    morag.choose_from(morag.page.get_by_label("Who", exact=True).first, "Ailsa Grant")
    date = morag.page.get_by_label("By when").first
    date.fill("2099-03-01")  # a date field has no one way of typing
    morag.press("Save and check your answers")
    morag.sees("Sharing is your signature")
    morag.press("Share with Ailsa")
    morag.sees("The review is shared with Ailsa Grant")

    review.refresh_from_db()
    assert review.state == ReviewState.SHARED
    assert [step.what for step in review.next_steps.all()] == ["Meet the night carers"]


def test_a_draft_saves_itself_and_another_window_loses_nothing(visit):
    review = own_review()
    first, second = visit("staff@example.org"), visit("staff@example.org")
    for hands in (first, second):
        hands.go(f"/reviews/{review.pk}/behaviours/2/")

    first.write(first.page.get_by_label("In your own words"), "From the first window.")
    first.page.locator("#saved", has_text="Draft saved at").wait_for()
    second.write(second.page.get_by_label("In your own words"), "From the second window.")
    second.page.locator("#saved", has_text="after you opened it").wait_for()
    second.press("Save and go to")

    second.sees("As it is saved now")
    second.sees("From the first window.")
    assert second.page.get_by_label("In your own words").input_value() == "From the second window."


def test_pressing_while_the_draft_saves_itself_is_no_second_window(visit):
    review = own_review()
    ailsa = visit("staff@example.org")
    ailsa.go(f"/reviews/{review.pk}/behaviours/2/")
    ailsa.page.route("**/behaviours/2/", lambda route: (ailsa.page.wait_for_timeout(700), route.continue_()))

    words = ailsa.page.get_by_label("In your own words")
    ailsa.write(words, "First half, ")
    ailsa.page.wait_for_timeout(2100)  # the draft is on its way
    words.press_sequentially("second half.")
    ailsa.press("Save and go to behaviour 4")

    ailsa.page.wait_for_url(re.compile("/behaviours/4/"))
    rating = review.self_part.ratings.get(behaviour__number=2)
    assert rating.words == "First half, second half."
