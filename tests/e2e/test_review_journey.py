"""One signed review from its beginning to its end, by five people: with a pointer, and without script.

Tom opens the cycle; Ailsa looks at herself; Morag writes and shares; they talk; Ailsa disagrees with two points; Fergus
answers both and confirms; the record stands. By keyboard alone each part is walked in the tests of that part.
"""

import datetime
import re

import pytest

from appraisal.enums import ReviewState
from appraisal.models import AppraisalCycle, AppraisalReview, NextStep
from people.lib.dates import today
from tests.e2e.hands import Hands
from tests.e2e.test_learning import WAYS
from tests.e2e.test_writing import answer_expected

CYCLE = "Reviews at half-time"
POINTS = {1: "I rang the farms that day.", 3: "I was on their ground in May, before there was a gauge."}
REPLIES = {1: "I asked the farms, and both are true.", 3: "In May, yes. I have asked Morag to look at it next time."}
STEPS = {"Ailsa Grant": "Meet the night carers", "Morag Sinclair": "Find an hour a week for it"}
LINKS = ("What people did together", "Example", "Is this how it happened?", "The level", "Next step", "Module")


def day(count: int) -> datetime.date:
    return today() + datetime.timedelta(days=count)


def of_ailsa(action: str) -> re.Pattern[str]:
    """What a link of the team says of this review; she has another one that began earlier."""
    return re.compile(f"{action}.*Ailsa Grant.*{CYCLE}")


@pytest.mark.parametrize("way", WAYS[:2])
def test_from_the_opening_of_a_cycle_to_the_record(visit, way):
    open_a_cycle(visit("hr@example.org", **way))
    review = AppraisalReview.objects.get(cycle__name=CYCLE, job_holder__email="staff@example.org")
    ailsa, morag = visit("staff@example.org", **way), visit("manager@example.org", **way)

    look_at_oneself(ailsa)
    write_and_share(morag)
    say_that_we_talked(morag, ailsa)
    disagree(ailsa)
    answer_and_confirm(visit("countersigner@example.org", **way))

    review.refresh_from_db()
    assert review.state == ReviewState.CLOSED
    read_the_record(ailsa, review)
    how_the_level_came_about(ailsa, review)
    for who, hands in (("Ailsa Grant", ailsa), ("Morag Sinclair", morag)):
        hands.go("/my-work/")
        hands.press(STEPS[who], "link")
        hands.press(re.compile(f"It is done.*{STEPS[who]}"))
        hands.sees("That next step is done.")
        assert NextStep.objects.get(what=STEPS[who]).done_on == today()


def open_a_cycle(tom: Hands) -> None:
    """Three screens: what and when, who, check and open."""
    begun = AppraisalCycle.objects.open().get()
    dates = {
        "First day looked at": begun.starts_on,
        "Last day looked at": begun.ends_on,
        "Self-assessments sent by": day(14),
        "Reviews shared by": day(30),
        "Reviews confirmed and closed by": day(50),
    }
    tom.go("/manage/")
    tom.press("Review cycles", "link")
    tom.press("Open a cycle", "link")
    tom.write(tom.page.get_by_label("Name", exact=True), CYCLE)
    for label, date in dates.items():
        tom.page.get_by_label(label).fill(date.isoformat())  # a date field has no one way of typing
    tom.press("Save and go on")
    tom.sees("step 2 of 3")
    tom.choose(tom.page.get_by_label("Varrach catchment"))
    tom.press("Save and go on")
    tom.sees("step 3 of 3")
    tom.sees("6 people, 2 managers")
    tom.press("Open the cycle")
    tom.sees("6 of 6 reviews are open")


def look_at_oneself(ailsa: Hands) -> None:
    """From My work through every behaviour to the press that sends it."""
    ailsa.go("/my-work/")
    ailsa.press("Do your self-assessment", "link")
    while "/behaviours/" in ailsa.page.url:
        answer_expected(ailsa)
    ailsa.press("Save and check your answers")
    ailsa.press("Send to Morag")
    ailsa.sees("Your self-assessment is with Morag Sinclair")


