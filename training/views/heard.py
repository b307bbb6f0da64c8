"""What people said of a session, for its own co-ordinator and deputy, and their answer to those who came."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.lib.dates import today
from people.lib.numbers import whole_number
from people.transitions import person
from training.afterwards import heard
from training.afterwards.feedback import figures_of
from training.enums import SaidIt
from training.forms.feedback import HeardForm
from training.models import FeedbackRound, JointSession
from training.permissions import can_answer_those_who_came


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, pk):
    """Figures, words, and the answer: what we heard, what we do, and why."""
    rows = JointSession.objects.visible_to(request.user).prefetch_related("dates", "loop_items")
    session = get_object_or_404(rows, pk=pk)
    if not can_answer_those_who_came(session, person(request.user)):
        raise PermissionDenied
    chosen = request.POST.get("do", "")
    form = HeardForm(request.POST if chosen == "add" else None)
    if chosen == "add" and form.is_valid():
        heard.add_item(session, **form.cleaned_data, by=request.user)
        return redirect("session-day:heard", session.pk)
    if chosen == "remove":
        item = get_object_or_404(session.loop_items, pk=whole_number(request.POST.get("item")) or 0)
        heard.remove_item(item, by=request.user)
        return redirect("session-day:heard", session.pk)
    if chosen == "give":
        count = heard.give_answer(session, by=request.user)
        words = ngettext("The answer went to %(n)d person.", "The answer went to %(n)d people.", count)
        messages.success(request, words % {"n": count} + " " + _("It stands on the page of the session."))
        return redirect(session)
    return _page(request, session, form)


def _page(request, session, form):
    feedback_round = FeedbackRound.objects.filter(session=session).first()
    figures = figures_of(feedback_round) if feedback_round else None
    due_on = heard.due_on(session)
    context = {
        "session": session,
        "round": feedback_round,
        "figures": figures,
        "said_labels": SaidIt.choices,
        "items": session.loop_items.all(),
        "given_on": feedback_round.answered_on if feedback_round else None,
        "due_on": due_on,
        "is_late": due_on is not None and due_on < today(),
        "form": form,
    }
    return render(request, "sessions/heard.html", context, status=422 if form.errors else 200)
