"""What the demo shows, to whom; loading it again doubles nothing. On which days it loads: test_demo_days.py."""

import datetime

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone
from wagtail.models import Page

from appraisal.models import (
    AppraisalCycle,
    AppraisalReview,
    BehaviourRating,
    EvidenceConfirmation,
    EvidenceEntry,
    ManagerNote,
    NextStep,
    ReviewRecord,
    Signature,
)
from appraisal.ratings import save_rating, self_level_is_hidden
from cms.cast import CAST, COLLEAGUES, PASSWORD
from cms.demo.days import review_year
from cms.my_work import my_work
from partnerships.models import Behaviour, Engagement, PartnershipPerson
from people.models import AuditEvent, Organisation, OutgoingMail, Post, User
from people.transitions import person
from training.models import Certificate, LearningException, ModuleStart, RequiredLearning, UnitFinish

COUNTED = (
    AppraisalCycle,
    AppraisalReview,
    AuditEvent,
    Behaviour,
    Certificate,
    EmailAddress,
    Engagement,
    EvidenceConfirmation,
    EvidenceEntry,
    LearningException,
    ManagerNote,
    ModuleStart,
    NextStep,
    Organisation,
    OutgoingMail,
    Page,
    PartnershipPerson,
    Post,
    RequiredLearning,
    ReviewRecord,
    Signature,
    UnitFinish,
    User,
)


@pytest.fixture
def demo(loaded_demo, db):
    """Everyone by the first part of their address; what a test changes is taken back after it."""
    return {user.email.split("@")[0]: user for user in User.objects.all()}


def test_loading_again_doubles_nothing(demo):
    before = {model.__name__: model.objects.count() for model in COUNTED}

    with override_settings(DEMO=True):
        call_command("load_demo", verbosity=0)

    assert {model.__name__: model.objects.count() for model in COUNTED} == before


def test_everybody_can_sign_in(demo):
    everybody = (*CAST, *COLLEAGUES)
    assert sorted(demo) == sorted(member.email.split("@")[0] for member in everybody)
    assert all(user.check_password(PASSWORD) for user in demo.values())
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == len(everybody)


def test_ailsa_is_half_way_with_one_certificate_and_an_example_that_waits(demo):
    work = my_work(demo["staff"])

    assert (work.feature.title, work.feature.done, work.feature.total) == ("Start early, close the loop", 2, 4)
    assert work.feature.url == "/learning/start-early-close-the-loop/you-said-we-did-because/"
    assert work.certificates == 1
    assert [task.title for task in work.waiting] == ["Rang Rhona before drafting the call list"]
    assert [task.title for task in work.duties] == [
        "Go on with your self-assessment",
        "Is this how it happened?",
        "Complete “Start early, close the loop”",
        "Morag Sinclair noted something about your work",
        "Rhona MacBain thanks you",
    ]


def test_morag_reads_the_example_that_ailsa_shared_and_no_other(demo):
    visible = EvidenceEntry.objects.visible_to(demo["manager"]).filter(owner=demo["staff"])
    this_year = visible.filter(happened_on__gte=review_year().first)

    assert [entry.title for entry in this_year] == ["Walked the low fields before moving a gauge"]


def test_rhona_has_a_module_under_way_and_is_asked(demo):
    work = my_work(demo["partner"])

    assert work.feature.title == "Why we work in partnership"
    assert [task.title for task in work.duties] == [
        "Is this how it happened?",
        "“Start early, close the loop”: would you take part?",
    ]
    assert [row.name for row in work.partnerships] == ["Varrach Flood Warning Group"]
    assert [task.title for task in work.waiting] == ["An evening in a kitchen: what the first message has to say"]


def test_dougie_holds_a_certificate(demo):
    assert my_work(demo["union"]).certificates == 1


def test_senga_goes_on_writing(demo):
    assert [task.title for task in my_work(demo["editor"]).going_on] == [
        "Go on writing “The rest centre opens at five, before dark”"
    ]


def review_of(user, *, last=False) -> AppraisalReview:
    year = review_year().before if last else review_year()
    return AppraisalReview.objects.get(job_holder=user, cycle__starts_on=year.first)


