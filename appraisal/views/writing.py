"""Writing one side of a review: a behaviour a page or all on one, the summary, and the check before handing in.

Who writes which side is decided by who somebody is. What was typed is given back whenever it cannot be saved.
"""

from functools import wraps
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from appraisal import ground, ratings
from appraisal.beside import beside, offered_modules
from appraisal.forms.reviews import LEVELS, REASONS, RatingForm, SummaryForms
from appraisal.models import BehaviourRating, NextStep
from appraisal.reading import note_reading
from appraisal.steps import steps_of_last_review
from appraisal.views import writing_pages as pages
from appraisal.writing import ask_open, hand_in, next_step, open_draft
from people.lib.numbers import whole_number
from people.transitions import ChangedSince, Refused, person

CANNOT_WRITE = gettext_lazy("You cannot write here, or no longer.")


def keeps_text(view):
    """Give back what somebody typed when it can no longer be saved: shared, sent or handed over meanwhile.

    The answer is the same for a review that is not there, so that nobody learns of one.
    """

    @wraps(view)
    def kept(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except (Http404, PermissionDenied, Refused) as refusal:
            if request.method != "POST":
                raise
            return _given_back(request, refusal)

    return kept


@never_cache
@require_safe
def go_on(request, pk):
    """Straight to the next thing to write: what lists and mails link to."""
    draft = open_draft(request.user, pk)
    if not draft.is_open:
        return redirect(draft.review)
    return redirect(next_step(draft.review, draft.part, draft.ratings).url)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_text
def write(request, pk, number):
    """One behaviour: what fits, what it rests on, in one's own words; with everything there is to go on beside it."""
    draft = _opened(request, pk)
    rating = draft.rating(number)
    if rating is None:
        raise Http404
    if request.method == "POST":
        return _save_one(request, draft, rating)
    if not draft.is_open:
        return _nothing_to_write(request, draft)
    note_reading(draft.review, request.user)
    near = beside(draft, [rating])[number]
    added = {name: whole_number(request.GET.get(name)) for name in ("example", "note")}
    form = RatingForm(draft=draft, rating=rating, initial=RatingForm.initial_of(rating, near, **added))
    return _one_page(request, draft, form, near)


def _save_one(request, draft, rating):
    form = RatingForm(request.POST, draft=draft, rating=rating)
    autosaves = bool(request.headers.get("X-Autosave"))
    if not form.is_valid():
        ask_open(draft)
        return _not_saved(form) if autosaves else _one_page(request, draft, form)
    try:
        saved = ratings.save_rating(
            rating.behaviour, draft.part.part, form.values(), by=person(request.user), seen=form.cleaned_data["seen"]
        )
    except ChangedSince as refusal:
        if autosaves:
            raise
        return _changed_page(request, draft, form, refusal)
    if autosaves:
        return JsonResponse({"version": saved.version})
    if not draft.is_self:
        _warn_below(request, rating.behaviour, saved)
    return redirect(_where_next(request, draft, rating))


def _warn_below(request, behaviour, saved):
    """Say at once what a level below the expected one needs, and not only when everything else is done."""
    saved.behaviour = behaviour
    if not saved.is_below:
        return
    rating = BehaviourRating.objects.with_ground().get(pk=saved.pk)
    rating.behaviour = behaviour
    if lacking := ground.why_below(rating):
        words = _("“%(behaviour)s” is saved, and cannot be shared like this. %(sentences)s")
        sentences = " ".join(lacking)
        messages.warning(request, words % {"behaviour": behaviour.text.short_name, "sentences": sentences})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_text
def whole(request, pk):
    """Every behaviour in one form, for those who prefer it: one save, the same rules."""
    draft = _opened(request, pk)
    if request.method == "POST":
        return _save_all(request, draft)
    if not draft.is_open:
        return _nothing_to_write(request, draft)
    note_reading(draft.review, request.user)
    near = beside(draft, draft.ratings)
    forms = [
        RatingForm(draft=draft, rating=row, prefix=_prefix(row), initial=RatingForm.initial_of(row, near[_number(row)]))
        for row in draft.ratings
    ]
    return _whole_page(request, draft, forms, near)


def _save_all(request, draft):
    forms = [RatingForm(request.POST, draft=draft, rating=row, prefix=_prefix(row)) for row in draft.ratings]
    autosaves = bool(request.headers.get("X-Autosave"))
    if not all(form.is_valid() for form in forms):
        ask_open(draft)
        return _not_saved(*forms) if autosaves else _whole_page(request, draft, forms)
    answers = [ratings.Answer(form.rating.behaviour, form.values(), form.cleaned_data["seen"]) for form in forms]
    try:
        saved = ratings.save_ratings(draft.review, draft.part.part, answers, by=person(request.user))
    except ChangedSince as refusal:
        if autosaves:
            raise
        return _whole_changed(request, draft, forms, refusal)
    if autosaves:
        versions = {form.add_prefix("seen"): row.version for form, row in zip(forms, saved, strict=True)}
        return JsonResponse({"seen": versions})
    if request.POST.get("then") == "later":
        return redirect(_put_aside(request, draft))
    return redirect("reviews:summary", pk=draft.review.pk)


def _whole_page(request, draft, forms, near=None, status=None, theirs=(), **more):
    near, changed = near or beside(draft, draft.ratings), {row.pk: row for row in theirs}
    sheets = [pages.sheet(draft, form, near[_number(form.rating)], changed.get(form.rating.pk)) for form in forms]
    context = {**pages.frame(draft), "sheets": sheets, "has_errors": any(form.errors for form in forms), **more}
    return render(request, "reviews/write_whole.html", context, status=status)


def _whole_changed(request, draft, forms, refusal):
    """Beside each behaviour that another window saved meanwhile stands what it saved."""
    fresh = {row.pk: row for row in draft.part.ratings.with_ground().select_related("behaviour")}
    theirs = [fresh[form.rating.pk] for form in forms if form.cleaned_data["seen"] != fresh[form.rating.pk].version]
    for form in forms:
        form.data = form.data.copy()
        form.data[form.add_prefix("seen")] = fresh[form.rating.pk].version
    more = {"sentences": refusal.sentences, "has_errors": True}
    return _whole_page(request, draft, forms, status=409, theirs=theirs, **more)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_text
def summary(request, pk):
    """What one side says overall; for the manager also what follows: at most three next steps."""
    draft = _opened(request, pk)
    if request.method == "POST":
        return _save_summary(request, draft)
    if not draft.is_open:
        return _nothing_to_write(request, draft)
    note_reading(draft.review, request.user)
    forms = SummaryForms(draft, offered_modules(draft))
    return _summary_page(request, draft, forms)


def _save_summary(request, draft):
    forms = SummaryForms(draft, offered_modules(draft), request.POST)
    autosaves = bool(request.headers.get("X-Autosave"))
    if not forms.is_valid() and not (autosaves and forms.words.is_valid()):
        ask_open(draft)
        return _not_saved(forms.words) if autosaves else _summary_page(request, draft, forms)
    try:
        saved = ratings.save_summary(
            draft.review,
            draft.part.part,
            forms.words.cleaned_data["summary"],
            by=person(request.user),
            seen=forms.words.cleaned_data["seen"],
            steps=forms.steps_values(),
        )
    except ChangedSince as refusal:
        if autosaves:
            raise
        return _summary_changed(request, draft, forms, refusal)
    if autosaves:
        return _summary_saved(saved, forms)
    if request.POST.get("then") == "later":
        return redirect(_put_aside(request, draft))
    return redirect("reviews:check", pk=draft.review.pk)


def _summary_saved(saved, forms):
    """A step that is not complete yet is not kept by an autosave; the line says so, and the page keeps it."""
    if forms.is_valid():
        return JsonResponse({"version": saved.version})
    message = _("Your words are saved. A next step is saved once what, who and when are there.")
    return JsonResponse({"version": saved.version, "message": message}, status=422)


def _summary_page(request, draft, forms, status=None, **more):
    context = {
        **pages.frame(draft, "summary"),
        "forms": forms,
        "form": forms.words,
        "own_summary": pages.own_summary(draft),
        "helped": pages.help_wanted(draft),
        "last_steps": steps_of_last_review(draft.review, viewer=request.user),
        "has_errors": bool(forms.errors),
        **more,
    }
    return render(request, "reviews/write_summary.html", context, status=status)


def _summary_changed(request, draft, forms, refusal):
    part = refusal.record
    forms.look_at(part.version)
    steps = NextStep.objects.visible_to(request.user).filter(review=draft.review).select_related("owner")
    more = {"theirs": part, "their_steps": steps, "has_errors": True}
    return _summary_page(request, draft, forms, status=409, sentences=refusal.sentences, **more)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request, pk):
    """Everything that would go out, what is still missing, who reads it afterwards; and the button that sends it."""
    draft = _opened(request, pk)
    if request.method == "POST":
        return _hand_in(request, draft)
    if not draft.is_open:
        return _nothing_to_write(request, draft)
    note_reading(draft.review, request.user)
    return render(request, "reviews/check.html", pages.check(draft))


