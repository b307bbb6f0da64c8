"""Certificates of a session: for whom, once, what stands on them, and what a later correction changes."""

import datetime

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Behaviour
from people.models import AuditEvent, OutgoingMail, User
from people.transitions import Refused, person
from tests.factories.session_days import attended_by, begun, confirm, guest
from tests.factories.sessions import session_of
from tests.factories.training import finish_all_units, make_module
from training import certificates
from training.afterwards import attendance
from training.afterwards.session_certificates import join_places, review
from training.enums import CompletionRule, Presence
from training.models import Certificate, Completion, JointSession, Place

pytestmark = pytest.mark.django_db


def page_of(session):
    return reverse("session-day:certificates", args=[session.pk])


def mails():
    return sorted(OutgoingMail.objects.filter(template="certificate-issued").values_list("to", flat=True))


def proved(name="Pal Hamish", email="pal@example.org"):
    user = User.objects.create_user(email, name=name)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def correct(cast, place, seen, value):
    attendance.keep_marks(place.session.dates.get(), {place.pk: (seen, value)}, by=cast.priya)


def test_one_press_issues_to_those_who_attended(cast, client_for):
    session = attended_by(cast, "ailsa", "dougie")
    correct(cast, Place.objects.get(person=cast.dougie), "full", "no_show")
    client = client_for(cast.priya)

    shown = client.get(page_of(session)).content.decode()
    said = client.post(page_of(session), follow=True).content.decode()

    assert "1 person attended." in shown
    assert "Issue 1 certificate" in shown
    assert "1 certificate is issued. The mail is on its way." in said
    assert list(Certificate.objects.values_list("holder__name", "title")) == [("Ailsa Grant", session.title)]
    assert mails() == ["staff@example.org"]


def test_what_stands_on_it_is_frozen(cast):
    session = attended_by(cast, "ailsa")
    session.behaviours.set([Behaviour.objects.get_or_create(code="PB1", defaults={"slug": "early"})[0]])
    confirm(cast, session)
    JointSession.objects.update(title="Another title")
    session.facilitators.update(name="Somebody else")

    one = Certificate.objects.get()
    assert (one.title, one.minutes, one.led_by, one.expires_on) == (
        "Starting early together", 240, ["Rhona MacBain"], None,
    )  # fmt: skip
    assert one.completed_on == timezone.localtime(session.dates.get().ends_at).date()
    assert (one.place.session, one.completion, one.status) == (session, None, "valid")


def test_a_part_counts_by_its_share(cast):
    confirm(cast, attended_by(cast, "ailsa", presence=Presence.PART))

    assert Certificate.objects.get().minutes == 120


def test_pressing_twice_issues_once_and_a_later_mark_issues_the_rest(cast):
    session = attended_by(cast, "ailsa", "dougie")
    dougie = Place.objects.get(person=cast.dougie)
    correct(cast, dougie, "full", "no_show")
    confirm(cast, session)
    confirm(cast, session)
    correct(cast, dougie, "no_show", "full")

    assert [row.name for row in review(session).due] == ["Dougie Ross"]
    confirm(cast, session)

    assert mails() == ["staff@example.org", "union@example.org"]
    assert Certificate.objects.count() == 2


def test_a_correction_after_issue_leaves_the_certificate_to_the_coordinator(cast, client_for):
    session = attended_by(cast, "ailsa")
    confirm(cast, session)
    correct(cast, Place.objects.get(person=cast.ailsa), "full", "no_show")
    one = Certificate.objects.get()
    assert one.status == "valid"

    certificates.withdraw(one, reason="mistake", by=person(cast.priya))
    correct(cast, Place.objects.get(person=cast.ailsa), "no_show", "full")
    confirm(cast, session)

    assert [row.state for row in Certificate.objects.all()] == ["withdrawn"]
    assert "Withdrawn earlier, not given again" in client_for(cast.priya).get(page_of(session)).content.decode()


