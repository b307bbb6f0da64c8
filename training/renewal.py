"""Renewing what a certificate says, in its simple form (RULES B5). Nothing is wiped: each renewal is another round.

From some months before the last day of a certificate, or once it is required again, the module can be done again: a
new start with its own units, check and step, beside the earlier one. A joint session attended since that day counts,
also before Renew was pressed. It ends in a new completion and a new certificate; the earlier one stands until its own
last day.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.lib.dates import add_months, today
from people.models import User
from people.policy import policy
from people.transitions import Refused
from training import notifications
from training.enums import RenewalMoment
from training.models import Certificate, Completion, ModulePage, ModuleStart, RenewalReminder
from training.progress import freeze_units
from training.required.requirements import asked_again_since


@dataclass(frozen=True)
class Renewal:
    """A certificate whose module can be renewed, or could be from a day on."""

    certificate: Certificate
    opens_on: datetime.date
    begun: bool = False

    @property
    def is_open(self) -> bool:
        return self.opens_on <= today()

    @property
    def has_lapsed(self) -> bool:
        return self.certificate.is_expired


def not_renewed() -> QuerySet[Certificate]:
    """Standing certificates of modules that are still taught, where nothing newer has been completed."""
    start = "completion__start"
    newer = Completion.objects.filter(
        start__person=OuterRef(f"{start}__person"),
        start__module=OuterRef(f"{start}__module"),
        start__round__gt=OuterRef(f"{start}__round"),
    )
    rows = Certificate.objects.standing().filter(
        completion__isnull=False, expires_on__isnull=False, completion__start__module__live=True
    )
    return rows.filter(~Exists(newer)).select_related("completion__start__module")


def opens_on(certificate: Certificate) -> datetime.date:
    """From which day on it can be renewed; one without a last day never lapses and is asked only by mistake."""
    return add_months(certificate.expires_on or datetime.date(9999, 1, 1), -policy("renewal_window_months"))


def renewals_of(user: User, module: ModulePage | None = None) -> list[Renewal]:
    """What somebody can renew now, the earliest last day first; of one module when given, also before its window."""
    rows = not_renewed().filter(holder=user)
    if module is not None:
        rows = rows.filter(completion__start__module=module)
    else:
        rows = rows.filter(expires_on__lte=_last_day_in_window())
    return [
        Renewal(row, _opens_for(row, user, module), begun=not row.completion.start.is_current)
        for row in rows.order_by("expires_on", "pk")
    ]


def renewal_of(user: User, module: ModulePage, start: ModuleStart | None) -> Renewal | None:
    """The certificate of a module that can be renewed, for whoever has completed it at least once."""
    if start is None or not (start.round > 1 or getattr(start, "completion", None)):
        return None
    return next(iter(renewals_of(user, module)), None)


def _opens_for(certificate: Certificate, user: User, module: ModulePage | None) -> datetime.date:
    """As the certificate says, or earlier when the module is required again before: nobody is asked for what they may
    not do."""
    day = opens_on(certificate)
    if module is None or day <= today():
        return day
    return min(day, asked_again_since(user, module) or day)


def renew(module: ModulePage, *, by: User) -> ModuleStart:
    """Begin the next round; the same round when it was begun already."""
    found = next(iter(renewals_of(by, module)), None)
    if found is None:
        raise Refused(_("There is nothing to renew here."))
    if found.begun:
        return ModuleStart.objects.current().get(person=by, module=module)
    if not found.is_open:
        day = date_format(found.opens_on, "j F Y")
        raise Refused(_("This can be renewed from %(day)s on.") % {"day": day})
    with transaction.atomic():
        before = ModuleStart.objects.select_for_update().get(pk=found.certificate.completion.start_id)
        if not before.is_current:
            return ModuleStart.objects.current().get(person=by, module=module)
        ModuleStart.objects.filter(pk=before.pk).update(is_current=False)
        start = ModuleStart.objects.create(
            person=by,
            module=module,
            rule=module.completion_rule,
            edition=module.edition,
            round=before.round + 1,
            counts_from=found.opens_on,
        )
        freeze_units(start)
    return start


# --- Reminders, once each ---


def remind_due(day: datetime.date | None = None) -> int:
    """For tick: tell people that something can be renewed, lapses soon, or has lapsed; returns how many mails.

    When days were missed only the last of them goes out.
    """
    day = day or today()
    count = 0
    for moment, first, last in _moments(day):
        sent = RenewalReminder.objects.filter(certificate=OuterRef("pk"), moment=moment)
        rows = not_renewed().filter(~Exists(sent), expires_on__range=(first, last), holder__is_active=True)
        count += sum(_remind(row, moment) for row in rows.select_related("holder").order_by("pk"))
    return count


def _moments(day: datetime.date) -> Iterable[tuple[RenewalMoment, datetime.date, datetime.date]]:
    """Of each moment the last days of the certificates for which it is the one that counts today.

    That something lapsed is told for as long as the window was open before; what lapsed earlier is history.
    """
    soon = day + datetime.timedelta(days=policy("renewal_soon_days"))
    a_day = datetime.timedelta(days=1)
    yield RenewalMoment.OPENS, soon + a_day, _last_day_in_window(day)
    yield RenewalMoment.SOON, day, soon
    yield RenewalMoment.LAPSED, add_months(day, -policy("renewal_window_months")), day - a_day


def _remind(certificate: Certificate, moment: RenewalMoment) -> int:
    """Write the row and the mail together; whoever comes second finds the row."""
    with transaction.atomic():
        _row, is_new = RenewalReminder.objects.get_or_create(certificate=certificate, moment=moment)
        if is_new:
            notifications.tell_renewal(certificate, moment, opens_on(certificate))
    return int(is_new)


def _last_day_in_window(day: datetime.date | None = None) -> datetime.date:
    """The latest last day whose window is open on a day."""
    return add_months(day or today(), policy("renewal_window_months"))
