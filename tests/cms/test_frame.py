"""The frame of the site: errors, headers, health, the hub, development pages, roles."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, WorkflowPage

from cms.retention import RULES, apply_rule
from cms.views.errors import server_error
from people.enums import Role
from people.models import AuditEvent, OutgoingMail
from people.policy import policy


@pytest.mark.parametrize(
    ("who", "more"),
    [
        ("rhona", []),
        ("stranger", []),
        ("ailsa", ["My reviews"]),
        ("morag", ["My reviews", "My team"]),
        ("tom", ["My reviews", "Manage"]),
        ("senga", ["My reviews", "Edit content"]),
    ],
)
def test_the_navigation_is_short_and_holds_what_is_theirs(cast, client_for, who, more):
    links = client_for(getattr(cast, who)).get("/certificates/").context["navigation"]

    shared = ["My work", "Learning", "Sessions", "Examples", "Partnerships", "What we expect", "Good practice"]
    assert [link.label for link in links if link.label in shared] == shared
    assert [link.label for link in links if link.label not in shared] == more
    assert [link.label for link in links if link.current] == ["Learning"]


@pytest.mark.parametrize("who", [None, "ailsa"])
def test_an_unknown_address_has_a_helpful_page(client_for, cast, who):
    response = client_for(who and cast.ailsa).get("/no/such/place/")

    page = response.content.decode()
    assert response.status_code == 404
    assert page.count("<h1") == 1
    assert "Common Ground" in page


def test_a_form_without_its_token_explains_itself(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ailsa, backend="django.contrib.auth.backends.ModelBackend")

    response = client.post("/account/", {"name": "X"})

    assert response.status_code == 403
    assert response.content.decode().count("<h1") == 1


@override_settings(DEBUG_PROPAGATE_EXCEPTIONS=False)
def test_the_page_for_our_own_faults_needs_no_database(django_db_blocker, rf):
    with django_db_blocker.block():
        response = server_error(rf.get("/"))

    assert response.status_code == 500
    assert b"<h1" in response.content


def test_our_pages_forbid_inline_script_and_the_content_admin_allows_it(client_for, cast):
    call_command("create_groups", verbosity=0)
    cast.senga.groups.add(Group.objects.get(name=Role.EDITOR))

    ours = client_for(cast.ailsa).get("/my-work/").headers["Content-Security-Policy"]
    admin = client_for(cast.senga).get("/cms/").headers["Content-Security-Policy"]

    assert "unsafe-inline" not in ours
    assert "script-src 'self' 'unsafe-inline'" in admin


def test_alive_and_ready_say_so_to_anybody(client_for, db):
    assert client_for().get("/healthz").content == b"ok"
    assert client_for().get("/readyz").content == b"ok"


def test_not_ready_names_the_part_and_nothing_else(client_for, db, settings):
    settings.STORAGES = {**settings.STORAGES, "private": {"BACKEND": "no.such.Storage"}}

    response = client_for().get("/readyz")

    assert (response.status_code, response.content) == (503, b"not ready: storage")


def test_personal_files_have_no_address(client_for, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for folder in ("images", "documents"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text("secret")

    picture = client_for().get("/media/images/x.txt")
    assert (picture.status_code, b"".join(picture)) == (200, b"secret")
    assert client_for().get("/media/documents/x.txt").status_code == 404
    assert client_for().get("/media/images/../documents/x.txt").status_code == 404
    assert client_for().get("/media/images/..%2Fdocuments/x.txt").status_code == 404


def test_development_pages_do_not_exist_without_debug(client_for, db):
    assert [client_for().get(path).status_code for path in ("/dev/", "/dev/mail/", "/dev/kit/")] == [404, 404, 404]


@pytest.mark.parametrize(
    ("who", "status"), [("priya", 200), ("tom", 200), ("senga", 200), ("ailsa", 403), ("rhona", 403), ("stranger", 403)]
)
def test_the_hub_opens_by_role(cast, client_for, who, status):
    assert client_for(getattr(cast, who)).get("/manage/").status_code == status


def test_each_role_sets_its_own_numbers_only(cast, client_for):
    client = client_for(cast.tom)
    page = client.get("/manage/policies/")
    keys = list(page.context["form"].fields)
    values = {key: policy(key) for key in keys} | {"audit_keep_years": 7, "certificate_validity_months": 1}

    response = client.post("/manage/policies/", values)

    assert response.status_code == 302
    assert "certificate_validity_months" not in keys
    assert (policy("audit_keep_years"), policy("certificate_validity_months")) == (7, 36)
    event = AuditEvent.objects.get(record_type="people.policyvalue")
    assert (event.actor_id, event.reason) == (cast.tom.pk, "audit_keep_years: 6 -> 7")


def test_a_wrong_number_is_refused_and_kept(cast, client_for):
    client = client_for(cast.tom)
    keys = list(client.get("/manage/policies/").context["form"].fields)

    response = client.post("/manage/policies/", dict.fromkeys(keys, "0"))

    assert response.status_code == 200
    assert 'value="0"' in response.content.decode()
    assert "The audit is kept for: enter a whole number from 1 to 1000" in response.content.decode()
    assert not AuditEvent.objects.exists()


def test_roles_are_made_again_and_again_to_the_same_end(db):
    for _time in range(2):
        call_command("create_groups", verbosity=0)

    assert set(Group.objects.values_list("name", flat=True)) == {role.value for role in Role}
    editor = GroupPagePermission.objects.filter(group__name=Role.EDITOR)
    assert set(editor.values_list("permission__codename", flat=True)) == {"add_page", "change_page"}
    assert WorkflowPage.objects.get().workflow.name == "Second pair of eyes"


@pytest.mark.parametrize(
    ("role", "status"), [(Role.EDITOR, 200), (Role.MODERATOR, 200), (Role.HR, 302), (Role.COORDINATOR, 302)]
)
def test_only_content_roles_enter_the_content_admin(cast, client_for, role, status):
    call_command("create_groups", verbosity=0)
    cast.stranger.groups.set([Group.objects.get(name=role)])

    assert client_for(cast.stranger).get("/cms/").status_code == status


def test_a_superuser_can_make_a_user_in_the_content_admin_without_a_password(client_for, django_user_model, db):
    boss = django_user_model.objects.create_superuser("boss@example.org", name="Boss")

    response = client_for(boss).post(
        reverse("wagtailusers_users:add"), {"email": "new@example.org", "name": "New Person", "groups": []}
    )

    made = django_user_model.objects.get(email="new@example.org")
    assert response.status_code == 302
    assert (made.name, made.has_usable_password()) == ("New Person", False)
    assert client_for(boss).get(reverse("wagtailusers_users:index")).status_code == 200
    assert client_for(boss).get(reverse("wagtailusers_users:edit", args=[made.pk])).status_code == 200


def test_every_rule_of_keeping_can_be_counted(db):
    assert [apply_rule(rule, dry_run=True) for rule in RULES] == [0] * len(RULES)


def test_old_audit_goes_by_the_rule_and_mail_that_waits_never_does(db):
    old = timezone.now() - datetime.timedelta(days=365 * 6 + 2)
    event = {"record_type": "x", "record_id": 1, "move": "m", "actor_kind": "system"}
    AuditEvent.objects.create(at=old, **event)
    kept = AuditEvent.objects.create(at=timezone.now(), **event)
    OutgoingMail.objects.create(template="t", to="a@example.org", subject="s", created_at=old)
    OutgoingMail.objects.create(template="t", to="a@example.org", subject="s", created_at=old, sent_at=old)

    call_command("apply_retention")

    assert list(AuditEvent.objects.all()) == [kept]
    assert list(OutgoingMail.objects.values_list("sent_at", flat=True)) == [None]


def test_tick_may_run_at_any_time(db):
    call_command("tick", verbosity=0)
    call_command("tick", verbosity=0)


@pytest.mark.parametrize(
    ("moment", "up"),
    [
        ("2026-07-01T06:59:00+00:00", False),  # 7:59 of a summer's day
        ("2026-07-01T07:00:00+00:00", True),
        ("2026-12-01T07:59:00+00:00", False),
        ("2026-12-01T08:00:00+00:00", True),
        ("2026-12-01T18:59:00+00:00", True),
        ("2026-12-01T19:00:00+00:00", False),
    ],
)
def test_tick_reminds_nobody_at_night(db, monkeypatch, capsys, moment, up):
    monkeypatch.setattr(timezone, "now", lambda: datetime.datetime.fromisoformat(moment))

    call_command("tick")

    said = capsys.readouterr().out
    assert ("people reminded" in said, "people reminded of sessions" in said) == (up, up)
    assert "reviews opened" in said
    assert "mail sent" in said
