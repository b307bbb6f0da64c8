"""Records of the demo whose values stand in addresses of the API: one's own, another's, in states that matter."""

import uuid
from types import SimpleNamespace

from django.core.files.base import ContentFile

from appraisal.enums import ResponseAnswer
from appraisal.models import AppraisalReview, NextStep
from appraisal.notes import write_note
from partnerships.framework import copy_version, current_version
from partnerships.models import Behaviour, Partnership
from people.lib.dates import today
from people.models import Organisation, Post
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
    return _common(demo) | _learning(demo) | _sessions(demo) | _examples(demo) | _reviews(demo)


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


def _reviews(demo: dict) -> dict[str, dict]:
    """Of Morag's people, in every state; Fergus is the second manager of all of them."""
    rows = AppraisalReview.objects.filter(manager=demo["morag"], second_manager=demo["fergus"])
    now = {row.state: row.pk for row in rows.filter(cycle__state="open")}
    closed = rows.get(job_holder=demo["ailsa"], state="closed")
    answered = rows.get(pk=now["answered"])
    answer = answered.responses.get(text_version=answered.text_version)
    answered.responses.update(answer=ResponseAnswer.DISAGREE)
    point = answer.points.create(words="The farms knew before we did.")
    post = Post.objects.current().get(person=demo["ailsa"])
    seen = {"kind": "good", "behaviour": Behaviour.objects.first(), "seen_on": today(), "text": "Rang first."}
    note = write_note(post, seen, form_key=uuid.uuid4(), by=demo["morag"])
    step = NextStep.objects.filter(review=closed, owner=demo["ailsa"]).first() or closed.next_steps.create(
        number=3, what="Ring first", owner=demo["ailsa"], due_on=today()
    )
    return {
        "self-assessment": {"id": now["self_review"]},
        "behaviour of it": {"id": now["self_review"], "number": 1},
        "review being written": {"id": now["manager_review"]},
        "shared review": {"id": now["shared"]},
        "answered review": {"id": now["answered"]},
        "point": {"id": now["answered"], "point": point.pk},
        "closed review": {"id": closed.pk},
        "post": {"id": post.pk},
        "note": {"id": note.pk},
        "step": {"id": step.pk},
    }
