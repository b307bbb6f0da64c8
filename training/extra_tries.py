"""One more try at a final check, given by a co-ordinator to somebody who has used all of theirs."""

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from people import audit
from people.enums import Role
from people.models import User
from people.transitions import NotYours, Refused
from training import notifications
from training.enums import CompletionRule
from training.models import CheckAttempt, ExtraTry, ModuleStart

WITH_CHECK = [rule for rule in CompletionRule if rule.asks_check]


def out_of_tries() -> QuerySet[ModuleStart]:
    """Starts whose tries are used up: handed in, not passed, none left. Without a score or an answer."""
    waits_or_passed = CheckAttempt.objects.filter(Q(submitted_at=None) | Q(passed=True), start=OuterRef("pk"))
    begun = ModuleStart.objects.filter(
        completion=None,
        rule__in=WITH_CHECK,
        module__live=True,
        module__completion_rule__in=WITH_CHECK,
        module__tries__isnull=False,
        person__is_active=True,
    )
    counted = begun.annotate(used=_number_of(CheckAttempt), extra=_number_of(ExtraTry))
    return counted.filter(
        ~Exists(waits_or_passed), used__gt=0, used__gte=F("module__tries") + F("extra")
    ).select_related("person", "module")


def shown_to(user: User) -> QuerySet[ModuleStart]:
    """What a co-ordinator may open: those without a try, and those who were given one; nothing for anybody else."""
    if not user.has_role(Role.COORDINATOR):
        return ModuleStart.objects.none()
    given = ExtraTry.objects.values("start")
    found = ModuleStart.objects.filter(Q(pk__in=out_of_tries().values("pk")) | Q(pk__in=given))
    return found.select_related("person", "module").prefetch_related("extra_tries__given_by")


def give_extra_try(start: ModuleStart, *, reason: str, by: User) -> ExtraTry:
    """Give one more try and tell the person; the same press again gives back what was given."""
    if not by.has_role(Role.COORDINATOR):
        raise NotYours
    if start.person_id == by.pk:
        raise Refused(_("Nobody gives a try to themselves. Ask another co-ordinator."))
    with transaction.atomic():
        start = ModuleStart.objects.select_for_update().get(pk=start.pk)
        last = start.extra_tries.last()
        if not out_of_tries().filter(pk=start.pk).exists():
            if last is not None and last.given_by_id == by.pk:
                return last
            raise Refused(_("They have a try left, or need none any more."))
        number = last.number + 1 if last else 1
        extra = ExtraTry.objects.create(start=start, number=number, reason=reason, given_by=by)
        audit.record_change(extra, "give", by=by, subject_id=start.person_id, reason=reason)
        notifications.tell_extra_try(extra)
    return extra


def _number_of(model: type[CheckAttempt | ExtraTry]) -> Coalesce:
    rows = model.objects.filter(start=OuterRef("pk")).order_by().values("start")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)
