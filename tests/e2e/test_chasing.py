"""Tom chases, hands over and opens content for a reason: by pointer, by keyboard alone, and without script."""

import datetime

import pytest
from django.core import mail

from appraisal.models import AppraisalCycle, AppraisalReview
from people.lib.dates import today
from people.models import Post, User
from tests.e2e.test_learning import WAYS


def under_way() -> AppraisalReview:
    """A review of Morag's that waits for its person's self-assessment, a week late."""
    rows = AppraisalReview.objects.filter(state="self_review", manager__email="manager@example.org")
    review = rows.select_related("cycle", "job_holder").first()
    AppraisalCycle.objects.filter(pk=review.cycle_id).update(self_due_on=today() - datetime.timedelta(days=7))
    return review


@pytest.mark.parametrize("way", WAYS)
def test_late_ones_are_reminded_once(visit, way):
    review = under_way()
    tom = visit("hr@example.org", **way)

    tom.go("/manage/")
    tom.press("Review cycles", "link")
    tom.press(review.cycle.name, "link", exact=True)
    tom.press("Late (", "link")
    tom.page.wait_for_url("**tab=late**")
    tom.press("Remind about all")
    tom.sees("Nothing has been sent yet")
    tom.press("Send ")
    tom.sees("The next automatic reminders go out on")

    letters = [letter for letter in mail.outbox if letter.subject.startswith("Still to do")]
    assert [letter.to for letter in letters].count([review.job_holder.email]) == 1
    tom.go(f"/manage/cycles/{review.cycle_id}/remind/?all_late=1")
    tom.sees("Nobody would get a mail.")


@pytest.mark.parametrize("way", WAYS)
def test_a_review_without_its_manager_is_handed_over(visit, way):
    review = under_way()
    donald = User.objects.get(email="lead@example.org")
    Post.objects.filter(pk=review.post_id).update(line_manager=donald)
    tom = visit("hr@example.org", **way)

    tom.go(f"/manage/cycles/{review.cycle_id}/?tab=handover")
    tom.press("Hand over", "link")
    tom.choose(tom.page.get_by_role("radio", name=donald.name))
    tom.write(tom.page.get_by_label("Reason"), "Morag moved to another team")
    tom.press("Check before it happens")
    tom.sees("Nothing has happened yet")
    tom.press("Hand over", exact=True)
    tom.sees("The review is handed over.")

    review.refresh_from_db()
    assert review.manager == donald
    assert ["You now write the review of " + review.job_holder.name, [donald.email]] in [
        [letter.subject, letter.to] for letter in mail.outbox
    ]


@pytest.mark.parametrize("way", WAYS)
def test_content_is_opened_for_a_reason(visit, way):
    review = AppraisalReview.objects.filter(state="shared", manager__email="manager@example.org").first()
    tom = visit("hr@example.org", **way)

    tom.go(f"/manage/reviews/{review.pk}/")
    tom.press("Open the content for a reason", "link")
    tom.press("Check before it happens")
    tom.sees("There is a problem")
    tom.write(tom.page.get_by_label("Reason"), "A complaint to look into")
    tom.press("Check before it happens")
    tom.press("Open the content")
    tom.page.wait_for_url(f"**/reviews/{review.pk}/")
    tom.sees("You can read this review now.")

    (letter,) = [letter for letter in mail.outbox if letter.to == [review.job_holder.email]]
    assert "A complaint to look into" in letter.body
