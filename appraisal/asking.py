"""Asking somebody how it happened: what they are shown, how often they may be asked, and what they say.

Limits are held by numbered slots with unique constraints behind them; whoever loses a race tries again.
"""

import datetime
import re
from collections.abc import Callable, Collection
from functools import reduce
from operator import or_
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Q, QuerySet, Value
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appraisal.enums import ConfirmationState, QuietAnswer
from appraisal.models import EvidenceConfirmation, EvidenceEntry
from appraisal.permissions import can_answer
from partnerships.models import Partnership, PartnershipPerson
from people import transitions
from people.lib.dates import add_months, quarter_label, today
from people.models import Affiliation, AuditEvent, Organisation, Post, User
from people.policy import policy
from people.transitions import Actor, NotYours, WrongState

TRIES = 6
T = TypeVar("T")


def prepare_request(
    entry: EvidenceEntry,
    *,
    name: str,
    email: str,
    decides: bool,
    organisation: Organisation | None = None,
    organisation_name: str = "",
    show: Collection[str] = (),
) -> EvidenceConfirmation:
    """A request that is not kept yet: exactly what would be sent. `show` may hold partnership, file, link, names."""
    organisation = organisation or Organisation.objects.named(organisation_name)
    request = EvidenceConfirmation(
        entry=entry,
        asked_by=entry.owner,
        name=" ".join(name.split()),
        email=email.strip().lower(),
        organisation=organisation,
        organisation_name="" if organisation else " ".join(organisation_name.split()),
        decides=decides,
        text_version=entry.text_version,
        shown_on=entry.happened_on,
        shown_partnership=entry.partnership.name if "partnership" in show and entry.partnership else "",
        shown_file=entry.file.name if "file" in show and entry.file else "",
        shown_link=entry.link if "link" in show else "",
    )
    hidden = [] if "names" in show else other_names(entry, request)
    request.shown_title, request.shown_text = (
        _without(entry.heading, hidden)[:120],
        _without(entry.account_text, hidden),
    )
    request.email_key = email_key(request.email)
    request.organisation_key = organisation_key(request)
    request.quarter = quarter_label(today())
    return request


def other_names(entry: EvidenceEntry, request: EvidenceConfirmation) -> list[str]:
    """Full names of people around the asker that stand in the account: they are sent only when the asker says so.

    Nobody else is looked for, or a text full of names would tell who has an account here.
    """
    text = f"{entry.heading}\n{entry.account_text}"
    known = _people_around(entry.owner).exclude(name="").exclude(email__iexact=request.email)
    found = known.annotate(account=Value(text)).filter(account__icontains=F("name")).values_list("name", flat=True)
    names = {name for name in found if " " in name and name.casefold() != request.name.casefold()}
    return sorted((name for name in names if _name_pattern(name).search(text)), key=len, reverse=True)


def why_not_asked(request: EvidenceConfirmation, *, by: User) -> list[str]:
    """The sentences that would stop the request now, told before anybody sends it."""
    row = transitions.moves_of(type(request))[_asking(request)]
    return [sentence for need in row.needs if (sentence := need(request, transitions.person(by), {}))]


def ask(request: EvidenceConfirmation, *, by: User) -> EvidenceConfirmation:
    """Send the request, or hand it to the line manager when the asker decides something of theirs."""
    name = _asking(request)

    def one_at_a_time() -> EvidenceConfirmation:
        with transaction.atomic():
            # so that the count of the day holds; no_key: rows that only point to the asker need not wait
            User.objects.select_for_update(no_key=True).get(pk=by.pk)
            return transitions.create(request, name, by=transitions.person(by))

    return _again_when_beaten(one_at_a_time)


def send_for_another(request: EvidenceConfirmation, *, by: User, seen: int | None = None) -> EvidenceConfirmation:
    """The line manager sends what somebody of theirs may not send."""
    actor = transitions.person(by)
    return _again_when_beaten(lambda: transitions.move(request, "send_by_manager", by=actor, seen=seen))


