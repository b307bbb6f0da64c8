"""Messages after a session: how was it, and what we heard. Texts stand in templates/email/sessions/."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from people import mail
from training.booking import links
from training.models import FeedbackLoopItem, FeedbackRound, Place


def ask_how_it_was(place: Place, feedback_round: FeedbackRound, raw: str) -> None:
    """Somebody who came: four questions, by a link that leads to nobody. Only this mail ever holds it."""
    url = settings.SITE_URL + reverse("feedback:answer", args=[raw])
    context = {"place": place, "session": place.session, "round": feedback_round, "url": url}
    mail.queue("sessions/how_was_it", place.email, context)


def tell_what_was_heard(place: Place, items: Sequence[FeedbackLoopItem]) -> None:
    """Everybody who came, once: what was heard, what becomes of it, and why."""
    context = {"place": place, "session": place.session, "items": items, "url": links.mailed_address(place)}
    mail.queue("sessions/what_we_heard", place.email, context)
