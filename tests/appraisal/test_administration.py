"""One review for an administrator: the envelope, and each act after a check page. Nothing of the content."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from appraisal.enums import Part, ReviewState
from appraisal.models import AppraisalReview, ReasonedAccess
from people.models import OutgoingMail, Post
from people.transitions import move, person
from tests.factories.review_people import undone
from tests.factories.reviews import days, review_in

pytestmark = pytest.mark.django_db
ACTS = ("hand-over", "second-manager", "reopen", "void", "open")


@pytest.fixture
def tom(cast, client_for):
    return client_for(cast.tom)


def address(review, act=""):
    return f"/manage/reviews/{review.pk}/{act + '/' if act else ''}"


def do(client, review, act, **data):
    """Form, check page, act: the last answer, followed."""
    check = client.post(address(review, act), {**data, "step": "check", "seen": review.version})
    assert "Nothing has happened yet" in check.text
    return client.post(address(review, act), {**data, "step": "do", "seen": review.version}, follow=True)


def mails(template):
    return sorted(OutgoingMail.objects.filter(template=f"reviews/{template}").values_list("to", flat=True))


# --- The envelope ---


def test_the_page_shows_people_stage_and_history_in_plain_words(cast, tom):
    review = review_in(cast, ReviewState.ANSWERED, answer="disagree")

    text = tom.get(address(review)).text

    for words in ("Ailsa Grant", "Morag Sinclair", "Fergus Reid", "With the second manager", "Self-assessment sent"):
        assert words in text
    assert "Answered" in text


@pytest.mark.parametrize("state", [state for state in ReviewState if state != ReviewState.SETUP])
def test_nothing_that_was_written_stands_on_it(cast, tom, state):
    review = review_in(cast, state, answer="comments")

    text = tom.get(address(review)).text

    for words in ("As the examples show", "differently", "with comments", "Reliably", "Helps the group"):
        assert words not in text


def test_why_a_second_manager_returned_it_is_not_shown(cast, tom):
    review = review_in(cast, ReviewState.ANSWERED)
    data = {"reason": "The level of the second behaviour is too low"}
    move(review, "return_to_manager", by=person(cast.fresh("fergus")), data=data)

    text = tom.get(address(review)).text

    assert "Returned to the manager by the second manager" in text
    assert "too low" not in text


def test_an_administrator_has_no_say_in_a_review_they_have_a_part_in(cast, tom):
    review = review_in(cast, ReviewState.SHARED)
    data = {"reason": "Why", "email": cast.donald.email, "step": "do"}
    found = {}
    for part in ("job_holder", "manager", "second_manager"):
        with undone():
            AppraisalReview.objects.filter(pk=review.pk).update(**{part: cast.tom})
            for act in ("", *ACTS):
                found[part, act] = tom.get(address(review, act)).status_code
                found[part, act, "sent"] = tom.post(address(review, act), data).status_code

    assert {cell: status for cell, status in found.items() if status not in (403, 405)} == {}
    assert {cell: status for cell, status in found.items() if len(cell) == 2 and status != 403} == {}


def test_nobody_else_gets_in(cast, client_for):
    review = review_in(cast, ReviewState.SHARED)
    expected = {"ailsa": 403, "morag": 403, "priya": 404, "rhona": 404}

    for who, status in expected.items():
        client = client_for(cast.people[who])
        found = {act: client.get(address(review, act)).status_code for act in ("", *ACTS)}
        assert found == dict.fromkeys(found, status), who


# --- Void and open again ---


def test_a_review_is_declared_void_after_a_check(cast, tom):
    review = review_in(cast, ReviewState.SELF_REVIEW)

    assert "Give the reason" in tom.post(address(review, "void"), {"reason": "", "step": "check"}).text
    response = do(tom, review, "void", reason="Opened for <the> wrong post")

    review.refresh_from_db()
    assert review.state == "void"
    assert "The review is void." in response.text
    assert "Opened for &lt;the&gt; wrong post" in response.text
    assert mails("void") == ["manager@example.org", "staff@example.org"]


def test_going_back_from_the_check_keeps_what_was_typed(cast, tom):
    review = review_in(cast, ReviewState.SELF_REVIEW)

    response = tom.post(address(review, "void"), {"reason": "Wrong post", "step": "change"})

    assert "Wrong post</textarea>" in response.text
    review.refresh_from_db()
    assert review.state == "self_review"


def test_what_changed_meanwhile_refuses_and_keeps_the_reason(cast, tom):
    review = review_in(cast, ReviewState.SHARED)
    move(review, "talk_held", by=person(cast.fresh("ailsa")), data={"talk_on": days(0)})

    data = {"reason": "Wrong post", "step": "do", "seen": review.version}
    response = tom.post(address(review, "void"), data)

    assert response.status_code == 409
    assert "This was changed at" in response.text
    assert "Wrong post</textarea>" in response.text


def test_a_closed_review_is_opened_again(cast, tom):
    review = review_in(cast, ReviewState.CLOSED)

    response = do(tom, review, "reopen", reason="A level was left out")

    review.refresh_from_db()
    assert review.state == "manager_review"
    assert "A level was left out" in response.text
    assert review.records.count() == 1
    assert mails("reopened") == ["manager@example.org", "staff@example.org"]


def test_an_open_review_cannot_be_opened_again(cast, tom):
    review = review_in(cast, ReviewState.SHARED)

    response = tom.post(address(review, "reopen"), {"reason": "Why", "step": "do", "seen": review.version})

    assert response.status_code == 409
    assert "it is now" in response.text


# --- Another manager, another second manager ---


@pytest.mark.parametrize("state", [ReviewState.SELF_REVIEW, ReviewState.MANAGER_REVIEW, ReviewState.SHARED])
def test_a_review_is_handed_over_and_the_old_manager_is_out(cast, tom, client_for, state):
    review = review_in(cast, state)
    Post.objects.filter(pk=review.post_id).update(line_manager=cast.donald)
    page = tom.get(address(review, "hand-over")).text
    assert "Donald Iqbal" in page
    assert "Morag Sinclair" not in page

    response = do(tom, review, "hand-over", manager=cast.donald.pk, reason="Morag moved to permits")

    review.refresh_from_db()
    assert (review.manager, review.second_manager) == (cast.donald, cast.fergus)
    assert "The review is handed over." in response.text
    closed = review.parts.get(part=Part.MANAGER, closed_at__isnull=False)
    assert closed.author == cast.morag
    assert not AppraisalReview.objects.readable_by(cast.fresh("morag")).filter(pk=review.pk).exists()
    assert AppraisalReview.objects.readable_by(cast.fresh("donald")).filter(pk=review.pk).exists()
    assert mails("reassigned") == ["lead@example.org", "staff@example.org"]
    told = OutgoingMail.objects.get(template="reviews/reassigned", to="lead@example.org")
    assert told.subject == "You now write the review of Ailsa Grant"
    assert "Morag moved to permits" in told.text


def test_without_another_manager_of_a_post_it_says_what_to_do(cast, tom):
    review = review_in(cast, ReviewState.SELF_REVIEW)

    assert "Change the post first" in tom.get(address(review, "hand-over")).text


def test_somebody_who_manages_nothing_cannot_be_slipped_in(cast, tom):
    review = review_in(cast, ReviewState.SELF_REVIEW)
    Post.objects.filter(pk=review.post_id).update(line_manager=cast.donald)

    data = {"manager": cast.priya.pk, "reason": "Why", "step": "do", "seen": review.version}
    tom.post(address(review, "hand-over"), data)

    review.refresh_from_db()
    assert review.manager == cast.morag


def test_another_second_manager_is_named_when_the_first_has_left(cast, tom, client_for):
    review = review_in(cast, ReviewState.ANSWERED)
    cast.fergus.is_active = False
    cast.fergus.save()
    assert "Needs another second manager" in tom.get(address(review)).text
    assert "Nobody here has this e-mail address" in tom.post(
        address(review, "second-manager"), {"email": "x@example.org", "reason": "Left", "step": "check"}
    ).text  # fmt: skip

    do(tom, review, "second-manager", email="LEAD@example.org", reason="Fergus has left")

    review.refresh_from_db()
    assert (review.second_manager, review.state) == (cast.donald, "answered")
    assert mails("to_confirm").count("lead@example.org") == 1
    text = client_for(cast.ailsa).get(review.get_absolute_url()).text
    assert "Tom Baxter named another second manager on" in text
    assert "Fergus has left" in text


# --- The content, for a reason ---


def test_content_is_opened_for_a_reason_that_the_person_is_told(cast, tom):
    review = review_in(cast, ReviewState.SHARED)
    assert tom.get(review.get_absolute_url()).status_code == 404

    do(tom, review, "open", reason="A complaint to look into")

    access = ReasonedAccess.objects.get()
    assert (access.reader, access.reason) == (cast.tom, "A complaint to look into")
    assert mails("content_opened") == ["staff@example.org"]
    told = OutgoingMail.objects.get(template="reviews/content_opened")
    assert "A complaint to look into" in told.text
    assert AppraisalReview.objects.readable_by(cast.fresh("tom")).filter(pk=review.pk).exists()
    page = tom.get(address(review)).text
    assert "Content opened for a reason" in page
    assert "You opened it for a reason, until" in page


def test_a_second_press_opens_it_no_second_time(cast, tom):
    review = review_in(cast, ReviewState.SHARED)
    do(tom, review, "open", reason="A complaint")

    response = tom.post(address(review, "open"), {"reason": "A complaint", "step": "do"})

    assert response.status_code == 302
    assert ReasonedAccess.objects.count() == len(mails("content_opened")) == 1


def test_the_access_runs_out(cast, tom):
    review = review_in(cast, ReviewState.SHARED)
    do(tom, review, "open", reason="A complaint")

    with time_machine.travel(timezone.now() + datetime.timedelta(hours=25)):
        assert not AppraisalReview.objects.readable_by(cast.fresh("tom")).filter(pk=review.pk).exists()


@pytest.mark.parametrize("state", [ReviewState.SELF_REVIEW, ReviewState.MANAGER_REVIEW, ReviewState.VOID])
def test_drafts_are_opened_for_nobody(cast, tom, state):
    review = review_in(cast, state)

    assert "there is no content to open" in tom.get(address(review)).text
    response = tom.post(address(review, "open"), {"reason": "A complaint", "step": "do"})

    assert response.status_code == 409
    assert not ReasonedAccess.objects.exists()
