"""The final check: handing out a paper, keeping answers, marking. A paper is frozen; a try is counted once."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import User
from people.transitions import NeedsNotMet, Refused, person
from training import marking
from training.completion import complete_if_done, standing
from training.models import CheckAttempt, ModulePage, ModuleStart
from training.permissions import ask_own


def tries_left(module: ModulePage, attempts: list[CheckAttempt]) -> int | None:
    """How many papers may still be handed out; None when there is no limit. Extra tries count when all are used."""
    if module.tries is None:
        return None
    left = module.tries - len(attempts)
    if left <= 0 and attempts:
        left += attempts[0].start.extra_tries.count()
    return max(0, left)


def open_attempt(start: ModuleStart, *, by: User) -> CheckAttempt:
    """Hand out a paper, or give back the one that is open."""
    ask_own(start, person(by))
    with transaction.atomic():
        start = ModuleStart.objects.select_for_update().get(pk=start.pk)
        attempts = list(start.attempts.all())
        unfinished = next((attempt for attempt in attempts if attempt.submitted_at is None), None)
        if unfinished:
            return unfinished
        _ask_may_try(start, attempts)
        number = attempts[-1].number + 1 if attempts else 1
        return CheckAttempt.objects.create(start=start, number=number, paper=start.module.check_paper())


def save_answers(attempt: CheckAttempt, answers: Mapping[str, list[str]], *, by: User) -> CheckAttempt:
    """Keep answers while the paper is open. Questions that are not in `answers` keep what they had."""
    ask_own(attempt.start, person(by))
    with transaction.atomic():
        attempt = _locked(attempt)
        if attempt.submitted_at is not None:
            raise Refused(_("This try was handed in already, so its answers cannot change any more."))
        _keep(attempt, answers)
        attempt.save(update_fields=["answers", "saved_at"])
    return attempt


def submit_attempt(attempt: CheckAttempt, answers: Mapping[str, list[str]] | None = None, *, by: User) -> CheckAttempt:
    """Mark a paper; the second of two submissions finds it marked and changes nothing."""
    ask_own(attempt.start, person(by))
    with transaction.atomic():
        attempt = _locked(attempt)
        if attempt.submitted_at is not None:
            return attempt
        _keep(attempt, answers or {})
        marked = marking.mark(attempt.paper, attempt.answers)
        attempt.submitted_at, attempt.score, attempt.passed = timezone.now(), marked.score, marked.passed
        attempt.save()
        if attempt.passed:
            complete_if_done(attempt.start)
    return attempt


def hand_in(attempt: CheckAttempt, answers: Mapping[str, list[str]], *, by: User) -> tuple[CheckAttempt, set[str]]:
    """Mark the paper when every question has an answer; else keep what there is and say which have none, by id."""
    if attempt.submitted_at is not None:
        return attempt, set()
    if marking.unanswered(attempt.questions, attempt.answers | answers):
        attempt = save_answers(attempt, answers, by=by)
        if empty := marking.unanswered(attempt.questions, attempt.answers):
            return attempt, {question["id"] for question in empty}
    return submit_attempt(attempt, answers, by=by), set()


def ask_complete(attempt: CheckAttempt, empty: set[str]) -> None:
    """Refuse with one sentence for each question that has no answer."""
    if empty:
        numbers = [n for n, question in enumerate(attempt.questions, 1) if question["id"] in empty]
        raise NeedsNotMet(*[_("Answer question %(n)s") % {"n": n} for n in numbers])


def paper_pieces(attempt: CheckAttempt) -> list:
    """The questions as shown while the paper is open: without a trace of what is right."""
    return [
        {
            "id": question["id"],
            "text": question["text"],
            "multiple": question["multiple"],
            "options": [_plain(option, attempt.answers.get(question["id"], [])) for option in question["options"]],
        }
        for question in attempt.questions
    ]


def result_pieces(attempt: CheckAttempt, *, tell_all: bool) -> list[dict[str, Any]]:
    """A marked paper: the reasons for what was chosen, and for every answer once no try can profit from them.

    That is when it was passed: a co-ordinator may give one more try at any time.
    """
    return [
        _marked_question(question, attempt.answers.get(question["id"], []), tell_all) for question in attempt.questions
    ]


def topics_again(attempt: CheckAttempt) -> list[tuple[str, int | None]]:
    """Topics that went wrong, each with the key of the unit to look at again."""
    wrong = [q for q in attempt.questions if not marking.is_right(q, attempt.answers.get(q["id"], []))]
    return [(question["topic"], question["unit"]) for question in wrong]


def _marked_question(question, chosen: list[str], tell_all: bool) -> dict[str, Any]:
    options = []
    for option in question["options"]:
        shown = _plain(option, chosen)
        if tell_all or shown["chosen"]:
            shown |= {"right": option["right"], "explanation": option["explanation"]}
        options.append(shown)
    right = marking.is_right(question, chosen)
    return {
        "id": question["id"],
        "text": question["text"],
        "topic": question["topic"],
        "is_right": right,
        "options": options,
    }


def _plain(option, chosen: list[str]) -> dict[str, Any]:
    return {"id": option["id"], "text": option["text"], "chosen": option["id"] in chosen}


def _ask_may_try(start: ModuleStart, attempts: list[CheckAttempt]) -> None:
    now = standing(start)
    if now.check_passed or hasattr(start, "completion"):
        raise Refused(_("You have passed this check already."))
    if not now.check_open:
        raise Refused(_("The check opens when all units are done."))
    if not start.module.check_questions:
        raise Refused(_("This module has no check at the moment."))
    if tries_left(start.module, attempts) == 0:
        raise Refused(
            _("You have used all your tries. Please talk to your training co-ordinator, who can give you one more.")
        )


def _locked(attempt: CheckAttempt) -> CheckAttempt:
    """The attempt as it now stands; the start is locked before it."""
    ModuleStart.objects.select_for_update().get(pk=attempt.start_id)
    return CheckAttempt.objects.select_for_update().select_related("start").get(pk=attempt.pk)


def _keep(attempt: CheckAttempt, answers: Mapping[str, list[str]]) -> None:
    known = {q["id"]: marking.known_options(q, answers[q["id"]]) for q in attempt.questions if q["id"] in answers}
    attempt.answers, attempt.saved_at = attempt.answers | known, timezone.now()
