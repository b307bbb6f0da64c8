"""Pages for people without an account: having one's links sent again. The pages of a place stand in places.py."""

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from people.lib.private import kept_private
from training.booking import coming_back
from training.forms.guests import ComeBackForm


@login_not_required
@kept_private
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request):
    """Have the links to one's places sent once more; the answer is the same for every address."""
    form = ComeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if not coming_back.may_send(email, get_adapter().get_client_ip(request)):
            return render(request, "429.html", status=429)
        coming_back.send_links(email)
        return redirect(f"{reverse('sessions:come-back')}?sent=1")
    context = {"form": form, "sent": "sent" in request.GET}
    return render(request, "sessions/come_back.html", context, status=422 if form.errors else 200)


@login_not_required
@require_safe
def named(request):
    """After a colleague was named: the link that led there has ended."""
    return render(request, "sessions/named.html")
