"""Issuing, replacing and withdrawing certificates: once, frozen, never deleted."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.http import Http404
from django.utils.html import escape

from people.models import AuditEvent, Identity, OutgoingMail
from people.policy import set_policy
from people.transitions import SYSTEM, ChangedSince, NeedsNotMet, WrongState, create, move, person
from tests.factories.certificates import a_certificate, a_completion, a_module
from tests.factories.partnerships import published_framework
from training import certificates
from training.enums import CertificateState, WithdrawalReason
from training.models import Certificate
from training.models.certificate import ALPHABET, clean_code, group_code, make_code

pytestmark = pytest.mark.django_db
NINE = datetime.datetime(2026, 2, 28, 9, 0, tzinfo=datetime.UTC)


def test_issue_freezes_what_stands_on_that_day(cast):
    published_framework()
    Identity.objects.update_or_create(pk=1, defaults={"organisation_name": "Scottish Rivers Authority"})
    certificate = a_certificate(cast.ailsa, behaviours=("PB1", "PB3"))
    names = list(certificate.behaviour_names)

    module = certificate.completion.start.module
    module.title, module.edition = "Another title", 7
    module.save()
    cast.ailsa.name = "Ailsa Macdonald"
    cast.ailsa.save()
    Identity.objects.update(organisation_name="Another body")

    again = Certificate.objects.get(pk=certificate.pk)
    assert (again.holder_name, again.title, again.edition) == ("Ailsa Grant", "Why we work in partnership", 1)
    assert again.issuer == "Scottish Rivers Authority"
    assert [row["code"] for row in again.behaviours] == ["PB1", "PB3"]
    assert again.behaviour_names == names
    assert all(names)


def test_issue_twice_returns_the_one_there_is(cast):
    completion = a_completion(cast.ailsa)

    first = certificates.issue_for_completion(completion)
    second = certificates.issue_for_completion(completion)

    assert first == second
    assert Certificate.objects.count() == 1
    assert OutgoingMail.objects.filter(template="certificate-issued").count() == 1
    assert AuditEvent.objects.filter(record_type="training.certificate", move="issue").count() == 1


def test_withdrawn_certificate_is_not_issued_again(cast):
    certificate = a_certificate(cast.ailsa)
    certificates.withdraw(certificate, reason=WithdrawalReason.MISTAKE, by=person(cast.priya))

    again = certificates.issue_for_completion(certificate.completion)

    assert again == certificate
    assert again.state == CertificateState.WITHDRAWN


def test_database_keeps_one_issued_each(cast):
    certificate = a_certificate(cast.ailsa)
    twin = Certificate(**certificate.frozen_for_copy(), holder_name="A", issuer="B", state="issued")

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_nobody_issues_by_hand(cast):
    draft = Certificate(**a_certificate(cast.ailsa).frozen_for_copy(), holder_name="A", issuer="B")

    for someone in cast.people.values():
        with pytest.raises(PermissionDenied):
            create(draft, "issue", by=person(someone))


@pytest.mark.parametrize(
    ("own", "policy", "expected"), [(None, None, "2029-02-28"), (12, None, "2027-02-28"), (None, 6, "2026-08-28")]
)
def test_validity_is_the_modules_or_the_bodys(cast, own, policy, expected):
    if policy:
        set_policy("certificate_validity_months", policy)
    completion = a_completion(cast.ailsa, a_module(validity_months=own), at=NINE)

    certificate = certificates.issue_for_completion(completion)

    assert certificate.completed_on.isoformat() == "2026-02-28"
    assert certificate.expires_on.isoformat() == expected


def test_expired_is_computed_from_the_day_after(cast, time_machine):
    certificate = a_certificate(cast.ailsa)
    certificate.expires_on = datetime.date(2029, 2, 28)

    time_machine.move_to(datetime.datetime(2029, 2, 28, 23, 30, tzinfo=datetime.UTC))
    assert (certificate.status, certificate.is_valid) == ("valid", True)
    time_machine.move_to(datetime.datetime(2029, 3, 1, 0, 30, tzinfo=datetime.UTC))
    assert (certificate.status, certificate.is_valid, certificate.state) == ("expired", False, "issued")


def test_replace_links_old_and_new_in_one_act(cast):
    old = a_certificate(cast.ailsa)

    new = certificates.replace(old, name="  Ailsa Grant-Munro ", by=person(cast.priya), seen=1)

    old.refresh_from_db()
    assert (old.state, old.replaced_by, old.holder_name, old.version) == ("replaced", new, "Ailsa Grant", 2)
    assert (new.state, new.holder_name, new.holder) == ("issued", "Ailsa Grant-Munro", cast.ailsa)
    assert new.code != old.code
    assert (new.completed_on, new.expires_on) == (old.completed_on, old.expires_on)
    mails = OutgoingMail.objects.filter(template="certificate-issued", to=cast.ailsa.email)
    assert [("It replaces the one you had" in mail.text) for mail in mails.order_by("pk")] == [False, True]


def test_replace_that_fails_changes_nothing(cast, monkeypatch):
    old = a_certificate(cast.ailsa)
    monkeypatch.setattr(Certificate._meta.get_field("code"), "default", lambda: old.code)
    monkeypatch.delitem(vars(Certificate._meta.get_field("code")), "_get_default")

    with pytest.raises(IntegrityError):
        certificates.replace(old, name="Somebody Else", by=person(cast.priya))

    old.refresh_from_db()
    assert (old.state, old.replaced_by, old.version) == ("issued", None, 1)
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize(("name", "sentence"), [(" ", "Enter the name"), ("Ailsa Grant", "already")])
def test_replace_needs_another_name(cast, name, sentence):
    old = a_certificate(cast.ailsa)

    with pytest.raises(NeedsNotMet, match=sentence):
        certificates.replace(old, name=name, by=person(cast.priya))


def test_withdraw_keeps_reason_and_tells_the_holder(cast):
    certificate = a_certificate(cast.ailsa)

    certificates.withdraw(certificate, reason=WithdrawalReason.NOT_OWN_WORK, by=person(cast.priya))

    certificate.refresh_from_db()
    assert (certificate.state, certificate.withdrawn_reason) == ("withdrawn", "not_own_work")
    mail = OutgoingMail.objects.get(template="certificate-withdrawn")
    assert mail.to == cast.ailsa.email
    assert "The work was not the holder’s own" in mail.text
    event = AuditEvent.objects.get(move="withdraw")
    assert (event.actor_id, event.subject_id, event.reason) == (cast.priya.pk, cast.ailsa.pk, "not_own_work")


@pytest.mark.parametrize("reason", ["", "because"])
def test_withdraw_needs_a_reason_of_the_list(cast, reason):
    with pytest.raises(NeedsNotMet, match="Choose why"):
        certificates.withdraw(a_certificate(cast.ailsa), reason=reason, by=person(cast.priya))


def test_stale_page_is_refused(cast):
    certificate = a_certificate(cast.ailsa)
    Certificate.objects.update(version=3)

    with pytest.raises(ChangedSince):
        certificates.replace(certificate, name="New", by=person(cast.priya), seen=1)


STATES = {
    "issued": {},
    "replaced": {"state": "replaced"},
    "withdrawn": {"state": "withdrawn", "withdrawn_reason": "mistake"},
}
DATA = {"replace": {"name": "Another Name"}, "withdraw": {"reason": "mistake"}}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", DATA)
def test_moves_by_state_and_person(cast, state, name):
    certificate = a_certificate(cast.ailsa, **STATES[state])
    expected = dict.fromkeys(cast.people, Http404) | {"ailsa": PermissionDenied}
    expected["priya"] = None if state == "issued" else WrongState
    order = [who for who in cast.people if who != "priya"] + ["priya"]

    for who in order:
        actor = person(cast.people[who])
        if expected[who] is None:
            assert move(certificate, name, by=actor, data=DATA[name]).state == {"replace": "replaced"}.get(
                name, "withdrawn"
            )
        else:
            with pytest.raises(expected[who]):
                move(certificate, name, by=actor, data=DATA[name])
    with pytest.raises(PermissionDenied):
        move(certificate, name, by=SYSTEM, data=DATA[name])


def test_certificate_outlives_account_and_cannot_lose_its_holder(cast):
    certificate = a_certificate(cast.dougie)
    cast.dougie.is_active = False
    cast.dougie.save()
    certificates.withdraw(certificate, reason="asked", by=person(cast.priya))

    assert not OutgoingMail.objects.filter(template="certificate-withdrawn").exists()
    with pytest.raises(ProtectedError):
        cast.dougie.delete()


def test_visible_to_holder_and_coordinator_only(cast):
    own, other = a_certificate(cast.ailsa), a_certificate(cast.rhona)
    expected = {who: set() for who in cast.people} | {"ailsa": {own}, "rhona": {other}, "priya": {own, other}}

    assert {who: set(Certificate.objects.visible_to(user)) for who, user in cast.people.items()} == expected
    assert not Certificate.objects.held_by(cast.priya).exists()


def test_code_is_80_bits_of_crockford():
    codes = {make_code() for _number in range(200)}

    assert len(codes) == 200
    assert {len(code) for code in codes} == {16}
    assert set("".join(codes)) <= set(ALPHABET)
    assert len(ALPHABET) == 32
    assert not set("ILOU") & set(ALPHABET)


@pytest.mark.parametrize(
    "typed",
    ["7K3M-0QXB-2R9D-V1TA", "7k3m oqxb 2r9d vlta", " 7K3M–OQXB—2R9D_VITA".replace("_", "-"), "7k3m0qxb2r9dv1ta\n"],
)
def test_code_as_typed(typed):
    assert clean_code(typed) == "7K3M0QXB2R9DV1TA"
    assert group_code("7K3M0QXB2R9DV1TA") == "7K3M-0QXB-2R9D-V1TA"


@pytest.mark.parametrize("name", ['<b>Bobby</b> & "T"', "محمد عبد الله", "Z̸͑a̷l̶g̵ö́ 🦦"])
def test_mails_carry_any_name_as_it_is(cast, name):
    old = a_certificate(cast.ailsa)
    new = certificates.replace(old, name=name, by=person(cast.priya))
    certificates.withdraw(new, reason="mistake", by=person(cast.priya))

    for mail in OutgoingMail.objects.exclude(text__contains="Ailsa Grant"):
        assert name in mail.text
        assert escape(name) in mail.html
        assert "<b>Bobby" not in mail.html
    assert OutgoingMail.objects.filter(text__contains=name).count() == 2


@pytest.mark.parametrize("typed", ["7K3M\x000QXB2R9DV1TA", "7K3M!", "Ünlü", "U" * 16, "' OR 1=1 --", ""])
def test_what_no_code_has_is_no_code(typed):
    assert clean_code(typed) == ""
