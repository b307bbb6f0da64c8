"""Pages of the owner and of whoever reads along: list, add, read, edit, share, remove, file."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appraisal import asking, evidence
from appraisal.forms.evidence import ExampleForm, ReplyForm
from appraisal.models import EvidenceConfirmation, EvidenceEntry
from appraisal.permissions import can_edit_entry
from partnerships.framework import behaviour_choices
from people import audit
from people.lib.dates import today
from people.lib.numbers import whole_number
from people.transitions import ChangedSince, NotYours, move, moves_for, person
from training.models import Reflection

PER_PAGE = 25


@never_cache
@require_safe
def example_list(request):
    """My examples, and those my team shared with me on a tab of their own."""
    team = request.GET.get("view") == "team"
    rows = EvidenceEntry.objects.visible_to(request.user)
    rows = rows.shared().exclude(owner=request.user) if team else rows.of_owner(request.user)
    page = Paginator(rows.for_list(), PER_PAGE).get_page(request.GET.get("page"))
    names = short_names_by_behaviour()
    managers = evidence.manager_names(request.user)
    for entry in page:
        entry.short_names = [names[row.pk] for row in entry.behaviours.all() if row.pk in names]
    context = {"page": page, "team": team, "has_team": bool(request.user.managed_person_ids), "managers": managers}
    return render(request, "evidence/example_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def example_add(request):
    """A new example in one page; it saves itself as a draft, and the button alone does too."""
    if request.method != "POST":
        form = ExampleForm(owner=request.user, initial=_first_values(request))
        return _form_page(request, form)
    form = ExampleForm(request.POST, request.FILES, owner=request.user)
    if request.headers.get("X-Autosave"):
        return _autosave(form, lambda: evidence.keep_entry(request.user, form.values(), form_key=_key(form)))
    if not form.is_valid():
        return _form_page(request, form)
    entry = evidence.keep_entry(request.user, form.values(), form_key=_key(form))
    messages.success(request, _("Your example is saved. Only you can see it."))
    return redirect(back_with(request, "example", entry) or entry)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def example_edit(request, pk):
    """Change an example; what others have read is saved by the button only."""
    entry = own_entry(request, pk)
    if request.method != "POST":
        form = ExampleForm(owner=request.user, entry=entry, initial=ExampleForm.initial_of(entry))
        return _form_page(request, form, entry)
    form = ExampleForm(request.POST, request.FILES, owner=request.user, entry=entry)
    if request.headers.get("X-Autosave"):
        if not evidence.saves_itself(entry):
            return JsonResponse({"message": _("Not saved yet. Press Save: others have read this example.")}, status=409)
        return _autosave(form, lambda: _change(entry, form, request))
    if not form.is_valid():
        return _form_page(request, form, entry)
    try:
        saved = _change(entry, form, request)
    except ChangedSince as refusal:
        return _changed_page(request, form, refusal)
    messages.success(request, _("Your example is saved."))
    return redirect(saved)


@never_cache
@require_safe
def example_detail(request, pk):
    """One example with the answers beside it, for its owner and for whoever it is shared with."""
    beside = EvidenceConfirmation.objects.visible_to(request.user)
    entry = get_object_or_404(EvidenceEntry.objects.visible_to(request.user).for_reading(beside), pk=pk)
    own = can_edit_entry(entry, person(request.user))
    if not own:
        audit.record_read(entry, by=request.user)
    rows = [row for row in entry.confirmations.all() if own or row.is_answered]
    for row in rows:
        row.entry = entry
        row.again_from = asking.again_from(row.asked_at) if row.asked_at else None
        row.shown_replies = [
            reply for reply in row.replies.all() if row.is_answered and reply.written_at >= row.answered_at
        ]
    names, managers = short_names_by_behaviour(), evidence.manager_names(entry.owner)
    context = {
        "entry": entry,
        "own": own,
        "today": today(),
        "confirmations": rows,
        "short_names": [names[row.pk] for row in entry.behaviours.all() if row.pk in names],
        "managers": managers,
        "who_sees": evidence.who_sees(entry, request.user, managers, evidence.names_asked(rows)),
        "moves": dict_of_moves(entry, request.user) if own else {},
        "reply_form": ReplyForm() if own else None,
        "why_not_discard": evidence.why_not_discard(entry) if own else None,
    }
    return render(request, "evidence/example_detail.html", context)


@require_POST
def example_move(request, pk, name):
    """Share, or make private again."""
    entry = get_object_or_404(EvidenceEntry.objects.visible_to(request.user), pk=pk)
    move(entry, name, by=person(request.user))
    done = {
        "share": _("%(names)s can now read this example."),
        "unshare": _("%(names)s can no longer read this example."),
    }
    messages.success(request, done[name] % {"names": ", ".join(evidence.manager_names(entry.owner))})
    return redirect(entry)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def example_delete(request, pk):
    """Remove a draft, after a page that asks."""
    entry = own_entry(request, pk)
    if request.method == "POST":
        evidence.discard_entry(entry, by=request.user)
        messages.success(request, _("The example is deleted."))
        return redirect("evidence:list")
    context = {
        "entry": entry,
        "sentence": evidence.why_not_discard(entry),
        "who_sees": _who_sees(entry, request.user),
    }
    return render(request, "evidence/example_delete.html", context)


@require_safe
def example_file(request, pk):
    """The one file of an example, for whoever may read the example."""
    entry = get_object_or_404(EvidenceEntry.objects.visible_to(request.user), pk=pk)
    if not can_edit_entry(entry, person(request.user)):
        audit.record_read(entry, by=request.user)
    return file_response(entry)


def file_response(entry):
    """A download under its safe name, never shown as a page."""
    if not entry.file:
        raise Http404
    try:
        opened = entry.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(opened, as_attachment=True, filename=entry.file_name, content_type=entry.file_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def own_entry(request, pk):
    """An example of the signed-in person; readers are refused, strangers find nothing."""
    entry = get_object_or_404(
        EvidenceEntry.objects.visible_to(request.user).select_related("owner", "partnership"), pk=pk
    )
    if not can_edit_entry(entry, person(request.user)):
        raise NotYours
    return entry


def short_names_by_behaviour():
    """The words for each behaviour, in one query."""
    return {behaviour.pk: text.short_name for behaviour, text in behaviour_choices()}


def dict_of_moves(record, user):
    """The moves of a record by name, each with the sentences that block it."""
    return {
        row.name: {"label": row.label, "sentences": sentences} for row, sentences in moves_for(record, person(user))
    }


def _who_sees(entry, owner):
    """Who can see an example now, in the owner's eyes."""
    managers = evidence.manager_names(owner) if entry.is_shared else []
    return evidence.who_sees(entry, owner, managers, evidence.names_asked(entry.confirmations.all()))


