"""Asking somebody how it happened: whom, the preview, the manager's page, withdrawing, replying."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from appraisal import asking, evidence
from appraisal.enums import ConfirmationState
from appraisal.forms.evidence import AskForm, NotSendForm, ReplyForm
from appraisal.models import EvidenceConfirmation
from appraisal.permissions import can_send_for_another
from appraisal.views.examples import dict_of_moves, own_entry
from people.lib.numbers import whole_number
from people.policy import policy
from people.transitions import NotYours, Refused, move, person


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_ask(request, pk):
    """Choose and declare; then see exactly what would be sent; then send. Only the last press writes anything."""
    entry = own_entry(request, pk)
    if request.method != "POST":
        return _ask_page(request, AskForm(entry=entry, initial=_asked_before(request, entry)), entry)
    form = AskForm(request.POST, entry=entry)
    if not form.is_valid() or request.POST.get("step") == "change":
        return _ask_page(request, form, entry)
    prepared = asking.prepare_request(entry, **form.values())
    changed = form.cleaned_data.get("seen") not in (None, entry.text_version)
    if request.POST.get("step") != "send" or changed:
        return _preview(request, form, prepared, asking.why_not_asked(prepared, by=request.user), changed=changed)
    try:
        sent = asking.ask(prepared, by=request.user)
    except Refused as refusal:
        return _preview(request, form, prepared, refusal.sentences, status=409)
    messages.success(request, _said(sent))
    return redirect(entry)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_send(request, pk):
    """The line manager's page: read what would be sent, then send it or not."""
    rows = EvidenceConfirmation.objects.visible_to(request.user).for_reading()
    prepared = get_object_or_404(rows.filter(decides=True), pk=pk)
    if not can_send_for_another(prepared, person(request.user)):
        raise NotYours
    form = NotSendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _manager_decides(request, prepared, form)
    context = {
        "confirmation": prepared,
        "entry": prepared.entry,
        "form": form,
        "moves": dict_of_moves(prepared, request.user),
        "days": policy("confirmation_days"),
    }
    return render(request, "evidence/request_send.html", context)


@require_POST
def request_withdraw(request, pk):
    """The asker needs no answer any more."""
    row = get_object_or_404(EvidenceConfirmation.objects.visible_to(request.user).for_reading(), pk=pk)
    move(row, "withdraw", by=person(request.user))
    messages.success(request, _("The request is withdrawn. The link in the mail no longer works."))
    return redirect(row.entry)


@require_POST
def request_reply(request, pk):
    """The owner writes beside an answer."""
    row = get_object_or_404(EvidenceConfirmation.objects.visible_to(request.user).for_reading(), pk=pk)
    form = ReplyForm(request.POST)
    if form.is_valid():
        evidence.reply_to_answer(row, form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Your reply stands beside the answer."))
    else:
        messages.warning(request, _("The reply was not saved: write something, up to 2,000 characters."))
    return redirect(row.entry)


def _manager_decides(request, prepared, form):
    if request.POST.get("move") == "send_by_manager":
        sent = asking.send_for_another(prepared, by=request.user)
        messages.success(request, _("You asked %(name)s.") % {"name": sent.name})
    else:
        reason = form.cleaned_data["reason"]
        move(prepared, "not_send", by=person(request.user), data={"reason": reason})
        messages.success(request, _("Nothing was sent. %(name)s has been told.") % {"name": prepared.asked_by.name})
    return redirect(prepared.entry)


def _ask_page(request, form, entry):
    context = {
        "form": form,
        "entry": entry,
        "person_limit": asking.person_limit(),
        "organisation_limit": asking.organisation_limit(),
        "has_errors": bool(form.is_bound and form.errors),
    }
    return render(request, "evidence/request_ask.html", context)


def _preview(request, form, prepared, sentences, *, changed=False, status=None):
    managers = evidence.manager_names(request.user)
    left_out = [] if "names" in form.cleaned_data["show"] else asking.other_names(prepared.entry, prepared)
    context = {
        "form": form,
        "entry": prepared.entry,
        "confirmation": prepared,
        "sentences": sentences,
        "changed": changed,
        "left_out": left_out,
        "managers": managers,
        "days": policy("confirmation_days"),
        "hidden": [(name, value) for name, values in request.POST.lists() if name in form.fields for value in values],
    }
    return render(request, "evidence/request_preview.html", context, status=status)


def _asked_before(request, entry):
    """Whom to ask again, so that nobody types the same twice."""
    number = whole_number(request.GET.get("again"))
    row = entry.confirmations.filter(pk=number).first() if number is not None else None
    if row is None:
        return {}
    names = ("name", "email", "organisation", "organisation_name")
    return {name: getattr(row, name) for name in names}


def _said(sent):
    if sent.state == ConfirmationState.FOR_MANAGER:
        return _("Your line manager has been asked to send it. You will hear what they decide.")
    return _("%(name)s has been asked. You will get a mail when there is an answer.") % {"name": sent.name}
