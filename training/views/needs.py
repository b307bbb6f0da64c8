"""What people need in order to take part, for those who may read it; and what they bring, for who prepares a session.

Being a co-ordinator opens nobody's need: only the session's own co-ordinator, its deputy, and whom the person ticked.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from people.lib.numbers import whole_number
from people.lib.private import kept_private
from people.transitions import Refused, move, person
from training.forms.getting_ready import AnswerNeedForm
from training.models import AccessNeed, JointSession
from training.permissions import can_answer_need, can_plan_session, can_take_attendance

PAGE = 25


@kept_private
@require_safe
def need_list(request, session_pk=None):
    """Every need that I may read and that is not my own, of one session or of all that come; the unanswered first."""
    return _page(request, session_pk)


@sensitive_post_parameters()
@kept_private
@require_POST
def answer(request, pk):
    """Arranged, partly, or not possible with the reason; the person is told that there is an answer."""
    need = get_object_or_404(AccessNeed.objects.visible_to(request.user).for_reading(), pk=pk)
    if not can_answer_need(need, person(request.user)):
        raise PermissionDenied
    form = AnswerNeedForm(request.POST, auto_id=f"n{pk}-%s")
    if not form.is_valid():
        return _page(request, bound={pk: form}, status=422)
    values, seen = form.cleaned_data, whole_number(request.POST.get("seen"))
    try:
        move(need, values["state"], by=person(request.user), data={"answer": values["answer"]}, seen=seen)
    except Refused as refusal:
        return _page(request, bound={pk: form}, sentences=refusal.sentences, status=409)
    messages.success(request, _("Kept. The person gets a mail and reads your answer on their page."))
    return redirect("needs:list")


@never_cache
@require_safe
def prepare(request, pk):
    """What people bring and need from the others, for whoever leads the session; support for who arranges it."""
    rows = JointSession.objects.visible_to(request.user).prefetch_related("facilitators")
    session = get_object_or_404(rows, pk=pk)
    actor = person(request.user)
    if not can_take_attendance(session, actor):
        raise PermissionDenied
    places = session.places.active().with_something_said().select_related("organisation").order_by("name", "pk")
    page = Paginator(places, PAGE * 4).get_page(request.GET.get("page"))
    sees_support = can_plan_session(session, actor) or request.user.pk == session.deputy_id
    context = {"session": session, "page": page, "sees_support": sees_support}
    return render(request, "sessions/prepare.html", context)


def _page(request, session_pk=None, *, bound=None, sentences=(), status=200):
    needs = AccessNeed.objects.visible_to(request.user).not_of(request.user).for_list()
    needs = needs.filter(place__session_id=session_pk) if session_pk else needs
    page = Paginator(needs, PAGE).get_page(request.GET.get("page"))
    actor = person(request.user)
    for need in page:
        if can_answer_need(need, actor):
            first = {"state": need.state, "answer": need.answer}
            need.form = (bound or {}).get(need.pk) or AnswerNeedForm(initial=first, auto_id=f"n{need.pk}-%s")
    return render(request, "sessions/needs.html", {"page": page, "sentences": sentences}, status=status)
