"""A refused move becomes a page with all its sentences, whatever view called it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse

from cms.middleware import RefusalsAsPages
from people.transitions import NeedsNotMet


@pytest.fixture
def middleware():
    return RefusalsAsPages(lambda request: HttpResponse("fine"))


def test_every_sentence_is_told_and_stays_text(middleware, rf, cast):
    request = rf.post("/x/", headers={"referer": "http://testserver/evidence/1/"})
    request.user = cast.ailsa

    response = middleware.process_exception(request, NeedsNotMet("Say why.", "Name <somebody>."))

    page = response.content.decode()
    assert response.status_code == 409
    assert "Say why." in page
    assert "Name &lt;somebody&gt;." in page
    assert 'href="http://testserver/evidence/1/"' in page


def test_a_page_of_another_site_is_no_way_back(middleware, rf, cast):
    request = rf.post("/x/", headers={"referer": "https://elsewhere.example/"})
    request.user = cast.ailsa

    page = middleware.process_exception(request, NeedsNotMet("No.")).content.decode()

    assert "elsewhere.example" not in page


@pytest.mark.parametrize("path", ["/feedback/x/", "/invitations/x/", "/sessions/place/x/", "/venues/x/"])
def test_a_refusal_behind_a_mailed_link_is_kept_private(middleware, rf, cast, path):
    request = rf.post(path)
    request.user = AnonymousUser()

    response = middleware.process_exception(request, NeedsNotMet("No."))

    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_other_faults_are_left_alone(middleware, rf):
    assert middleware.process_exception(rf.get("/"), ValueError("x")) is None