def test_morag_has_five_people_at_five_stages(demo):
    reviews = AppraisalReview.objects.filter(manager=demo["manager"], cycle__starts_on=review_year().first)

    assert {review.job_holder.name: review.state for review in reviews} == {
        "Ailsa Grant": "self_review",
        "Isla Munro": "manager_review",
        "Callum Drever": "shared",
        "Rory Tulloch": "answered",
        "Eilidh Baird": "closed",
    }


def test_ailsa_has_begun_her_self_assessment(demo):
    ratings = review_of(demo["staff"]).self_part.ratings.all()

    assert [rating.is_answered for rating in ratings] == [True, False, True, False, False]
    assert review_of(demo["staff"]).self_part.sent_at is None


def test_islas_own_level_is_hidden_until_morag_has_chosen(demo):
    review = review_of(demo["isla.munro"])
    pairs = zip(review.self_part.ratings.all(), review.manager_part.ratings.all(), strict=True)

    hidden = [self_level_is_hidden(own, managers, demo["manager"]) for own, managers in pairs]

    assert hidden == [False, False, True, True, True]


def test_only_morag_has_said_that_she_and_callum_talked(demo):
    review = review_of(demo["callum.drever"])

    assert (review.talk_said_by_manager, review.talk_said_by_job_holder) == (True, False)


def test_rorys_level_below_rests_on_a_concern_raised_in_time_and_he_disagrees(demo):
    review = review_of(demo["rory.tulloch"])
    below = [rating for rating in review.manager_part.ratings.all() if rating.is_below]

    assert [rating.behaviour.text.behaviour.code for rating in below] == ["PB1"]
    assert [note.is_concern for note in below[0].notes.all()] == [True]
    assert below[0].notes.get().answer
    assert [point.reply for point in review.response.points.all()] == ["", ""]


def test_records_were_closed_when_they_say(demo):
    records = ReviewRecord.objects.select_related("review__cycle", "review__job_holder")

    assert sorted(record.review.job_holder.name for record in records) == [
        "Ailsa Grant",
        "Eilidh Baird",
        "Isla Munro",
        "Rory Tulloch",
    ]
    for record in records:
        assert record.hash_holds
        assert datetime.datetime.fromisoformat(record.data["closed_at"]) == record.created_at
        assert record.data["signatures"][-1]["at"] == record.data["closed_at"]
        year = review_year() if record.review.job_holder.name == "Eilidh Baird" else review_year().before
        assert record.data["cycle"]["starts_on"] == str(year.first)
    assert [
        row["title"] for row in ReviewRecord.objects.get(review__job_holder=demo["eilidh.baird"]).data["certificates"]
    ]


def test_ailsa_owes_a_module_and_morag_a_step_of_last_year(demo):
    steps = {
        who: NextStep.objects.owed_by(demo[who]).filter(review=review_of(demo["staff"], last=True))
        for who in ("staff", "manager")
    }

    assert [step.module.slug for step in steps["staff"]] == ["start-early-close-the-loop"]
    assert [step.module for step in steps["manager"]] == [None]


def test_catriona_finished_her_modules_before_she_shared_ferguss_review(demo):
    review = review_of(demo["countersigner"])
    certificates = Certificate.objects.filter(holder=demo["catriona.weir"])

    assert (review.manager, review.second_manager) == (demo["catriona.weir"], demo["una.drummond"])
    assert review.state == "shared"
    assert [row.completed_on < review.shared_on for row in certificates] == [True, True]


def test_loading_again_on_another_day_moves_nobody_who_has_acted(demo):
    review = review_of(demo["staff"])
    behaviour = review.behaviours.last()
    save_rating(behaviour, "self", {"mark": "no_opportunity"}, by=person(demo["staff"]))
    before = AuditEvent.objects.count()

    with override_settings(DEMO=True), time_machine.travel(timezone.now() + datetime.timedelta(days=1)):
        call_command("load_demo", verbosity=0)

    assert AuditEvent.objects.count() == before
    assert BehaviourRating.objects.get(behaviour=behaviour, part__part="self").status == "no_opportunity"


def test_modules_and_cases_of_the_same_behaviour_point_to_each_other(demo, client_for):
    client = client_for(demo["partner"])

    module = client.get("/learning/start-early-close-the-loop/").content.decode()
    case = client.get("/good-practice/skerrafin-harbour-charges/").content.decode()

    assert 'href="/good-practice/skerrafin-harbour-charges/"' in module
    assert 'href="/learning/start-early-close-the-loop/"' in case
