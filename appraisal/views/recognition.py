"""Thanking a colleague, and reading what one was thanked for."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appraisal import recognition
from appraisal.forms.recognition import ThanksForm
from appraisal.models import Recognition
from appraisal.views.examples import short_names_by_behaviour
from people.lib.numbers import whole_number
from people.transitions import Refused, move, person

PER_PAGE = 25
MOVES = ("keep", "let_go")


@never_cache
@require_safe
def thanks_list(request):
    """What one was thanked for, and on a tab of its own whom one thanked; nothing is counted."""
    given = request.GET.get("view") == "given"
    rows = Recognition.objects.visible_to(request.user).select_related("by", "to")
    rows = rows.given_by(request.user) if given else rows.given_to(request.user)
    page, names = Paginator(rows, PER_PAGE).get_page(request.GET.get("page")), short_names_by_behaviour()
    for row in page:
        row.about = names.get(row.behaviour_id, "")
    return render(request, "thanks/list.html", {"page": page, "given": given})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def thanks_say(request):
    """One line to somebody whom one has met."""
    people = recognition.people_met(request.user)
    form = ThanksForm(request.POST if request.method == "POST" else None, people=people)
    sentences, status = [], None
    if request.method == "POST" and form.is_valid():
        try:
            given = recognition.say_thanks(**form.values(), by=request.user)
        except Refused as refusal:
            sentences, status = refusal.sentences, 409
        else:
            messages.success(request, _("%(name)s gets your thank you by mail.") % {"name": given.to.name})
            return redirect(given)
    context = {
        "form": form,
        "sentences": sentences,
        "has_people": form.is_bound or people.exists(),
        "has_errors": bool(form.errors or sentences),
    }
    return render(request, "thanks/say.html", context, status=status)


@never_cache
@require_safe
def thanks_detail(request, pk):
    """One of them, for the two people alone."""
    given = _given(request, pk)
    given.about = short_names_by_behaviour().get(given.behaviour_id, "")
    return render(request, "thanks/detail.html", {"given": given, "own": given.to_id == request.user.pk})


@require_POST
def thanks_move(request, pk, name):
    """Keep it as a private example, or let it go."""
    if name not in MOVES:
        raise Http404
    seen = whole_number(request.POST.get("seen"))
    given = move(_given(request, pk), name, by=person(request.user), seen=seen)
    if given.is_kept and given.entry_id:
        messages.success(request, _("It is a private example of yours now. Write on it in your own words."))
        return redirect(given.entry)
    return redirect("thanks:list")


def _given(request, pk):
    return get_object_or_404(Recognition.objects.visible_to(request.user).select_related("by", "to"), pk=pk)