def test_a_corrected_name_replaces_it(cast):
    confirm(cast, attended_by(cast, "ailsa"))

    newer = certificates.replace(Certificate.objects.get(), name="Ailsa Munro", by=person(cast.priya))

    assert (newer.holder_name, newer.led_by, newer.minutes) == ("Ailsa Munro", ["Rhona MacBain"], 240)
    assert [row.state for row in Certificate.objects.order_by("pk")] == ["replaced", "issued"]
    assert newer.place.certificates.count() == 2


def test_somebody_without_an_account_gets_theirs_when_they_sign_in(cast, client_for):
    session = attended_by(cast, "ailsa")
    place = guest(cast, session, "Pal", "pal@example.org")
    guest(cast, session, "Nobody's address")
    confirm(cast, session)
    shown = client_for(cast.priya).get(page_of(session)).content.decode()
    assert "They attended and have no account" in shown
    assert Certificate.objects.count() == 1
    assert join_places() == 0

    user = proved()
    assert join_places() == 1
    assert join_places() == 0

    one = Certificate.objects.get(holder=user)
    assert (one.place_id, one.holder_name) == (place.pk, "Pal Hamish")
    assert Place.objects.get(pk=place.pk).person == user
    assert mails() == ["pal@example.org", "staff@example.org"]
    assert AuditEvent.objects.filter(move="join", record_id=place.pk, subject_id=user.pk).count() == 1


def test_signing_in_joins_at_once(cast, client):
    session = attended_by(cast)
    guest(cast, session, "Dougie", "Union@example.org")
    confirm(cast, session)
    Certificate.objects.all().delete()  # he has an account, so the press found him
    Place.objects.update(person=None)

    client.post(reverse("account_login"), {"login": "union@example.org", "password": "common-ground"})

    assert Certificate.objects.get().holder == cast.dougie


def test_an_address_that_nobody_has_proved_joins_nothing(cast):
    session = attended_by(cast)
    guest(cast, session, "Pal", "pal@example.org")
    confirm(cast, session)
    user = User.objects.create_user("pal@example.org", name="Not Pal")
    EmailAddress.objects.create(user=user, email="pal@example.org", verified=False, primary=True)

    assert join_places() == 0
    assert not Certificate.objects.exists()


def test_somebody_with_a_place_of_their_own_is_not_joined_to_another(cast):
    session = attended_by(cast, "ailsa")
    Place.objects.filter(person=cast.ailsa).update(email="old@example.org", email_key="old@example.org")
    guest(cast, session, "Ailsa again", "staff@example.org")

    assert join_places() == 0
    assert Place.objects.filter(person=cast.ailsa).count() == 1


def test_nothing_is_given_before_attendance_is_confirmed(cast):
    session = attended_by(cast)
    guest(cast, session, "Pal", "pal@example.org")
    proved()

    assert join_places() == 1
    assert not Certificate.objects.exists()


def test_why_nothing_can_be_issued_is_said(cast, client_for):
    coming = session_of(cast)
    unmarked, _date = begun(cast, "ailsa", title="Another one")
    client = client_for(cast.priya)

    for session, words in (
        (coming, "Certificates can be issued once the last date has begun."),
        (unmarked, "Nobody has been marked yet. Take attendance first."),
    ):
        shown = client.get(page_of(session)).content.decode()
        assert words in shown
        assert "<button" not in shown.split("<main")[1]
        with pytest.raises(Refused):
            confirm(cast, session)


def test_a_session_without_certificates_confirms_only(cast, client_for):
    session = attended_by(cast, "ailsa", gives_certificate=False)
    client = client_for(cast.priya)

    assert "Confirm who attended" in client.get(page_of(session)).content.decode()
    client.post(page_of(session))

    assert JointSession.objects.get(pk=session.pk).attendance_confirmed_on is not None
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("name", ["rhona", "ailsa", "morag", "tom", "senga", "stranger"])
def test_only_coordinators_review_and_issue(cast, client_for, name):
    session = attended_by(cast, "ailsa", deputy=cast.morag)
    client = client_for(cast.people[name])

    assert client.get(page_of(session)).status_code == 403
    assert client.post(page_of(session)).status_code == 403
    assert not Certificate.objects.exists()


