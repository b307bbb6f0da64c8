"""Pages of certificates: who opens what, what a stranger learns, and how often somebody may ask."""

import datetime

import pytest
from django.urls import reverse
from django.utils.html import escape

from people.lib.pdf import APT_LINE
from people.policy import set_policy
from tests.debian import needs_pdf
from tests.factories.certificates import a_certificate
from training.models import Certificate

pytestmark = pytest.mark.django_db
UNKNOWN = "7K3M0QXB2R9DV1TA"


def page(certificate, name="detail"):
    return reverse(f"certificates:{name}", args=[certificate.code])


@pytest.mark.parametrize("name", ["detail", pytest.param("pdf", marks=needs_pdf)])
def test_certificate_exists_for_its_holder_only(cast, client_for, name, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        certificate = a_certificate(cast.ailsa)
    answers = {who: client_for(user).get(page(certificate, name)).status_code for who, user in cast.people.items()}

    assert answers == dict.fromkeys(cast.people, 404) | {"ailsa": 200}
    assert client_for().get(page(certificate, name)).status_code == 302
    assert client_for(cast.ailsa).post(page(certificate, name)).status_code == 405


def test_list_holds_ones_own_only(cast, client_for):
    own, other = a_certificate(cast.ailsa, title="Start early"), a_certificate(cast.rhona, title="Close the loop")

    for user in (cast.ailsa, cast.priya, cast.morag):
        html = client_for(user).get(reverse("certificates:list")).text
        assert other.code not in html.replace("-", "")
        assert "Close the loop" not in html
        assert ("Start early" in html) == (user == cast.ailsa)
    assert own.grouped_code in client_for(cast.ailsa).get(reverse("certificates:list")).text


@needs_pdf
def test_pdf_is_served_and_never_made_by_a_page(cast, client_for, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        certificate = a_certificate(cast.ailsa)
    client = client_for(cast.ailsa)

    assert "The PDF is being made" in client.get(page(certificate)).text
    assert client.get(page(certificate, "pdf")).status_code == 404
    for callback in callbacks:
        callback()
    response = client.get(page(certificate, "pdf"))

    assert response["Content-Type"] == "application/pdf"
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert response["Content-Disposition"] == f'inline; filename="certificate-{certificate.grouped_code}.pdf"'
    assert response.content.startswith(b"%PDF-1.")
    assert "Download as PDF" in client.get(page(certificate)).text


def test_without_libraries_the_page_is_complete_and_says_so(cast, client_for, monkeypatch, settings):
    certificate = a_certificate(cast.ailsa)
    monkeypatch.setattr("people.lib.pdf._load", lambda *names: None)
    settings.DEMO = True
    client = client_for(cast.ailsa)

    html = client.get(page(certificate)).text
    assert "PDFs cannot be made here yet" in html
    assert APT_LINE in html
    assert "Look again" not in html
    settings.DEMO = False
    assert APT_LINE not in client.get(page(certificate)).text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "This certificate is valid"),
        (
            {"expires_on": datetime.date(2026, 1, 31), "completed_on": datetime.date(2023, 1, 31)},
            "This certificate has expired",
        ),
        ({"state": "replaced"}, "This certificate was replaced by a newer one"),
        ({"state": "withdrawn", "withdrawn_reason": "not_own_work"}, "This certificate was withdrawn"),
    ],
)
def test_verify_shows_name_title_dates_status_only(cast, client_for, values, words):
    certificate = a_certificate(cast.ailsa, **values)

    response = client_for().get(reverse("verify:verify-code", args=[certificate.code]))

    assert response.status_code == 200
    assert words in response.text
    for shown in ("Ailsa Grant", certificate.title):
        assert shown in response.text
    for hidden in (cast.ailsa.email, "own work", "/certificates/", "PB1"):
        assert hidden not in response.text
    assert "no-store" in response["Cache-Control"]


def test_verify_takes_the_code_as_typed(cast, client_for):
    certificate = a_certificate(cast.ailsa, code="0K1M0QXB2R9DV1TA")

    for typed in ("0K1M-0QXB-2R9D-V1TA", "okim oqxb 2r9d vlta", "  OKLM0QXB2R9DVITA "):
        assert "is valid" in client_for().get(reverse("verify:verify"), {"code": typed}).text
    assert "Ailsa Grant" in client_for().get("/verify/okim-oqxb-2r9d-vlta/").text
    assert certificate.holder_name == "Ailsa Grant"


def test_unknown_and_malformed_look_the_same(cast, client_for):
    a_certificate(cast.ailsa)
    pages = []
    for typed in (UNKNOWN, "7K3M", "!!!!", "a" * 60, "' OR 1=1 --", "ÄÖÜ\x00"):
        response = client_for().get(reverse("verify:verify"), {"code": typed})
        pages.append((response.status_code, response.context["certificate"], _without_value(response.text)))

    assert pages[0][:2] == (404, None)
    assert len(set(pages)) == 1


