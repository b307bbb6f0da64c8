"""People: one address is one person; who manages whom today; names and roles."""

import datetime

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.enums import Role, Sector
from people.hashers import Argon2PasswordHasher
from people.models import Affiliation, ManagerCover, Organisation, Post, Team, User
from tests.cast import PASSWORD


def day(offset: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=offset)


def test_an_address_is_kept_in_lower_case(db):
    assert User.objects.create_user("Ann.Bell@Example.ORG", name="Ann").email == "ann.bell@example.org"


def test_one_address_is_one_person_whatever_the_case(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="STAFF@example.org", name="Another")


def test_a_person_is_found_by_an_address_typed_in_any_case(cast):
    assert User.objects.get_by_natural_key("Staff@Example.org") == cast.ailsa
    assert authenticate(username="STAFF@EXAMPLE.ORG", password=PASSWORD) == cast.ailsa


def test_without_a_password_no_password_signs_in(db):
    user = User.objects.create_user("new@example.org", name="New")

    assert not user.has_usable_password()
    assert authenticate(username="new@example.org", password="") is None


def test_a_technical_administrator_is_in_no_group(db):
    admin = User.objects.create_superuser("root@example.org", "long-password", name="Root")

    assert (admin.is_staff, admin.is_superuser, admin.role_names) == (True, True, frozenset())
    assert not any(admin.has_role(role) for role in Role)


@pytest.mark.parametrize(
    ("name", "short"), [("Ailsa Grant", "Ailsa"), ("  ", "x@example.org"), ("Cher", "Cher"), ("مريم الأندلسي", "مريم")]
)
def test_a_greeting_uses_the_first_word_of_the_name(name, short):
    assert User(email="x@example.org", name=name).get_short_name() == short


def test_roles_are_the_groups(cast):
    roles = {name: user.role_names for name, user in cast.people.items() if user.role_names}

    assert roles == {
        "priya": {Role.COORDINATOR.value},
        "tom": {Role.HR.value},
        "senga": {Role.EDITOR.value},
    }
    assert cast.priya.has_role(Role.COORDINATOR)
    assert not cast.priya.has_role(Role.HR)


def test_roles_and_managers_are_read_once(cast):
    user = cast.fresh("morag")
    with CaptureQueriesContext(connection) as queries:
        for _ in range(3):
            _ = (user.role_names, user.is_staff_member, user.manages_somebody)
            _ = (user.current_line_manager_ids, user.managed_person_ids, user.managed_post_ids)
    assert len(queries) == 3


def test_who_manages_whom(cast):
    managed = {
        name: {u.pk for u in cast.people.values() if u.pk in user.managed_person_ids}
        for name, user in cast.people.items()
    }

    assert managed["morag"] == {cast.ailsa.pk}
    assert managed["fergus"] == {cast.morag.pk, cast.priya.pk, cast.tom.pk, cast.senga.pk, cast.donald.pk}
    assert not any(
        managed[name] for name in ("ailsa", "rhona", "dougie", "priya", "tom", "senga", "donald", "stranger")
    )
    assert cast.ailsa.current_line_manager_ids == {cast.morag.pk}
    assert cast.rhona.current_line_manager_ids == frozenset()


def test_staff_are_those_with_a_current_post(cast):
    staff = {name for name, user in cast.people.items() if user.is_staff_member}

    assert staff == {"ailsa", "morag", "fergus", "priya", "tom", "senga", "donald"}


@pytest.mark.parametrize(
    ("starts", "ends", "current"),
    [(0, None, True), (0, 0, True), (-5, -1, False), (1, None, False), (-1, 1, True)],
)
def test_first_and_last_day_belong_to_a_post(cast, starts, ends, current):
    Post.objects.filter(person=cast.ailsa).update(starts_on=day(starts), ends_on=None if ends is None else day(ends))

    assert cast.fresh("ailsa").is_staff_member is current
    assert (cast.ailsa.pk in cast.fresh("morag").managed_person_ids) is current
    assert bool(cast.fresh("ailsa").current_line_manager_ids) is current
    assert Post.objects.get(person=cast.ailsa).is_current is current


