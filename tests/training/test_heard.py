"""What we heard, what we do, and why: due, late, given once, and by whom."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from people.lib.dates import add_working_days
from people.models import AuditEvent, OutgoingMail
from people.transitions import NotYours, Refused
from tests.factories.session_days import attended_by, begun, guest, over
from training.afterwards import feedback, heard
from training.enums import Presence
from training.models import FeedbackLoopItem, JointSession

pytestmark = pytest.mark.django_db
ITEM = {"heard": "The room echoed", "doing": "Another room next time", "why": "Half of us could not hear"}


def past(cast, *names, **values):
    session = attended_by(cast, *(names or ("ailsa", "dougie")), **values)
    over(session)
    return JointSession.objects.get(pk=session.pk)


def page_of(session):
    return reverse("session-day:heard", args=[session.pk])


def shown(client, session):
    return client.get(session.get_absolute_url()).content.decode()


def mails():
    return sorted(OutgoingMail.objects.filter(template="sessions/what_we_heard").values_list("to", flat=True))


def test_the_answer_goes_once_to_those_who_came_and_to_the_page(cast, client_for):
    session = past(cast)
    guest(cast, session, "Pal", "pal@example.org")
    guest(cast, session, "Without an address")
    client = client_for(cast.priya)

    client.post(page_of(session), ITEM | {"do": "add"})
    said = client.post(page_of(session), {"do": "give"}, follow=True).content.decode()
    again = client.post(page_of(session), {"do": "give"})

    assert "The answer went to 3 people." in said
    assert again.status_code == 409
    assert mails() == ["pal@example.org", "staff@example.org", "union@example.org"]
    for words in ITEM.values():
        assert words in shown(client_for(cast.stranger), session)
        assert words in OutgoingMail.objects.filter(template="sessions/what_we_heard").first().text
    assert AuditEvent.objects.filter(move="answer_those_who_came", actor_id=cast.priya.pk).count() == 1


def test_it_is_due_and_then_late_and_says_so(cast, client_for):
    session = past(cast)
    due = add_working_days(timezone.localdate(session.ends_at), 10)
    assert heard.due_on(session) == due
    client = client_for(cast.dougie)
    assert "What we heard, what we do and why comes by" in shown(client, session)

    with time_machine.travel(datetime.datetime.combine(due, datetime.time(12), datetime.UTC)):
        assert "comes by" in shown(client_for(cast.dougie), session)
    with time_machine.travel(datetime.datetime.combine(due, datetime.time(12), datetime.UTC) + datetime.timedelta(1)):
        assert "and has not been given yet." in shown(client_for(cast.dougie), session)
        desk = client_for(cast.priya).get(reverse("session-day:heard", args=[session.pk])).content.decode()
        assert "Late: it was due by" in desk


def test_nothing_is_due_before_the_end_or_when_nobody_came(cast, client_for):
    running, _date = begun(cast, "ailsa")
    nobody = past(cast, "ailsa", presence=Presence.NO_SHOW, title="Nobody came")

    for session in (running, nobody):
        assert heard.heard_of(session) is None
        assert "What we heard" not in shown(client_for(cast.dougie), session)


def test_it_needs_at_least_one_thing(cast):
    session = past(cast)

    with pytest.raises(Refused):
        heard.give_answer(session, by=cast.priya)
    assert mails() == []


def test_before_the_end_nothing_is_written(cast):
    session, _date = begun(cast, "ailsa")

    with pytest.raises(Refused):
        heard.add_item(session, **ITEM, by=cast.priya)


def test_what_was_given_stays(cast):
    session = past(cast)
    item = heard.add_item(session, **ITEM, by=cast.priya)
    heard.give_answer(session, by=cast.priya)

    for act in (
        lambda: heard.add_item(session, **ITEM, by=cast.priya),
        lambda: heard.remove_item(item, by=cast.priya),
        lambda: heard.give_answer(session, by=cast.priya),
    ):
        with pytest.raises(Refused):
            act()
    assert FeedbackLoopItem.objects.get() == item


def test_one_thing_can_be_taken_out_before(cast, client_for):
    session = past(cast)
    item = heard.add_item(session, **ITEM, by=cast.priya)

    client_for(cast.priya).post(page_of(session), {"do": "remove", "item": item.pk})

    assert not FeedbackLoopItem.objects.exists()


def test_only_coordinator_and_deputy_answer(cast):
    session = past(cast, deputy=cast.morag)

    for name in ("ailsa", "rhona", "tom", "fergus"):
        with pytest.raises(NotYours):
            heard.add_item(session, **ITEM, by=cast.fresh(name))
    heard.add_item(session, **ITEM, by=cast.morag)


def test_a_form_that_lacks_something_keeps_its_text(cast, client_for):
    session = past(cast)

    response = client_for(cast.priya).post(page_of(session), ITEM | {"do": "add", "doing": ""})

    assert response.status_code == 422
    assert "Write what becomes of it, also when it is nothing" in response.content.decode()
    assert ITEM["heard"] in response.content.decode()


def test_an_answer_begun_early_does_not_stop_the_asking(cast):
    session = past(cast)
    heard.add_item(session, **ITEM, by=cast.priya)

    assert feedback.ask_due() == 2


def test_text_is_shown_as_text(cast, client_for):
    session = past(cast)
    heard.add_item(session, heard="<b>Loud</b>", doing="x", why="", by=cast.priya)
    heard.give_answer(session, by=cast.priya)

    assert "&lt;b&gt;Loud&lt;/b&gt;" in shown(client_for(cast.dougie), session)
    assert "<b>Loud</b>" in OutgoingMail.objects.filter(template="sessions/what_we_heard").first().text
