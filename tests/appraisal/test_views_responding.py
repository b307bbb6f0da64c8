"""Answering a review and saying whether it was fair: nothing typed is lost, nothing is sent by reading."""

import pytest
from django.urls import reverse

from appraisal.models import AppraisalReview, DisputedPoint, JobHolderResponse, Signature
from appraisal.responding import reply_to_point
from people.lib.dates import today
from people.transitions import move, person
from tests.factories.appraisal import mails
from tests.factories.reviews import review_in

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def answer_page(review):
    return reverse("reviews:answer", args=[review.pk])


def fair_page(review):
    return reverse("reviews:fair", args=[review.pk])


def hidden_of(response):
    """What the check page sends on."""
    return dict(response.context["hidden"]) | {"seen": response.context["review"].version}


# --- The person's answer ---


def test_answering_takes_a_page_and_a_check(cast, client_for):
    review = review_in(cast, "shared")
    client = client_for(cast.fresh("ailsa"))
    page = text(client.get(answer_page(review)))
    assert "You sign: “I have read this review and I agree with it.”" in page
    assert "no answer is not agreement" in page

    check = client.post(answer_page(review), {"answer": "agree", "seen": review.version})
    assert JobHolderResponse.objects.count() == 0
    assert "“I have read this review and I agree with it.”" in text(check)
    assert "Morag Sinclair and Fergus Reid will read it." in text(check)
    sent = client.post(answer_page(review), hidden_of(check) | {"step": "send"}, follow=True)

    assert "Your answer is sent. Morag can read it, and Fergus now looks at whether the review was fair." in text(sent)
    signature = Signature.objects.get(role="job_holder")
    assert (signature.by, signature.statement) == (cast.ailsa, "I have read this review and I agree with it.")
    assert mails()[-2:] == [
        ("reviews/answered", "manager@example.org"),
        ("reviews/to_confirm", "countersigner@example.org"),
    ]


def test_every_filled_box_of_a_disagreement_is_a_point(cast, client_for):
    review = review_in(cast, "shared")
    client = client_for(cast.fresh("ailsa"))
    values = {"answer": "disagree", "words": "The tone.", "point_1": "I rang.", "point_3": "So did the farms."}

    check = client.post(answer_page(review), values | {"seen": review.version})
    client.post(answer_page(review), hidden_of(check) | {"step": "send"})

    rows = DisputedPoint.objects.order_by("pk").values_list("behaviour__number", "words")
    assert list(rows) == [(1, "I rang."), (3, "So did the farms."), (None, "The tone.")]


def test_the_answer_pressed_twice_is_sent_once(cast, client_for):
    review = review_in(cast, "shared")
    client = client_for(cast.fresh("ailsa"))
    values = {"answer": "disagree", "point_2": "I rang.", "seen": review.version, "step": "send"}

    for _press in range(2):
        response = client.post(answer_page(review), values)
        assert response["Location"] == review.get_absolute_url()

    assert (JobHolderResponse.objects.count(), DisputedPoint.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"words": "kept words"}, "answer", "Choose one of the answers"),
        ({"answer": "agree", "words": "kept words"}, "words", "You wrote something. Choose “I agree, with comments”"),
        ({"answer": "comments", "point_1": "kept words"}, "point_1", "Choose “I disagree”, so that it is kept"),
        ({"answer": "agree", "point_4": "kept words"}, "point_4", "Choose “I disagree”, so that it is kept"),
        ({"answer": "comments"}, "words", "Say in your own words"),
        ({"answer": "disagree", "words": "  "}, "words", "Say in your own words"),
        ({"answer": "disagree", "point_1": "kept words" + "x" * 3000}, "point_1", "at most 3000 characters"),
    ],
)
def test_what_cannot_be_sent_is_given_back(cast, client_for, values, field, sentence):
    review = review_in(cast, "shared")

    response = client_for(cast.fresh("ailsa")).post(answer_page(review), values | {"step": "send"})

    assert sentence in " ".join(response.context["form"].errors[field])
    assert ("kept words" in text(response)) is any("kept words" in value for value in values.values())
    assert JobHolderResponse.objects.count() == 0


