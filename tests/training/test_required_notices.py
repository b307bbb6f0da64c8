"""One mail to whom something is required of, when it first stands on their My work, and no second one."""

import datetime

import pytest
import time_machine

from partnerships.models import Partnership, PartnershipPerson
from people.models import OutgoingMail, User
from tests.factories.required import completed, required_of
from tests.factories.sessions import session_of
from tests.factories.training import make_module
from training.enums import Audience
from training.models import RequiredNotice
from training.required.notices import tell_newly_required
from training.required.requirements import end_required, make_exception

pytestmark = pytest.mark.django_db
STAFF = {"ailsa", "morag", "fergus", "priya", "tom", "senga", "donald"}


def told(cast) -> set[str]:
    by_address = {user.email: name for name, user in cast.people.items()}
    return {by_address[to] for to in OutgoingMail.objects.filter(template="required").values_list("to", flat=True)}


def mail_to(user: User) -> OutgoingMail:
    return OutgoingMail.objects.get(template="required", to=user.email)


def test_everybody_in_the_audience_is_told_once(cast):
    required_of(cast)

    assert (tell_newly_required(), tell_newly_required()) == (7, 0)
    assert told(cast) == STAFF


def test_the_mail_says_what_by_when_why_and_where(cast):
    row = required_of(cast)

    tell_newly_required()

    mail = mail_to(cast.ailsa)
    assert mail.subject == "Required learning: Early"
    assert f"Due {row.due_on:%-d %b %Y}. Required of everybody on the staff: We ring before we decide." in mail.text
    assert "/learning/early/" in mail.text
    assert "Your line manager sees whether it is done" in mail.text


def test_what_is_new_at_once_goes_in_one_mail(cast):
    required_of(cast)
    required_of(cast, module=make_module("other"))

    assert tell_newly_required() == len(STAFF)
    assert mail_to(cast.ailsa).subject == "Required learning: 2 things to do"


def test_done_excepted_and_ended_is_not_told(cast):
    row = required_of(cast)
    completed(row.module, cast.ailsa)
    make_exception(row, cast.morag, reason="Wrote it", until=None, by=cast.priya)
    end_required(required_of(cast, module=make_module("other")), by=cast.priya)

    tell_newly_required()

    assert told(cast) == STAFF - {"ailsa", "morag"}


def test_a_partner_is_asked_and_not_pressed(cast):
    group = Partnership.objects.create(name="Varrach", slug="varrach", purpose="x", lead=cast.donald)
    PartnershipPerson.objects.create(partnership=group, person=cast.rhona, organisation=cast.carers)
    required_of(cast, Audience.PARTNERSHIP, partnership=group)

    tell_newly_required()

    mail = mail_to(cast.rhona)
    assert mail.subject == "Would you take part? Early"
    assert "You may say no" in mail.text
    assert "equired" not in mail.subject + mail.text
    assert "Required learning" in mail_to(cast.donald).subject


def test_a_session_that_is_over_asks_nobody(cast):
    session = session_of(cast)
    required_of(cast, session=session, due=60)

    with time_machine.travel(session.ends_at + datetime.timedelta(days=1)):
        assert tell_newly_required() == 0


def test_what_comes_round_in_a_year_is_told_when_it_is_near(cast):
    row = required_of(cast, due=-300, repeat_months=12)
    completed(row.module, cast.ailsa, days_ago=310)

    tell_newly_required()

    assert "ailsa" not in told(cast)
    assert not RequiredNotice.objects.filter(person=cast.ailsa).exists()


def test_mail_goes_out_in_parts(cast, monkeypatch):
    monkeypatch.setattr("training.required.notices.AT_ONCE", 4)
    required_of(cast)

    assert [tell_newly_required() for _run in range(3)] == [4, 3, 0]
