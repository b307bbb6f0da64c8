"""The frozen record of a closed review: read, downloaded as PDF, added to; and how each level in it came about."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from appraisal.additions import add_to_record, kinds_open_to
from appraisal.enums import BEFORE_SHARING
from appraisal.forms.records import AdditionForm
from appraisal.models import AppraisalReview
from appraisal.origins import origin_of
from appraisal.reading import note_reading, readable_review, versions_of, who_can_read_record
from appraisal.record_reader import read
from appraisal.views.place import pages_above
from people.lib.numbers import whole_number
from people.lib.pdf import can_render
from people.transitions import NotYours, Refused, person


@never_cache
@require_safe
def record(request, pk):
    """A review's record, the newest version unless another one is asked for."""
    versions = versions_of(request.user, pk)
    chosen = chosen_version(request, versions)
    note_reading(chosen.review, request.user)
    context = {
        "record": chosen,
        "review": chosen.review,
        "above": pages_above(request, chosen.review),
        "document": read(chosen.data),
        "versions": versions,
        "newest": versions[0],
        "additions": chosen.additions.select_related("by"),
        "may_add": chosen == versions[0] and kinds_open_to(chosen.review, person(request.user)),
        "may_open_review": AppraisalReview.objects.readable_by(request.user).filter(pk=pk).exists(),
        "who_sees": who_can_read_record(chosen.review, request.user),
        "own": request.user.pk == chosen.review.job_holder_id,
        "can_make_pdf": can_render,
    }
    return render(request, "reviews/record.html", context)


@never_cache
@require_safe
def record_pdf(request, pk):
    """The stored PDF; nothing is made here."""
    chosen = chosen_version(request, versions_of(request.user, pk))
    pdf = getattr(chosen, "pdf", None)
    if pdf is None:
        raise Http404(_("The PDF is being made. The page of the record is complete meanwhile."))
    try:
        with pdf.file.open("rb") as file:  # at most some hundred KB
            response = HttpResponse(file.read(), content_type="application/pdf")
    except FileNotFoundError as missing:
        raise Http404(_("The stored PDF cannot be found. The page of the record is complete.")) from missing
    note_reading(chosen.review, request.user)
    response["Content-Disposition"] = f'inline; filename="record-{chosen.number}-{chosen.version}.pdf"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def record_add(request, pk):
    """Put something beside the newest version: write it, see how it will stand, then put it there for good."""
    newest = versions_of(request.user, pk)[0]
    kinds = kinds_open_to(newest.review, person(request.user))
    if not kinds:
        raise NotYours
    form = AdditionForm(request.POST or None, kinds=kinds)
    step = request.POST.get("step")
    if request.method != "POST" or step == "change" or not form.is_valid():
        return _addition_page(request, newest, form)
    if whole_number(request.POST.get("version")) != newest.version:
        sentence = _("A newer version of this record was written meanwhile. Read it first; your words are kept here.")
        return _addition_page(request, newest, form, sentences=[sentence], status=409)
    if step != "put":
        return _addition_page(request, newest, form, check=True)
    try:
        add_to_record(newest, form.cleaned_data["kind"], form.cleaned_data["words"], by=person(request.user))
    except Refused as refusal:
        return _addition_page(request, newest, form, sentences=refusal.sentences, status=409)
    messages.success(request, _("It now stands beside the record, with your name and today's date."))
    return redirect(reverse("reviews:record", args=[pk]) + "#beside")


@never_cache
@require_safe
def level(request, pk, number):
    """How one level came about: the stored links of one behaviour, each to be followed."""
    review = readable_review(request.user, pk)
    origin = origin_of(review, number, request.user)
    note_reading(review, request.user)
    context = {
        "review": review,
        "above": pages_above(request, review),
        "origin": origin,
        "behaviour": origin.behaviour,
        "own": request.user.pk == review.job_holder_id,
        "before_sharing": review.state in BEFORE_SHARING,
    }
    return render(request, "reviews/level.html", context)


def chosen_version(request, versions):
    """The version of ?version=, or the newest."""
    if "version" not in request.GET:
        return versions[0]
    number = whole_number(request.GET["version"])
    found = next((row for row in versions if row.version == number), None)
    if found is None:
        raise Http404
    return found


def _addition_page(request, newest, form, *, check=False, sentences=(), status=None):
    context = {
        "record": newest,
        "review": newest.review,
        "above": pages_above(request, newest.review),
        "own": request.user.pk == newest.review.job_holder_id,
        "form": form,
        "check": check,
        "sentences": sentences,
        "who_sees": who_can_read_record(newest.review, request.user),
        "has_errors": bool(sentences or (form.is_bound and form.errors)),
    }
    return render(request, "reviews/record_add.html", context, status=status)
