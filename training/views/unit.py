"""A unit: reading it, trying its questions, writing in it, finishing it."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from training.blocks import pieces, sections
from training.forms.learning import TextForm, TryForm, read_answers
from training.models import UnitPage
from training.outline import outline
from training.progress import finish_unit, note_try, own_texts, start_module, write_reflection
from training.views.module import live_module


@require_http_methods(["GET", "HEAD", "POST"])
def unit(request, module, unit):
    """The unit's text. A POST checks practice answers; nothing of them is kept."""
    page = live_module(module)
    where = outline(page, request.user)
    listed = next((other for other in where.units if other.slug == unit), None)
    if listed is None:
        return _gone(page, unit)
    return _page(request, where, listed)


@require_POST
def finish(request, module, unit):
    """Finish the unit and go to what comes next."""
    page, text = _live_unit(module, unit)
    if text is None:
        return _gone(page, unit)
    started = start_module(page, by=request.user)
    finish_unit(started, text, by=request.user)
    return redirect(_next_address(outline(page, request.user), text))


@require_POST
def reflection(request, module, unit, block):
    """Keep a private reflection; the script keeps it while it is being written."""
    page, text = _live_unit(module, unit)
    if text is None:
        return _gone(page, unit)
    form = TextForm(request.POST)
    if not form.is_valid():
        if "X-Autosave" in request.headers:
            return JsonResponse({"message": form.errors["text"][0]}, status=422)
        return _page(request, outline(page, request.user), text, wrong={block: form})
    kept = write_reflection(text, block, form.cleaned_data["text"], by=request.user)
    if "X-Autosave" in request.headers:
        return JsonResponse({"saved": True})
    messages.success(request, _("Kept. Only you can see it.") if kept else _("Your text was taken away."))
    return _back_to(page, text, block)


@require_POST
def try_it(request, module, unit, block):
    """Keep what came of trying it."""
    page, text = _live_unit(module, unit)
    if text is None:
        return _gone(page, unit)
    form = TryForm(request.POST)
    if not form.is_valid():
        return _page(request, outline(page, request.user), text, wrong={block: form})
    note_try(start_module(page, by=request.user), text, block, form.cleaned_data["text"], by=request.user)
    messages.success(request, _("Kept. Only you can see what you wrote; the step counts as done."))
    return _back_to(page, text, block)


def _page(request, where, listed, wrong=None):
    """The page, with the reader's own texts; `wrong` holds forms that could not be kept, by block id."""
    text = UnitPage.objects.get(pk=listed.pk)
    answers, checked = _practice(request, text) if request.POST.get("check") else ({}, ())
    found = pieces(text.body, saved=own_texts(request.user, where.start, text), answers=answers, checked=checked)
    for piece in found:
        piece.form = (wrong or {}).get(piece.id)
    following = where.after(listed)
    context = {
        "module": where.module,
        "outline": where,
        "units": where.units,
        "unit": text,
        "listed": listed,
        "sections": sections(found),
        "checked": checked,
        "number": where.number(listed),
        "total": len(where.units),
        "before": where.before(listed),
        "after": following,
        "after_number": where.number(following) if following else None,
        "has_errors": bool(wrong),
        "wrong": wrong,
    }
    return render(request, "learning/unit.html", context, status=422 if wrong else 200)


def _practice(request, text):
    ids = [block.id for block in text.body if block.block_type == "question"]
    return read_answers(request.POST, ids), {*request.POST.getlist("checked"), request.POST["check"]} & set(ids)


def _live_unit(module, slug):
    page = live_module(module)
    return page, UnitPage.objects.live().child_of(page).filter(slug=slug).first()


def _gone(page, slug):
    """A unit that was withdrawn leads to its module with a note; one that never was is not found."""
    get_object_or_404(UnitPage.objects.child_of(page), slug=slug)
    if not page.live:
        raise Http404
    return HttpResponseRedirect(reverse("learning:module", args=[page.slug]) + "?withdrawn=1")


def _next_address(where, unit):
    following = where.after(unit)
    if where.completion is None and following is None and where.standing.check_open and not where.standing.check_passed:
        return reverse("learning:check", args=[where.module.slug])
    if following is None or (where.completion and where.resume is None and where.number(unit) == len(where.units)):
        return reverse("learning:module", args=[where.module.slug])
    return reverse("learning:unit", args=[where.module.slug, following.slug])


def _back_to(page, text, block):
    return HttpResponseRedirect(reverse("learning:unit", args=[page.slug, text.slug]) + f"#{block}")
