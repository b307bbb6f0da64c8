"""Issuing, replacing and withdrawing certificates. The moves stand in workflow.py, the words in the model."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from partnerships.framework import behaviour_choices
from people import transitions
from people.lib.dates import add_months
from people.models import Identity
from people.policy import policy
from people.transitions import SYSTEM, Actor
from training.models import Certificate, Completion


def issue_for_completion(completion: Completion, *, by: Actor = SYSTEM) -> Certificate:
    """Issue the certificate of a completion, once: every later or simultaneous call returns the one there is."""
    try:
        with transaction.atomic():
            Completion.objects.select_for_update().get(pk=completion.pk)
            return certificate_of(completion) or transitions.create(_drafted(completion), "issue", by=by)
    except IntegrityError:  # somebody was quicker; the unique constraint kept it to one
        existing = certificate_of(completion)
        if existing is None:
            raise
        return existing


def certificate_of(completion: Completion) -> Certificate | None:
    """The newest certificate of a completion, also when it was withdrawn: what was taken back is not given again."""
    return Certificate.objects.filter(completion=completion).order_by("-pk").first()


def replace(certificate: Certificate, *, name: str, by: Actor, seen: int | None = None) -> Certificate:
    """Issue it anew with the corrected name; the old one says that it was replaced. Returns the new one."""
    old = transitions.move(certificate, "replace", by=by, data={"name": name}, seen=seen)
    return old.replaced_by


def withdraw(certificate: Certificate, *, reason: str, by: Actor, seen: int | None = None) -> Certificate:
    """Take a certificate back for one of the reasons of WithdrawalReason."""
    return transitions.move(certificate, "withdraw", by=by, data={"reason": reason}, seen=seen)


def successor(old: Certificate, name: str) -> Certificate:
    """A certificate like the old one with another name, not yet saved."""
    return Certificate(**old.frozen_for_copy(), holder_name=name, issuer=_issuer())


def _drafted(completion: Completion) -> Certificate:
    """Everything the certificate will say, as it reads at this moment; not yet saved."""
    module, holder = completion.start.module, completion.start.person
    completed_on = timezone.localtime(completion.at).date()
    codes = set(module.behaviours.values_list("code", flat=True))
    months = module.validity_months or policy("certificate_validity_months")
    return Certificate(
        holder=holder,
        completion=completion,
        holder_name=holder.name,
        title=completion.title,
        edition=completion.edition,
        minutes=completion.minutes,
        behaviours=[
            {"code": behaviour.code, "name": text.short_name}
            for behaviour, text in behaviour_choices()
            if behaviour.code in codes
        ],
        issuer=_issuer(),
        completed_on=completed_on,
        expires_on=add_months(completed_on, months),
    )


def _issuer() -> str:
    return Identity.load().organisation_name
