"""What is done on Wagtail's user screens stands in our own audit."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from people.enums import Role
from people.models import AuditEvent, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client_for, cast):
    return client_for(User.objects.create_superuser("tech@example.org", name="Tech"))


def rows():
    """(move, reason, whom, by whom) of everything kept about people, in order."""
    found = AuditEvent.objects.filter(record_type="people.user").order_by("pk")
    assert all(row.subject_id == row.record_id for row in found)
    return list(found.values_list("move", "reason", "subject_id", "actor_label"))


def role(name):
    return Group.objects.get(name=name.value)


def edit(admin, somebody, **values):
    admin.post(
        reverse("wagtailusers_users:edit", args=[somebody.pk]), {"name": somebody.name, "is_active": "on"} | values
    )


def bulk(admin, action, people, **values):
    address = reverse("wagtail_bulk_action", args=["people", "user", action])
    return admin.post(f"{address}?{'&'.join(f'id={row.pk}' for row in people)}", values)


def test_a_new_account_and_its_roles(admin, cast):
    values = {"email": "new@example.org", "name": "New", "groups": [role(Role.EDITOR).pk]}

    admin.post(reverse("wagtailusers_users:add"), values)

    new = User.objects.get(email="new@example.org")
    assert rows() == [("created", "", new.pk, "Tech"), ("roles", "+: Content editors", new.pk, "Tech")]


def test_roles_given_and_taken(admin, cast):
    edit(admin, cast.senga, groups=[role(Role.HR).pk, role(Role.MODERATOR).pk])

    told = "+: Appraisal administrators, Content moderators; -: Content editors"
    assert rows() == [("roles", told, cast.senga.pk, "Tech")]


def test_shutting_out_and_letting_in_again(admin, cast):
    edit(admin, cast.rhona, is_active="")
    edit(admin, cast.rhona)

    assert [(move, whom) for move, _why, whom, _by in rows()] == [
        ("deactivated", cast.rhona.pk),
        ("activated", cast.rhona.pk),
    ]


def test_saving_as_it_stands_keeps_nothing(admin, cast):
    edit(admin, cast.rhona)
    edit(admin, cast.senga, groups=[role(Role.EDITOR).pk], name="Senga Muir-Grant")

    assert rows() == []


def test_deleting(admin, cast):
    nobody = User.objects.create_user("gone@example.org", name="Gone")

    admin.post(reverse("wagtailusers_users:delete", args=[nobody.pk]))

    assert not User.objects.filter(pk=nobody.pk).exists()
    assert rows() == [("deleted", "", nobody.pk, "Tech")]


def test_several_at_once(admin, cast):
    bulk(admin, "assign_role", [cast.rhona, cast.tom], role=role(Role.HR).pk)
    assert rows() == [("roles", "+: Appraisal administrators", cast.rhona.pk, "Tech")]  # Tom had it

    bulk(admin, "set_active_state", [cast.rhona, cast.dougie], mark_as_active="False")
    assert {(move, whom) for move, _why, whom, _by in rows()[1:]} == {
        ("deactivated", cast.rhona.pk),
        ("deactivated", cast.dougie.pk),
    }

    nobody = User.objects.create_user("gone@example.org", name="Gone")
    bulk(admin, "delete", [nobody])
    assert rows()[-1] == ("deleted", "", nobody.pk, "Tech")


def test_a_refused_form_keeps_nothing(admin, cast):
    admin.post(reverse("wagtailusers_users:add"), {"email": "partner@example.org", "name": "Twin"})

    assert rows() == []
