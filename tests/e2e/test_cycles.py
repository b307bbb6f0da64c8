"""From nothing to an open cycle in three screens: with a pointer, by keyboard alone, and without script."""

import datetime

import pytest

from appraisal.models import AppraisalCycle
from people.lib.dates import today
from tests.e2e.test_learning import WAYS

DATES = {
    "First day looked at": -300,
    "Last day looked at": 60,
    "Self-assessments sent by": 14,
    "Reviews shared by": 30,
    "Reviews confirmed and closed by": 50,
}


@pytest.mark.parametrize("way", WAYS)
def test_tom_opens_a_cycle(visit, way):
    tom = visit("hr@example.org", **way)
    tom.go("/manage/")
    tom.press("Review cycles", "link")
    tom.press("Open a cycle", "link")
    tom.write(tom.page.get_by_label("Name", exact=True), "Field officers, spring")
    for label, days in DATES.items():  # a date field has no one way of typing
        tom.page.get_by_label(label).fill((today() + datetime.timedelta(days=days)).isoformat())
    tom.press("Save and go on")
    tom.sees("step 2 of 3")

    tom.choose(tom.page.get_by_label("Varrach catchment"))
    tom.choose(tom.page.get_by_label("Board and chief executive"))
    tom.press("Save and go on")
    tom.sees("To be solved first")
    assert not tom.page.get_by_role("button", name="Open the cycle").is_visible()

    for group in ("no line manager", "no second manager"):
        part = tom.page.get_by_role("region", name=group)
        for tick in part.get_by_role("checkbox").all():
            tom.choose(tick)
        tom.write(part.get_by_label("Reason to leave out who is ticked"), "Is in a cycle of the board")
        tom.press("Leave out", exact=True)
        tom.sees("is left out of this cycle")

    tom.press("Open the cycle")
    tom.sees("The reviews are open")
    cycle = AppraisalCycle.objects.get(name="Field officers, spring")
    assert cycle.is_open
    assert cycle.reviews.count() == 6
