"""Who is calling: a token of a person, or somebody signed in. A token narrows what the person may, never widens it."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import SessionAuthentication, TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission

from people.models import ApiToken

USE_IS_KEPT_EVERY = datetime.timedelta(minutes=5)  # else every reading would be a writing


class BearerToken(TokenAuthentication):
    """`Authorization: Bearer cg_…`, a token that a person made on their account page."""

    keyword = "Bearer"

    def authenticate_credentials(self, key):
        """The person and the token; one sentence for whatever is wrong with it."""
        token = ApiToken.objects.live().select_related("person").filter(digest=ApiToken.digest_of(key)).first()
        if token is None:
            raise AuthenticationFailed(_("This token does not work (any more)."))
        _keep_use(token)
        return token.person, token


def _keep_use(token: ApiToken) -> None:
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > USE_IS_KEPT_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


class WithinToken(BasePermission):
    """A token reaches the areas it was made for, and writes only when it was made for that."""

    def has_permission(self, request, view) -> bool:
        """True for somebody signed in, and for a token that reaches the view's `area`."""
        if not request.user.is_authenticated:
            return view.is_public
        token = request.auth
        if not isinstance(token, ApiToken):
            return True
        if view.area and view.area not in token.areas:
            self.message = _("This token was not made for this part of the API.")
            return False
        if request.method not in SAFE_METHODS and not token.writes:
            self.message = _("This token only reads.")
            return False
        return True


class _BearerScheme(OpenApiAuthenticationExtension):
    target_class = BearerToken
    name = "token"

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer", "description": "A token that a person made on their account page."}


class _SessionScheme(OpenApiAuthenticationExtension):
    target_class = SessionAuthentication
    name = "session"

    def get_security_definition(self, auto_schema):
        words = "Signed in on the site. Whatever changes something needs the X-CSRFToken header too."
        return {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": words}
