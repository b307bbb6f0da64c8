"""The sign-in sheet: made by a task, tagged, with names and nothing that is nobody's business at a table."""

import pytest
from django.test import TestCase
from django.urls import reverse

from people.transitions import NotYours
from tests.debian import needs_pdf
from tests.factories.session_days import begun, guest, over
from tests.factories.sessions import ask, session_of
from tests.pdfs import fonts_are_embedded, opened, tags, text_of, untagged
from training.afterwards import sign_in_sheets
from training.models import Place, SignInSheet

pytestmark = pytest.mark.django_db


def address(date):
    return reverse("session-day:sheet", args=[date.session_id, date.pk])


def ordered(cast, date):
    with TestCase.captureOnCommitCallbacks(execute=True):
        sign_in_sheets.order_sheet(date, by=cast.priya)
    return SignInSheet.objects.get(date=date)


@pytest.fixture
def drawn(monkeypatch):
    """What happens to the file does not depend on drawing it."""
    monkeypatch.setattr(sign_in_sheets, "sheet_pdf", lambda date: b"%PDF-1.7 test")


@needs_pdf
def test_it_is_tagged_and_holds_names_and_no_secrets(cast):
    session, date = begun(cast, "ailsa", "dougie")
    guest(cast, session, "محمد عبد الله", "pal@example.org")
    Place.objects.update(support="fee", needs_from_others="Speak slowly", brings="Maps")

    content = sign_in_sheets.sheet_pdf(date)

    words, pdf = text_of(content), opened(content)
    for part in ("Starting early together", "Ailsa Grant", "Dougie Ross", "Union of Care Trades", "Signature"):
        assert part in words
    for secret in ("@example.org", "A fee", "Speak slowly", "Maps"):
        assert secret not in words
    found = tags(pdf)
    assert pdf.Root.MarkInfo.Marked
    assert found.count("/Table") == 2
    assert found.count("/TH") == 6 + 3 + sign_in_sheets.EMPTY_LINES
    assert untagged(pdf) == 0
    assert fonts_are_embedded(pdf)
    assert str(pdf.docinfo.Title).startswith("Sign-in sheet: Starting early together")


def test_it_can_be_made_before_the_session_and_anew(cast, client_for, drawn):
    session = session_of(cast, places=5)
    date = session.dates.get()
    ask(session, cast.rhona)
    client = client_for(cast.rhona)  # she leads it
    assert client.get(address(date)).status_code == 404

    first = ordered(cast, date)
    name, storage = first.file.name, first.file.storage
    ask(session, cast.dougie)
    second = ordered(cast, date)

    assert (first.names, second.names) == (1, 2)
    assert not storage.exists(name)
    assert client.get(address(date)).content == b"%PDF-1.7 test"
    assert SignInSheet.objects.count() == 1


def test_a_press_orders_it_and_draws_nothing_itself(cast, client_for, monkeypatch):
    _session, date = begun(cast, "ailsa")
    monkeypatch.setattr(sign_in_sheets, "sheet_pdf", None)  # called, it would fail

    said = client_for(cast.priya).post(address(date), follow=True).content.decode()

    assert "The sign-in sheet is being made." in said
    assert "Make it anew" in said
    assert SignInSheet.objects.get().names == 1


def test_what_a_task_did_not_make_is_made_by_the_clock(cast, drawn):
    _session, date = begun(cast, "ailsa")
    sign_in_sheets.order_sheet(date, by=cast.priya)

    assert sign_in_sheets.make_missing_sheets() == 1
    assert sign_in_sheets.make_missing_sheets() == 0


@pytest.mark.parametrize("name", ["ailsa", "dougie", "tom"])
def test_nobody_else_gets_it(cast, client_for, drawn, name):
    _session, date = begun(cast, "ailsa")
    ordered(cast, date)
    client = client_for(cast.people[name])

    assert client.get(address(date)).status_code == 403
    assert client.post(address(date)).status_code == 403
    with pytest.raises(NotYours):
        sign_in_sheets.order_sheet(date, by=cast.fresh(name))


def test_it_is_removed_with_its_file_some_days_later(cast, drawn):
    session, date = begun(cast, "ailsa")
    sheet = ordered(cast, date)
    assert not sign_in_sheets.old_sheets().exists()
    over(session, days=15)

    assert sign_in_sheets.remove_sheets(sign_in_sheets.old_sheets()) == 1
    assert not sheet.file.storage.exists(sheet.file.name)
