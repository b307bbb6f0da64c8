"""Tokens of the API on one's own account page: which there are, making one, ending one."""

import time

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.forms.tokens import TokenForm
from people.lib.private import kept_private
from people.models import ApiToken
from people.tokens import make_token, revoke_token
from people.transitions import Refused


@require_safe
def token_list(request):
    """Those that work, then those that ended lately."""
    tokens = list(ApiToken.objects.visible_to(request.user))
    context = {
        "live": [token for token in tokens if token.is_live],
        "ended": [token for token in tokens if not token.is_live],
    }
    return render(request, "account/tokens.html", context)


@kept_private
@require_http_methods(["GET", "POST"])
@reauthentication_required
def token_add(request):
    """Say what it is for and what it reaches; then it is shown once, on the page that answers."""
    if not _confirmed_lately(request):
        return render(request, "account/token_sign_in_again.html", status=403)
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            raw, token = make_token(**form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error("name", refusal.sentences[0])
        else:
            return render(request, "account/token_made.html", {"raw": raw, "token": token})
    return render(request, "account/token_add.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def token_revoke(request, pk):
    token = get_object_or_404(ApiToken.objects.visible_to(request.user), pk=pk)
    revoke_token(token, by=request.user)
    messages.success(request, _("“%(name)s” does not work any more.") % {"name": token.name})
    return redirect("tokens:list")


def _confirmed_lately(request) -> bool:
    """Whoever has a password was just asked for it; who signs in by mailed code has done so some minutes ago."""
    if request.user.has_usable_password():
        return True
    proofs = get_authentication_records(request, request.user)
    return bool(proofs) and time.time() - proofs[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
