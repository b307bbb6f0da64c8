"""The demo's modules come in through the page API, whole and only once."""

from pathlib import Path

import pytest
from django.conf import settings
from wagtail.models import Page

from partnerships.models import Behaviour
from training.checks import open_attempt, submit_attempt
from training.models import CheckAttempt, ModulePage, UnitPage
from training.module_file import import_module, learning_index
from training.progress import finish_unit, start_module

FILES = sorted((Path(settings.BASE_DIR) / "cms" / "demo" / "modules").glob("*.yaml"))


@pytest.fixture
def behaviours(db):
    Behaviour.objects.bulk_create([Behaviour(code=f"PB{n}", slug=f"pb{n}") for n in range(1, 9)], ignore_conflicts=True)
    learning_index(Page.objects.get(depth=1))


def test_there_are_modules():
    assert len(FILES) >= 2


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_module_file_is_published_whole(behaviours, path):
    module = import_module(path)
    units = list(UnitPage.objects.live().child_of(module))

    assert module.live
    assert len(units) == 4
    assert all(8 <= unit.minutes <= 10 and unit.question_count() >= 1 for unit in units)
    chairs = {block.value["chair"] for unit in units for block in unit.body if block.block_type == "worked_example"}
    assert chairs == {"staff", "partner"}
    assert len(module.check_questions) >= 6
    assert module.behaviours.exists()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_module_file_ids_are_stable_and_unique(behaviours, path):
    module = import_module(path)
    ids = [block.id for unit in UnitPage.objects.child_of(module) for block in unit.body]
    ids += [block.id for block in module.check_questions]

    assert len(ids) == len(set(ids))
    assert all(question["unit"] for question in module.check_paper()["questions"])


def test_module_file_twice_writes_nothing_the_second_time(behaviours):
    module = import_module(FILES[0])
    before = (module.revisions.count(), module.edition, Page.objects.count())

    again = import_module(FILES[0])

    assert (again.pk, again.revisions.count(), again.edition, Page.objects.count()) == (
        module.pk,
        *before[:2],
        before[2],
    )


def test_module_file_brings_back_its_words_as_a_small_correction(behaviours):
    module = import_module(FILES[0])
    title = module.title
    module.title, module.change = "Changed by hand", "correction"
    module.save_revision().publish()

    again = import_module(FILES[0])

    assert (again.title, again.edition) == (title, 1)
    assert ModulePage.objects.count() == 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_module_file_can_be_passed_and_by_ticking_everything_it_cannot(cast, behaviours, path):
    module = import_module(path)
    start = start_module(module, by=cast.rhona)
    for unit in UnitPage.objects.child_of(module):
        finish_unit(start, unit, by=cast.rhona)
    attempt = open_attempt(start, by=cast.rhona)
    everything = {q["id"]: [o["id"] for o in q["options"]] for q in attempt.questions}
    assert submit_attempt(attempt, everything, by=cast.rhona).passed is False

    attempt = open_attempt(start, by=cast.rhona)
    right = {q["id"]: [o["id"] for o in q["options"] if o["right"]] for q in attempt.questions}
    assert submit_attempt(attempt, right, by=cast.rhona).passed is True
    assert CheckAttempt.objects.count() == 2