def keep_quiet(request: EvidenceConfirmation, choice: str, *, by: Actor) -> None:
    """Keep "would rather not say" or "not for me" for the person's own eyes.

    Not a move: it changes no state, time, count, audit or mail, so that nobody can tell it from no answer.
    """
    with transaction.atomic():
        fresh = EvidenceConfirmation.objects.select_for_update().get(pk=request.pk)
        if not can_answer(fresh, by):
            raise NotYours
        if not fresh.may_be_answered:
            raise WrongState(_("This question is closed; nothing was changed."))
        EvidenceConfirmation.objects.filter(pk=fresh.pk).update(quiet_answer=QuietAnswer(choice).value)


def hand_out_token(request: EvidenceConfirmation) -> None:
    """Give the row a new token; the raw one stays in memory, for the mail alone."""
    request.raw_token, request.token_hash = request.make_token()  # type: ignore[attr-defined]


def take_slots(request: EvidenceConfirmation) -> None:
    """Take the lowest free numbers of this quarter; the constraints refuse a number taken meanwhile."""
    request.quarter = quarter_label(today())
    request.person_slot = _free_slot(_used(request, "email_key", "person_slot"), person_limit())
    if request.organisation_key:
        used = _used(request, "organisation_key", "organisation_slot")
        request.organisation_slot = _free_slot(used, organisation_limit())


def close_earlier(request: EvidenceConfirmation) -> None:
    """Close the open question about the same example to the same person: the new one takes its place."""
    for row in earlier(request).filter(state=ConfirmationState.ASKED):
        transitions.move(row, "replace", by=transitions.SYSTEM)


def earlier(request: EvidenceConfirmation):
    """Other requests about the same example to the same person."""
    return EvidenceConfirmation.objects.filter(entry_id=request.entry_id, email_key=request.email_key).exclude(
        pk=request.pk
    )


def last_asked(request: EvidenceConfirmation) -> datetime.datetime | None:
    """When the same person was last asked about the same example."""
    return earlier(request).aggregate(last=Max("asked_at"))["last"]


def person_limit() -> int:
    """Requests to one person in a quarter."""
    return policy("confirmations_per_person_quarter")


def organisation_limit() -> int:
    """Requests to one organisation in a quarter."""
    return policy("confirmations_per_organisation_quarter")


def why_not_today(request: EvidenceConfirmation) -> str | None:
    """The sentence when the asker has asked as often as one person may in a day; withdrawing gives nothing back."""
    limit = policy("requests_per_asker_per_day")
    midnight = timezone.make_aware(datetime.datetime.combine(today(), datetime.time.min))
    asked = AuditEvent.objects.filter(
        record_type=request._meta.label_lower,
        subject_id=request.asked_by_id,
        move__in=["ask", "ask_through_manager"],
        at__gte=midnight,
    )
    if asked.count() < limit:
        return None
    often = ngettext("%(count)s request", "%(count)s requests", limit) % {"count": limit}
    return _("You can send %(often)s a day, and today you have sent as many. You can ask again tomorrow.") % {
        "often": often
    }


def why_not_person(request: EvidenceConfirmation) -> str | None:
    """The sentence when the person has been asked as often as they may be this quarter."""
    limit = person_limit()
    if len(_used(request, "email_key", "person_slot")) < limit:
        return None
    return _asked_enough(request.name, limit)


def why_not_organisation(request: EvidenceConfirmation) -> str | None:
    """The sentence when the organisation has been asked as often as it may be this quarter."""
    limit = organisation_limit()
    if not request.organisation_key or len(_used(request, "organisation_key", "organisation_slot")) < limit:
        return None
    return _asked_enough(request.organisation_label or _("Their organisation"), limit)


def why_not_again(request: EvidenceConfirmation) -> str | None:
    """The sentence when the same person was asked about this example a few days ago."""
    last = last_asked(request)
    if last is None or today() >= again_from(last):
        return None
    return _("You asked %(name)s about this on %(asked)s. You can ask again from %(day)s.") % {
        "name": request.name,
        "asked": date_format(timezone.localdate(last), "j F Y"),
        "day": date_format(again_from(last), "j F Y"),
    }


