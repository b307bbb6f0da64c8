"""Wagtail's user screens for our user: one name, an e-mail address, groups. Passwords are set through sign-in only.

Who was let in, given a role or shut out stands in our own audit, whichever screen it was done on.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import CreateView, DeleteView, EditView
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from people import audit
from people.models import User


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


class Standing(NamedTuple):
    """What somebody may do here, as far as these screens decide it."""

    is_active: bool
    roles: frozenset[str]


def standing_of(ids: Collection[int]) -> dict[int, Standing]:
    """How these people stand now; whoever does not exist is not in it."""
    people = User.objects.filter(pk__in=ids).prefetch_related("groups")
    return {row.pk: Standing(row.is_active, frozenset(group.name for group in row.groups.all())) for row in people}


def keep_changes(before: dict[int, Standing], ids: Collection[int], *, by: User) -> None:
    """Write to the audit what became different for these people."""
    after = standing_of(ids)
    for pk in ids:
        for name, reason in _changes(before.get(pk), after.get(pk)):
            audit.record_change(User(pk=pk), name, by=by, subject_id=pk, reason=reason)


def _changes(before: Standing | None, after: Standing | None) -> Iterator[tuple[str, str]]:
    if after is None:
        yield "deleted", ""
        return
    if before is None:
        yield "created", ""
    elif before.is_active != after.is_active:
        yield ("activated" if after.is_active else "deactivated"), ""
    had = before.roles if before else frozenset()
    if had != after.roles:
        given, taken = sorted(after.roles - had), sorted(had - after.roles)
        yield "roles", "; ".join(f"{word}: {', '.join(names)}" for word, names in (("+", given), ("-", taken)) if names)


class UserCreateView(CreateView):
    def save_instance(self):
        user = super().save_instance()
        keep_changes({}, [user.pk], by=self.request.user)
        return user


class UserEditView(EditView):
    def save_instance(self):
        before = standing_of([self.object.pk])
        user = super().save_instance()
        keep_changes(before, [user.pk], by=self.request.user)
        return user


class UserDeleteView(DeleteView):
    def delete_action(self):
        pk = self.object.pk
        with transaction.atomic():
            super().delete_action()
            keep_changes({}, [pk], by=self.request.user)


class UserViewSet(WagtailUserViewSet):
    add_view_class = UserCreateView
    edit_view_class = UserEditView
    delete_view_class = UserDeleteView

    def get_form_class(self, for_update=False):
        return UserChangeForm if for_update else UserCreateForm
