"""What must not leak, be kept or fall over, across apps: caches, strangers who ask, nonsense numbers, the admin."""

import pytest
from django.urls import reverse

from appraisal.models import EvidenceConfirmation
from cms.admin_users import UserChangeForm
from people.lib.numbers import whole_number
from people.models import OutgoingMail
from tests.factories.appraisal import example

NONSENSE = ["²", "9" * 5000, "-1", "1e400", "٣", "\x00"]


@pytest.mark.parametrize("address", ["/learning/", "/account/", "/partnerships/", "/my-work/", "/accounts/email/"])
def test_no_cache_keeps_what_a_signed_in_person_sees(cast, client_for, address):
    assert "no-store" in client_for(cast.ailsa).get(address).headers["Cache-Control"]


def test_a_stranger_who_joined_cannot_send_mail_from_our_address(cast, client_for):
    entry = example(cast.stranger, situation="Buy my things.")

    client_for(cast.stranger).post(
        reverse("evidence:ask", args=[entry.pk]),
        {"name": "Victim", "email": "victim@example.com", "organisation_name": "Any", "decides": "no", "step": "send"},
    )

    assert not EvidenceConfirmation.objects.exists()
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "/sessions/{n}/",
        "/sessions/{n}/ready/",
        "/sessions/{n}/calendar/1/",
        "/sessions/{n}/prepare/",
        "/sessions/1/papers/{n}/",
        "/manage/needs/session/{n}/",
        "/manage/sessions/{n}/",
        "/manage/sessions/{n}/places/1/remove/",
        "/manage/sessions/1/places/{n}/remove/",
        "/manage/sessions/{n}/attendance/{n}/",
    ],
)
def test_a_number_that_no_key_can_hold_leads_nowhere(cast, client_for, address):
    assert client_for(cast.priya).get(address.format(n="9" * 30)).status_code == 404


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense_is_no_number(text):
    assert whole_number(text) is None


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense_in_an_address_is_no_fault_of_ours(cast, client_for, text):
    assert client_for(cast.ailsa).get("/evidence/add/", {"reflection": text}).status_code == 200


def test_the_admin_cannot_move_an_account_to_another_address():
    assert "email" not in UserChangeForm.base_fields


def test_the_admin_page_of_a_person_still_opens(cast, client_for):
    cast.stranger.is_superuser = True
    cast.stranger.save()
    client, address = client_for(cast.stranger), reverse("wagtailusers_users:edit", args=[cast.rhona.pk])

    assert client.get(address).status_code == 200
    client.post(address, {"name": "Rhona MacBain", "is_active": "on", "email": "box@evil.example"})
    cast.rhona.refresh_from_db()
    assert cast.rhona.email == "partner@example.org"
