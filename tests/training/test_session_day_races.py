"""The day of a session under simultaneous acts: no mark is lost, nobody counts twice, one answer, one round."""

import datetime
from collections import Counter

import pytest

from people.lib.dates import today
from people.models import AuditEvent, OutgoingMail
from tests.factories.session_days import attended_by, begun, guest, over
from tests.factories.training import finish_all_units, make_module
from tests.training.test_certificate_races import at_once
from training import renewal, tasks
from training.afterwards import attendance, feedback, heard
from training.afterwards.session_certificates import join_places
from training.booking.places import Asker
from training.enums import Presence
from training.models import (
    Attendance,
    Certificate,
    FeedbackLink,
    FeedbackRound,
    ModuleStart,
    Place,
    RenewalReminder,
    SessionFeedback,
)

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
NICE = {"useful": 5, "learnt": 4, "said_it": "yes", "words": ""}


@pytest.fixture(autouse=True)
def no_pdf(monkeypatch):
    """These races are about rows; drawing pages would only make them rarer."""
    monkeypatch.setattr(tasks, "certificate_pdf", lambda certificate: b"%PDF-1.7 test")


def test_race_two_phones_and_everyone_here_lose_no_mark(committed_cast):
    session, date = begun(committed_cast)
    for number in range(8):
        guest(committed_cast, session, f"Person {number}")
    Attendance.objects.all().delete()
    places, priya, rhona = list(Place.objects.order_by("pk")), committed_cast.priya, committed_cast.rhona

    def mark(place, by):
        return lambda: attendance.keep_marks(date, {place.pk: ("", Presence.NO_SHOW)}, by=by)

    phones = [mark(place, (priya, rhona)[n % 2]) for n, place in enumerate(places)]
    at_once([*phones, lambda: attendance.mark_everyone(date, by=priya)])

    marks = dict(Attendance.objects.values_list("place_id", "presence"))
    assert set(marks) == {place.pk for place in places}
    # each is as the phone or as the one press left it, and nothing was written over in silence
    assert set(marks.values()) <= {Presence.FULL, Presence.NO_SHOW}
    assert not AuditEvent.objects.filter(record_type="training.attendance").exists()


def test_race_two_phones_mark_one_person_and_the_first_stands(committed_cast):
    session, date = begun(committed_cast, "ailsa")
    pk = Place.objects.get(session=session).pk
    wanted = [Presence.FULL, Presence.NO_SHOW] * 4

    kept = at_once(
        [
            lambda value=value: attendance.keep_marks(date, {pk: ("", value)}, by=committed_cast.priya)
            for value in wanted
        ]
    )

    stands = Attendance.objects.get().presence
    assert sum(one.written for one in kept) == 1
    assert {row.pk for one in kept for row in one.changed_elsewhere} == {pk}
    assert {one.now[pk] for one in kept} == {stands}


def test_race_one_address_walks_in_once(committed_cast):
    session, date = begun(committed_cast)
    asker = Asker(name="Pal", email="pal@example.org")

    at_once([lambda: attendance.add_walk_in(date, asker, by=committed_cast.priya)] * 8)

    assert Place.objects.filter(session=session).count() == 1
    assert Attendance.objects.count() == 1


def test_race_people_are_asked_once_and_answered_once(committed_cast):
    session = attended_by(committed_cast, "ailsa", "dougie")
    over(session)

    at_once([feedback.ask_due] * 6)
    heard.add_item(session, heard="a", doing="b", why="", by=committed_cast.priya)
    at_once([lambda: heard.give_answer(session, by=committed_cast.priya)] * 6)

    assert (FeedbackRound.objects.count(), FeedbackLink.objects.count()) == (1, 2)
    assert Counter(OutgoingMail.objects.filter(template__in=MAILS).values_list("template", "to")) == Counter(
        (template, to) for template in MAILS for to in ("staff@example.org", "union@example.org")
    )


MAILS = ("sessions/how_was_it", "sessions/what_we_heard")


def test_race_one_link_one_answer(committed_cast):
    session = attended_by(committed_cast, "ailsa")
    over(session)
    feedback.ask_due()
    raw, hashed = FeedbackLink.make_token()
    FeedbackLink.objects.update(token_hash=hashed)
    link = feedback.link_behind(raw)

    at_once([lambda: feedback.keep_answer(link, raw, NICE)] * 8)

    assert SessionFeedback.objects.count() == 1


def test_race_a_guest_is_joined_once(committed_cast):
    session = attended_by(committed_cast)
    guest(committed_cast, session, "Dougie", "union@example.org")
    type(session).objects.filter(pk=session.pk).update(attendance_confirmed_on=today())

    at_once([join_places] * 6)

    assert Certificate.objects.filter(holder=committed_cast.dougie).count() == 1
    assert AuditEvent.objects.filter(move="join").count() == 1


def test_race_one_round_of_renewal_and_one_reminder(committed_cast):
    module = make_module()
    finish_all_units(module, committed_cast.ailsa)
    Certificate.objects.update(expires_on=today() + datetime.timedelta(days=90))

    at_once([renewal.remind_due] * 4)
    at_once([lambda: renewal.renew(module, by=committed_cast.ailsa)] * 6)

    assert sorted(ModuleStart.objects.values_list("round", "is_current")) == [(1, False), (2, True)]
    assert RenewalReminder.objects.count() == 1
    assert OutgoingMail.objects.filter(template="renewal").count() == 1
