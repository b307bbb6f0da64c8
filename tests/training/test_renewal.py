"""Renewing: from when on, what counts, a new certificate beside the old one, and one reminder a moment."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from people.lib.dates import add_months, today
from people.models import OutgoingMail
from people.policy import set_policy
from people.transitions import Refused
from tests.factories.session_days import attended_by, confirm
from tests.factories.training import finish_all_units, make_module, units_of
from training import renewal
from training.completion import complete_if_done
from training.enums import CompletionRule
from training.models import Certificate, Completion, ModuleStart, RenewalReminder, UnitFinish
from training.progress import finish_unit, start_module

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def completed(cast, *, lapses_in=90, rule=CompletionRule.UNITS, **values):
    """Ailsa has completed a module, and her certificate lapses in so many days."""
    module = make_module(rule=rule, **values)
    finish_all_units(module, cast.fresh("ailsa"))
    last = today() + lapses_in * DAY
    Certificate.objects.filter(holder=cast.ailsa).update(expires_on=last, completed_on=add_months(last, -36))
    return module


def go_through(module, user):
    start = start_module(module, by=user)
    for unit in units_of(module):
        finish_unit(start, unit, by=user)


def reminders():
    return [(row.moment, row.certificate.holder.name) for row in RenewalReminder.objects.order_by("pk")]


def test_a_renewal_is_a_round_of_its_own_and_wipes_nothing(cast):
    module, ailsa = completed(cast), cast.fresh("ailsa")
    first, finishes = Completion.objects.get(), UnitFinish.objects.count()

    start = renewal.renew(module, by=ailsa)
    assert (start.round, start.required_units.count()) == (2, 2)
    go_through(module, ailsa)

    assert Completion.objects.filter(pk=first.pk).exists()
    assert UnitFinish.objects.count() == 2 * finishes
    old, new = Certificate.objects.order_by("pk")
    assert (old.state, new.state, old.replaced_by) == ("issued", "issued", None)
    assert new.expires_on == add_months(old.expires_on, 36)  # renewed in time: it counts from the earlier last day
    assert [row.is_current for row in ModuleStart.objects.order_by("round")] == [False, True]
    assert renewal.renewals_of(ailsa) == []


def test_renewed_after_it_lapsed_the_new_one_counts_from_that_day(cast):
    module, ailsa = completed(cast, lapses_in=-10), cast.fresh("ailsa")
    renewal.renew(module, by=ailsa)
    go_through(module, ailsa)

    assert Certificate.objects.latest("pk").expires_on == add_months(today(), 36)


def test_pressing_twice_is_one_round(cast):
    module, ailsa = completed(cast), cast.fresh("ailsa")

    assert renewal.renew(module, by=ailsa) == renewal.renew(module, by=ailsa)
    assert ModuleStart.objects.count() == 2


@pytest.mark.parametrize(("lapses_in", "words"), [(400, "This can be renewed from"), (None, "nothing to renew")])
def test_too_early_or_nothing_to_renew_is_a_sentence(cast, lapses_in, words):
    module = completed(cast, lapses_in=lapses_in) if lapses_in else make_module()

    with pytest.raises(Refused) as refusal:
        renewal.renew(module, by=cast.fresh("ailsa"))

    assert words in refusal.value.sentences[0]
    assert not ModuleStart.objects.filter(round=2).exists()


def test_the_window_opens_as_many_months_before_as_the_body_says(cast):
    module, ailsa = completed(cast, lapses_in=100), cast.fresh("ailsa")
    assert renewal.renewals_of(ailsa)[0].is_open

    set_policy("renewal_window_months", 2)

    assert renewal.renewals_of(ailsa) == []
    assert not renewal.renewals_of(ailsa, module)[0].is_open


def test_what_was_withdrawn_unpublished_or_is_of_a_session_is_not_renewed(cast):
    module, ailsa = completed(cast), cast.fresh("ailsa")
    confirm(cast, attended_by(cast, "ailsa"))
    assert len(renewal.renewals_of(ailsa)) == 1

    module.unpublish()
    assert renewal.renewals_of(ailsa) == []


def test_a_session_attended_inside_the_window_counts_before_renew_was_pressed(cast):
    module, ailsa = completed_with_session(cast), cast.fresh("ailsa")
    confirm(cast, attended_by(cast, "ailsa", module=module, title="The second one"))

    renewal.renew(module, by=ailsa)
    go_through(module, ailsa)

    assert Completion.objects.count() == 2


def test_a_session_attended_before_the_window_does_not_count_again(cast):
    module, ailsa = completed_with_session(cast), cast.fresh("ailsa")

    renewal.renew(module, by=ailsa)
    go_through(module, ailsa)
    assert Completion.objects.count() == 1

    confirm(cast, attended_by(cast, "ailsa", module=module, title="The second one"))
    assert Completion.objects.count() == 2


def completed_with_session(cast):
    """Ailsa has completed a module that asks for a session, attended long before the window opened."""
    module = make_module(rule=CompletionRule.UNITS_AND_SESSION)
    session = attended_by(cast, "ailsa", module=module)
    confirm(cast, session)
    finish_all_units(module, cast.fresh("ailsa"))
    long_ago = timezone.now() - 400 * DAY
    session.dates.update(starts_at=long_ago, ends_at=long_ago + datetime.timedelta(hours=4))
    Certificate.objects.filter(completion__isnull=False).update(expires_on=today() + 90 * DAY)
    return module


def test_a_round_asks_for_the_module_as_it_reads_now(cast):
    module, ailsa = completed(cast), cast.fresh("ailsa")
    type(module).objects.filter(pk=module.pk).update(completion_rule=CompletionRule.UNITS_AND_TRY)
    module.refresh_from_db()

    start = renewal.renew(module, by=ailsa)

    assert start.rule == CompletionRule.UNITS_AND_TRY
    assert complete_if_done(start) is None


def test_each_moment_is_told_once_and_missed_ones_are_left_out(cast):
    completed(cast, lapses_in=90)
    now = timezone.now()
    for days, expected in ((0, 1), (1, 0), (65, 1), (80, 0), (92, 1), (120, 0)):
        with time_machine.travel(now + days * DAY):
            assert renewal.remind_due() == expected, days

    assert reminders() == [("opens", "Ailsa Grant"), ("soon", "Ailsa Grant"), ("lapsed", "Ailsa Grant")]
    assert list(OutgoingMail.objects.filter(template="renewal").values_list("to", flat=True)) == [cast.ailsa.email] * 3


@pytest.mark.parametrize("lapses_in", [400, -400])
def test_nobody_is_told_long_before_or_long_after(cast, lapses_in):
    completed(cast, lapses_in=lapses_in)

    assert renewal.remind_due() == 0


def test_nobody_is_reminded_of_what_they_have_renewed_or_after_they_left(cast):
    module, ailsa = completed(cast), cast.fresh("ailsa")
    renewal.renew(module, by=ailsa)
    assert renewal.remind_due() == 1  # begun is not yet renewed
    go_through(module, ailsa)
    with time_machine.travel(timezone.now() + 65 * DAY):
        assert renewal.remind_due() == 0


def test_nobody_is_reminded_after_they_left(cast):
    completed(cast)
    type(cast.ailsa).objects.filter(pk=cast.ailsa.pk).update(is_active=False)

    assert renewal.remind_due() == 0


def test_my_work_and_the_module_say_it(cast, client_for):
    module = completed(cast)
    client = client_for(cast.ailsa)
    assert f"Renew “{module.title}”" in client.get("/my-work/").content.decode()
    assert "You can renew this module" in client.get(f"/learning/{module.slug}/").content.decode()

    client.post(f"/learning/{module.slug}/renew/")

    shown = client.get(f"/learning/{module.slug}/").content.decode()
    assert "You are renewing this module." in shown
    assert "Go on where you left off" in shown
    assert "You have begun." in client.get("/my-work/").content.decode()
    assert "1 of 1" not in client.get("/learning/").content.decode()


def test_the_catalogue_shows_a_module_once(cast, client_for):
    module = completed(cast)
    renewal.renew(module, by=cast.fresh("ailsa"))

    shown = client_for(cast.ailsa).get("/learning/").content.decode()

    assert shown.count(f'href="/learning/{module.slug}/"') == 1


def test_nobody_renews_for_somebody_else(cast, client_for):
    module = completed(cast)

    assert client_for(cast.dougie).post(f"/learning/{module.slug}/renew/").status_code == 409
    assert ModuleStart.objects.count() == 1


def test_a_module_that_is_being_renewed_stays_completed(cast, client_for):
    module = completed(cast)
    renewal.renew(module, by=cast.fresh("ailsa"))
    client = client_for(cast.ailsa)

    for status in ("completed", "in-progress"):
        shown = " ".join(client.get("/learning/", {"status": status}).content.decode().split())
        assert "Completed " in shown
        assert "Doing it again: 0 of 2 units done" in shown
    assert "No module fits" in client.get("/learning/", {"status": "not-started"}).content.decode()
    my_work = client.get("/my-work/").context["work"]
    assert (my_work.completed, my_work.feature.title) == (1, module.title)
