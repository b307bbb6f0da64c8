"""Co-ordinators keep venues and what is known about each; the host fills it in behind a mailed link."""

from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.lib.private import kept_private
from people.transitions import create, link_actor, move, person
from training.forms.venues import CheckedByForm, ChecklistForm, HostAnswerForm, HostForm, VenueForm, VenueSearchForm
from training.models import JointSession, Venue, VenueQuestion
from training.permissions import can_keep_venues
from training.planning import venues
from training.planning.venues import ChangedMeanwhile, change_venue, check_again, facts_of, known_of
from training.workflow.venues import OPEN

PER_PAGE = 25
SESSIONS_SHOWN = 10


@never_cache
@require_safe
def venue_list(request):
    """Every venue: how much is known, what is too old, which core facts lack."""
    _ask_coordinator(request.user)
    form = VenueSearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    rows = Venue.objects.visible_to(request.user).for_list()
    page = Paginator(rows.matching(words) if words else rows, PER_PAGE).get_page(request.GET.get("page"))
    for venue in page:
        venue.known = known_of(venue)
    context = {"page": page, "form": form, "words": words, "all": len(venues.FACTS)}
    return render(request, "venues/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def venue_add(request):
    """A new venue; its checklist follows on the next page."""
    _ask_coordinator(request.user)
    form = VenueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        venue = venues.add_venue(form.details(), by=request.user)
        messages.success(request, _("The venue is kept. Fill in what you know, or let the host do it."))
        return redirect(venue)
    context = {"form": form, "has_errors": bool(form.errors)}
    return render(request, "venues/add.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def venue_edit(request, pk):
    """What it is called and the whole checklist, on one page."""
    venue = _venue(request, pk)
    data = request.POST if request.method == "POST" else None
    form = VenueForm(data, instance=copy(venue))  # a form writes into its record, and the page shows what is saved
    checklist = ChecklistForm(data, venue=venue)
    who = CheckedByForm(data, initial={"checked_by": request.user.name})
    if data is not None and all([form.is_valid(), checklist.is_valid(), who.is_valid()]):
        try:
            change_venue(
                venue,
                form.details(),
                checklist.answers(),
                seen={"details": form.cleaned_data["seen"], **checklist.seen()},
                checked_by=who.cleaned_data["checked_by"],
                by=request.user,
            )
        except ChangedMeanwhile as refusal:
            return _changed_page(request, venue, form, checklist, who, refusal)
        messages.success(request, _("Saved. It stands on the pages of the sessions there."))
        return redirect(venue)
    is_refused = form.errors or checklist.errors or who.errors
    return _edit_page(request, venue, form, checklist, who, status=422 if is_refused else None)


@never_cache
@require_safe
def venue_detail(request, pk):
    """One venue as people see it, what lacks, who was asked, and which sessions are there."""
    return _detail_page(request, _venue(request, pk), HostForm())


@require_POST
def venue_check(request, pk):
    """What was ticked is as it was when somebody looked today."""
    venue = _venue(request, pk)
    seen = dict(value.split(":", 1) for value in request.POST.getlist("fact") if ":" in value)
    try:
        changed = check_again(venue, seen, checked_by=request.user.name, by=request.user)
    except ChangedMeanwhile as refusal:
        return _detail_page(request, _venue(request, pk), HostForm(), refusal.sentences, status=409)
    if not changed:
        messages.info(request, _("Tick what was checked again."))
    else:
        n = len(changed)
        words = ngettext("%(n)d fact was checked again today.", "%(n)d facts were checked again today.", n)
        messages.success(request, words % {"n": n})
    return redirect(venue)


@require_POST
def venue_ask(request, pk):
    """Send the host a link to the checklist; an earlier link ends."""
    venue = _venue(request, pk)
    form = HostForm(request.POST)
    if not form.is_valid():
        return _detail_page(request, venue, form, status=422)
    question = VenueQuestion(venue=venue, asked_by=request.user, **form.cleaned_data)
    create(question, "ask", by=person(request.user))
    messages.success(request, _("The link is on its way to %(email)s.") % {"email": question.email})
    return redirect(venue)


@require_POST
def question_withdraw(request, pk):
    """The host's link stops working."""
    rows = VenueQuestion.objects.visible_to(request.user).select_related("venue")
    question = move(get_object_or_404(rows, pk=pk), "withdraw", by=person(request.user))
    messages.success(request, _("The link no longer works. What was answered stays."))
    return redirect(question.venue)


@login_not_required
@kept_private
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, token):
    """The page behind the mailed link: the whole checklist, for the host, without an account."""
    rows = VenueQuestion.objects.live_by_token(token).filter(state__in=OPEN)
    question = rows.select_related("venue", "asked_by").prefetch_related("venue__facts").first()
    if question is None:
        return render(request, "venues/closed.html", status=404)
    form = HostAnswerForm(request.POST if request.method == "POST" else None, venue=question.venue)
    if request.method == "POST" and form.is_valid():
        try:
            move(question, "answer", by=link_actor(question), data={"answers": form.answers(), "seen": form.seen()})
        except ChangedMeanwhile as refusal:
            form.show_again(refusal.rows)
            return _answer_page(request, question, form, status=409)
        return redirect(f"{request.path}?kept=1")
    return _answer_page(request, question, form, status=422 if form.errors else None)


def _ask_coordinator(user):
    if not can_keep_venues(user):
        raise PermissionDenied


def _venue(request, pk):
    _ask_coordinator(request.user)
    return get_object_or_404(Venue.objects.visible_to(request.user).for_list(), pk=pk)


def _detail_page(request, venue, form, sentences=(), status=None):
    question = VenueQuestion.objects.visible_to(request.user).open().filter(venue=venue).first()
    sessions = JointSession.objects.visible_to(request.user).filter(venue=venue).coming().prefetch_related("dates")
    context = {
        "venue": venue,
        "facts": [(fact, row, f"{fact.code}:{venues.mark_of(row)}") for fact, row in facts_of(venue)],
        "known": known_of(venue),
        "all": len(venues.FACTS),
        "question": question,
        "sessions": sessions[:SESSIONS_SHOWN],
        "form": form,
        "sentences": sentences,
        "has_errors": bool(form.errors or sentences),
    }
    return render(request, "venues/detail.html", context, status=status)


def _edit_page(request, venue, form, checklist, who, sentences=(), status=None):
    context = {
        "venue": venue,
        "form": form,
        "checklist": checklist,
        "who": who,
        "sentences": sentences,
        "has_errors": bool(form.errors or checklist.errors or who.errors or sentences),
    }
    return render(request, "venues/edit.html", context, status=status)


def _changed_page(request, venue, form, checklist, who, refusal):
    """Both: what was typed in its fields, and what stands there now beside it."""
    fresh = _venue(request, venue.pk)
    checklist.show_again(refusal.rows)
    sentences = []
    if refusal.details:
        form.show_again(fresh)
        said = _("The name or address was changed meanwhile: %(name)s, %(address)s. Save again to put yours there.")
        sentences = [said % {"name": fresh.name, "address": fresh.address}]
    return _edit_page(request, fresh, form, checklist, who, sentences, status=409)


def _answer_page(request, question, form, status=None):
    context = {
        "question": question,
        "venue": question.venue,
        "form": form,
        "kept": "kept" in request.GET and request.method != "POST",
        "has_errors": form.is_bound and bool(form.errors),
    }
    return render(request, "venues/answer.html", context, status=status)
