"""Where somebody says whether it happened so: by the mailed link without an account, or signed in by their own right.

Reading changes nothing. An unknown, ended or withdrawn link gives one and the same page.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from appraisal import asking, evidence
from appraisal.enums import SENT, ConfirmationState
from appraisal.forms.evidence import AnswerForm
from appraisal.models import EvidenceConfirmation
from appraisal.views.examples import file_response
from people.lib.private import kept_private
from people.policy import policy
from people.transitions import WrongState, link_actor, move, person


@login_not_required
@kept_private
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, token):
    """The page behind the mailed link."""
    row = _by_token(token)
    if row is None:
        return render(request, "evidence/answer_closed.html", status=404)
    return _answer_page(request, row, link_actor(row), "base_plain.html", reverse("evidence:answer-file", args=[token]))


@login_not_required
@kept_private
@require_safe
def answer_file(request, token):
    """The file, when the asker ticked it and it is still the same one."""
    row = _by_token(token)
    return _shown_file(row) if row else render(request, "evidence/answer_closed.html", status=404)


@kept_private
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request, pk):
    """The same page for a signed-in person whose own address was asked."""
    row = get_object_or_404(EvidenceConfirmation.objects.addressed_to(request.user).for_reading(), pk=pk)
    if not row.is_live:
        return render(request, "evidence/answer_closed.html", status=404)
    return _answer_page(request, row, person(request.user), "base.html", reverse("evidence:asked-file", args=[pk]))


@kept_private
@require_safe
def asked_file(request, pk):
    """The ticked file, for the signed-in person who was asked."""
    row = get_object_or_404(EvidenceConfirmation.objects.addressed_to(request.user).for_reading(), pk=pk)
    return _shown_file(row)


def _by_token(token):
    rows = EvidenceConfirmation.objects.live_by_token(token).filter(state__in=SENT)
    return rows.for_reading().first()


def _shown_file(row):
    if not row.is_live or not row.shows_file:
        raise Http404
    return file_response(row.entry)


def _answer_page(request, row, actor, base, file_url):
    form = AnswerForm(request.POST or None, initial={"answer": row.quiet_answer})
    if request.method == "POST":
        if request.POST.get("move") == "take_back":
            move(row, "take_back", by=actor)
            return redirect(request.path)
        if form.is_valid():
            _keep(row, form, actor)
            return redirect(request.path)
    context = {
        "base": base,
        "form": form,
        "confirmation": row,
        "managers": evidence.manager_names(row.asked_by) if row.entry.is_shared else [],
        "may_share_with": evidence.manager_names(row.asked_by) if not row.entry.is_shared else [],
        "file_url": file_url if row.shows_file else "",
        "keep_years": policy("example_keep_years"),
        "taken_back": row.state == ConfirmationState.TAKEN_BACK,
        "has_errors": form.is_bound and bool(form.errors),
    }
    return render(request, "evidence/answer.html", context)


def _keep(row, form, actor):
    """Keep the answer; somebody who answered a moment ago in another window finds that answer."""
    if form.is_quiet:
        asking.keep_quiet(row, form.cleaned_data["answer"], by=actor)
        return
    try:
        move(row, "answer", by=actor, data={name: form.cleaned_data[name] for name in ("answer", "words")})
    except WrongState:
        row.refresh_from_db()
        if not row.is_answered:
            raise
