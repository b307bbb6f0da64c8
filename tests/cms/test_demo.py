"""The demo loads through the real functions, twice without doubling, and only where there is a demo."""

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings
from wagtail.models import Page

from appraisal.models import EvidenceConfirmation, EvidenceEntry
from cms.cast import CAST, PASSWORD
from cms.my_work import my_work
from partnerships.models import Behaviour, Engagement, PartnershipPerson
from people.models import AuditEvent, Organisation, OutgoingMail, Post, User
from training.models import Certificate, ModuleStart, UnitFinish

COUNTED = (
    AuditEvent,
    Behaviour,
    Certificate,
    EmailAddress,
    Engagement,
    EvidenceConfirmation,
    EvidenceEntry,
    ModuleStart,
    Organisation,
    OutgoingMail,
    Page,
    PartnershipPerson,
    Post,
    UnitFinish,
    User,
)


@pytest.fixture
def demo(db):
    with override_settings(DEMO=True):
        call_command("load_demo", verbosity=0)
    return {user.email.split("@")[0]: user for user in User.objects.all()}


def test_loading_again_doubles_nothing(demo):
    before = {model.__name__: model.objects.count() for model in COUNTED}

    with override_settings(DEMO=True):
        call_command("load_demo", verbosity=0)

    assert {model.__name__: model.objects.count() for model in COUNTED} == before


def test_it_is_refused_where_there_is_no_demo(db):
    with pytest.raises(CommandError, match="only where DEMO is on"):
        call_command("load_demo", verbosity=0)

    assert not User.objects.exists()


def test_everybody_can_sign_in(demo):
    assert sorted(demo) == sorted(member.email.split("@")[0] for member in CAST)
    assert all(user.check_password(PASSWORD) for user in demo.values())
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == len(CAST)


def test_ailsa_is_half_way_with_one_certificate_and_an_example_that_waits(demo):
    work = my_work(demo["staff"])

    assert (work.feature.title, work.feature.done, work.feature.total) == ("Start early, close the loop", 2, 4)
    assert work.feature.url == "/learning/start-early-close-the-loop/you-said-we-did-because/"
    assert work.certificates == 1
    assert [task.title for task in work.waiting] == ["Rang Rhona before drafting the call list"]
    assert [task.hint for task in work.duties] == [
        "Morag Sinclair asks about “Kept a visit when the audit came”. You do not have to answer."
    ]


def test_morag_reads_the_example_that_ailsa_shared_and_no_other(demo):
    shared = EvidenceEntry.objects.visible_to(demo["manager"]).filter(owner=demo["staff"])

    assert [entry.title for entry in shared] == ["Walked the low fields before moving a gauge"]


def test_rhona_has_a_module_under_way_and_is_asked(demo):
    work = my_work(demo["partner"])

    assert work.feature.title == "Why we work in partnership"
    assert len(work.duties) == 1
    assert [row.name for row in work.partnerships] == ["Varrach Flood Warning Group"]


def test_dougie_holds_a_certificate(demo):
    assert my_work(demo["union"]).certificates == 1


def test_senga_goes_on_writing(demo):
    assert [task.title for task in my_work(demo["editor"]).going_on] == [
        "Go on writing “The rest centre opens at five, before dark”"
    ]