def write_and_share(morag: Hands) -> None:
    """From the team through every behaviour and two next steps to the press that shares it."""
    morag.go("/team/")
    morag.press(of_ailsa("Write the review"), "link")
    while "/behaviours/" in morag.page.url:
        answer_expected(morag)
    morag.write(morag.page.get_by_label("What do you want to say to Ailsa"), "You asked in time.")
    for number, (who, what) in enumerate(STEPS.items()):
        morag.write(morag.page.get_by_label("What", exact=True).nth(number), what)
        morag.choose_from(morag.page.get_by_label("Who", exact=True).nth(number), who)
        morag.page.get_by_label("By when").nth(number).fill(day(5).isoformat())
    morag.choose_from(morag.page.get_by_label("Module to learn from").first, "Start early, close the loop")
    morag.press("Save and check your answers")
    morag.press("Share with Ailsa")
    morag.sees("The review is shared with Ailsa Grant")


def say_that_we_talked(morag: Hands, ailsa: Hands) -> None:
    """One says the day, the other confirms it; both find what waits for them by themselves."""
    morag.go("/team/")
    morag.press(of_ailsa("Talk, then say when"), "link")
    morag.press("We talked on this day")
    morag.sees("Ailsa has not confirmed it yet")
    ailsa.go("/my-work/")
    ailsa.press("Read and answer your review", "link")
    ailsa.press("Yes, we talked on")
    ailsa.sees("as both of you say")


def disagree(ailsa: Hands) -> None:
    """Two points in words; they are looked at once more before they go."""
    ailsa.press("Answer this review", "link")
    ailsa.choose(ailsa.page.get_by_role("radio", name="I disagree"))
    ailsa.open(ailsa.page.get_by_text("If you disagree: what do you see differently?"))
    for number, words in POINTS.items():
        ailsa.write(ailsa.page.locator(f"[name=point_{number}]"), words)
    ailsa.press("See what you will send")
    ailsa.sees("Nothing has been sent yet")
    ailsa.press("Send my answer")
    ailsa.sees("Your answer is sent.")


def answer_and_confirm(fergus: Hands) -> None:
    """The second manager cannot close what has not been answered, point by point."""
    fergus.go("/my-work/")
    fergus.press("Confirm that the review of Ailsa Grant was fair", "link")
    boxes = fergus.page.locator("textarea[name^=reply_]")
    assert boxes.count() == 2
    fergus.write(boxes.first, REPLIES[1])
    fergus.press("Confirm this review was fair")
    fergus.sees("1 point of the disagreement has no answer in words yet.")
    fergus.write(boxes.last, REPLIES[3])
    fergus.press("Confirm this review was fair")
    fergus.sees("you keep no copy of it")


def read_the_record(ailsa: Hands, review: AppraisalReview) -> None:
    """Number, people, levels and the disagreement stand on it, and the PDF is there."""
    record = review.records.get()
    ailsa.go("/reviews/")
    ailsa.press(f"Record {record.number}", "link")
    assert record.number in ailsa.heading()
    words = " ".join(ailsa.page.locator("main").inner_text().split())
    told = [*POINTS.values(), *REPLIES.values(), *STEPS.values(), "Ailsa Grant disagrees", "You asked in time."]
    told += ["Morag Sinclair", "Fergus Reid", "Reliably", "I have read this review and I disagree with it."]
    assert [each for each in told if each not in words] == []
    assert "Signed by both" not in words
    pdf = ailsa.page.request.get(ailsa.page.get_by_role("link", name="Download as PDF").get_attribute("href"))
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.body().startswith(b"%PDF-")


def how_the_level_came_about(ailsa: Hands, review: AppraisalReview) -> None:
    """Every link of the first level is on the page, and each that can be followed leads somewhere."""
    chain = ailsa.page.locator("ol.chain")
    ailsa.press("How this level came about", "link")
    captions = chain.locator("h2 .caption").all_inner_texts()
    assert [each for each in LINKS if each not in captions] == []
    ways = chain.get_by_role("link")
    targets = {ways.nth(place).inner_text(): ways.nth(place).get_attribute("href") for place in range(ways.count())}
    assert {"Varrach Flood Warning Group", "Start early, close the loop", "Read it in the record"} <= targets.keys()
    for words, target in targets.items():
        ailsa.press(words, "link")
        assert target.partition("#")[0] in ailsa.page.url
        assert ailsa.heading()
        ailsa.go(f"/reviews/{review.pk}/behaviours/1/how/")