def _first_values(request):
    values = {"happened_on": today(), "form_key": uuid.uuid4(), "behaviours": request.GET.getlist("behaviour")}
    reflection = whole_number(request.GET.get("reflection"))
    if reflection is not None:
        values["situation"] = get_object_or_404(Reflection.objects.filter(person=request.user), pk=reflection).text
    return values


def back_with(request, name, row):
    """The page of ours that asked for this row (an example, a note) and offers it ticked; empty when none asked."""
    address = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}) and "?" not in address
    return f"{address}?{urlencode({name: row.pk})}" if is_ours else ""


def _key(form):
    return form.cleaned_data.get("form_key")


def _change(entry, form, request):
    return evidence.change_entry(entry, form.values(), by=request.user, seen=form.cleaned_data.get("seen"))


def _autosave(form, save):
    """Keep what is in order so far; 204 when there is nothing to keep."""
    form.is_valid()
    if not form.has_account and form.entry is None:
        return HttpResponse(status=204)
    try:
        return JsonResponse({"version": save().version})
    except ChangedSince as refusal:
        return JsonResponse({"message": " ".join(refusal.sentences)}, status=409)


def _form_page(request, form, entry=None, status=None):
    context = {
        "form": form,
        "entry": entry,
        "autosaves": entry is None or evidence.saves_itself(entry),
        "four_steps": any(form[name].value() for name in ("task", "action", "result")),
        "who_sees": _who_sees(entry, request.user) if entry else _("Only you."),
        "answered_by": evidence.names_answered(entry) if entry is not None else [],
        "has_errors": bool(form.errors),
    }
    return render(request, "evidence/example_form.html", context, status=status)


def _changed_page(request, form, refusal):
    """Both texts: the saved one beside the form that still holds what was written."""
    fresh = refusal.record
    form.data = form.data.copy()
    form.data["seen"] = fresh.version
    context = {
        "form": form,
        "entry": fresh,
        "theirs": fresh.account_text,
        "sentences": refusal.sentences,
        "four_steps": True,
        "who_sees": _who_sees(fresh, request.user),
        "has_errors": True,
    }
    return render(request, "evidence/example_form.html", context, status=409)