def test_two_current_posts_have_two_managers(cast):
    Post.objects.create(
        person=cast.ailsa, team=Team.objects.get(), line_manager=cast.donald, title="Project", starts_on=day(0)
    )

    assert cast.fresh("ailsa").current_line_manager_ids == {cast.morag.pk, cast.donald.pk}


@pytest.mark.parametrize(("starts", "ends", "covers"), [(0, 0, True), (-3, 3, True), (1, 3, False), (-3, -1, False)])
def test_a_cover_stands_in_from_the_first_to_the_last_day(cast, starts, ends, covers):
    ManagerCover.objects.create(manager=cast.morag, cover=cast.donald, starts_on=day(starts), ends_on=day(ends))

    assert cast.fresh("donald").managed_person_ids == ({cast.ailsa.pk} if covers else frozenset())
    assert cast.fresh("morag").managed_person_ids == {cast.ailsa.pk}


def test_whoever_stands_in_for_their_own_manager_does_not_manage_themselves(cast):
    ManagerCover.objects.create(manager=cast.morag, cover=cast.ailsa, starts_on=day(0), ends_on=day(1))
    ManagerCover.objects.create(manager=cast.fergus, cover=cast.priya, starts_on=day(0), ends_on=day(1))

    assert cast.fresh("ailsa").managed_person_ids == frozenset()
    assert cast.fresh("ailsa").manages_somebody is False
    assert cast.priya.pk not in cast.fresh("priya").managed_person_ids
    assert cast.morag.pk in cast.fresh("priya").managed_person_ids


def test_who_manages_somebody_today(cast):
    ManagerCover.objects.create(manager=cast.morag, cover=cast.tom, starts_on=day(0), ends_on=day(0))

    assert {name for name in cast.people if cast.fresh(name).manages_somebody} == {"morag", "fergus", "tom"}


def test_two_covers_do_not_double_anybody(cast):
    for ends in (1, 2):
        ManagerCover.objects.create(manager=cast.morag, cover=cast.donald, starts_on=day(0), ends_on=day(ends))

    assert list(Post.objects.current().managed_by(cast.donald).values_list("person", flat=True)) == [cast.ailsa.pk]


@pytest.mark.parametrize("who", ["morag", "donald"])
def test_whoever_has_left_manages_nobody(cast, who):
    ManagerCover.objects.create(manager=cast.morag, cover=cast.donald, starts_on=day(-3), ends_on=day(3))
    assert cast.fresh(who).managed_person_ids == {cast.ailsa.pk}

    Post.objects.filter(person=cast.people[who]).update(ends_on=day(-1))

    assert cast.fresh(who).managed_person_ids == frozenset()


def test_current_affiliations_may_be_several(cast):
    Affiliation.objects.create(person=cast.rhona, organisation=cast.union, starts_on=day(-1))
    Affiliation.objects.create(person=cast.rhona, organisation=cast.host, starts_on=day(-9), ends_on=day(-1))

    assert {a.organisation for a in cast.rhona.affiliations.current()} == {cast.carers, cast.union}
    assert {a.organisation for a in cast.rhona.affiliations.current(on=day(-1))} == {cast.carers, cast.union, cast.host}


def _post(cast, **changes):
    return Post(**{"person": cast.ailsa, "team": Team.objects.get(), "title": "x", "starts_on": day(0)} | changes)


def test_the_database_refuses_dates_out_of_order(cast):
    for row in (
        _post(cast, ends_on=day(-1)),
        Affiliation(person=cast.rhona, organisation=cast.union, starts_on=day(0), ends_on=day(-1)),
        ManagerCover(manager=cast.morag, cover=cast.tom, starts_on=day(0), ends_on=day(-1)),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_nobody_is_their_own_line_manager(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        _post(cast, line_manager=cast.ailsa).save()


def test_there_is_one_host_body(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(name="Other", slug="other", sector=Sector.PUBLIC_BODY, is_host=True)


def test_passwords_cost_what_owasp_advises():
    encoded = Argon2PasswordHasher().encode("common-ground", "saltsaltsalt")

    assert "$argon2id$" in encoded
    assert "m=19456,t=2,p=1" in encoded
