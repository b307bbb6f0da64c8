"""Public pages, what Wagtail may serve to whom, and good practice."""

import pytest
from django.core.exceptions import ValidationError

from cms.models import PracticeCasePage
from cms.models.practice import NO_AGREEMENT
from partnerships.models import Behaviour
from tests.cms.conftest import a_case


def case_form(case, **posted):
    form_class = PracticeCasePage.get_edit_handler().get_form_class()
    data = {
        "title": case.title,
        "slug": case.slug,
        "summary": case.summary,
        "organisations": case.organisations,
        "try_this": case.try_this,
        "agreed_organisation": "",
        "agreed_name": "",
        "agreed_on": "",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    }
    return form_class({**data, **posted}, instance=case)


def test_a_stranger_reads_public_pages_only(site_pages, client_for):
    anonymous = client_for()

    assert anonymous.get("/").status_code == 200
    assert anonymous.get("/help/").status_code == 200
    closed = anonymous.get("/house/")
    assert closed.status_code == 302
    assert closed.url == "/accounts/login/?next=%2Fhouse%2F"


def test_signed_in_people_read_the_others_too(site_pages, cast, client_for):
    assert "For insiders" in client_for(cast.rhona).get("/house/").content.decode()


def test_an_unpublished_page_is_served_to_nobody(site_pages, cast, client_for):
    site_pages.public.unpublish()

    assert client_for(cast.senga).get("/help/").status_code == 404


def test_a_case_says_who_agreed_and_what_failed(site_pages, client_for):
    page = client_for().get("/good-practice/sea/").content.decode()

    assert "Two boats are not a fleet." in page
    assert "Creel Circle agreed to this text: Secretary, 5 January 2026." in page


def test_publishing_without_the_partners_agreement_is_refused_with_a_sentence(site_pages):
    form = case_form(site_pages.case, **{"action-publish": "1"})

    form.is_valid()

    assert form.non_field_errors() == [str(NO_AGREEMENT)]


def test_a_draft_needs_no_agreement(site_pages):
    form = case_form(site_pages.case)

    form.is_valid()

    assert form.non_field_errors() == []


def test_publishing_by_any_other_way_is_refused_too(site_pages):
    case = site_pages.library.add_child(instance=a_case("Alone", "alone", agreed_name="", live=False))

    with pytest.raises(ValidationError, match="cannot be published yet"):
        case.save_revision().publish()

    case.refresh_from_db()
    assert not case.live


def test_the_library_is_narrowed_down_by_behaviour_with_an_address(site_pages, client_for, framework):
    first, second = Behaviour.objects.order_by("code")[:2]
    site_pages.case.behaviours = [first]
    site_pages.case.save()

    client = client_for()

    assert client.get(f"/good-practice/?behaviour={first.slug}").context["cases"].paginator.count == 1
    assert client.get(f"/good-practice/?behaviour={second.slug}").context["cases"].paginator.count == 0
    assert client.get("/good-practice/?behaviour=nonsense").context["cases"].paginator.count == 1


@pytest.fixture
def framework(db):
    from cms.demo.framework import load_published_framework

    return load_published_framework()
