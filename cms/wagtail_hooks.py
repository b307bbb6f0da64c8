"""What the roof registers with Wagtail. Hooks only register; rules stand where they belong."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from wagtail import hooks
from wagtail.contrib.settings.registry import register_setting

from people.models import Identity

register_setting(Identity, icon="site")


@hooks.register("before_serve_page")
def only_public_pages(page, request, serve_args, serve_kwargs):
    """Wagtail serves a page to strangers only when the page says it is public (DESIGN 3).

    Pages that our own views show (modules, units) are not served here to anybody.
    """
    if getattr(page, "is_public", False):
        return None
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
    if getattr(page, "served_when_signed_in", False):
        return None
    raise Http404
