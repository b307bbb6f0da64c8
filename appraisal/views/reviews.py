"""The list of one's reviews and the page of one: who can see it, where it stands, what comes next, what was written."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from appraisal import writing
from appraisal.enums import Part, ResponseAnswer, ReviewState
from appraisal.forms.responding import TalkForm
from appraisal.models import AppraisalReview
from appraisal.ratings import can_write
from appraisal.reading import readable_review
from appraisal.stages import called, stage, what_next
from appraisal.views.responding import taken_back
from appraisal.views.review_page import review_context
from appraisal.written import earlier_versions
from people.lib.numbers import whole_number
from people.transitions import Refused, move, moves_for, person

PER_PAGE = 25
# The quiet moves of this page: one press each, and what follows from it
HINTS = {
    "take_back_self": gettext_lazy(
        "You can change it and send it again, as long as %(manager)s has written nothing since."
    ),
    "take_back": gettext_lazy(
        "You can change it until %(person)s has written to it. Your signature no longer stands, %(person)s is told and "
        "keeps what was shared, and you share it again."
    ),
    "change_after_talk": gettext_lazy(
        "If the talk changed your view. Your signature no longer stands, %(person)s is told and keeps what was shared, "
        "and you share it again."
    ),
    "take_back_answer": gettext_lazy(
        "You can change it and send it again, as long as %(second)s has not begun to answer it."
    ),
}
ONE_PRESS = tuple(HINTS)


@never_cache
@require_safe
def review_list(request):
    """One's own reviews, those under way first; and those one confirms as second manager."""
    own = AppraisalReview.objects.of_job_holder(request.user).with_people().prefetch_related("records")
    rows = list(own.order_by("-cycle__starts_on", "number"))
    confirm = AppraisalReview.objects.for_second_manager(request.user).with_people()
    page = Paginator(confirm.order_by("state", "shared_on", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    for review in (*rows, *page):
        review.next, review.stage = what_next(review, request.user), stage(review)
    ended = (ReviewState.CLOSED, ReviewState.VOID)
    context = {
        "current": [row for row in rows if row.state not in ended],
        "ended": [row for row in rows if row.state in ended],
        "page": page,
    }
    return render(request, "reviews/list.html", context)


@never_cache
@require_safe
def review_detail(request, pk):
    """One review, as far as this person may read it."""
    return detail_page(request, readable_review(request.user, pk))


@require_POST
def review_move(request, pk, name):
    """A move of one press, or the day of the talk."""
    review, seen = readable_review(request.user, pk), whole_number(request.POST.get("seen"))
    if name == "talk_held":
        return _say_talk(request, review, seen)
    said = review.response if name == "take_back_answer" else None
    points = list(said.points.all()) if said else []
    moved = move(review, name, by=person(request.user), seen=seen)
    messages.success(request, _said(name, moved))
    return taken_back(request, moved.pk, said, points) if said else redirect(moved)


def detail_page(request, review, *, talk_form=None, sentences=(), status=None):
    """The page of a review, for reading and for what goes wrong on it."""
    context = review_context(request, review)
    context["writing"] = _writing(request.user, review, context["written"])
    moves = {row.name: {"label": row.label, "sentences": why} for row, why in moves_for(review, person(request.user))}
    names, response = context["names"], context["written"].response
    context |= {
        "moves": moves,
        "quiet": [{"name": name, "hint": HINTS[name] % names, **moves[name]} for name in ONE_PRESS if name in moves],
        "primary": _primary(request.user, context),
        "no_response": bool(response and response.answer == ResponseAnswer.NO_RESPONSE),
        "talk_form": talk_form or TalkForm(review=review),
        "talk_to_confirm": _talk_to_confirm(review, request.user),
        "earlier_versions": earlier_versions(review, request.user, [row.expected for row in context["written"].rows]),
        "sentences": sentences,
        "has_errors": bool(sentences) or bool(talk_form and talk_form.errors),
    }
    return render(request, "reviews/detail.html", context, status=status)


def _primary(user, context):
    """The one thing to do now, as words and address; None when it is somebody else's turn."""
    review, response = context["review"], context["written"].response
    if context["writing"]:
        return _go_on(context["writing"])
    if context["own"] and review.state == ReviewState.SHARED:
        return {"label": _("Answer this review"), "url": reverse("reviews:answer", args=[review.pk])}
    if context["own"] and review.state == ReviewState.ANSWERED and response.answer == ResponseAnswer.NO_RESPONSE:
        return {"label": _("Answer this review"), "url": reverse("reviews:answer", args=[review.pk])}
    if context["is_second_manager"] and review.state == ReviewState.ANSWERED:
        return {"label": _("Say whether it was fair"), "url": reverse("reviews:fair", args=[review.pk])}
    if review.state == ReviewState.CLOSED:
        return {"label": _("Read the record"), "url": reverse("reviews:record", args=[review.pk])}
    return None


def _writing(user, review, written):
    """The side that this person is writing now, with its steps; None when there is nothing to write."""
    side = writing.side_of(review, user)
    if side is None or not can_write(review, side, person(user)):
        return None
    part = written.own if side == Part.SELF else written.manager
    steps_of_side = writing.steps_of(review, part)
    behaviours = [step for step in steps_of_side if step.number]
    return {
        "part": part,
        "steps": steps_of_side,
        "done": sum(step.done for step in behaviours),
        "all": len(behaviours),
        "next": writing.next_step(review, part, list(part.ratings.all())),
    }


def _go_on(draft):
    """Begin, go on at the first open step, or check what is to be handed in."""
    step = draft["next"]
    if draft["part"].saved_at is None:
        label = _("Start with: %(name)s") % {"name": step.label}
    elif draft["done"] < draft["all"]:
        label = _("Go on with: %(name)s") % {"name": step.label}
    else:
        label = step.label
    return {"label": label, "url": step.url}


def _say_talk(request, review, seen):
    """Say on which day the two talked; both the same day is a confirmation."""
    form = TalkForm(request.POST, review=review)
    if not form.is_valid():
        return detail_page(request, review, talk_form=form)
    try:
        moved = move(review, "talk_held", by=person(request.user), data=form.cleaned_data, seen=seen)
    except Refused as refusal:
        fresh = readable_review(request.user, review.pk)
        return detail_page(request, fresh, talk_form=form, sentences=refusal.sentences, status=409)
    messages.success(request, _talk_said(moved, request.user))
    return redirect(moved)


def _talk_to_confirm(review, user):
    """True when the other of the two has said a day and this person has not."""
    if user.pk == review.job_holder_id:
        return review.talk_said_by_manager and not review.talk_said_by_job_holder
    return review.talk_said_by_job_holder and not review.talk_said_by_manager


def _talk_said(review, user):
    names = called(review)
    if review.talk_is_confirmed:
        return _("Both of you say that you talked on that day.")
    other = names["manager"] if user.pk == review.job_holder_id else names["person"]
    return _("The day is noted. %(name)s is asked to confirm it.") % {"name": other}


def _said(name, review):
    """What happens next, after a move of one press."""
    done = {
        "take_back_self": _("Your self-assessment is yours alone again. Send it once more when it is ready."),
        "take_back": _("The review is yours again. %(person)s has been told; share it once more when it is ready."),
        "change_after_talk": _("You can change the review now. %(person)s has been told; share it again afterwards."),
        "take_back_answer": _("Your answer is taken back. What you wrote is in the form below: change it and send it."),
    }
    return done[name] % called(review)
