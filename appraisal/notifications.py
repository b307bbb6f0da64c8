"""Who is told what about examples and answers. Texts stand in templates/email/appraisal/; sending in people/mail.py."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse

from appraisal.enums import Answer
from appraisal.evidence import managers_of
from appraisal.models import EvidenceConfirmation, EvidenceEntry, Recognition
from people.mail import queue
from people.policy import policy
from people.transitions import Actor

Data = Mapping[str, Any]


def tell_addressee_asked(request: EvidenceConfirmation, actor: Actor, data: Data) -> None:
    """The mail with the link. The raw token is nowhere but here."""
    queue("appraisal/asked", request.email, _about(request, answer_url=_answer_url(request.raw_token)))


def tell_answerer_copy(request: EvidenceConfirmation, actor: Actor, data: Data) -> None:
    """A copy of what the person said, to the address that was asked and nowhere else."""
    keep = policy("answer_link_days")
    context = _about(request, answer_label=Answer(request.answer).label, take_back_days=keep)
    queue("appraisal/answer_copy", request.email, context)


def tell_owner_answered(request: EvidenceConfirmation, actor: Actor, data: Data) -> None:
    """That there is an answer, without its words: those stand on the page."""
    queue("appraisal/answered", request.asked_by.email, _about(request))


def tell_owner_taken_back(request: EvidenceConfirmation, actor: Actor, data: Data) -> None:
    """That the answer is gone again."""
    queue("appraisal/taken_back", request.asked_by.email, _about(request))


def tell_managers_to_send(request: EvidenceConfirmation, actor: Actor, data: Data) -> None:
    """Only the line manager may ask somebody whom the asker decides about."""
    url = settings.SITE_URL + reverse("evidence:send", args=[request.pk])
    for manager in managers_of(request.asked_by):
        queue("appraisal/to_send", manager.email, _about(request, manager=manager, url=url))


def tell_owner_sent(request: EvidenceConfirmation, actor: Actor, data: Data) -> None:
    """The manager has asked for the owner."""
    queue("appraisal/sent", request.asked_by.email, _about(request))


def tell_owner_not_sent(request: EvidenceConfirmation, actor: Actor, data: Data) -> None:
    """The manager did not ask, and says why."""
    queue("appraisal/not_sent", request.asked_by.email, _about(request, manager_name=actor.label))


def tell_managers_shared(entry: EvidenceEntry, actor: Actor, data: Data) -> None:
    """The owner lets the line manager read an example."""
    url = settings.SITE_URL + entry.get_absolute_url()
    for manager in managers_of(entry.owner):
        queue("appraisal/shared", manager.email, {"entry": entry, "manager": manager, "url": url})


def _about(request: EvidenceConfirmation, **more: Any) -> dict[str, Any]:
    url = settings.SITE_URL + request.entry.get_absolute_url()
    return {"request": request, "entry": request.entry, "asker": request.asked_by, "url": url, **more}


def _answer_url(raw: str) -> str:
    return settings.SITE_URL + reverse("evidence:answer", args=[raw])


def tell_thanked(given: Recognition, actor: Actor, data: Data) -> None:
    """Whoever is thanked, and nobody else."""
    queue("appraisal/thanked", given.to.email, {"given": given, "url": settings.SITE_URL + given.get_absolute_url()})
