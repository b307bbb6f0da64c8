"""Telling people that learning is required, or asked, of them: once for each thing, in one mail for all that is new.

It goes when the thing first stands on their My work: when it is set, or when they join the audience. Whoever has done
it or is let off hears nothing, and nobody hears of the same thing again when it comes round (renewal.py reminds of it).
"""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction

from people import mail
from people.lib.dates import today
from people.models import User
from training.models import RequiredLearning, RequiredNotice
from training.required.requirements import Owed, standings
from training.required.words import is_near, link_of, said_of, why_words

AT_ONCE = 500  # people told in one run; the others follow in the next


def tell_newly_required() -> int:
    """For tick: write to everybody who has not heard of what is required of them; returns how many."""
    rows = [row for row in RequiredLearning.objects.in_force(today()).possible().for_reading() if _can_be_done(row)]
    told = set(RequiredNotice.objects.filter(required__in=rows).values_list("required_id", "person_id"))
    new: dict[int, list[Owed]] = {}
    for one in standings(rows):
        if one.is_open and is_near(one) and (one.required.pk, one.person_id) not in told:
            new.setdefault(one.person_id, []).append(one)
    return sum(_tell(person, new[person]) for person in sorted(new)[:AT_ONCE])


def _can_be_done(row: RequiredLearning) -> bool:
    return row.session is None or not row.session.is_over


def _tell(person: int, rows: Sequence[Owed]) -> bool:
    """Write the rows and the mail together; whoever comes second finds the rows."""
    with transaction.atomic():
        made = (RequiredNotice.objects.get_or_create(required=one.required, person_id=person)[1] for one in rows)
        new = [one for one, is_new in zip(rows, list(made), strict=True) if is_new]
        if new:
            _write(User.objects.get(pk=person), new)
    return bool(new)


def _write(user: User, rows: Sequence[Owed]) -> None:
    told = [(one.required.title, said_of(one).words, why_words(one), settings.SITE_URL + link_of(one)) for one in rows]
    context = {"person": user, "rows": told, "first": rows[0].required.title, "is_staff": rows[0].is_staff}
    mail.queue("required", user.email, context)
