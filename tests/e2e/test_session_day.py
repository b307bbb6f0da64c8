"""Priya takes attendance on a phone, issues certificates, and those who came say how it was and get an answer."""

import re

import pytest

from people import transitions
from people.models import OutgoingMail, User
from tests.e2e.demo_pages import address
from tests.e2e.test_learning import WAYS
from tests.factories.session_days import over
from training.afterwards import feedback
from training.models import Attendance, Certificate, JointSession, Place, SessionFeedback

PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.mark.parametrize("way", WAYS)
def test_attendance_certificates_how_it_was_and_an_answer(visit, settings, way):
    settings.KEEP_SENT_MAIL = True  # the link stands in the mail alone
    session = JointSession.objects.get(title="A day on site: visit and joint review")
    dougie = User.objects.get(email="union@example.org")
    transitions.move(Place.objects.get(session=session, person=dougie), "take", by=transitions.person(dougie))
    where = address("DAY attendance/")
    Attendance.objects.filter(place__session=session).delete()
    priya = visit("coordinator@example.org", **way, **PHONE)
    page = priya.page

    priya.go(where)
    priya.press("Everyone here")
    priya.sees("Now change the exceptions.")
    priya.choose_from(page.get_by_label(re.compile("Dougie Ross")), "Here for part of it")
    if way.get("script", True):
        page.get_by_text(re.compile(r"^Saved at")).wait_for()  # nobody pressed anything
    else:
        priya.press("Save", exact=True)
        priya.sees("1 mark is saved.")
    priya.write(page.get_by_label("Name"), "Morven Walker")
    priya.write(page.get_by_label("E-mail address"), "morven@example.net")
    priya.press("Add them as here")
    priya.sees("Morven Walker is on the list and marked as here.")
    assert dict(Attendance.objects.filter(place__session=session).values_list("place__name", "presence")).items() >= {
        ("Dougie Ross", "part"), ("Morven Walker", "full"),
    }  # fmt: skip

    priya.press("Review certificates", "link")
    priya.press(re.compile(r"^Issue \d+ certificate"))
    priya.sees("The mail")
    assert Certificate.objects.filter(place__session=session, holder=dougie).count() == 1

    over(session)
    feedback.ask_due()
    mail = OutgoingMail.objects.get(template="sessions/how_was_it", to="morven@example.net")
    morven = visit("", **way, **PHONE)
    morven.go(f"/feedback/{re.search(r'/feedback/([^/]+)/', mail.text)[1]}/")
    for question, words in (
        ("Was it worth your time?", "Mostly"),
        ("Did you learn something from the other side?", "Yes, fully"),
        ("Could you say what you came to say?", "Partly"),
    ):
        group = morven.page.get_by_role("group", name=question)
        morven.choose(group.get_by_label(words, exact=True))
    morven.press("Send my answer")
    morven.sees("Your answer is kept.")
    assert SessionFeedback.objects.filter(session=session).values_list("said_it", flat=True).get() == "partly"

    priya.go(f"/manage/sessions/{session.pk}/heard/")
    priya.sees("Nothing is shown before")
    priya.write(page.get_by_label("What we heard"), "The minibus came late")
    priya.write(page.get_by_label("What we do"), "It comes half an hour earlier")
    priya.press("Add this")
    priya.press("Send it to those who came")
    priya.sees("It stands on the page of the session.")
    priya.sees("It comes half an hour earlier")
