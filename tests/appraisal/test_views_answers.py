"""The page behind the mailed link, for people without an account and for the signed-in person it was sent to."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from appraisal.models import EvidenceConfirmation
from appraisal.todo import todo_for
from people.models import AuditEvent, OutgoingMail
from people.transitions import move, person
from tests.factories.appraisal import answered, asked, example, mails, shared_example

pytestmark = pytest.mark.django_db


def url(request):
    return reverse("evidence:answer", args=[request.raw_token])


def text(response):
    return response.content.decode()


def test_opening_the_link_changes_nothing(cast, client):
    request = asked(example(cast.ailsa))
    before = EvidenceConfirmation.objects.values().get(pk=request.pk), AuditEvent.objects.count(), len(mails())

    response = client.get(url(request))

    assert response.status_code == 200
    assert before == (
        EvidenceConfirmation.objects.values().get(pk=request.pk),
        AuditEvent.objects.count(),
        len(mails()),
    )
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in str(response.headers).replace("csrftoken", "") or "sessionid" not in response.cookies


def test_page_says_what_matters_before_the_answer(cast, client):
    page = text(client.get(url(asked(shared_example(cast.ailsa)))))

    for sentence in (
        "This is for Rhona MacBain. Ailsa Grant wrote down how you worked together",
        "Ailsa Grant and Morag Sinclair, their line manager",
        "Does it enter the signed record?",
        "5 years at most, then it is deleted",
        "Yes, with the same link, until a review that uses it is signed.",
        "This is not for me",
        "I rang Rhona MacBain before I drafted the call list",
    ):
        assert sentence in page


def test_answer_take_back_and_answer_again(cast, client):
    request = asked(example(cast.ailsa))

    response = client.post(url(request), {"answer": "yes_and", "words": "She rang twice."}, follow=True)
    assert "Thank you. Your answer is kept" in text(response)
    assert "She rang twice." in text(client.get(url(request)))
    response = client.post(url(request), {"move": "take_back"}, follow=True)
    assert "You took your answer back" in text(response)
    assert "She rang twice." not in text(response)
    client.post(url(request), {"answer": "not_so", "words": ""})

    assert EvidenceConfirmation.objects.get(pk=request.pk).answer == "not_so"


def test_answer_works_long_after_the_question_closed(cast, client):
    request = asked(example(cast.ailsa))
    client.post(url(request), {"answer": "yes", "words": "Mine"})

    with time_machine.travel(timezone.now() + datetime.timedelta(days=200)):
        assert "Mine" in text(client.get(url(request)))


def test_no_choice_keeps_the_words(cast, client):
    response = client.post(url(asked(example(cast.ailsa))), {"words": "Half a thought"})

    assert response.status_code == 200
    assert "Choose one of the answers" in text(response)
    assert "Half a thought" in text(response)


def test_quiet_answer_with_words_is_not_lost_silently(cast, client):
    request = asked(example(cast.ailsa))

    response = client.post(url(request), {"answer": "rather_not", "words": "Because"})

    assert "Your words would not be kept with this answer" in text(response)
    assert EvidenceConfirmation.objects.get(pk=request.pk).quiet_answer == ""


@pytest.mark.parametrize("choice", ["rather_not", "not_for_me"])
def test_quiet_answer_looks_like_no_answer_to_everybody_else(cast, client, client_for, choice):
    entry = shared_example(cast.ailsa)
    request = asked(entry)

    def seen_by_others():
        pages = [
            text(client_for(cast.fresh(name)).get(path))
            for name in ("ailsa", "morag")
            for path in (entry.get_absolute_url(), reverse("evidence:list"), f"{reverse('evidence:list')}?view=team")
        ]
        rows = list(AuditEvent.objects.exclude(move="read").order_by("pk").values())
        todo = [todo_for(person(cast.fresh(name))) for name in ("ailsa", "morag")]
        row = EvidenceConfirmation.objects.values().get(pk=request.pk)
        del row["quiet_answer"]
        return [strip(page) for page in pages], rows, list(OutgoingMail.objects.values()), todo, row

    before = seen_by_others()
    client.post(url(request), {"answer": choice, "words": ""})

    assert seen_by_others() == before
    assert "You chose" in text(client.get(url(request)))


def strip(page):
    """A page without what differs on every request."""
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_quiet_answer_leaves_the_question_of_the_person_herself(cast, client, client_for):
    request = asked(example(cast.ailsa))
    assert [task.title for task in todo_for(person(cast.rhona))] == ["Is this how it happened?"]

    client_for(cast.rhona).post(reverse("evidence:asked", args=[request.pk]), {"answer": "rather_not"})

    assert todo_for(person(cast.rhona)) == []
    client.post(url(request), {"answer": "yes"})
    assert EvidenceConfirmation.objects.get(pk=request.pk).quiet_answer == ""


def test_unknown_ended_and_withdrawn_links_look_the_same(cast, client):
    ended, withdrawn = asked(example(cast.ailsa)), asked(example(cast.ailsa, title="Second"))
    EvidenceConfirmation.objects.filter(pk=ended.pk).update(expires_at=timezone.now())
    move(withdrawn, "withdraw", by=person(cast.ailsa))

    pages = [
        client.get(reverse("evidence:answer", args=["x" * 43])),
        client.get(url(ended)),
        client.get(url(withdrawn)),
    ]

    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
    assert "They can ask again" in text(pages[0])


def test_signed_in_addressee_answers_by_her_own_right(cast, client_for):
    request = asked(example(cast.ailsa))
    address = todo_for(person(cast.rhona))[0].url

    client_for(cast.rhona).post(address, {"answer": "yes", "words": "So it was."})

    assert EvidenceConfirmation.objects.get(pk=request.pk).words == "So it was."


@pytest.mark.parametrize("name", ["ailsa", "morag", "dougie", "stranger", "tom"])
def test_nobody_else_finds_the_signed_in_page(cast, client_for, name):
    request = asked(shared_example(cast.ailsa))

    response = client_for(getattr(cast, name)).get(reverse("evidence:asked", args=[request.pk]))

    assert response.status_code == 404


def test_answer_needs_the_form_token(cast):
    from django.test import Client

    request = asked(example(cast.ailsa))
    response = Client(enforce_csrf_checks=True).post(url(request), {"answer": "yes"})

    assert response.status_code == 403
    assert EvidenceConfirmation.objects.get(pk=request.pk).state == "asked"


def test_hostile_names_are_text_on_the_page_and_in_the_mail(cast, client):
    cast.ailsa.name = "<script>alert(1)</script>\r\nBcc: x@example.org"
    cast.ailsa.save()
    request = asked(
        example(cast.ailsa, title="<b>Bold</b> {{ 7|add:7 }}", situation="<img src=x onerror=1>"), name="<i>R</i>"
    )
    client.post(url(request), {"answer": "yes_and", "words": "<script>2</script>"})

    page = text(client.get(url(request)))
    for mark in ("<script>alert", "<b>Bold", "<img src=x", "<i>R", "<script>2"):
        assert mark not in page
    for mail in OutgoingMail.objects.all():
        assert "\n" not in mail.subject
    from django.core import mail as outbox

    for message in outbox.outbox:
        html = message.alternatives[0].content
        assert "<script>" not in html
        assert "<img" not in html
        assert "<i>R" not in html
        assert "&lt;" not in message.body


def test_answers_of_others_never_show(cast, client):
    entry = shared_example(cast.ailsa)
    answered(entry, cast.dougie, "not_so", "A union secret")
    page = text(client.get(url(asked(entry))))

    assert "A union secret" not in page
    assert "Dougie" not in page