def _hand_in(request, draft):
    try:
        review = hand_in(
            draft.review,
            draft.part.part,
            by=person(request.user),
            seen=whole_number(request.POST.get("seen")),
            text_seen=request.POST.get("text", ""),
        )
    except Refused as refusal:
        if not draft.is_open:
            raise
        again = open_draft(request.user, draft.review.pk)
        context = {**pages.check(again), "refused": refusal.sentences, "has_errors": True}
        return render(request, "reviews/check.html", context, status=409)
    messages.success(request, pages.said_after(draft, review.shared_on))
    return redirect(review if draft.is_self else "team:list")  # a manager goes on with the next person


def _opened(request, pk):
    """This person's side; for a manager the page belongs to the team, not to their own reviews."""
    draft = open_draft(request.user, pk)
    if not draft.is_self:
        request.section = reverse("team:list")
    return draft


def _nothing_to_write(request, draft):
    """A bookmark to a page of writing that is over leads to the review."""
    messages.info(request, _("There is nothing to write here now. This is how the review stands."))
    return redirect(draft.review)


def _prefix(rating):
    return f"b{rating.behaviour.number}"


def _number(rating):
    return rating.behaviour.number


def _where_next(request, draft, rating):
    """Where the pressed button leads, after saving."""
    number, then = rating.behaviour.number, request.POST.get("then")
    if then == "add":
        there = reverse("evidence:add") if draft.is_self else reverse("team:note", args=[draft.review.post_id])
        here = reverse("reviews:write", args=[draft.review.pk, number])
        return f"{there}?{urlencode({'behaviour': rating.behaviour.text.behaviour_id, 'next': here})}"
    if then == "whole":
        return reverse("reviews:whole", args=[draft.review.pk])
    if then == "later":
        return _put_aside(request, draft)
    return pages.next_after(draft, number).url