@pytest.mark.parametrize("said", ["comments", "disagree"])
def test_an_answer_taken_back_stands_in_the_form(cast, client_for, said):
    review = review_in(cast, "shared")
    points = [(review.behaviours.get(number=2), "kept point")] if said == "disagree" else []
    data = {"answer": said, "words": "kept words", "points": points}
    review = move(review, "answer", by=person(cast.fresh("ailsa")), data=data)
    client = client_for(cast.fresh("ailsa"))

    back = client.post(reverse("reviews:move", args=[review.pk, "take_back_answer"]), {"seen": review.version})

    form = back.context["form"]
    assert AppraisalReview.objects.get().state == "shared"
    assert (form["answer"].value(), form["words"].value()) == (said, "kept words")
    assert (form["point_2"].value() or "") == ("kept point" if points else "")
    values = {field.html_name: field.value() or "" for field in form} | {"step": "send"}
    assert client.post(answer_page(review), values).status_code == 302
    assert JobHolderResponse.objects.get().answer == said


def test_change_something_keeps_what_was_typed(cast, client_for):
    review = review_in(cast, "shared")
    values = {"answer": "disagree", "words": "The tone.", "point_1": "I rang.", "step": "change"}

    page = text(client_for(cast.fresh("ailsa")).post(answer_page(review), values))

    assert "The tone.</textarea>" in page
    assert "I rang.</textarea>" in page
    assert '<details class="more" open' in page


def test_an_answer_to_a_page_that_changed_is_asked_for_again(cast, client_for):
    review = review_in(cast, "shared")
    move(review, "talk_held", by=person(cast.fresh("morag")), data={"talk_on": today()})
    client = client_for(cast.fresh("ailsa"))
    values = {"answer": "comments", "words": "kept words", "seen": review.version}

    assert "The review has changed since you opened this page." in text(client.post(answer_page(review), values))
    refused = client.post(answer_page(review), values | {"step": "send"})

    assert refused.status_code == 409
    assert "kept words" in text(refused)
    again = client.post(answer_page(review), hidden_of(refused) | {"step": "send"})
    assert again.status_code == 302


def test_an_answer_to_a_review_taken_back_is_kept_on_the_page(cast, client_for):
    review = review_in(cast, "shared")
    move(review, "take_back", by=person(cast.fresh("morag")))
    client = client_for(cast.fresh("ailsa"))
    values = {"answer": "disagree", "point_1": "kept words", "seen": review.version, "step": "send"}

    response = client.post(answer_page(review), values)

    assert response.status_code == 409
    assert "kept words" in text(response)
    assert "Your answer was not sent" in text(response)
    assert "Send my answer" not in text(response)


def test_another_answer_from_another_window_is_kept_on_the_page(cast, client_for):
    review = review_in(cast, "answered", answer="comments")
    values = {"answer": "disagree", "point_1": "kept words", "step": "send"}

    response = client_for(cast.fresh("ailsa")).post(answer_page(review), values)

    assert response.status_code == 409
    assert "kept words" in text(response)
    assert "You have answered this review already." in text(response)


@pytest.mark.parametrize("state", ["self_review", "manager_review", "answered", "closed"])
def test_without_anything_to_answer_the_page_leads_to_the_review(cast, client_for, state):
    review = review_in(cast, state)

    response = client_for(cast.fresh("ailsa")).get(answer_page(review))

    assert response["Location"] == review.get_absolute_url()


@pytest.mark.parametrize(("who", "status"), [("morag", 403), ("fergus", 403), ("tom", 404), ("stranger", 404)])
def test_nobody_answers_for_the_person(cast, client_for, who, status):
    review = review_in(cast, "shared")
    client = client_for(cast.fresh(who))

    assert client.get(answer_page(review)).status_code == status
    assert client.post(answer_page(review), {"answer": "agree", "step": "send"}).status_code == status
    assert JobHolderResponse.objects.count() == 0


# --- The second manager ---


