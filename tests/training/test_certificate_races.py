"""Certificates and what is required under simultaneous acts: one issued, one successor, one PDF, one mail."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from people.models import OutgoingMail
from people.transitions import Refused, person
from tests.factories.certificates import a_certificate, a_completion
from tests.factories.required import required_of
from tests.factories.session_days import attended_by, confirm
from training import certificates, tasks
from training.models import Certificate, RequiredNotice
from training.required.notices import tell_newly_required

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def no_pdf(monkeypatch):
    """These races are about rows; drawing pages would only make them rarer."""
    monkeypatch.setattr(tasks, "certificate_pdf", lambda certificate: b"%PDF-1.7 test")


def at_once(actions):
    """Run the actions in threads that begin together."""
    gate = threading.Barrier(len(actions))

    def run(action):
        gate.wait()
        try:
            return action()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def test_race_double_issue_gives_one_certificate(committed_cast):
    completion = a_completion(committed_cast.ailsa)

    found = at_once([lambda: certificates.issue_for_completion(completion)] * 12)

    assert len({certificate.pk for certificate in found}) == Certificate.objects.count() == 1
    assert OutgoingMail.objects.filter(template="certificate-issued").count() == 1


def test_race_double_press_issues_one_certificate_a_place(committed_cast):
    session = attended_by(committed_cast, "ailsa", "dougie")

    at_once([lambda: confirm(committed_cast, session)] * 8)

    assert Certificate.objects.count() == 2
    assert OutgoingMail.objects.filter(template="certificate-issued").count() == 2


def test_race_replace_and_withdraw_end_in_one_story(committed_cast):
    certificate = a_certificate(committed_cast.ailsa)
    by = person(committed_cast.fresh("priya"))

    at_once(
        [
            lambda: certificates.replace(certificate, name="Ailsa Munro", by=by),
            lambda: certificates.replace(certificate, name="Ailsa Grant-Munro", by=by),
            lambda: certificates.withdraw(certificate, reason="mistake", by=by),
        ]
        * 2
    )

    certificate.refresh_from_db()
    issued = Certificate.objects.filter(state="issued")
    if certificate.state == "replaced":
        assert list(issued) == [certificate.replaced_by]
    else:
        assert certificate.state == "withdrawn"
        assert not issued.exists()


def test_race_double_task_keeps_one_file(committed_cast):
    certificate = a_certificate(committed_cast.ailsa)
    Certificate.objects.update(pdf="", pdf_sha256="")
    storage = certificate._meta.get_field("pdf").storage
    before = len(storage.listdir("certificates")[1])

    made = at_once([lambda: tasks.make_pdf.func(certificate.pk)] * 6)

    assert made.count(True) == 1
    assert len(storage.listdir("certificates")[1]) == before + 1


def test_race_of_two_ticks_tells_everybody_once(committed_cast):
    required_of(committed_cast)

    told = at_once([tell_newly_required] * 4)

    assert sum(told) == RequiredNotice.objects.count() == OutgoingMail.objects.filter(template="required").count() == 7
