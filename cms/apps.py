"""The app configurations of the roof; nothing is registered here by hand (Wagtail finds wagtail_hooks itself)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = _("Common Ground")

    def ready(self):
        from cms import checks  # noqa: F401 - checks register themselves on import


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's user screens, told about our user, who has one name field and no user name."""

    user_viewset = "cms.admin_users.UserViewSet"