@pytest.mark.parametrize("address", ["/certificates/%00/", "/certificates/%00/pdf/", "/verify/%00/"])
def test_nonsense_in_an_address_is_not_found(cast, client_for, address):
    assert client_for(cast.ailsa).get(address).status_code == 404


def test_verify_escapes_what_was_typed(client_for, db):
    response = client_for().get(reverse("verify:verify"), {"code": '"><script>alert(1)</script>'})

    assert "<script>alert" not in response.text


def test_verify_is_limited_by_address(cast, client_for):
    set_policy("verify_lookups_per_minute", 3)
    certificate = a_certificate(cast.ailsa)
    address = reverse("verify:verify-code", args=[certificate.code])
    client = client_for()

    codes = [client.get(address, REMOTE_ADDR="192.0.2.7").status_code for _try in range(5)]

    assert codes == [200, 200, 200, 429, 429]
    assert client.get(address, REMOTE_ADDR="192.0.2.8").status_code == 200
    assert client.get(reverse("verify:verify"), REMOTE_ADDR="192.0.2.7").status_code == 200


def test_verify_counts_a_whole_ipv6_network_as_one(cast, client_for):
    set_policy("verify_lookups_per_minute", 1)
    address = reverse("verify:verify-code", args=[UNKNOWN])

    assert client_for().get(address, REMOTE_ADDR="2001:db8::1").status_code == 404
    assert client_for().get(address, REMOTE_ADDR="2001:db8::ffff").status_code == 429


@pytest.mark.parametrize("name", ["list", "detail"])
def test_coordinators_pages_are_theirs(cast, client_for, name):
    certificate = a_certificate(cast.ailsa)
    address = reverse(f"manage-certificates:{name}", args=[certificate.code] if name == "detail" else [])
    answers = {who: client_for(user).get(address).status_code for who, user in cast.people.items()}

    assert answers == dict.fromkeys(cast.people, 403) | {"priya": 200}


def test_coordinator_searches_by_name_title_and_code(cast, client_for):
    ailsa, rhona = a_certificate(cast.ailsa, title="Start early"), a_certificate(cast.rhona, title="Close the loop")
    client = client_for(cast.priya)

    def found(text):
        return set(client.get(reverse("manage-certificates:list"), {"q": text}).context["page"].object_list)

    assert found("") == {ailsa, rhona}
    assert found("macbain") == {rhona}
    assert found("start EARLY") == {ailsa}
    assert found(rhona.grouped_code.lower()) == {rhona}
    assert found("nobody at all !") == set()


def test_coordinator_corrects_a_name(cast, client_for):
    certificate = a_certificate(cast.ailsa)
    address = reverse("manage-certificates:detail", args=[certificate.code])

    response = client_for(cast.priya).post(address, {"move": "replace", "name": "Ailsa Munro", "seen": 1}, follow=True)

    newer = Certificate.objects.get(holder_name="Ailsa Munro")
    assert response.redirect_chain[-1][0] == reverse("manage-certificates:detail", args=[newer.code])
    assert "The certificate was replaced" in response.text


def test_coordinator_withdraws(cast, client_for):
    certificate = a_certificate(cast.ailsa)
    address = reverse("manage-certificates:detail", args=[certificate.code])
    client = client_for(cast.priya)

    assert client.post(address, {"move": "withdraw", "seen": 1}).status_code == 422
    assert client.post(address, {"move": "replace", "name": "", "seen": 1}).status_code == 422
    assert client.post(address, {"move": "withdraw", "reason": "mistake", "seen": 1}).status_code == 302
    assert "It was issued by mistake" in client_for(cast.ailsa).get(page(certificate)).text
    assert client_for(cast.morag).post(address, {"move": "withdraw", "reason": "mistake"}).status_code == 403


@pytest.mark.parametrize("name", ['<b>Bobby</b> & "T"', "محمد عبد الله", "Z̸͑a̷l̶g̵ö́", "W" * 80, "Rhona 🦦"])
def test_hostile_names_are_escaped_on_every_page(cast, client_for, name):
    certificate = a_certificate(cast.ailsa, holder_name=name)
    pages = [
        client_for(cast.ailsa).get(page(certificate)),
        client_for().get(reverse("verify:verify-code", args=[certificate.code])),
        client_for(cast.priya).get(reverse("manage-certificates:list")),
        client_for(cast.priya).get(reverse("manage-certificates:detail", args=[certificate.code])),
    ]

    for response in pages:
        assert response.status_code == 200
        assert escape(name) in response.text
        assert "<b>Bobby" not in response.text


def _without_value(html: str) -> str:
    start = html.index('value="', html.index('id="code" name="code"'))
    return html[:start] + html[html.index('"', start + 7) :]
