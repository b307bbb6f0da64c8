"""Records of the demo whose values stand in addresses of the API: one's own, another's, in states that matter."""

from types import SimpleNamespace

from django.core.files.base import ContentFile

from partnerships.framework import copy_version, current_version
from partnerships.models import Partnership
from people.models import Organisation
from people.policy import set_policy
from people.transitions import person
from tests.factories.appraisal import answered, asked, asked_through_manager, example, shared_example
from tests.factories.sessions import ask, begin, draft_session, session_of
from tests.factories.training import finish_all_units, make_module, try_check
from training.booking import getting_ready
from training.checks import open_attempt
from training.enums import CompletionRule
from training.models import Certificate


def world_of(demo: dict) -> dict[str, dict]:
    """Values by name of the record; it writes what the demo has not got."""
    return _common(demo) | _learning(demo) | _sessions(demo) | _examples(demo)


def _common(demo: dict) -> dict[str, dict]:
    version = current_version()
    draft = copy_version(version, by=person(demo["senga"]))
    return {
        "published version": {"number": version.number},
        "draft version": {"number": draft.number},
        "partnership": {"slug": Partnership.objects.first().slug},
        "organisation": {"id": Organisation.objects.get(is_host=True).pk},
    }


def _learning(demo: dict) -> dict[str, dict]:
    """A module that Ailsa works on, one that she has completed, and its certificate."""
    module = make_module("matrix", rule=CompletionRule.UNITS_AND_CHECK_AND_TRY, units=1)
    unit = {"module": "matrix", "unit": "matrix-u1"}
    open_attempt(finish_all_units(module, demo["ailsa"]), by=demo["ailsa"])
    done = finish_all_units(make_module("matrix-done", rule=CompletionRule.UNITS_AND_CHECK, units=1), demo["ailsa"])
    try_check(done, passes=True)
    certificate = Certificate.objects.get(completion__start=done)
    certificate.pdf.save("matrix.pdf", ContentFile(b"%PDF-"))
    return {
        "module": {"module": "matrix"},
        "module, completed": {"module": "matrix-done"},
        "unit": unit,
        "reflection": {**unit, "block": "matrix-u1-r"},
        "step to try": {**unit, "block": "matrix-u1-try"},
        "paper": {"module": "matrix", "number": 1},
        "certificate": {"code": certificate.code},
    }


def _sessions(demo: dict) -> dict[str, dict]:
    """A session to come with Dougie in it, a draft, and one that has begun; Rhona leads them."""
    cast = SimpleNamespace(**demo)
    session = session_of(cast, places=20, sector_limit_percent=None)
    place = ask(session, cast.dougie)
    need = getting_ready.ask(place, "A chair", [], by=person(cast.dougie))
    held = session_of(cast)
    begin(held)
    return {
        "session": {"id": session.pk},
        "draft session": {"id": draft_session(cast).pk},
        "room": {"session": session.pk},
        "date": {"session": held.pk, "date": held.dates.get().pk},
        "place": {"id": place.pk},
        "date of a place": {"id": place.pk, "date": session.dates.get().pk},
        "access need": {"id": need.pk},
    }


def _examples(demo: dict) -> dict[str, dict]:
    for limit in ("person", "organisation"):
        set_policy(f"confirmations_per_{limit}_quarter", 100)
    ailsa, shared, with_file = demo["ailsa"], shared_example(demo["ailsa"]), shared_example(demo["ailsa"])
    with_file.file.save("plan.txt", ContentFile(b"The plan"))
    rows = {
        "Ailsa's draft": example(ailsa),
        "Ailsa's shared example": shared,
        "Ailsa's example with a file": with_file,
        "Ailsa's request to Rhona": asked(example(ailsa)),
        "Rhona's answer": answered(example(ailsa), demo["rhona"]),
        "request by Morag": asked_through_manager(shared_example(ailsa)),
    }
    return {name: {"id": row.pk} for name, row in rows.items()}
