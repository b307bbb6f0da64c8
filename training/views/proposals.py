"""Proposing a session or a visit, what became of it, and the co-ordinators' list of proposals."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.enums import Role
from people.lib.dates import add_working_days, today
from people.lib.numbers import whole_number
from people.policy import policy
from people.transitions import Refused, move, person
from training.booking.places import hats_of
from training.forms.proposals import ProposalForm, ReplyForm
from training.models import SessionProposal
from training.planning import proposals

PER_PAGE = 25
OWN_SHOWN = 10
SAID = {
    "accept": gettext_lazy("Your yes is on its way. Plan it next."),
    "decline": gettext_lazy("Your reply is on its way."),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request):
    """Three answers; below them one's own earlier proposals."""
    hats = hats_of(request.user)
    form = ProposalForm(request.POST if request.method == "POST" else None, hats=hats)
    sentences, status = [], 422 if form.errors else None
    if request.method == "POST" and form.is_valid():
        try:
            proposal = proposals.propose(form.answers(), form.speaks_for(), by=request.user)
        except Refused as refusal:
            sentences, status = refusal.sentences, 409
        else:
            messages.success(request, _("Your proposal is with the co-ordinators."))
            return redirect(proposal)
    own = SessionProposal.objects.filter(by=request.user).order_by("-pk")
    context = {
        "form": form,
        "sentences": sentences,
        "why_not": None if hats else proposals.why_not_propose(request.user),
        "own": own[:OWN_SHOWN],
        "due": add_working_days(today(), policy("proposal_reply_working_days")),
        "days": policy("proposal_reply_working_days"),
        "has_errors": bool(form.errors or sentences),
    }
    return render(request, "proposals/propose.html", context, status=status)


@never_cache
@require_safe
def detail(request, pk):
    """One proposal: for whoever made it, and for the co-ordinators, who answer here."""
    proposal = _proposal(request, pk)
    return _detail_page(request, proposal, ReplyForm(initial={"seen": proposal.version}))


@require_POST
def reply(request, pk):
    """Yes or no, in words."""
    proposal, form = _proposal(request, pk), ReplyForm(request.POST)
    name = "accept" if request.POST.get("move") == "accept" else "decline"
    if not form.is_valid() and request.user.has_role(Role.COORDINATOR):
        return _detail_page(request, proposal, form, status=422)
    data = {"words": form.cleaned_data.get("words", "")}
    moved = move(proposal, name, by=person(request.user), data=data, seen=form.cleaned_data.get("seen"))
    messages.success(request, SAID[name])
    return redirect(moved)


@require_POST
def withdraw(request, pk):
    """Take one's own proposal back before it is answered."""
    seen = whole_number(request.POST.get("seen"))
    moved = move(_proposal(request, pk), "withdraw", by=person(request.user), seen=seen)
    messages.success(request, _("Your proposal is taken back."))
    return redirect(moved)


@never_cache
@require_safe
def proposal_list(request):
    """What waits for a reply, the earliest due first; what is answered on a tab of its own."""
    if not request.user.has_role(Role.COORDINATOR):
        raise PermissionDenied
    answered = request.GET.get("view") == "answered"
    rows = SessionProposal.objects.visible_to(request.user).for_list()
    rows = rows.answered() if answered else rows.open()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "proposals/list.html", {"page": page, "answered": answered})


def _proposal(request, pk):
    return get_object_or_404(SessionProposal.objects.visible_to(request.user).for_list(), pk=pk)


def _detail_page(request, proposal, form, status=None):
    context = {
        "proposal": proposal,
        "form": form,
        "own": proposal.by_id == request.user.pk,
        "answers": request.user.has_role(Role.COORDINATOR),
        "has_errors": bool(form.errors),
    }
    return render(request, "proposals/detail.html", context, status=status)
