"""From a mail to a place without an account: one press, what I need, a colleague, and the way back."""

import re

import pytest
from django.core import mail

from people.models import Organisation
from tests.e2e.test_learning import WAYS
from training.booking.invitations import Invitee, invite
from training.models import JointSession, Place


def link_in(letter) -> str:
    """The page of the place behind the button of a mail."""
    return re.search(r"/sessions/place/[^/\s]+/", letter.body)[0]


def letters_to(email: str, words: str) -> list:
    return [letter for letter in mail.outbox if letter.to == [email] and words in letter.subject]


@pytest.mark.parametrize("way", WAYS)
def test_book_from_a_mail_say_what_i_need_bring_a_colleague_and_cancel(visit, site, way):
    session = JointSession.objects.get(title="Disagreeing well: role swap")
    group = Organisation.objects.exclude(is_host=True).order_by("pk").first()
    email = "mairi@example.org"
    invite(session, [Invitee(email, "Mairi Gunn", organisation=group)], by=session.coordinator)
    (letter,) = letters_to(email, "You are invited")

    mairi = visit(**way)
    mairi.go(re.search(r"/invitations/[^/\s]+/", letter.body)[0])
    mairi.sees(f"You book as Mairi Gunn, for {group.name}.")
    mairi.press("Book my place")
    mairi.sees("You have a place. A mail with the details is on its way.")
    (letter,) = letters_to(email, "you have a place")
    assert [part.get_content_type() for part in letter.message().walk()].count("text/calendar") == 2

    mairi.go(link_in(letter))
    mairi.press("What you bring, and what you need to take part", "link")
    mairi.write(mairi.page.get_by_label("What I need to take part"), "Captions that I can read on a phone")
    mairi.press("Ask for it")
    mairi.sees("Not answered yet")

    mairi.go(link_in(letter))
    mairi.press("Book for a colleague too")
    mairi.press("Say who comes with you", "link")
    mairi.write(mairi.page.get_by_label("Their name"), "Iona Munro")
    mairi.write(mairi.page.get_by_label("Their e-mail address"), "iona@example.org")
    mairi.press("Save and tell them")
    mairi.sees("Your colleague has been told")
    (told,) = letters_to("iona@example.org", "booked for you")

    iona = visit(**way)
    iona.go(link_in(told))
    iona.press("I cannot come")
    iona.sees("Your place is cancelled.")
    assert Place.objects.get(email=email).is_booked

    mairi.go("/sessions/my-place/")
    mairi.write(mairi.page.get_by_label("Your e-mail address"), email)
    mairi.press("Send me the link")
    mairi.sees("If there is a place or an invitation under the address that you typed")
    (again,) = letters_to(email, "Your links to joint sessions")
    mairi.go(link_in(again))
    mairi.sees("You have a place")
