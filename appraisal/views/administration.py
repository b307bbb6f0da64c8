"""One review for an administrator, from outside: its envelope and history, and what they may do with it, reason given.

Nothing of the content is shown here. The page of a cycle stands in cycle_page.py.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from appraisal import administration
from appraisal.cycle_status import HANDOVER, turn_of
from appraisal.forms.administration import HandOverForm, ReasonForm, SecondManagerForm
from appraisal.models import ReasonedAccess
from appraisal.views.cycle_page import seen_version
from people.policy import policy
from people.transitions import Refused, create, move, moves_for, person

PAGE = 50
HANDING = ("reassign", "reassign_later")  # two rows of one move: it starts in every stage under way


@dataclass(frozen=True)
class Act:
    """What an administrator may do with a review: the words of its pages. Rules stand in workflow/."""

    title: Promise
    happens: tuple[Promise, ...]
    button: Promise
    done: Promise


HAND_OVER = Act(
    gettext_lazy("Hand over to another manager"),
    (
        gettext_lazy("What the manager wrote so far closes as it stands. The person and the new manager can read it."),
        gettext_lazy("The manager until now cannot open the review any more."),
        gettext_lazy("The new manager writes a part of their own. What was shared or answered is opened again."),
    ),
    gettext_lazy("Hand over"),
    gettext_lazy("The review is handed over. The person and the new manager have been told."),
)
NAME_SECOND = Act(
    gettext_lazy("Name another second manager"),
    (
        gettext_lazy("They read the review and what was said to it, and confirm that it was fair."),
        gettext_lazy("The second manager until now cannot open the review any more; answers they saved are taken out."),
    ),
    gettext_lazy("Name them"),
    gettext_lazy("Another second manager is named. They, the person and the manager have been told."),
)
ACTS = {
    "reopen": Act(
        gettext_lazy("Open the review again"),
        (
            gettext_lazy("It goes back to the manager, who can change what they wrote and shares it again."),
            gettext_lazy("The frozen record stays as it is. Closing the review again adds a second one beside it."),
        ),
        gettext_lazy("Open it again"),
        gettext_lazy("The review is open again. The person and the manager have been told."),
    ),
    "void": Act(
        gettext_lazy("Declare the review void"),
        (
            gettext_lazy("It counts no more and nobody can go on with it. This cannot be undone."),
            gettext_lazy("Where a record was frozen, it stays as it is."),
        ),
        gettext_lazy("Declare it void"),
        gettext_lazy("The review is void. The person and the manager have been told."),
    ),
}
OPEN_CONTENT = Act(
    gettext_lazy("Open the content for a reason"),
    (
        gettext_lazy("The person is told at once that you opened their review, with your reason."),
        gettext_lazy("You read what was shared, the answer to it and the record. Drafts stay closed."),
        gettext_lazy("Every time you open it is listed on their page."),
    ),
    gettext_lazy("Open the content"),
    gettext_lazy("You can read this review now. The person has been told."),
)


@never_cache
@require_safe
def review_detail(request, pk):
    """The envelope of one review and what happened to it."""
    review = administration.administered_review(request.user, pk)
    accesses = administration.accesses_of(review)
    page = Paginator(administration.history_of(review), PAGE).get_page(request.GET.get("page"))
    context = {
        "review": review,
        "turn": turn_of(review),
        "page": page,
        "events": [administration.in_words(row, accesses) for row in page],
        "moves": {row.name for row, _sentences in moves_for(review, person(request.user))},
        "has_content": administration.has_content_to_open(review),
        "access": administration.live_access(accesses.values(), request.user),
    }
    return render(request, "review_admin/detail.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review_act(request, pk, name):
    """Open a closed review again, or declare one void: the reason, a check, then the act."""
    review = administration.administered_review(request.user, pk)

    def do(data):
        move(review, name, by=person(request.user), data=data, seen=seen_version(request))
        return redirect("review-admin:detail", pk)

    told = [review.job_holder, review.manager]
    return _step_by_step(request, review, ACTS[name], ReasonForm(request.POST or None), do, told)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review_hand_over(request, pk):
    """Another manager takes the review over: who and why, a check, then the act."""
    review = administration.administered_review(request.user, pk)
    managers = administration.possible_managers(review)
    form = HandOverForm(request.POST or None, managers=managers)

    def do(data):
        by = person(request.user)
        name = next((row.name for row, _sentences in moves_for(review, by) if row.name in HANDING), HANDING[0])
        move(review, name, by=by, data=data, seen=seen_version(request))
        return redirect(f"{review.cycle.get_absolute_url()}?tab={HANDOVER}")

    chosen = form.cleaned_data["manager"] if form.is_valid() else None
    more = {"managers": managers, "chosen": chosen}
    if chosen:
        more["second_manager"] = administration.second_manager_under(review, chosen)
    return _step_by_step(request, review, HAND_OVER, form, do, [review.job_holder, chosen], **more)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review_second_manager(request, pk):
    """Somebody else confirms that the review was fair: who and why, a check, then the act."""
    review = administration.administered_review(request.user, pk)
    proposed = administration.proposed_second_manager(review)
    form = SecondManagerForm(request.POST or None, initial={"email": proposed.email if proposed else ""})

    def do(data):
        values = {"second_manager": form.chosen, "reason": data["reason"]}
        move(review, "name_second_manager", by=person(request.user), data=values, seen=seen_version(request))
        return redirect(f"{review.cycle.get_absolute_url()}?tab={HANDOVER}")

    chosen = form.chosen if form.is_valid() else None
    told = [review.job_holder, review.manager, chosen]
    return _step_by_step(request, review, NAME_SECOND, form, do, told, named=chosen)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review_open(request, pk):
    """Read a review for a reason that its person sees at once: the reason, a check, then the review itself."""
    review = administration.administered_review(request.user, pk)
    if administration.live_access(administration.accesses_of(review).values(), request.user):
        return redirect(review)

    def do(data):
        access = ReasonedAccess(review=review, reader=request.user, reason=data["reason"])
        create(access, "open", by=person(request.user))
        return redirect(review)

    more = {"hours": policy("reasoned_access_hours")}
    form = ReasonForm(request.POST or None)
    return _step_by_step(request, review, OPEN_CONTENT, form, do, [review.job_holder], **more)


def _step_by_step(request, review, act, form, do, told, **more):
    """The form, the check page, the act. What was typed goes along; nothing is written before the last press."""
    step, status = request.POST.get("step"), 200
    context = {"review": review, "act": act, "form": form, "told": told, **more}
    if request.method == "POST" and form.is_valid() and step != "change":
        if step != "do":
            return render(request, "review_admin/check.html", context)
        try:
            answer = do(form.cleaned_data)
        except Refused as refusal:
            context["sentences"], status = refusal.sentences, 409
        else:
            messages.success(request, act.done)
            return answer
    return render(request, "review_admin/act.html", context, status=status)
