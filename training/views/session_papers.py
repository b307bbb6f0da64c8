"""Reading a paper of a session: by whoever sees it, and by whoever holds the link of an invitation or a place."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from people.lib.private import kept_private
from training.models import JointSession, SessionInvitation
from training.planning.thinking_time import papers_of, published_words


def links_to(session, address):
    """Title, address and day of each paper, for a page; `address` makes the address from the key."""
    return [(row.title, address(row.pk), published_words(row)) for row in papers_of(session)]


@kept_private
@require_safe
def paper(request, pk, paper_pk):
    """For everybody who sees the session."""
    session = get_object_or_404(JointSession.objects.visible_to(request.user), pk=pk)
    return paper_response(session, paper_pk)


@login_not_required
@kept_private
@sensitive_variables("token")
@require_safe
def invited_paper(request, token, paper_pk):
    """For whoever holds the link of an invitation."""
    invitation = SessionInvitation.objects.live_by_token(token).select_related("session").first()
    if invitation is None:
        return render(request, "invitations/closed.html", status=404)
    return paper_response(invitation.session, paper_pk)


@require_safe
def place_paper(request, holder, paper_pk):
    """For whoever holds the link of a place."""
    return paper_response(holder.place.session, paper_pk)


def paper_response(session, paper_pk):
    """The file as a download under its safe name, or the way to where the paper stands."""
    found = get_object_or_404(session.papers.all(), pk=paper_pk)
    if found.link:
        return HttpResponseRedirect(found.link)
    try:
        opened = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(opened, as_attachment=True, filename=found.file_name, content_type=found.file_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
