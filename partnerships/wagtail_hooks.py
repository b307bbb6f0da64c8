"""Leads editors from the content admin to the pages on which the framework is written. Hooks only register."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from partnerships.permissions import can_edit_framework


class FrameworkMenuItem(MenuItem):
    """Shown to those who may write versions."""

    def is_shown(self, request):
        return can_edit_framework(request.user)


@hooks.register("register_admin_menu_item")
def framework_menu_item():
    return FrameworkMenuItem(
        _("What we expect"), reverse("manage-framework:list"), name="framework", icon_name="list-ul", order=250
    )
