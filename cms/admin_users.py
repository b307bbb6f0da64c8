"""Wagtail's user screens for our user: one name, an e-mail address, groups. Passwords are set through sign-in only."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet


class UserCreateForm(UserCreationForm):
    password_enabled = False
    first_name = None
    last_name = None
    name = forms.CharField(label=_("Name"), max_length=200)

    class Meta(UserCreationForm.Meta):
        fields = ["email", "name", "groups"]

    def save(self, commit=True):
        self.instance.set_unusable_password()  # a mailed code signs in
        return super().save(commit)


class UserChangeForm(UserEditForm):
    password_enabled = False
    first_name = None
    last_name = None
    email = None  # an address is changed by its owner alone, or it would be a way in
    name = forms.CharField(label=_("Name"), max_length=200)

    class Meta(UserEditForm.Meta):
        fields = ["name", "is_active", "groups"]

    def __init__(self, *args, **kwargs):
        editing_self = kwargs.get("editing_self", False)
        kwargs["editing_self"] = False
        super().__init__(*args, **kwargs)
        self.fields.pop("is_superuser", None)
        if editing_self:
            self.fields.pop("is_active")
            self.fields.pop("groups")


class UserViewSet(WagtailUserViewSet):
    def get_form_class(self, for_update=False):
        return UserChangeForm if for_update else UserCreateForm
