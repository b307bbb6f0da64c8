"""What renewing puts on My work: one line for each certificate that can be renewed or has lapsed."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.todo import Task
from people.transitions import Actor
from training.renewal import Renewal, renewals_of


def todo_for(actor: Actor) -> list[Task]:
    """The earliest last day first; one query."""
    return [_task(renewal) for renewal in renewals_of(actor.user)] if actor.user else []


def _task(renewal: Renewal) -> Task:
    certificate = renewal.certificate
    day = date_format(certificate.expires_on, "j F Y") if certificate.expires_on else ""
    words = _("Your certificate was valid until %(day)s.") if renewal.has_lapsed else _("Valid until %(day)s.")
    hint = words % {"day": day}
    return Task(
        title=_("Renew “%(title)s”") % {"title": certificate.title},
        url=reverse("learning:module", args=[certificate.completion.start.module.slug]),
        hint=f"{hint} {_('You have begun.')}" if renewal.begun else hint,
        due=certificate.expires_on,
    )