def test_page_mail_and_check_say_that_it_was_a_session(cast, client_for, client):
    confirm(cast, attended_by(cast, "ailsa"))
    one = Certificate.objects.get()

    own = client_for(cast.ailsa).get(one.get_absolute_url()).content.decode()
    checked = client.get(reverse("verify:verify-code", args=[one.code])).content.decode()

    for words in ("Joint session attended", "has taken part in", "4 hours", "Led by", "Rhona MacBain"):
        assert words in own
    assert "Attended on" in checked
    assert "Rhona MacBain" not in checked
    assert "4 hours" not in checked
    assert client_for(cast.dougie).get(one.get_absolute_url()).status_code == 404


# --- A module that asks for a session ---


def test_a_session_completes_the_module_that_asks_for_it(cast):
    module = make_module(rule=CompletionRule.UNITS_AND_SESSION)
    start = finish_all_units(module, cast.fresh("ailsa"))
    session = attended_by(cast, "ailsa", module=module)
    assert not Completion.objects.exists()  # a mark is not yet confirmed and may be corrected

    confirm(cast, session)

    assert Completion.objects.get().start == start
    assert Certificate.objects.filter(holder=cast.ailsa).count() == 2  # one for the session, one for the module


def test_units_may_come_after_the_session(cast):
    module = make_module(rule=CompletionRule.UNITS_AND_SESSION)
    confirm(cast, attended_by(cast, "ailsa", module=module))
    assert not Completion.objects.exists()

    finish_all_units(module, cast.fresh("ailsa"))

    assert Completion.objects.count() == 1


@pytest.mark.parametrize("what", ["another module", "not attended", "another person", "rule frozen without"])
def test_what_does_not_complete_it(cast, what):
    module = make_module(rule=CompletionRule.UNITS_AND_SESSION)
    of = make_module("other") if what == "another module" else module
    who = "dougie" if what == "another person" else "ailsa"
    presence = Presence.NO_SHOW if what == "not attended" else Presence.FULL
    if what == "rule frozen without":
        of = None
    finish_all_units(module, cast.fresh("ailsa"))

    confirm(cast, attended_by(cast, who, module=of, presence=presence))

    assert not Completion.objects.exists()


def test_the_rule_is_frozen_at_the_start_and_may_only_get_easier(cast):
    module = make_module(rule=CompletionRule.UNITS)
    finish_all_units(module, cast.fresh("ailsa"))
    assert Completion.objects.count() == 1
    harder = make_module("harder", rule=CompletionRule.UNITS_AND_SESSION)
    start = finish_all_units(harder, cast.fresh("dougie"))
    assert start.asks_session

    type(harder).objects.filter(pk=harder.pk).update(completion_rule=CompletionRule.UNITS)

    start.refresh_from_db()
    start = type(start).objects.with_whom().get(pk=start.pk)
    assert not start.asks_session


def test_the_module_page_says_it_and_lists_coming_sessions(cast, client_for):
    module = make_module(rule=CompletionRule.UNITS_AND_SESSION)
    session_of(cast, module=module, title="Disagreeing well")
    session_of(cast, title="Of no module")
    finish_all_units(module, cast.fresh("ailsa"))

    shown = client_for(cast.ailsa).get(f"/learning/{module.slug}/").content.decode()

    assert "All units and a joint session of this module" in shown
    assert "One thing left: a joint session" in shown
    assert "Disagreeing well" in shown
    assert "Of no module" not in shown


def test_confirming_stands_in_the_audit(cast):
    session = attended_by(cast, "ailsa")
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1)):
        confirm(cast, session)

    row = AuditEvent.objects.get(record_type="training.jointsession", move="confirm_attendance")
    assert (row.actor_id, row.record_id) == (cast.priya.pk, session.pk)
