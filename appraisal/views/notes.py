"""Notes: the manager's form, and for the person everything that was noted about them, with room to answer."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from appraisal import notes
from appraisal.enums import NoteKind
from appraisal.evidence import listed, manager_names
from appraisal.forms.notes import NoteAnswerForm, NoteForm
from appraisal.permissions import can_answer_note
from appraisal.team import managed_post
from appraisal.views.examples import back_with, short_names_by_behaviour
from people import audit
from people.policy import policy
from people.transitions import NotYours, Refused, person

PER_PAGE = 25


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def note_write(request, pk):
    """Note something about somebody in the team; a concern is shown once more before it goes."""
    post = managed_post(request.user, pk)
    if request.method != "POST":
        first = {"form_key": uuid.uuid4(), "behaviour": request.GET.get("behaviour")}
        return _form_page(request, post, NoteForm(initial=first))
    form = NoteForm(request.POST)
    step = request.POST.get("step")
    if not form.is_valid() or step == "change":
        return _form_page(request, post, form)
    if form.cleaned_data["kind"] == NoteKind.CONCERN and step != "send":
        return _check_page(request, post, form)
    try:
        note = notes.write_note(post, form.values(), form_key=form.cleaned_data["form_key"], by=request.user)
    except Refused as refusal:
        return _refused_page(request, post, form, refusal)
    messages.success(
        request, _("%(name)s can read your note now, and answer beside it.") % {"name": post.person.get_short_name()}
    )
    return redirect(back_with(request, "note", note) or reverse("team:person", args=[post.pk]))


@never_cache
@require_safe
def note_list(request):
    """Everything that was noted about me; what stands on the page counts as read."""
    page = Paginator(notes.notes_about(request.user), PER_PAGE).get_page(request.GET.get("page"))
    audit.record_reads([note for note in name_behaviours(page) if not note.opened], by=request.user)
    return render(request, "reviews/notes.html", {"page": page, "readers": _readers(request.user)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def note_answer(request, pk):
    """Answer one note, once."""
    note = get_object_or_404(notes.notes_about(request.user), pk=pk)
    if not can_answer_note(note, person(request.user)):
        raise NotYours
    form = NoteAnswerForm(request.POST or None)
    sentences = []
    if request.method == "POST" and form.is_valid():
        try:
            notes.answer_note(note, form.cleaned_data["answer"], by=request.user)
        except Refused as refusal:
            sentences = refusal.sentences
            note.refresh_from_db()
        else:
            messages.success(request, _("Your answer stands beside the note. Your line manager can read it now."))
            return redirect("reviews:notes")
    name_behaviours([note])
    context = {
        "note": note,
        "form": form,
        "sentences": sentences,
        "readers": _readers(request.user),
        "has_errors": bool(form.errors or sentences),
    }
    return render(request, "reviews/note_answer.html", context, status=409 if sentences else None)


def name_behaviours(rows):
    """The notes, each with the short name of what it is about; one query for all of them."""
    names, rows = short_names_by_behaviour(), list(rows)
    for note in rows:
        note.short_name = names.get(note.behaviour_id, "")
    return rows


def _readers(user):
    """Everybody who reads what was noted about somebody, as a sentence says it."""
    return listed([_("You"), *manager_names(user)])


def _form_page(request, post, form, *, sentences=(), status=None):
    context = {
        "form": form,
        "post": post,
        "stands_in": post.line_manager_id != request.user.pk,
        "working_days": policy("concern_working_days"),
        "sentences": sentences,
        "has_errors": bool(sentences or (form.is_bound and form.errors)),
    }
    return render(request, "team/note.html", context, status=status)


def _check_page(request, post, form):
    behaviour = form.behaviours[form.cleaned_data["behaviour"]][1]
    context = {"form": form, "post": post, "note": form.cleaned_data, "behaviour": behaviour}
    return render(request, "team/note_check.html", context)


def _refused_page(request, post, form, refusal):
    """What was typed stays, and the next press makes a note of its own."""
    form.data = form.data.copy()
    form.data["form_key"] = uuid.uuid4()
    return _form_page(request, post, form, sentences=refusal.sentences, status=409)
