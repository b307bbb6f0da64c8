"""Pages on which somebody speaks to a shared review: the person's answer, and the second manager's part."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from appraisal.enums import ResponseAnswer, ReviewState, SignatureRole
from appraisal.forms.responding import FairForm, ResponseForm
from appraisal.permissions import is_job_holder, is_second_manager
from appraisal.reading import just_did, readable_review
from appraisal.responding import STATEMENTS, read_responses, reply_to_point
from appraisal.stages import called
from appraisal.views.review_page import review_context
from people.transitions import ChangedSince, NotYours, Refused, move, moves_for, person

ENDINGS = ("confirm_fair", "return_to_manager")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, pk):
    """Say what one thinks of the review; then see what is signed and who reads it; then send."""
    review = readable_review(request.user, pk)
    if not is_job_holder(review, person(request.user)):
        raise NotYours
    behaviours = list(review.behaviours.select_related("text"))
    if request.method != "POST":
        if not _may(review, "answer", request.user):
            return redirect(review)
        return _answer_page(request, review, ResponseForm(behaviours=behaviours, initial={"seen": review.version}))
    form = ResponseForm(request.POST, behaviours=behaviours)
    if not form.is_valid() or request.POST.get("step") == "change":
        return _answer_page(request, review, form)
    if request.POST.get("step") != "send":
        return _check_page(request, review, form)
    try:
        sent = move(review, "answer", by=person(request.user), data=form.values(), seen=form.cleaned_data["seen"])
    except Refused as refusal:
        fresh = readable_review(request.user, pk)
        return _check_page(request, fresh, form, sentences=refusal.sentences, status=409)
    said = _("Your answer is sent. %(manager)s can read it, and %(second)s now looks at whether the review was fair.")
    messages.success(request, said % called(sent))
    return redirect(sent)


def taken_back(request, pk, said, points):
    """The form with what was said before: it is kept nowhere else once the answer is taken back."""
    review = readable_review(request.user, pk)
    behaviours = list(review.behaviours.select_related("text"))
    data = ResponseForm.data_of(said, points, behaviours) | {"seen": review.version}
    return _answer_page(request, review, ResponseForm(data, behaviours=behaviours))


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def fair(request, pk):
    """Read everything, answer each point of a disagreement, then confirm or ask the manager to look again."""
    try:
        review = readable_review(request.user, pk)
    except Http404:
        if just_did(request.user, pk, ENDINGS):
            return redirect("reviews:list")
        raise
    if not is_second_manager(review, person(request.user)):
        raise NotYours
    if request.method != "POST":
        if review.state != ReviewState.ANSWERED:
            return redirect(review)
        return _fair_page(request, review, FairForm(points=_points(review), initial={"seen": review.version}))
    form = FairForm(request.POST, points=_points(review))
    if review.state != ReviewState.ANSWERED or form.left_over:
        words = _("%(person)s has taken the answer back or given another one since you opened this page.")
        return _fair_page(request, review, form, sentences=[words % called(review)], status=409)
    return _fair_posted(request, review, form) if form.is_valid() else _fair_page(request, review, form)


def _fair_posted(request, review, form):
    theirs, sentences = _save_replies(form, request.user)
    if theirs or sentences:
        return _given_back(request, review, form, theirs=theirs, sentences=sentences)
    name = next((name for name in ENDINGS if name in request.POST), None)
    if name is None:
        messages.success(request, _("Your answers are saved. Only you see them until you decide below."))
        return redirect("reviews:fair", review.pk)
    given = "words" if name == "confirm_fair" else "reason"
    data, seen = {given: form.cleaned_data[given]}, form.cleaned_data["seen"]
    try:
        move(review, name, by=person(request.user), data=data, seen=seen)
    except Refused as refusal:
        return _given_back(request, review, form, sentences=refusal.sentences)
    messages.success(request, _ended(name, review))
    return redirect("reviews:list")


def _given_back(request, review, form, *, theirs=None, sentences=()):
    """The page as things now stand, with everything typed still in its boxes."""
    fresh = readable_review(request.user, review.pk)
    again = form.anew(_points(fresh), fresh.version)
    if "confirm_fair" in request.POST:
        again.ask_for_answers()
    return _fair_page(request, fresh, again, theirs=theirs, sentences=sentences, status=409)


def _save_replies(form, user):
    """Save every box that holds something new, each by itself; what another window saved meanwhile comes back."""
    theirs, sentences = {}, []
    for point, words, seen in form.replies:
        try:
            reply_to_point(point, words, by=person(user), seen=seen)
        except ChangedSince as refusal:
            theirs[point.pk] = refusal.record.reply
        except Refused as refusal:
            sentences += refusal.sentences
    return theirs, list(dict.fromkeys(sentences))


def _points(review):
    """The points of the present answer, as they stand."""
    read_responses(review)
    return list(review.response.points.all()) if review.response else []


def _may(review, name, user):
    """True when this move is open to this person now."""
    return any(row.name == name and not sentences for row, sentences in moves_for(review, person(user)))


def _answer_page(request, review, form):
    context = review_context(request, review)
    beside = {row.expected.number: row.manager for row in context["written"].rows}
    context |= {
        "form": form,
        "boxes": [(form[name], beside.get(row.number)) for name, row in form.behaviours.items()],
        "disagrees": form["answer"].value() == ResponseAnswer.DISAGREE
        or any(field.value() for field in form.point_fields),
        "statements": [STATEMENTS[ResponseAnswer(value)] for value, _label in form.fields["answer"].choices],
    }
    return render(request, "reviews/answer.html", context)


def _check_page(request, review, form, *, sentences=(), status=None):
    """What will be signed and sent, who reads it, and the way back; also where a refusal keeps what was written."""
    values = form.values()
    if not sentences and form.cleaned_data["seen"] not in (None, review.version):
        sentences = [_("The review has changed since you opened this page. Look at it again before you send.")]
    names = [name for name in ("answer", "words", *form.behaviours) if form.cleaned_data.get(name)]
    context = {
        "review": review,
        "names": called(review),
        "form": form,
        "said": ResponseAnswer(values["answer"]).label,
        "statement": STATEMENTS[ResponseAnswer(values["answer"])],
        "words": values.get("words", ""),
        "points": values.get("points", []),
        "hidden": [(name, form.cleaned_data[name]) for name in names],
        "sentences": sentences,
        "may_send": _may(review, "answer", request.user),
    }
    return render(request, "reviews/answer_check.html", context, status=status)


def _fair_page(request, review, form, *, theirs=None, sentences=(), status=None):
    context = review_context(request, review)
    context |= {
        "form": form,
        "points": [(*row, (theirs or {}).get(row[0].pk)) for row in form.point_rows],
        "statement": STATEMENTS[SignatureRole.SECOND_MANAGER],
        "left": sum(not point.reply for point, _words, _seen in form.point_rows),
        "may_decide": review.state == ReviewState.ANSWERED,
        "sentences": sentences,
        "has_errors": bool(sentences) or bool(form.errors),
    }
    return render(request, "reviews/fair.html", context, status=status)


def _ended(name, review):
    """What happened, and that the second manager keeps no copy."""
    if name == "confirm_fair":
        words = _("You confirmed that the review of %(name)s was fair. It is closed, and you keep no copy of it.")
    else:
        words = _("The review of %(name)s is with the manager again. Both of them read your reason.")
    return words % {"name": review.job_holder.name}
