"""Priya plans a session and publishes it: with a pointer, by keyboard alone, and without script."""

import datetime

import pytest

from people.lib.dates import add_working_days, today
from tests.e2e.test_learning import WAYS
from training.models import JointSession


@pytest.mark.parametrize("way", WAYS)
def test_priya_plans_publishes_changes_and_calls_off(visit, way):
    priya = visit("coordinator@example.org", **way)
    page = priya.page
    priya.go("/manage/")
    priya.press("Joint sessions", "link", last=True)
    priya.press("Plan a session", "link")
    priya.write(page.get_by_label("Title", exact=True), "Talking about money early")
    priya.write(page.get_by_label("What is it for?"), "Agree what is said when, and by whom.")
    day = add_working_days(today() + datetime.timedelta(days=60), 1)
    page.get_by_label("First day").fill(day.isoformat())  # a date field has no one way of typing
    page.get_by_label("Begins at").fill("11:00")
    priya.choose_from(page.get_by_label("Where?"), "Skerrafin village hall, Shore Road, Skerrafin")
    priya.write(page.get_by_label("How many places?"), "20")
    priya.choose_from(page.get_by_label("Who is it for?"), "Varrach Flood Warning Group")
    priya.press("Save and go on")
    priya.sees("Name at least one person who leads it.")

    priya.press("Change Who leads it", "link")
    priya.write(page.get_by_label("Name").first, "Ann Lee")
    priya.choose_from(page.get_by_label("Side").first, "Partner")
    priya.press("Save", exact=True)
    priya.press("Change What is fixed and what is open", "link")
    priya.write(page.get_by_label("What is fixed already"), "The budget of this year")
    priya.write(page.get_by_label("What is still open"), "How it is told")
    priya.press("Save", exact=True)
    priya.sees("Nothing is missing")

    priya.press("Check and publish", "link")
    priya.sees("You are invited: Talking about money early")
    priya.write(page.get_by_label("Addresses"), "Bo Low <bo@example.org>")
    priya.press("See who gets it")
    priya.press("Publish and invite")
    priya.sees("It is published.")
    session = JointSession.objects.get(title="Talking about money early")
    assert session.is_published
    assert session.invitations.filter(email="bo@example.org").count() == 1

    priya.press("Change When", "link")
    page.get_by_label("Begins at").first.fill("10:30")
    priya.press("See what people are told")
    priya.sees("10:30 to 15:00")
    priya.press("Change it and tell everybody")
    priya.sees("Saved.")

    priya.press("Cancel the session", "link")
    priya.write(page.get_by_label("Reason"), "The hall is flooded")
    priya.press("Cancel the session and tell everybody")
    priya.sees("It is cancelled.")
