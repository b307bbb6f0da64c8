"""Issuing, replacing and withdrawing certificates. The moves: workflow/certificates.py, the words: the model."""

import datetime
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.framework import behaviour_choices
from people import transitions
from people.lib.dates import add_months
from people.models import Identity, User
from people.policy import policy
from people.transitions import SYSTEM, Actor
from training.afterwards.attendance import minutes_of, presences_of
from training.enums import CAME
from training.models import Certificate, Completion, JointSession, Place


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


def issue_for_place(place: Place, holder: User, frozen: "FrozenSession", *, by: Actor = SYSTEM) -> Certificate:
    """Issue the certificate of somebody who attended a session, once for each place."""
    try:
        with transaction.atomic():
            Place.objects.select_for_update().get(pk=place.pk)
            existing = Certificate.objects.filter(place=place).order_by("-pk").first()
            return existing or transitions.create(drafted_for_place(place, holder, frozen), "issue", by=by)
    except IntegrityError:  # somebody was quicker; the unique constraint kept it to one
        return Certificate.objects.filter(place=place).latest("pk")


@dataclass(frozen=True)
class FrozenSession:
    """What every certificate of a session says alike, as it reads at this moment."""

    title: str
    behaviours: list[dict[str, str]]
    led_by: list[str]


def frozen_session(session: JointSession) -> FrozenSession:
    """The words of a session, read once for all who attended."""
    codes = set(session.behaviours.values_list("code", flat=True))
    return FrozenSession(session.title, _behaviour_words(codes), [row.name for row in session.facilitators.all()])


def drafted_for_place(place: Place, holder: User, frozen: FrozenSession) -> Certificate:
    """The certificate of one place, not yet saved. That somebody was there does not lapse, so it has no last day."""
    marked = zip(place.session.dates.all(), presences_of(place), strict=True)
    last = max(date.ends_at for date, presence in marked if presence in CAME)
    return Certificate(
        holder=holder,
        place=place,
        holder_name=holder.name or place.name,
        title=frozen.title,
        minutes=minutes_of(place),
        behaviours=frozen.behaviours,
        led_by=frozen.led_by,
        issuer=_issuer(),
        completed_on=timezone.localtime(last).date(),
    )


def certificate_of(completion: Completion) -> Certificate | None:
    """The newest certificate of a completion, also when it was withdrawn: what was taken back is not given again."""
    return Certificate.objects.filter(completion=completion).order_by("-pk").first()


def stored_pdf(certificate: Certificate) -> bytes:
    """The PDF as it was made; Http404 with the reason while there is none."""
    if not certificate.pdf:
        raise Http404(_("The PDF is being made. The page of the certificate is complete meanwhile."))
    try:
        with certificate.pdf.open("rb") as file:  # at most 60 KB
            return file.read()
    except FileNotFoundError as missing:
        raise Http404(_("The stored PDF cannot be found. The page of the certificate is complete.")) from missing


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
        behaviours=_behaviour_words(codes),
        issuer=_issuer(),
        completed_on=completed_on,
        expires_on=add_months(_valid_from(completion, completed_on), months),
    )


def _valid_from(completion: Completion, completed_on: datetime.date) -> datetime.date:
    """From when the months count: from the earlier last day when it was renewed in its window, so that nobody loses
    by being early; before the window nobody gains by it either."""
    start = completion.start
    if start.round == 1:
        return completed_on
    earlier = Certificate.objects.standing().filter(
        completion__start__person=start.person,
        completion__start__module=start.module,
        completion__start__round__lt=start.round,
        expires_on__range=(completed_on, add_months(completed_on, policy("renewal_window_months"))),
    )
    return max(earlier.values_list("expires_on", flat=True), default=completed_on)


def _behaviour_words(codes: set[str]) -> list[dict[str, str]]:
    return [
        {"code": behaviour.code, "name": text.short_name}
        for behaviour, text in behaviour_choices()
        if behaviour.code in codes
    ]


def _issuer() -> str:
    return Identity.load().organisation_name
