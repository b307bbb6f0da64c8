"""Dougie waited for a place, takes the one that came free, and finds it on his learning record."""

import pytest

from tests.e2e.test_learning import WAYS
from training.models import Place


@pytest.mark.parametrize("way", WAYS)
def test_a_place_that_is_offered_is_taken_and_stands_on_the_learning_record(visit, way):
    place = Place.objects.get(state="offered", person__email="union@example.org")
    dougie = visit("union@example.org", **way)

    dougie.go("/my-work/")
    dougie.press(f"A place is free for you: {place.session.title}", "link")
    dougie.sees("A place is free for you until")
    dougie.press("Take this place")
    dougie.sees("You have a place. A mail with the details is on its way.")
    place.refresh_from_db()
    assert place.is_booked

    dougie.go("/my-work/")
    dougie.press("My learning record", "link")
    assert dougie.heading() == "My learning record"
    planned = dougie.page.get_by_role("row", name=place.session.title)
    assert "Booked" in planned.inner_text()
    dougie.press("Make a PDF")
    dougie.sees("Download as PDF")
    pdf = dougie.page.request.get("/learning/record/pdf/")
    assert pdf.body().startswith(b"%PDF")
