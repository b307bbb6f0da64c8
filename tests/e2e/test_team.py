"""A note written and answered, and a next step done: with a pointer, by keyboard alone, and without script."""

import pytest

from appraisal.models import ManagerNote
from tests.e2e.test_learning import WAYS


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
