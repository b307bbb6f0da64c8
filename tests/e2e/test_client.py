"""The program that comes with the API does what it says, against the demo, with a token made on the page."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from people.models import User
from tests.cast import PASSWORD
from training.models import Place, UnitFinish

CLIENT = settings.BASE_DIR / "cms" / "data" / "client.py"


@pytest.mark.django_db(transaction=True)
def test_a_program_finishes_a_unit_books_a_session_and_downloads_a_certificate(site, visit, tmp_path):
    page = visit("staff@example.org").page
    page.goto("/account/tokens/add/")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("What is it for?").fill("A program")
    page.get_by_label("Modules, my progress and my certificates").check()
    page.get_by_label("Joint sessions, places, attendance and participation").check()
    page.get_by_label("Read, and act in my name").check()
    page.get_by_role("button", name="Make the token").click()
    token = re.search(r"cg_[A-Za-z0-9_-]{43}", page.content()).group()
    ailsa = User.objects.get(email="staff@example.org")
    finished = UnitFinish.objects.filter(start__person=ailsa).count()

    said = subprocess.run(
        [sys.executable, CLIENT, site],
        env={**os.environ, "COMMON_GROUND_TOKEN": token},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert said.returncode == 0, said.stdout + said.stderr
    lines = said.stdout.splitlines()
    assert lines[0].startswith("Finished the unit ")
    assert UnitFinish.objects.filter(start__person=ailsa).count() == finished + 1
    assert re.match(r"“.+”: [a-z]+$", lines[1])
    assert Place.objects.filter(person=ailsa, state="booked").exists()
    (pdf,) = tmp_path.glob("certificate-*.pdf")
    assert lines[2] == f"Wrote {pdf.name}."
    assert pdf.read_bytes().startswith(b"%PDF-")
