"""Messages of training: who gets which, with what in it. Texts stand in templates/email/."""

import datetime

from django.conf import settings
from django.urls import reverse

from people import mail
from people.transitions import Actor, Data
from training.enums import RenewalMoment
from training.models import Certificate, ExtraTry


def tell_issued(certificate: Certificate, actor: Actor, data: Data) -> None:
    """The holder: your certificate is there; also when it replaces an earlier one."""
    same = Certificate.objects.filter(completion=certificate.completion, place=certificate.place)
    replaces = same.exclude(pk=certificate.pk).exists()
    _to_holder("certificate-issued", certificate, replaces=replaces)


def tell_withdrawn(certificate: Certificate, actor: Actor, data: Data) -> None:
    """The holder: your certificate was withdrawn, and why."""
    _to_holder("certificate-withdrawn", certificate)


def tell_renewal(certificate: Certificate, moment: RenewalMoment, opens_on: datetime.date) -> None:
    """The holder: it can be renewed, it lapses soon, or it has lapsed; once each."""
    module = certificate.completion.start.module
    link = settings.SITE_URL + reverse("learning:module", args=[module.slug])
    context = {"certificate": certificate, "moment": moment, "module": module, "link": link, "opens_on": opens_on}
    mail.queue("renewal", certificate.holder.email, context)


def tell_extra_try(extra: ExtraTry) -> None:
    """The person: you can try the final check once more."""
    person, module = extra.start.person, extra.start.module
    link = settings.SITE_URL + reverse("learning:check", args=[module.slug])
    mail.queue("extra-try", person.email, {"person": person, "module": module, "link": link})


def _to_holder(template: str, certificate: Certificate, **more) -> None:
    """A holder who has left still holds the certificate, but has no account to open it with."""
    if certificate.holder.is_active:
        link = settings.SITE_URL + certificate.get_absolute_url()
        mail.queue(template, certificate.holder.email, {"certificate": certificate, "link": link, **more})
