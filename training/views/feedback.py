"""How was it: the page behind the mailed link, for which nobody signs in. What is kept stands in feedback.py."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from people.lib.private import kept_private
from training.afterwards import feedback
from training.forms.feedback import FeedbackForm


@login_not_required
@kept_private
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, token):
    """Four questions, answered or corrected. It sets no cookie that could tell two people apart."""
    link = feedback.link_behind(token)
    if link is None:
        return render(request, "sessions/feedback_closed.html", status=404)
    kept = feedback.answer_behind(token)
    before = {name: getattr(kept, name) for name in feedback.ANSWERS} if kept else None
    form = FeedbackForm(request.POST or None, initial=before)
    if request.method == "POST" and form.is_valid():
        feedback.keep_answer(link, token, form.cleaned_data)
        return redirect(request.path)
    context = {
        "form": form,
        "session": link.place.session,
        "round": link.place.session.feedback_round,
        "side": link.place.get_side_display(),
        "kept": kept is not None and not form.errors,
    }
    return render(request, "sessions/feedback.html", context, status=422 if form.errors else 200)