def _put_aside(request, draft):
    """Where somebody who comes back later goes now."""
    messages.success(request, _("Your draft is saved. %(who)s") % {"who": pages.who_sees_draft(draft)})
    return draft.review.get_absolute_url() if draft.is_self else reverse("team:list")


def _one_page(request, draft, form, near=None, status=None, **more):
    number = form.rating.behaviour.number
    near = near or beside(draft, [form.rating])[number]
    context = {
        **pages.frame(draft, number),
        "form": form,
        "sheet": pages.sheet(draft, form, near, more.pop("theirs", None)),
        "next": pages.next_after(draft, number),
        **more,
    }
    return render(request, "reviews/write.html", context, status=status)


def _changed_page(request, draft, form, refusal):
    """Both texts: the saved one beside the form that still holds what was written."""
    theirs = BehaviourRating.objects.with_ground().select_related("behaviour").get(pk=refusal.record.pk)
    theirs.part = draft.part
    form.data = form.data.copy()
    form.data[form.add_prefix("seen")] = theirs.version
    more = {"theirs": theirs, "sentences": refusal.sentences, "has_errors": True}
    return _one_page(request, draft, form, status=409, **more)


def _not_saved(*forms):
    """What an autosave hears of a draft that cannot be kept as it is."""
    first = next(error for form in forms for errors in form.errors.values() for error in errors)
    return JsonResponse({"message": _("Not saved yet. %(reason)s.") % {"reason": first}}, status=422)


def _given_back(request, refusal):
    sentences = refusal.sentences if isinstance(refusal, Refused) else [CANNOT_WRITE]
    status = 409 if isinstance(refusal, Refused) else 403 if isinstance(refusal, PermissionDenied) else 404
    if request.headers.get("X-Autosave"):
        return JsonResponse({"message": " ".join(sentences)}, status=status)
    context = {"sentences": sentences, "yours": _typed(request.POST)}
    return render(request, "reviews/write_kept.html", context, status=status)


def _typed(data):
    """Everything that somebody chose and wrote, to read and to copy."""
    marks = {**dict(LEVELS), **dict(REASONS)}
    kept = []
    for name, value in data.items():
        field = name.rpartition("-")[2]
        if field == "mark" and value in marks:
            kept.append(str(marks[value]))
        elif field in ("words", "help", "summary", "what") and value.strip():
            kept.append(value.strip())
    return kept
