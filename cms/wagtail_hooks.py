"""What the roof registers with Wagtail. Hooks only register; rules stand where they belong."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from wagtail import hooks
from wagtail.contrib.settings.registry import register_setting

from cms.admin_users import keep_changes, standing_of
from people.models import Identity, User

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


@hooks.register("before_bulk_action")
def remember_how_people_stood(request, action_type, objects, action):
    """Several people at once, before; Wagtail runs this, the action and the next one in one transaction."""
    if action.model is User:
        action.stood = standing_of([row.pk for row in action.actionable_objects])


@hooks.register("after_bulk_action")
def keep_how_people_stand(request, action_type, objects, action):
    """Several people at once, after: what became different goes to the audit."""
    if action.model is User:
        keep_changes(action.stood, action.stood, by=request.user)