def again_from(asked_at: datetime.datetime) -> datetime.date:
    """The first day on which the same person may be asked about the same example once more."""
    return timezone.localdate(asked_at) + datetime.timedelta(days=policy("ask_again_days"))


def email_key(email: str) -> str:
    """One key for one mailbox, however it is written."""
    local, _sign, domain = email.strip().casefold().rpartition("@")
    return f"{local.split('+')[0]}@{domain}"


def organisation_key(request: EvidenceConfirmation) -> str:
    """One key for one organisation: the one the person is known to act for, else the one chosen or named.

    Colleagues inside the host body count for themselves alone, and so do people without an organisation.
    """
    if Post.objects.current().filter(person__email__iexact=request.email).exists():
        return ""
    known = list(
        Affiliation.objects.current()
        .filter(person__email__iexact=request.email)
        .order_by("pk")
        .values_list("organisation_id", flat=True)
    )
    if request.organisation_id:
        mine = not known or request.organisation_id in known
        return key_of_organisation(request.organisation_id if mine else known[0])
    if known:
        return key_of_organisation(known[0])
    named = re.sub(r"[\W_]+", " ", request.organisation_name.casefold()).strip()
    return f"name:{named}" if named else ""


def key_of_organisation(pk: int) -> str:
    """The key of an organisation that is on our list."""
    return f"id:{pk}"


def _asking(request: EvidenceConfirmation) -> str:
    return "ask_through_manager" if request.decides else "ask"


def _people_around(user: User) -> QuerySet[User]:
    """Everybody who shares a partnership, a team or an organisation with somebody today."""
    partnerships = Partnership.objects.of_person(user)
    posts = Post.objects.current().filter(team__in=user.posts.current().values("team"))
    affiliations = Affiliation.objects.current().filter(
        organisation__in=user.affiliations.current().values("organisation")
    )
    ids = (
        PartnershipPerson.objects.filter(partnership__in=partnerships).values("person"),
        partnerships.values("lead"),
        partnerships.values("co_lead"),
        posts.values("person"),
        affiliations.values("person"),
    )
    shared = reduce(or_, (Q(pk__in=found) for found in ids))
    return User.objects.filter(shared).exclude(pk=user.pk)


def _used(request: EvidenceConfirmation, key: str, slot: str) -> set[int]:
    rows = EvidenceConfirmation.objects.filter(
        **{key: getattr(request, key), "quarter": quarter_label(today()), f"{slot}__isnull": False}
    ).exclude(pk=request.pk)
    return set(rows.values_list(slot, flat=True))


def _free_slot(used: set[int], limit: int) -> int:
    return next((number for number in range(1, limit + 1) if number not in used), limit)


def _again_when_beaten(act: Callable[[], T]) -> T:
    """Run a move; when somebody took the same number in the same moment, look again and choose another."""
    for _attempt in range(TRIES - 1):
        try:
            return act()
        except IntegrityError:
            continue
    return act()


def _asked_enough(name: str, limit: int) -> str:
    """Tells that a limit is reached and why there is one, never who used it up."""
    often = _("twice") if limit == 2 else ngettext("%(count)s time", "%(count)s times", limit) % {"count": limit}
    told = _("%(name)s has been asked %(often)s this quarter, by you or by others.") % {"name": name, "often": often}
    why = _("There is a limit so that nobody is asked too often.")
    return f"{told} {why} " + _("You can ask from %(day)s.") % {"day": _next_quarter()}


def _next_quarter() -> str:
    day = today()
    return date_format(add_months(day.replace(day=1), 3 - (day.month - 1) % 3), "j F Y")


def _without(text: str, names: list[str]) -> str:
    for name in names:
        text = _name_pattern(name).sub(_("(a name left out)"), text)
    return text


def _name_pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)


def works_with_us(user: User) -> bool:
    """True when the person holds a post, acts for an organisation or is in a partnership: strangers send no mail."""
    return (
        user.posts.current().exists()
        or user.affiliations.current().exists()
        or PartnershipPerson.objects.filter(person=user).exists()
    )
