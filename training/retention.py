"""How long records of learning are kept (RETENTION). Completions and certificates belong to the person and are kept."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.policy import policy
from people.retention import Rule
from training.models import CheckAttempt, Confidence, ExtraTry, Reflection, TryItNote


def _before_months():
    return timezone.now() - datetime.timedelta(days=round(policy("check_answers_keep_months") * 30.44))


RETENTION = [
    Rule(
        record="training.CheckAttempt",
        keep=_("24 months after the module was completed"),
        reason=_("Answers are needed to look at a result again, not for good. The completion stays."),
        due=lambda: CheckAttempt.objects.filter(start__completion__at__lt=_before_months()),
    ),
    Rule(
        record="training.ExtraTry",
        keep=_("24 months after the module was completed"),
        reason=_("It belongs to the tries and goes with them."),
        due=lambda: ExtraTry.objects.filter(start__completion__at__lt=_before_months()),
    ),
    Rule(
        record="training.Confidence",
        keep=_("24 months"),
        reason=_("How sure somebody felt matters to nobody else and not for long."),
        due=lambda: Confidence.objects.filter(said_at__lt=_before_months()),
    ),
    Rule(
        record="training.Reflection",
        keep=_("until the person deletes it or leaves"),
        reason=_("A private text serves the person alone, so it goes when they do."),
        due=lambda: Reflection.objects.filter(person__is_active=False),
    ),
    Rule(
        record="training.TryItNote",
        keep=_("until the person leaves"),
        reason=_("A private text serves the person alone, so it goes when they do."),
        due=lambda: TryItNote.objects.filter(start__person__is_active=False),
    ),
]
