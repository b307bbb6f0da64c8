"""What somebody said they would do after a review: the list of the owner, and the press that says it is done."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from appraisal.models import NextStep
from appraisal.steps import done_steps, mark_step, owed_steps

PER_PAGE = 25
DONE_SHOWN = 10


@never_cache
@require_safe
def step_list(request):
    """My next steps, those still to do first; a manager's may belong to the reviews of several people."""
    page = Paginator(owed_steps(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "done": done_steps(request.user)[:DONE_SHOWN]}
    return render(request, "reviews/steps.html", context)


@require_POST
def step_mark(request, pk):
    """Done, or not done after all; back to the page it was pressed on."""
    step = get_object_or_404(NextStep.objects.visible_to(request.user).select_related("review"), pk=pk)
    done = request.POST.get("done") == "yes"
    mark_step(step, done=done, by=request.user)
    messages.success(request, _("That next step is done.") if done else _("That next step is still to do."))
    if request.POST.get("from") == "team":
        return redirect("team:person", step.review.post_id)
    return redirect("reviews:steps")
