"""A module's own page, starting it, and how sure somebody feels."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partnerships.framework import short_names
from training.booking.session_words import where_words
from training.completion import complete_if_done
from training.enums import Moment
from training.forms.learning import ConfidenceForm
from training.models import ModulePage, ModuleStart
from training.outline import coming_sessions, outline, try_it_unit
from training.progress import begin, say_confidence, withdrawn_titles
from training.renewal import renew, renewal_of


def live_module(slug):
    """The published module at this address."""
    return get_object_or_404(ModulePage.objects.live(), slug=slug)


@require_safe
def module(request, module):
    """What the module is about, where I stand and what comes next."""
    page = live_module(module)
    where = outline(page, request.user)
    waiting = where.start and not where.completion
    context = {
        "module": page,
        "outline": where,
        "units": where.units,
        "start": where.start,
        "behaviours": short_names([b.code for b in page.behaviours.all()]),
        "withdrawn": withdrawn_titles(where.start) if waiting else [],
        "try_unit": try_it_unit(page) if waiting and where.resume is None and where.standing.waits_for_try else None,
        "sessions": _coming_sessions(page),
        "renewal": renewal_of(request.user, page, where.start),
        "unit_is_gone": "withdrawn" in request.GET,
    }
    return render(request, "learning/module.html", context)


@require_POST
def start(request, module):
    """Start, or go on: both lead to the first unit that is still to do."""
    page = live_module(module)
    form = ConfidenceForm(request.POST)
    begin(page, by=request.user, confidence=form.cleaned_data["confidence"] if form.is_valid() else None)
    where = outline(page, request.user)
    if where.resume and not where.completion:
        return redirect("learning:unit", page.slug, where.resume.slug)
    return redirect("learning:module", page.slug)


@require_POST
def renew_module(request, module):
    """Begin to renew: a round of its own, beside what was completed."""
    page = live_module(module)
    started = renew(page, by=request.user)
    complete_if_done(started)
    return redirect("learning:module", page.slug)


@require_POST
def confidence(request, module):
    """How sure I feel now; only I see it."""
    page = live_module(module)
    started = get_object_or_404(ModuleStart.objects.visible_to(request.user).current(), module=page)
    form = ConfidenceForm(request.POST)
    if form.is_valid() and form.cleaned_data["confidence"]:
        say_confidence(started, Moment.AFTER, form.cleaned_data["confidence"], by=request.user)
        messages.success(request, _("Thank you. Only you can see how sure you feel."))
    else:
        messages.warning(request, _("Nothing was kept, because no number was chosen."))
    return redirect("learning:module", page.slug)


def _coming_sessions(module):
    found = coming_sessions(module)
    for session in found:
        session.where = where_words(session)
    return found