def disagreement(cast):
    """Ailsa disagrees on two behaviours; the points by key."""
    review = review_in(cast, "shared")
    behaviours = list(review.behaviours.all())
    points = [(behaviours[0], "I rang."), (behaviours[1], "The map.")]
    review = move(review, "answer", by=person(cast.fresh("ailsa")), data={"answer": "disagree", "points": points})
    return review, [point.pk for point in DisputedPoint.objects.order_by("pk")]


def form_of(response):
    """What a browser would send back."""
    form = response.context["form"]
    return {field.html_name: field.value() for field in form if field.value() is not None}


def test_a_review_that_was_fair_is_closed_and_leaves_no_copy(cast, client_for):
    review = review_in(cast, "answered")
    client = client_for(cast.fresh("fergus"))
    page = client.get(fair_page(review))
    assert "I have read this review and what was said to it, and it was fair." in text(page)
    assert "You keep no copy" in text(page)
    values = form_of(page) | {"words": "A careful review.", "confirm_fair": "1"}

    said = client.post(fair_page(review), values, follow=True)
    assert "It is closed, and you keep no copy of it." in text(said)
    again = client.post(fair_page(review), values, follow=True)  # the second press of a double click

    assert again.status_code == 200
    assert AppraisalReview.objects.get().state == "closed"
    signature = Signature.objects.get(role="second_manager")
    assert (signature.by, signature.words) == (cast.fergus, "A careful review.")
    assert client.get(review.get_absolute_url()).status_code == 404
    assert "A careful review." in text(client_for(cast.fresh("ailsa")).get(review.get_absolute_url()))
    assert client_for(cast.fresh("stranger")).post(fair_page(review), values).status_code == 404


def test_each_point_is_answered_before_closing(cast, client_for):
    review, (first, second) = disagreement(cast)
    client = client_for(cast.fresh("fergus"))
    values = form_of(client.get(fair_page(review)))

    refused = client.post(
        fair_page(review), values | {f"reply_{first}": "Both are true.", "words": "kept words", "confirm_fair": "1"}
    )
    assert refused.status_code == 409
    assert "1 point of the disagreement has no answer in words yet." in text(refused)
    assert "kept words</textarea>" in text(refused)
    assert list(refused.context["form"].errors) == [f"reply_{second}"]
    assert f'href="#id_reply_{second}"' in text(refused)
    assert DisputedPoint.objects.get(pk=first).reply == "Both are true."
    client.post(fair_page(review), form_of(refused) | {f"reply_{second}": "I asked.", "confirm_fair": "1"})

    assert AppraisalReview.objects.get().state == "closed"
    for name in ("ailsa", "morag"):
        page = text(client_for(cast.fresh(name)).get(review.get_absolute_url()))
        assert "Both are true." in page
        assert "I asked." in page


def test_replies_are_saved_without_deciding_and_stay_his_own(cast, client_for):
    review, (first, second) = disagreement(cast)
    client = client_for(cast.fresh("fergus"))
    values = form_of(client.get(fair_page(review))) | {f"reply_{first}": "Both are true.", "save": "1"}

    saved = client.post(fair_page(review), values, follow=True)

    assert "Your answers are saved. Only you see them until you decide below." in text(saved)
    assert "Both are true.</textarea>" in text(saved)
    assert DisputedPoint.objects.get(pk=second).reply == ""
    for name in ("ailsa", "morag"):
        assert "Both are true." not in text(client_for(cast.fresh(name)).get(review.get_absolute_url()))
    ailsa = text(client_for(cast.fresh("ailsa")).get(review.get_absolute_url()))
    assert "Fergus Reid has already answered what you wrote." in ailsa


def test_two_windows_keep_both_replies(cast, client_for):
    review, (first, second) = disagreement(cast)
    client = client_for(cast.fresh("fergus"))
    values = form_of(client.get(fair_page(review)))
    reply_to_point(DisputedPoint.objects.get(pk=first), "From the first window.", by=person(cast.fresh("fergus")))

    typed = {f"reply_{first}": "From the second window.", f"reply_{second}": "Another point.", "confirm_fair": "1"}
    refused = client.post(fair_page(review), values | typed)

    assert refused.status_code == 409
    assert "From the first window." in text(refused)
    assert "From the second window.</textarea>" in text(refused)
    assert DisputedPoint.objects.get(pk=first).reply == "From the first window."
    assert DisputedPoint.objects.get(pk=second).reply == "Another point."
    client.post(fair_page(review), form_of(refused) | {"save": "1"})
    assert DisputedPoint.objects.get(pk=first).reply == "From the second window."


