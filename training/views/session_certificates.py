"""Reviewing and issuing the certificates of a session, for co-ordinators. Who gets one: session_certificates.py."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.transitions import move, moves_for, person
from training.afterwards import session_certificates
from training.models import Certificate, JointSession
from training.permissions import can_plan_session


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request, pk):
    """Who attended, one certificate in full, the names; and one press that issues them."""
    rows = JointSession.objects.visible_to(request.user).select_related("module").prefetch_related("dates")
    session = get_object_or_404(rows, pk=pk)
    actor = person(request.user)
    if not can_plan_session(session, actor):
        raise PermissionDenied
    if request.method == "POST":
        return _issue(request, session, actor)
    sentences = next((found for row, found in moves_for(session, actor) if row.name == "confirm_attendance"), None)
    context = {
        "session": session,
        "review": session_certificates.review(session),
        "may_issue": sentences == [],
        "reasons": sentences or [],
        "completes": session.module if session.module_id and session.module.rule.asks_session else None,
    }
    return render(request, "sessions/certificates.html", context)


def _issue(request, session, actor):
    of_session = Certificate.objects.filter(place__session=session)
    before = of_session.count()
    move(session, "confirm_attendance", by=actor)
    count = of_session.count() - before
    words = ngettext(
        "%(n)d certificate is issued. The mail is on its way.",
        "%(n)d certificates are issued. The mails are on their way.",
        count,
    )
    if count:
        messages.success(request, words % {"n": count})
    else:
        messages.success(request, _("Attendance is confirmed. Nobody was due a certificate now."))
    return redirect("session-day:certificates", session.pk)
