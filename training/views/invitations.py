"""The page behind the link of an invitation. Reading it changes nothing; an ended link says so and nothing more."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from people.lib.private import kept_private
from training.invitation_words import words_of
from training.models import SessionInvitation


@login_not_required
@kept_private
@sensitive_variables("token")
@require_safe
def answer(request, token):
    """What somebody is invited to, without an account."""
    rows = SessionInvitation.objects.live_by_token(token).select_related("session__venue", "session__coordinator")
    invitation = rows.first()
    if invitation is None:
        return render(request, "invitations/closed.html", status=404)
    session = invitation.session
    context = {"invitation": invitation, "session": session, "words": words_of(session)}
    return render(request, "invitations/answer.html", context)