def test_a_reply_to_an_answer_taken_back_is_kept_on_the_page(cast, client_for):
    review, (first, _second) = disagreement(cast)
    client = client_for(cast.fresh("fergus"))
    values = form_of(client.get(fair_page(review))) | {f"reply_{first}": "kept words", "save": "1"}
    review = move(review, "take_back_answer", by=person(cast.fresh("ailsa")))

    refused = client.post(fair_page(review), values)

    assert refused.status_code == 409
    assert "kept words" in text(refused)
    move(review, "answer", by=person(cast.fresh("ailsa")), data={"answer": "agree"})
    anew = client.post(fair_page(review), values)
    assert anew.status_code == 409
    assert "kept words" in text(anew)


def test_asking_the_manager_to_look_again(cast, client_for):
    review, (first, _second) = disagreement(cast)
    client = client_for(cast.fresh("fergus"))
    values = form_of(client.get(fair_page(review))) | {f"reply_{first}": "Both are true."}
    empty = client.post(fair_page(review), values | {"return_to_manager": "1", "reason": "  "})
    assert "Give the reason. Both read it" in text(empty)
    assert "Both are true.</textarea>" in text(empty)

    values |= {"reason": "Read the list of that day.", "return_to_manager": "1"}
    said = client.post(fair_page(review), values, follow=True)

    assert "is with the manager again. Both of them read your reason." in text(said)
    assert AppraisalReview.objects.get().state == "manager_review"
    for name in ("ailsa", "morag"):
        page = text(client_for(cast.fresh(name)).get(review.get_absolute_url()))
        assert "Read the list of that day." in page
        assert "Fergus Reid asked the manager to look again on" in page


@pytest.mark.parametrize(
    ("typed", "button", "sentence"),
    [
        ({"reason": "kept words"}, "confirm_fair", "You wrote a reason to look again."),
        ({"words": "kept words", "reason": "Because"}, "return_to_manager", "These words go with a confirmation."),
        ({"words": "kept words" + "x" * 2000}, "confirm_fair", "at most 2000 characters"),
    ],
)
def test_words_in_the_wrong_box_are_given_back(cast, client_for, typed, button, sentence):
    review = review_in(cast, "answered")
    client = client_for(cast.fresh("fergus"))

    response = client.post(fair_page(review), form_of(client.get(fair_page(review))) | typed | {button: "1"})

    assert sentence in text(response)
    assert "kept words" in text(response)
    assert AppraisalReview.objects.get().state == "answered"


def test_a_saved_reply_is_not_emptied_in_silence(cast, client_for):
    review, (first, _second) = disagreement(cast)
    reply_to_point(DisputedPoint.objects.get(pk=first), "Both are true.", by=person(cast.fresh("fergus")))
    client = client_for(cast.fresh("fergus"))

    response = client.post(
        fair_page(review), form_of(client.get(fair_page(review))) | {f"reply_{first}": "", "save": "1"}
    )

    assert "An answer that is saved cannot be emptied." in text(response)


@pytest.mark.parametrize(("who", "status"), [("ailsa", 403), ("morag", 403), ("tom", 404), ("stranger", 404)])
def test_nobody_confirms_for_the_second_manager(cast, client_for, who, status):
    review = review_in(cast, "answered")
    client = client_for(cast.fresh(who))

    assert client.get(fair_page(review)).status_code == status
    assert client.post(fair_page(review), {"confirm_fair": "1"}).status_code == status
    assert AppraisalReview.objects.get().state == "answered"


def test_before_the_answer_there_is_nothing_to_confirm(cast, client_for):
    review = review_in(cast, "shared")
    client = client_for(cast.fresh("fergus"))

    assert client.get(fair_page(review))["Location"] == review.get_absolute_url()
    refused = client.post(fair_page(review), {"confirm_fair": "1", "words": "kept words"})
    assert refused.status_code == 409
    assert "kept words" in text(refused)
