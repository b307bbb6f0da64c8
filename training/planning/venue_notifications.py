"""Messages about venues: to the host, and to the co-ordinator who asked. Texts stand in templates/email/venues/."""

from django.conf import settings
from django.urls import reverse

from people import mail
from people.transitions import Actor, Data
from training.models import VenueQuestion


def tell_host(question: VenueQuestion, actor: Actor, data: Data) -> None:
    """The mail with the link. The raw token is nowhere but here."""
    url = settings.SITE_URL + reverse("venues:answer", args=[question.raw_token])
    mail.queue("venues/asked", question.email, {"question": question, "venue": question.venue, "url": url})


def tell_asker(question: VenueQuestion, actor: Actor, data: Data) -> None:
    """The co-ordinator, that the host has answered."""
    url = settings.SITE_URL + question.get_absolute_url()
    mail.queue("venues/answered", question.asked_by.email, {"question": question, "venue": question.venue, "url": url})
