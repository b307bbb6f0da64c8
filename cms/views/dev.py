"""Pages for development and the demo; their addresses exist in DEBUG only, and each refuses to work without it."""

from functools import wraps

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from cms.cast import CAST, COLLEAGUES
from cms.kit import examples
from people.models import OutgoingMail, User

EMAILS = [person.email for person in (*CAST, *COLLEAGUES)]


def debug_only(view):
    """Open to everybody, but only while DEBUG is on."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not settings.DEBUG:
            raise Http404
        return view(request, *args, **kwargs)

    return login_not_required(guarded)


@debug_only
@require_safe
def cast(request):
    people = {user.email: user for user in User.objects.filter(email__in=EMAILS)}
    rows, others = ([(one, people[one.email]) for one in part if one.email in people] for part in (CAST, COLLEAGUES))
    return render(request, "dev/cast.html", {"rows": rows, "others": others})


@debug_only
@require_POST
def become(request, pk):
    user = get_object_or_404(User, pk=pk, email__in=EMAILS)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("my-work")


@debug_only
@require_safe
def mail_list(request):
    return render(request, "dev/mail_list.html", {"rows": OutgoingMail.objects.order_by("-pk")[:200]})


@debug_only
@require_safe
def mail_detail(request, pk):
    return render(request, "dev/mail_detail.html", {"mail": get_object_or_404(OutgoingMail, pk=pk)})


@debug_only
@require_safe
@xframe_options_sameorigin
def mail_html(request, pk):
    """The HTML part alone, in its own address, so that its styles stay its own."""
    mail = get_object_or_404(OutgoingMail, pk=pk)
    response = HttpResponse(mail.html)
    response._csp_replace = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "img-src": ["data:"]}
    return response


@debug_only
@require_safe
def kit(request):
    return render(request, "dev/kit.html", examples())
