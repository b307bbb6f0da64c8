"""The final check: start card, questions, saving, handing in, result. Right answers leave only through the result."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.lib.numbers import whole_number
from people.transitions import Refused
from training.certificates import certificate_of
from training.checks import hand_in, open_attempt, paper_pieces, result_pieces, save_answers, topics_again, tries_left
from training.forms.learning import read_answers
from training.models import CheckAttempt, ModuleStart
from training.outline import outline
from training.views.module import live_module


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request, module):
    """Before: what to expect. While open: all questions. A POST hands the paper in."""
    page = live_module(module)
    if request.method == "POST":
        return _submit(request, page)
    where = outline(page, request.user)
    attempts = list(where.start.attempts.defer("paper")) if where.start else []
    paper = next((attempt for attempt in attempts if attempt.submitted_at is None), None)
    if paper:
        return _questions(request, where, paper)
    context = {"module": page, "outline": where, "units": where.units, "attempts": attempts, "place": "check"}
    context |= {"tries_left": tries_left(page, attempts), "count": len(page.check_questions)}
    return render(request, "learning/check_start.html", context)


@require_POST
def check_start(request, module):
    """Hand out a paper, or go back to the open one."""
    started = get_object_or_404(
        ModuleStart.objects.visible_to(request.user).current().select_related("module"), module__slug=module
    )
    open_attempt(started, by=request.user)
    return redirect("learning:check", module)


@require_POST
def check_save(request, module):
    """Save answers as they are given; the script asks for no page."""
    paper = _posted_paper(request, live_module(module))
    is_script = "X-Autosave" in request.headers
    try:
        save_answers(paper, _answers(request, paper), by=request.user)
    except Refused:
        if is_script:
            return JsonResponse({"message": _("This try was handed in already, in another window.")}, status=409)
        return redirect("learning:result", module)
    if is_script:
        return JsonResponse({"saved": True})
    messages.success(request, _("Your answers are saved. You can come back to them on any device."))
    return redirect("learning:check", module)


@never_cache
@require_safe
def result(request, module):
    """What the last paper came to, with reasons and the units to look at again."""
    page = live_module(module)
    where = outline(page, request.user)
    attempts = list(where.start.attempts.all()) if where.start else []
    last = next((attempt for attempt in reversed(attempts) if attempt.submitted_at), None)
    if last is None:
        return redirect("learning:check", module)
    left = tries_left(page, attempts)
    questions = result_pieces(last, tell_all=last.passed)
    context = {
        "module": page,
        "outline": where,
        "units": where.units,
        "attempt": last,
        "questions": questions,
        "place": "check",
    }
    context |= {
        "tries_left": left,
        "again": _topics(last, where),
        "is_open": attempts[-1].submitted_at is None,
    }
    context["certificate"] = certificate_of(where.completion) if where.completion else None
    return render(request, "learning/result.html", context)


def _submit(request, page):
    """Mark the paper when every question has an answer; else say which have none."""
    paper = _posted_paper(request, page)
    try:
        paper, empty = hand_in(paper, _answers(request, paper), by=request.user)
    except Refused:  # handed in from another tab meanwhile
        return redirect("learning:result", page.slug)
    if empty:
        return _questions(request, outline(page, request.user), paper, empty)
    return redirect("learning:result", page.slug)


def _posted_paper(request, page):
    """The paper that the form was about, not whichever is open now: an old tab never writes into a new try."""
    number = whole_number(request.POST.get("attempt")) or 0
    own = CheckAttempt.objects.visible_to(request.user).current(page)
    return get_object_or_404(own.select_related("start"), number=min(number, 32767))


def _answers(request, paper):
    return read_answers(request.POST, [question["id"] for question in paper.questions])


def _questions(request, where, paper, empty=frozenset()):
    shown = [question | {"is_empty": question["id"] in empty} for question in paper_pieces(paper)]
    context = {
        "module": where.module,
        "outline": where,
        "units": where.units,
        "attempt": paper,
        "questions": shown,
        "place": "check",
    }
    context["saved_words"] = _saved_words(paper)
    context |= {"has_errors": bool(empty), "empty": [q for q in shown if q["is_empty"]]}
    return render(request, "learning/check.html", context)


def _topics(attempt, where):
    """Topics that went wrong, each with the unit to look at again when it can still be read."""
    live = {unit.pk: unit for unit in where.units}
    return [(topic, live.get(unit)) for topic, unit in topics_again(attempt)]


def _saved_words(paper):
    if paper.saved_at is None:
        return _("Your answers are saved as you give them. Only you can see them.")
    at = time_format(timezone.localtime(paper.saved_at), "H:i")
    return _("Saved at %(time)s. Only you can see it.") % {"time": at}
